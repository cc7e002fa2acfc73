//! What is saved together: a text, the tests beside it, and the catalog that it speaks of.

use tollgate_browser::analysis::TestCase;
use tollgate_tokens::{PolicyUid, PolicyVersion, Workspace};

use super::merged::Merged;
use crate::state::library::test_cases;

/// A text with what lies beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::state) struct Sheet {
    pub(in crate::state) text: String,
    pub(in crate::state) tests: Vec<TestCase>,
    /// The name of the catalog; empty for the built-in one.
    pub(in crate::state) catalog: String,
}

impl Sheet {
    /// What a version of a policy holds.
    pub(in crate::state) fn of(version: &PolicyVersion) -> Self {
        Self {
            text: version.text.clone(),
            tests: test_cases(&version.tests),
            catalog: version.catalog.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }

    /// What a version of a policy holds, by its number; none where there is no such version.
    pub(in crate::state) fn of_version(workspace: &Workspace, policy: PolicyUid, number: u32) -> Option<Self> {
        workspace.library().policy(policy)?.version(number).map(|version| Self::of(version))
    }

    /// What an author goes on with when a newer version takes the place of the one that this was made from: whatever
    /// they did not change is that of the newer one, so that saving takes nothing of it back unasked. `version` names
    /// the newer one; what became of the tests is told with it, and nothing where the author changed none.
    pub(super) fn caught_up(self, was: &Self, newest: &Self, version: &str) -> (Self, String) {
        let (tests, told) = if self.tests == was.tests {
            (newest.tests.clone(), String::new())
        } else {
            let merged = Merged::of(&self.tests, &was.tests, &newest.tests);
            let told = merged.words(version);
            (merged.cases, told)
        };
        let text = part(self.text, &was.text, &newest.text);
        let catalog = part(self.catalog, &was.catalog, &newest.catalog);
        (Self { text, tests, catalog }, told)
    }
}

fn part(mine: String, was: &str, newest: &str) -> String {
    if mine == was { newest.to_owned() } else { mine }
}

#[cfg(test)]
mod tests {
    use tollgate_policy::Effect;
    use tollgate_policy::suite::Expectation;
    use tollgate_tokens::Journal as _;
    use tollgate_tokens::library::{NewVersion, SaveAs};
    use tollgate_tokens::test_support::memory_manager;

    use super::*;
    use crate::state::test_support::at_once;

    /// The first version of a policy, which has no tests, and the second, which has one.
    fn versions() -> [Sheet; 2] {
        let manager = memory_manager();
        let first = NewVersion::of(SaveAs::New("CI bots".parse().unwrap()), "{ }");
        let policy = at_once(manager.save_policy(first)).unwrap().policy;
        let test = Expectation::new("review", None, "POST", Effect::Deny);
        let second =
            NewVersion { tests: vec![test.into()], ..NewVersion::of(SaveAs::Next { policy, based_on: 1 }, "{\n}") };
        at_once(manager.save_policy(second)).unwrap();
        manager.journal().read(|ledger| {
            assert_eq!(Sheet::of_version(ledger.workspace(), policy, 3), None);
            [1, 2].map(|number| Sheet::of_version(ledger.workspace(), policy, number).unwrap())
        })
    }

    #[test]
    fn who_changed_nothing_goes_on_with_the_newer_version() {
        let [first, second] = versions();
        assert_eq!((second.text.as_str(), second.tests.len(), second.catalog.as_str()), ("{\n}", 1, ""));
        assert_eq!(first.clone().caught_up(&first, &second, "version 2"), (second, String::new()));
    }

    #[test]
    fn who_changed_the_text_keeps_it_and_gets_the_tests_of_the_newer_version() {
        let [first, second] = versions();
        let mine = Sheet { text: "{  }".to_owned(), catalog: "Pets".to_owned(), ..first.clone() };
        let (next, _) = mine.clone().caught_up(&first, &second, "version 2");
        assert_eq!(next, Sheet { tests: second.tests.clone(), ..mine });
    }

    #[test]
    fn who_changed_the_tests_keeps_them_beside_those_of_the_newer_version_and_is_told() {
        let [first, second] = versions();
        let own = TestCase { method: "DELETE".to_owned(), ..second.tests[0].clone() };
        let mine = Sheet { tests: vec![own.clone()], ..first.clone() };
        let (next, told) = mine.caught_up(&first, &second, "version 2");
        assert_eq!((next.tests, told.as_str()), (vec![second.tests[0].clone(), own], "1 test taken from version 2"));
    }
}
