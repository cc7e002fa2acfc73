//! P0309: rules for single ids that make a list fail on the server.

use crate::diagnostic::{Diagnostic, quoted};
use crate::ids::Method;
use crate::lint::finding::Fix;
use crate::lint::lists;
use crate::lint::subject::Subject;
use crate::policy::ListName;

/// Denies reading the list, so that the server says 403 in place of 500, or removes the rules for single ids.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(section) = subject.token(diagnostic).filter(|_| subject.has_unique_keys) else { return Vec::new() };
    let layout = &subject.layout;
    let rules_for_all = layout.value(section + 2, Method::ANY);
    let deny = match rules_for_all {
        Some(rules) => lists::add(layout, rules, ListName::Block, &["GET"]),
        None => layout.append(section + 2, &[format!("\"*\": {{\"block\": {}}}", lists::written(&["GET"]))]),
    };
    let without_ids = if rules_for_all.is_none() && !layout.is_only_item(section) {
        vec![layout.remove(section)]
    } else {
        layout.retain(section + 2, |rules| layout.decoded(rules) == Some(Method::ANY))
    };
    let policy_id = quoted(layout.decoded(section).unwrap_or_default());
    vec![
        Fix::new(format!("deny reading the list of {policy_id}"), vec![deny]),
        Fix::new("remove the rules for single ids", without_ids),
    ]
}
