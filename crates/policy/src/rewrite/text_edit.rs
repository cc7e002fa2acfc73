//! Replacements in a text.

use serde::Serialize;

use crate::span::{Span, to_index};

/// One replacement in a text.
///
/// Several are given in the order of their spans, which are those of the text before any of them, and do not overlap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TextEdit {
    /// What is replaced, in bytes; empty where something is only added.
    pub span: Span,
    /// What stands there afterward; empty where something is only removed.
    pub text: String,
}

/// Makes the replacements; none if their spans are out of order, overlap, or do not fit the text.
///
/// Costs one walk over the text.
///
/// ```
/// use tollgate_policy::rewrite::{TextEdit, apply};
/// use tollgate_policy::Span;
///
/// let edits = [
///     TextEdit { span: Span::new(0, 1), text: "A".to_owned() },
///     TextEdit { span: Span::empty_at(3), text: "!".to_owned() },
/// ];
/// assert_eq!(apply("abc", &edits).as_deref(), Some("Abc!"));
/// assert_eq!(apply("é", &[TextEdit { span: Span::new(1, 2), text: String::new() }]), None);
/// ```
pub fn apply(text: &str, edits: &[TextEdit]) -> Option<String> {
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let (start, end) = (to_index(edit.span.start), to_index(edit.span.end));
        let (kept, _replaced) = (text.get(at..start)?, text.get(start..end)?);
        changed.push_str(kept);
        changed.push_str(&edit.text);
        at = end;
    }
    changed.push_str(text.get(at..)?);
    Some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, edits: &[(u32, u32, &str)], expected: Option<&str>) {
        let edit = |(start, end, text): &(u32, u32, &str)| TextEdit {
            span: Span::new(*start, *end),
            text: (*text).to_owned(),
        };
        let edits: Vec<TextEdit> = edits.iter().map(edit).collect();
        assert_eq!(apply(text, &edits).as_deref(), expected);
    }

    #[test]
    fn edits_are_made_in_order() {
        check("abc", &[], Some("abc"));
        check("abc", &[(1, 2, "")], Some("ac"));
        check("abc", &[(0, 0, "<"), (3, 3, ">")], Some("<abc>"));
        check("abc", &[(1, 1, "1"), (1, 1, "2"), (1, 3, "3")], Some("a123"));
    }

    #[test]
    fn edits_that_do_not_fit_are_refused() {
        check("abc", &[(2, 3, ""), (0, 1, "")], None);
        check("abc", &[(0, 2, ""), (1, 3, "")], None);
        check("abc", &[(2, 1, "")], None);
        check("abc", &[(3, 4, "")], None);
        check("é", &[(0, 1, "")], None);
    }
}
