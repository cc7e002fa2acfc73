//! What ids look like.
//!
//! The catalog's patterns are all of one form, a character class and a count, so that no regular expressions are
//! needed: `[0-9]+`, `[A-Za-z0-9]{1,64}`.

/// Whether all of `text` is made of the characters that `pattern` names, as many as it says.
pub(crate) fn matches_pattern(pattern: &str, text: &str) -> bool {
    let Some((class, count)) = pattern.strip_prefix('[').and_then(|rest| rest.rsplit_once(']')) else { return false };
    let ranges = ranges(class);
    let is_member = |character: char| ranges.iter().any(|(first, last)| (*first..=*last).contains(&character));
    !text.is_empty() && text.chars().count() <= longest(count) && text.chars().all(is_member)
}

fn longest(count: &str) -> usize {
    let bound = count.strip_prefix("{1,").and_then(|rest| rest.strip_suffix('}'));
    bound.and_then(|bound| bound.parse().ok()).unwrap_or(usize::MAX)
}

fn ranges(class: &str) -> Vec<(char, char)> {
    let mut ranges = Vec::new();
    let mut characters = class.chars().peekable();
    while let Some(character) = characters.next() {
        let first = if character == '\\' { characters.next().unwrap_or('\\') } else { character };
        // A hyphen makes a range unless it stands last, or behind a backslash.
        let mut ahead = characters.clone();
        match (ahead.next(), ahead.next()) {
            (Some('-'), Some(last)) if last != '\\' => {
                ranges.push((first, last));
                characters = ahead;
            }
            _ => ranges.push((first, first)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: bool) {
        assert_eq!(matches_pattern(pattern, text), expected, "{pattern} {text}");
    }

    #[test]
    fn patterns_of_the_catalog_are_understood() {
        check("[0-9]+", "42", true);
        check("[0-9]+", "", false);
        check("[0-9]+", "4x", false);
        check("[.A-Za-z0-9_-]+", "a.B-c_1", true);
        check("[A-Za-z0-9_./-]+", "group/name", true);
        check(r"[A-Za-z0-9@\._\-\'\+]+", "o'brien+x@a.b-c", true);
        check(r"[A-Za-z0-9@\._\-\'\+]+", "a,b", false);
        check("[A-Za-z0-9]{1,64}", &"a".repeat(64), true);
        check("[A-Za-z0-9]{1,64}", &"a".repeat(65), false);
    }
}
