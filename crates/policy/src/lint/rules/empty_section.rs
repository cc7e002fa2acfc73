//! P0308: a section that says nothing.

use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::subject::Subject;

/// Removes the section, unless `resources` would be left empty, which the server refuses.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let section = subject.token(diagnostic).and_then(|value| value.checked_sub(2));
    let section = section.filter(|section| subject.has_unique_keys && !subject.layout.is_only_item(*section));
    let fix = |section| Fix::new("remove it", vec![subject.layout.remove(section)]).keeping_decisions(true);
    section.map(fix).into_iter().collect()
}
