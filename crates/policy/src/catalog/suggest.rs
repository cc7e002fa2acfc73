//! Finds the name that was meant.

/// Names longer than this are not looked at: nobody mistypes that much.
const LONGEST: usize = 64;

/// The candidate that takes the fewest edits, the first of several; none if all are far away.
///
/// Upper and lower case, `-` and `_`, and a final `s` count as the same.
pub(crate) fn closest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    if word.len() > LONGEST {
        return None;
    }
    let word = folded(word);
    let within = word.len().div_ceil(4).min(3);
    let distances = candidates.map(|candidate| (distance(&word, &folded(candidate)), candidate));
    distances.filter(|(distance, _)| *distance <= within).min_by_key(|(distance, _)| *distance).map(|(_, found)| found)
}

fn folded(word: &str) -> Vec<char> {
    let lower = word.to_ascii_lowercase().replace(['-', ' '], "_");
    lower.strip_suffix('s').unwrap_or(&lower).chars().collect()
}

/// How many characters must be added, removed or replaced to make one word of the other.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, character) in from.iter().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        let mut next = vec![left];
        for (above, wanted) in row.iter().skip(1).zip(to) {
            let replaced = diagonal + usize::from(character != wanted);
            left = replaced.min(above + 1).min(left + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &str, to: &str, expected: usize) {
        let chars = |word: &str| word.chars().collect::<Vec<_>>();
        assert_eq!(distance(&chars(from), &chars(to)), expected);
    }

    #[test]
    fn edits_are_counted() {
        check("", "", 0);
        check("", "abc", 3);
        check("abc", "", 3);
        check("kitten", "sitting", 3);
        check("reviw", "review", 1);
        check("é", "e", 1);
    }
}
