//! Edits that were found for a text, made in it.

use tollgate_browser::analysis::{EditLook, PlaceLook};
use tollgate_policy::rewrite::apply;
use tollgate_policy::{Span, TextEdit, position};

/// The text after some edits, and where the first of them stands in it; none if they do not fit.
pub(super) fn edited(text: &str, edits: &[EditLook]) -> Option<(String, PlaceLook)> {
    let first = edits.first()?.start;
    let fits = |edit: &EditLook| Span::new(edit.start, edit.end).slice(text) == edit.was;
    if !edits.iter().all(fits) {
        return None;
    }
    let edit = |edit: &EditLook| TextEdit { span: Span::new(edit.start, edit.end), text: edit.text.clone() };
    let edits: Vec<TextEdit> = edits.iter().map(edit).collect();
    let after = apply(text, &edits)?;
    let at = position(&after, first);
    Some((after, PlaceLook { line: at.line, column: at.column }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_in_the_text_they_were_found_for_and_in_no_other() {
        let edit =
            |start, end, was: &str, text: &str| EditLook { start, end, was: was.to_owned(), text: text.to_owned() };
        let edits = [edit(3, 5, "cd", "C"), edit(5, 5, "", "!")];
        let (after, at) = edited("a\nbcd", &edits).unwrap();
        assert_eq!((after.as_str(), at.line, at.column), ("a\nbC!", 2, 2));
        assert_eq!(edited("a\nbxy", &edits), None);
        assert_eq!(edited("a", &[]), None);
    }
}
