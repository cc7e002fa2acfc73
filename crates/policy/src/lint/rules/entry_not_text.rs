//! P0303: a list entry that is not a text.

use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::subject::Subject;

/// Removes the entry, which matches nothing.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let fix = |entry| Fix::new("remove it", vec![subject.layout.remove(entry)]).keeping_decisions(true);
    subject.token(diagnostic).map(fix).into_iter().collect()
}
