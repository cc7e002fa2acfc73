//! P0310: a method that the server answers with 405 before it asks the policy.

use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::subject::Subject;

/// Removes the entry.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    subject.token(diagnostic).map(|entry| subject.removal("remove it", entry)).into_iter().collect()
}
