//! Words for places and methods, and what was meant by the wrong ones.

use crate::catalog::closest;
use crate::diagnostic::quoted;
use crate::ids::Method;
use crate::policy::{ListName, Place};

/// Which rules are spoken of: "everything", "`review`", "`review` `7`".
pub(super) fn place(place: &Place) -> String {
    match place {
        Place::Everything => "everything".to_owned(),
        Place::Resource { policy_id } => quoted(policy_id.as_str()),
        Place::Item { policy_id, item_id } => format!("{} {}", quoted(policy_id.as_str()), quoted(item_id.as_str())),
    }
}

/// Names in backticks, joined as in a sentence: "`a`, `b` and `c`".
pub(super) fn joined<Name: AsRef<str>>(names: &[Name], last_word: &str) -> String {
    let names: Vec<String> = names.iter().map(|name| quoted(name.as_ref())).collect();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} {last_word} {last}", before.join(", ")),
        _ => names.concat(),
    }
}

/// The list that was meant by another key in a rule set.
pub(super) fn meant_list(key: &str) -> Option<ListName> {
    match key.trim().to_ascii_lowercase().as_str() {
        "allow" | "allows" | "allowed" | "allow_list" | "permit" | "permits" | "permitted" | "grant" | "grants" => {
            Some(ListName::Allow)
        }
        "block" | "blocks" | "blocked" | "block_list" | "deny" | "denies" | "denied" | "disallow" | "forbid"
        | "forbidden" => Some(ListName::Block),
        _ => None,
    }
}

/// The method that was meant by a word that is none.
pub(super) fn meant_method(word: &str) -> Option<&'static str> {
    const USEFUL: [&str; 5] = ["GET", "POST", "PUT", "DELETE", Method::ANY];
    let word = word.trim().to_ascii_uppercase();
    let meant = match word.as_str() {
        "ALL" | "ANY" | "**" | ".*" => Some(Method::ANY),
        "READ" | "VIEW" | "LIST" | "FETCH" => Some("GET"),
        "CREATE" | "ADD" => Some("POST"),
        "UPDATE" | "EDIT" | "CHANGE" => Some("PUT"),
        "REMOVE" | "ERASE" | "DEL" => Some("DELETE"),
        _ => USEFUL.into_iter().find(|method| *method == word),
    };
    // A star is no misspelling of anything short.
    meant.or_else(|| closest(&word, USEFUL.into_iter().filter(|method| *method != Method::ANY)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, meant: Option<&str>) {
        assert_eq!(meant_method(word), meant, "{word}");
    }

    #[test]
    fn methods_are_guessed_where_one_is_close() {
        check(" get ", Some("GET"));
        check("POTS", Some("POST"));
        check("READ", Some("GET"));
        check("all", Some("*"));
        check("BREW", None);
        check("", None);
    }

    #[test]
    fn names_are_joined_as_in_a_sentence() {
        assert_eq!(joined(&["a"], "and"), "`a`");
        assert_eq!(joined(&["a", "b", "c"], "or"), "`a`, `b` or `c`");
        assert_eq!(joined::<&str>(&[], "and"), "");
    }
}
