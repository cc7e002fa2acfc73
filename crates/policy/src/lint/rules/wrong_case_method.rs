//! P0304: a method that is not in capitals.

use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::subject::Subject;
use crate::presets::quoted;

/// Writes it in capitals, or removes it where it has no effect as it stands.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let layout = &subject.layout;
    let Some(entry) = subject.token(diagnostic) else { return Vec::new() };
    let Some(capitals) = layout.decoded(entry).map(str::to_ascii_uppercase) else { return Vec::new() };
    let mut fixes = vec![Fix::new(format!("write `{capitals}`"), vec![layout.replace(entry, quoted(&capitals))])];
    if subject.has_no_effect(entry) {
        fixes.push(subject.removal("remove it", entry));
    }
    fixes
}
