//! P0306: rules that allow, where nothing is blocked.

use crate::diagnostic::Diagnostic;
use crate::ids::Method;
use crate::lint::finding::Fix;
use crate::lint::lists;
use crate::lint::subject::Subject;
use crate::policy::ListName;

/// Blocks everything else, or removes the rules.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(rules) = subject.token(diagnostic).filter(|_| subject.has_unique_keys) else { return Vec::new() };
    let block = lists::add(&subject.layout, rules + 2, ListName::Block, &[Method::ANY]);
    let mut fixes = vec![Fix::new("block every other method", vec![block])];
    if subject.has_no_effect(rules) {
        fixes.push(subject.removal("remove these rules", rules));
    }
    fixes
}
