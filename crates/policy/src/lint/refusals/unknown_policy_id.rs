//! P0205: a section for something that is no resource.

use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::subject::Subject;
use crate::presets::quoted;

/// Writes the id that was probably meant, unless it has a section already, or removes the section.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let layout = &subject.layout;
    let Some(section) = subject.token(diagnostic).filter(|_| subject.has_unique_keys) else { return Vec::new() };
    let meant = layout.decoded(section).and_then(|name| subject.catalog.suggest(name));
    let meant = meant.filter(|policy_id| !subject.has_section(policy_id));
    let write = |policy_id| Fix::new(format!("write `{policy_id}`"), vec![layout.replace(section, quoted(policy_id))]);
    let mut fixes: Vec<Fix> = meant.map(write).into_iter().collect();
    if !layout.is_only_item(section) {
        fixes.push(Fix::new("remove the section", vec![layout.remove(section)]));
    }
    fixes
}
