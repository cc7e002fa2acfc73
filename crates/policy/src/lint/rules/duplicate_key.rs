//! P0301: a key that appears again.

use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::subject::Subject;

/// Removes the member that is ignored.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let ignored = subject.token(diagnostic);
    let fix = |ignored| Fix::new("remove the one that is ignored", vec![subject.layout.remove(ignored)]);
    ignored.map(|ignored| fix(ignored).keeping_decisions(true)).into_iter().collect()
}
