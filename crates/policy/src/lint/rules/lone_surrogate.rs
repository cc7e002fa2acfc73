//! P0302: a text with half a surrogate pair.

use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::subject::Subject;
use crate::syntax::TokenKind;

/// Removes the text if it is an entry of a list; what a key was meant to be, nobody knows.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let layout = &subject.layout;
    let is_in_list =
        |token: &usize| layout.enclosing(*token).is_some_and(|opened| layout.kind(opened) == TokenKind::OpenBracket);
    let entry = subject.token(diagnostic).filter(is_in_list);
    let fix = |entry| Fix::new("remove it", vec![layout.remove(entry)]).keeping_decisions(true);
    entry.map(fix).into_iter().collect()
}
