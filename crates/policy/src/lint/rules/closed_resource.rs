//! P0312: rules for a resource that is closed to tokens.

use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::subject::Subject;

/// Removes the section, unless `resources` would be left empty, which the server refuses.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let section = subject.token(diagnostic);
    let section = section.filter(|section| subject.has_unique_keys && !subject.layout.is_only_item(*section));
    section.map(|section| subject.removal("remove the section", section)).into_iter().collect()
}
