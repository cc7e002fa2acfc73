//! Policies put together in memory, out of rule sets and not out of a text.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::ids::{Method, PolicyId};
use crate::policy::{Content, Entry, Place, Policy, RuleSet, Section};
use crate::span::Span;

/// The policy of some rule sets; those of one resource must stand side by side.
///
/// It is there to be decided by and compared: its text is empty, and its spans mark nothing in it.
pub(crate) fn policy_of(rule_sets: Vec<RuleSet>) -> Policy {
    let mut sections: Vec<Section> = Vec::new();
    let mut global = None;
    for (index, rules) in rule_sets.iter().enumerate() {
        let (policy_id, names_ids) = match rules.place() {
            Place::Item { policy_id, .. } => (policy_id, true),
            Place::Resource { policy_id } => (policy_id, false),
            Place::Everything => {
                global = Some(index);
                continue;
            }
        };
        match sections.last_mut().filter(|section| section.policy_id == *policy_id) {
            Some(section) => {
                section.end_of_rule_sets = index + 1;
                section.names_ids |= names_ids;
            }
            None => sections.push(Section {
                policy_id: policy_id.clone(),
                key_span: Span::default(),
                span: Span::default(),
                first_rule_set: index,
                end_of_rule_sets: index + 1,
                names_ids,
            }),
        }
    }
    let has_resources = !rule_sets.is_empty();
    Policy::from_content(Content { text: Arc::from(""), sections, rule_sets, global, has_resources })
}

/// A policy that is there for the names in it: compared with others, it makes these names be told apart.
pub(crate) fn naming(
    policy_ids: impl IntoIterator<Item = PolicyId>,
    methods: impl IntoIterator<Item = Method>,
) -> Policy {
    let everything = blocking(Place::Everything, methods);
    let policy_ids: BTreeSet<PolicyId> = policy_ids.into_iter().collect();
    let sections =
        policy_ids.into_iter().map(|policy_id| blocking(Place::Resource { policy_id }, [Method::from(Method::ANY)]));
    policy_of([everything].into_iter().chain(sections).collect())
}

fn blocking(place: Place, methods: impl IntoIterator<Item = Method>) -> RuleSet {
    let entries = (0..).zip(methods).map(|(index, method)| Entry { method, index, span: Span::default() });
    RuleSet { place, key_span: Span::default(), span: Span::default(), allow: Vec::new(), block: entries.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_put_together_from_its_own_rule_sets_has_the_same_parts() {
        let text = r#"{"resources": {"review": {"7": {"block": ["PUT"]}, "*": {}}, "*": {"allow": ["*"]},
            "user": {"*": {"block": []}}}}"#;
        let policy = Policy::stored(text).unwrap();
        let again = policy_of(policy.rule_sets().to_vec());
        assert_eq!(again.rule_sets(), policy.rule_sets());
        assert_eq!(again.global(), policy.global());
        let sections = |policy: &Policy| {
            let parts = policy.sections().iter().map(|section| {
                (section.policy_id().clone(), section.names_ids(), policy.rule_sets_of(section).to_vec())
            });
            parts.collect::<Vec<_>>()
        };
        assert_eq!(sections(&again), sections(&policy));
        assert!(again.has_resources() && !policy_of(Vec::new()).has_resources());
    }
}
