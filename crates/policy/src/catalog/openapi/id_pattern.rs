//! What the ids look like that a parameter admits, in the one form that catalogs have for it: a character class and
//! a count.
//!
//! A regular expression is turned into the class of all characters that it can match, so that every id it admits
//! fits; that some others fit as well is the price of the simple form. What cannot be turned so says nothing.

use std::iter::Peekable;
use std::str::Chars;

use super::reader::{Place, Reader};
use crate::catalog::messages;
use crate::syntax::{Kind, Value};

/// Longer expressions are not looked at.
const LONGEST: usize = 1_000;

const DIGIT: &str = "0-9";
const WORD: &str = "A-Za-z0-9_";

/// The pattern of a parameter's ids; none if nothing is said about them, or nothing that can be turned into one.
pub(super) fn of_parameter<'d>(parameter: &Place<'d>, reader: &mut Reader<'d>) -> Option<String> {
    let schema = reader.member(parameter.value, "schema")?;
    let schema = reader.follow(parameter.child(schema, "schema"))?;
    let pattern = reader.member(schema.value, "pattern").filter(|pattern| pattern.kind() == Kind::Text);
    if let Some(pattern) = pattern {
        let understood = pattern.text().as_str().and_then(from_regex);
        if understood.is_none() {
            let pointer = schema.pointer.child("pattern");
            reader.findings.note(|| messages::pattern_not_understood(pattern).at(pointer));
        }
        return understood;
    }
    let kind = reader.member(schema.value, "type")?;
    if is_only(kind, "integer") {
        let minimum = reader.member(schema.value, "minimum").filter(|minimum| minimum.kind() == Kind::Number);
        let minimum = minimum.and_then(|minimum| minimum.text().lossy().parse::<f64>().ok());
        let sign = if minimum.is_some_and(|minimum| minimum >= 0.0) { "" } else { "-" };
        return Some(format!("[{DIGIT}{sign}]+"));
    }
    let format = reader.member(schema.value, "format").filter(|format| format.kind() == Kind::Text)?;
    let is_uuid = is_only(kind, "string") && format.text().as_str() == Some("uuid");
    is_uuid.then(|| "[0-9A-Fa-f-]{1,36}".to_owned())
}

/// Whether `type` names `wanted`, alone or, as OpenAPI 3.1 permits, beside `null`.
fn is_only(kind: Value<'_>, wanted: &str) -> bool {
    let is = |value: Value<'_>, word: &str| value.kind() == Kind::Text && value.text().as_str() == Some(word);
    if kind.kind() != Kind::Array {
        return is(kind, wanted);
    }
    let mut names = kind.children().filter(|name| !is(*name, "null")).peekable();
    names.peek().is_some() && names.all(|name| is(name, wanted))
}

/// The class and count of everything that a regular expression matches; none if it is not bound at both ends, or has
/// groups, alternatives or anything else than classes, characters and counts.
fn from_regex(regex: &str) -> Option<String> {
    if regex.len() > LONGEST {
        return None;
    }
    let mut characters = regex.strip_prefix('^')?.strip_suffix('$')?.chars().peekable();
    let mut classes: Vec<String> = Vec::new();
    let mut longest = Some(0_u32);
    while let Some(first) = characters.next() {
        let class = match first {
            '[' => bracket(&mut characters)?,
            '\\' => escape(characters.next()?)?,
            '(' | ')' | '|' | '.' | '^' | '$' | '*' | '+' | '?' | '{' | '}' | ']' => return None,
            literal => single(literal),
        };
        if !classes.contains(&class) {
            classes.push(class);
        }
        longest = match (longest, count(&mut characters)?) {
            (Some(longest), Some(most)) => Some(longest.checked_add(most)?),
            _ => None,
        };
    }
    let class = classes.concat();
    match longest {
        _ if class.is_empty() || longest == Some(0) => None,
        Some(longest) => Some(format!("[{class}]{{1,{longest}}}")),
        None => Some(format!("[{class}]+")),
    }
}

/// The inside of a class whose opening bracket is read, written so that it may stand anywhere in another one.
fn bracket(characters: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mut class = String::new();
    if characters.peek() == Some(&'^') {
        return None;
    }
    loop {
        let first = match characters.next()? {
            ']' => return (!class.is_empty()).then_some(class),
            '\\' => {
                class.push_str(&escape(characters.next()?)?);
                // A range from or to an escape is left alone.
                if characters.peek() == Some(&'-') && !ends_behind_hyphen(characters) {
                    return None;
                }
                continue;
            }
            first => first,
        };
        if characters.peek() != Some(&'-') || ends_behind_hyphen(characters) {
            class.push_str(&single(first));
            continue;
        }
        characters.next();
        let last = characters.next()?;
        if first == '-' || last == '\\' || last < first {
            return None;
        }
        class.extend([first, '-', last]);
    }
}

/// Whether the hyphen that comes next is the last character of its class.
fn ends_behind_hyphen(characters: &Peekable<Chars<'_>>) -> bool {
    characters.clone().nth(1) == Some(']')
}

/// What the character behind a backslash stands for.
fn escape(escaped: char) -> Option<String> {
    match escaped {
        'd' => Some(DIGIT.to_owned()),
        'w' => Some(WORD.to_owned()),
        other if other.is_alphanumeric() => None,
        other => Some(single(other)),
    }
}

/// A character as a class may hold it.
fn single(character: char) -> String {
    if character.is_alphanumeric() || character == '_' { character.to_string() } else { format!("\\{character}") }
}

/// How often at most what was just read may come, inner none for without limit; none if that is not understood.
fn count(characters: &mut Peekable<Chars<'_>>) -> Option<Option<u32>> {
    let most = match characters.peek() {
        Some('*' | '+') => {
            characters.next();
            None
        }
        Some('?') => {
            characters.next();
            return Some(Some(1));
        }
        Some('{') => {
            characters.next();
            let bounds = bounds(characters)?;
            let (least, most) = bounds.split_once(',').unwrap_or((bounds.as_str(), bounds.as_str()));
            least.parse::<u32>().ok()?;
            if most.is_empty() { None } else { Some(most.parse::<u32>().ok()?) }
        }
        _ => return Some(Some(1)),
    };
    // A question mark behind a count only says which match is found first.
    characters.next_if_eq(&'?');
    Some(most)
}

/// What stands before the closing brace; none if there is no such brace.
fn bounds(characters: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mut bounds = String::new();
    loop {
        match characters.next()? {
            '}' => return Some(bounds),
            other => bounds.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::matches_pattern;

    #[track_caller]
    fn check(regex: &str, expected: Option<&str>, admitted: &[&str]) {
        let pattern = from_regex(regex);
        assert_eq!(pattern.as_deref(), expected, "{regex}");
        for id in admitted {
            assert!(matches_pattern(pattern.as_deref().unwrap(), id), "{regex} {id}");
        }
    }

    #[test]
    fn classes_and_counts_become_patterns() {
        check("^[0-9]+$", Some("[0-9]+"), &["42"]);
        check(r"^\d{3}$", Some("[0-9]{1,3}"), &["042"]);
        check("^[a-z]{2,5}$", Some("[a-z]{1,5}"), &["abcde"]);
        check("^[a-z]{2,}$", Some("[a-z]+"), &["abcdef"]);
        check(r"^[\w.-]+$", Some(r"[A-Za-z0-9_\.\-]+"), &["a.B-c_1"]);
        check("^BY[0-9a-fA-F]{32}$", Some("[BY0-9a-fA-F]{1,34}"), &["BY0123456789abcdef0123456789ABCDEF"]);
        check(r"^[-+a]+x?$", Some(r"[\-\+ax]+"), &["-+a", "x"]);
        check(r"^[a-]-[z]$", Some(r"[a\-\-z]{1,3}"), &["a-z", "--z"]);
        check(r"^[\]\\[]+?$", Some(r"[\]\\\[]+"), &[r"[\]"]);
    }

    #[test]
    fn everything_else_says_nothing() {
        let others = [
            "[0-9]+",
            "^[0-9]+",
            "^$",
            "^.*$",
            "^(a|b)$",
            "^a|b$",
            "^[^/]+$",
            "^[]$",
            "^[a",
            r"^a\$",
            r"^[\s]+$",
            r"^\bx$",
            r"^[+-\.]$",
            r"^[\+-z]$",
            "^[z-a]$",
            "^a{x}$",
            "^a{2$",
            "^a{0}$",
            "^a{2}{3}$",
            "^a{99999999999}$",
            "^a+b",
        ];
        for regex in others {
            check(regex, None, &[]);
        }
    }
}
