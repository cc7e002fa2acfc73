//! P0305: a method that Review Board does not know.

use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::subject::Subject;
use crate::lint::words;
use crate::presets::quoted;

/// Writes the method that was probably meant, or removes the entry.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let layout = &subject.layout;
    let Some(entry) = subject.token(diagnostic) else { return Vec::new() };
    let meant = layout.decoded(entry).and_then(words::meant_method);
    let write = |method| Fix::new(format!("write `{method}`"), vec![layout.replace(entry, quoted(method))]);
    let mut fixes: Vec<Fix> = meant.map(write).into_iter().collect();
    fixes.push(subject.removal("remove it", entry));
    fixes
}
