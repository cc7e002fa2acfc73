//! Tests that two authors changed, put together request by request.

use tollgate_browser::analysis::TestCase;

use super::test_list::is_same_request;
use crate::format;

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Merged {
    /// The tests to go on with: those of the newer version in its order, then what only the author has.
    pub(super) cases: Vec<TestCase>,
    /// How many of the newer version took the place of the author's, or came in addition.
    taken: usize,
    /// How many the newer version does not have any more, and so went.
    dropped: usize,
    /// How many are as the author has them although the newer version changed them as well.
    stayed: usize,
}

impl Merged {
    /// Puts the author's tests and those of a newer version together, both made from `was`. Whatever one of them left
    /// as it was is as the other has it; where both changed the test of a request, the author's stands, except that a
    /// test which only the author removed and the newer version changed is there again.
    pub(super) fn of(mine: &[TestCase], was: &[TestCase], newest: &[TestCase]) -> Self {
        let mut merged = Self::default();
        for theirs in newest {
            let (own, before) = (same(mine, theirs), same(was, theirs));
            let is_theirs_new = before != Some(theirs);
            match own {
                Some(own) if before == Some(own) || own == theirs => {
                    merged.taken += usize::from(own != theirs);
                    merged.cases.push(theirs.clone());
                }
                Some(own) => {
                    merged.stayed += usize::from(is_theirs_new);
                    merged.cases.push(own.clone());
                }
                // Removed by the author, and otherwise as it was.
                None if !is_theirs_new => {}
                None => {
                    merged.taken += 1;
                    merged.cases.push(theirs.clone());
                }
            }
        }
        for own in mine.iter().filter(|own| same(newest, own).is_none()) {
            match same(was, own) {
                Some(before) if before == own => merged.dropped += 1,
                before => {
                    merged.stayed += usize::from(before.is_some());
                    merged.cases.push(own.clone());
                }
            }
        }
        merged
    }

    /// What is no longer as the author had it, and what is in spite of the other, as a sentence; empty where the
    /// newer version has nothing to say to the tests.
    pub(super) fn words(&self, version: &str) -> String {
        let count = |number: usize, words: &str| {
            (number > 0).then(|| format!("{} {words}", format::plural(number as u64, "test", "tests")))
        };
        let told = [
            count(self.taken, &format!("taken from {version}")),
            count(self.dropped, "removed with it"),
            count(self.stayed, "left as you have it"),
        ];
        told.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

fn same<'a>(cases: &'a [TestCase], case: &TestCase) -> Option<&'a TestCase> {
    cases.iter().find(|known| is_same_request(known, case))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `+a` expects the request `a` to be allowed, `-a` to be blocked.
    fn cases(words: &str) -> Vec<TestCase> {
        let case = |word: &str| TestCase {
            policy_id: word.trim_start_matches(['+', '-']).to_owned(),
            item_id: None,
            method: "GET".to_owned(),
            is_allowed: word.starts_with('+'),
            note: String::new(),
        };
        words.split_whitespace().map(case).collect()
    }

    fn merged(mine: &str, was: &str, newest: &str) -> Merged {
        Merged::of(&cases(mine), &cases(was), &cases(newest))
    }

    #[test]
    fn what_others_added_is_there_beside_what_the_author_added() {
        let both = merged("+a +mine", "+a", "+a +theirs");
        assert_eq!(both.cases, cases("+a +theirs +mine"));
        assert_eq!(both.words("version 2"), "1 test taken from version 2");
    }

    #[test]
    fn what_one_of_them_removed_is_gone_if_the_other_left_it() {
        let both = merged("+a +c +mine", "+a +b +c", "+a +b");
        assert_eq!(both.cases, cases("+a +mine"));
        assert_eq!(both.words("version 2"), "1 test removed with it");
    }

    #[test]
    fn what_one_of_them_turned_is_turned() {
        assert_eq!(merged("-a +b +mine", "+a +b", "+a -b").cases, cases("-a -b +mine"));
        assert_eq!(merged("-a", "+a", "-a").words("version 2"), "");
    }

    #[test]
    fn where_both_changed_a_test_that_of_the_author_stands_and_is_told() {
        let mut noted = cases("+a");
        noted.iter_mut().for_each(|case| case.note = "ticket 7".to_owned());
        let both = Merged::of(&noted, &cases("+a"), &cases("-a"));
        assert_eq!(both.cases, noted);
        assert_eq!(both.words("version 2"), "1 test left as you have it");
        assert_eq!(merged("-a", "+a", "").cases, cases("-a"));
        // What was only removed is had back, for it was not looked at as it is now.
        assert_eq!(merged("+mine", "+a", "-a").cases, cases("-a +mine"));
    }

    #[test]
    fn who_changed_nothing_gets_the_newer_tests_and_who_alone_changed_keeps_theirs() {
        for (one, other) in [("+a +b", "-b +c"), ("", "+a"), ("+a", "")] {
            assert_eq!(merged(one, one, other).cases, cases(other));
            let alone = merged(other, one, one);
            assert!(alone.words("version 2").is_empty());
            assert_eq!(alone.cases.len(), cases(other).len());
        }
    }
}
