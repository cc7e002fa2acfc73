//! P0208: a rule set with neither list.

use crate::diagnostic::Diagnostic;
use crate::ids::Method;
use crate::lint::finding::Fix;
use crate::lint::lists;
use crate::lint::rules::ignored_key;
use crate::lint::subject::Subject;
use crate::policy::ListName;

/// Writes the key that was meant, blocks everything, or removes the rules.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let layout = &subject.layout;
    let Some(rules) = subject.token(diagnostic).filter(|_| subject.has_unique_keys) else { return Vec::new() };
    let mut fixes: Vec<Fix> =
        layout.items(rules).find_map(|key| ignored_key::rename(subject, key)).into_iter().collect();
    let block = lists::add(layout, rules, ListName::Block, &[Method::ANY]);
    fixes.push(Fix::new("block every method", vec![block]));
    let member = rules.checked_sub(2);
    // A section may be empty, but `resources` may not.
    let may_go = |member: &usize| layout.enclosing(*member) != subject.resources || !layout.is_only_item(*member);
    fixes.extend(member.filter(may_go).map(|member| Fix::new("remove these rules", vec![layout.remove(member)])));
    fixes
}
