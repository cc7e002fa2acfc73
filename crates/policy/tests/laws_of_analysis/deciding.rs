//! The law about the fast way to decide.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;
use tollgate_policy::{CompiledPolicy, Decision, JsonPointer, Policy, reference};

use super::brute_force::accepted;
use super::{same, strategies};

/// A request: a policy id, a method, an item id.
pub(crate) type Asked = (String, String, Option<String>);

/// Some requests, for what policies name and for what they do not.
pub(crate) fn some_requests() -> impl Strategy<Value = Vec<Asked>> {
    vec((strategies::policy_id(), strategies::method(), strategies::item_id()), 1..20)
}

/// A compiled policy gives the decision of the reference, and points at the entry that makes it.
pub(crate) fn a_compiled_policy_decides_as_the_reference(document: &Value, asked: &[Asked]) -> Result<(), String> {
    let policy = accepted(document)?;
    let compiled = CompiledPolicy::new(&policy);
    for (policy_id, method, item_id) in asked {
        let fast = compiled.decide(policy_id, method, item_id.as_deref());
        let plain = reference::decide(&policy, policy_id, method, item_id.as_deref());
        same("decision", fast, plain)?;
        same("pointer", compiled.pointer(&fast), pointer(&policy, &plain))?;
    }
    Ok(())
}

/// The pointer of the deciding entry, found without the compiled policy.
fn pointer(policy: &Policy, decision: &Decision) -> Option<JsonPointer> {
    let rule = decision.rule?;
    let rules = policy.rule_sets().get(usize::try_from(rule.rule_set).unwrap())?;
    Some(rules.place().pointer().child(rule.list.as_str()).child(&rule.entry.to_string()))
}
