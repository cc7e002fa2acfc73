//! Every fast way agrees with the plain one.
#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

mod strategies;

use proptest::prelude::*;
use serde_json::json;
use strategies::{accepted, document, item_id, method, policy_id};
use tollgate_policy::{CompiledPolicy, Decision, JsonPointer, Policy, reference};

/// The pointer of the deciding entry, found without the compiled policy.
fn pointer(policy: &Policy, decision: &Decision) -> Option<JsonPointer> {
    let rule = decision.rule?;
    let rules = policy.rule_sets().get(usize::try_from(rule.rule_set).unwrap())?;
    Some(rules.place().pointer().child(rule.list.as_str()).child(&rule.entry.to_string()))
}

#[track_caller]
fn agree(policy: &Policy, policy_id: &str, method: &str, item_id: Option<&str>) {
    let compiled = CompiledPolicy::new(policy);
    let fast = compiled.decide(policy_id, method, item_id);
    let plain = reference::decide(policy, policy_id, method, item_id);
    assert_eq!(fast, plain, "{policy_id} {method} {item_id:?} under {}", policy.text());
    assert_eq!(compiled.pointer(&fast), pointer(policy, &plain));
}

proptest! {
    #[test]
    fn compiled_agrees_with_reference(
        document in document(),
        requests in proptest::collection::vec((policy_id(), method(), item_id()), 1..20),
    ) {
        let policy = accepted(&document);
        for (policy_id, method, item_id) in requests {
            agree(&policy, &policy_id, &method, item_id.as_deref());
        }
    }

    #[test]
    fn the_deciding_entry_names_the_method_or_any(
        document in document(), policy_id in policy_id(), method in method(), item_id in item_id(),
    ) {
        let policy = accepted(&document);
        let compiled = CompiledPolicy::new(&policy);
        let decision = compiled.decide(&policy_id, &method, item_id.as_deref());
        if let Some(pointer) = compiled.pointer(&decision) {
            let entry = document.pointer(pointer.as_str()).and_then(|entry| entry.as_str());
            prop_assert!(entry == Some(method.as_str()) || entry == Some("*"), "{pointer}");
            let span = compiled.span(&decision).unwrap();
            let written: Option<String> = serde_json::from_str(span.slice(policy.text())).ok();
            prop_assert_eq!(written.as_deref(), entry);
        }
    }
}

#[test]
fn the_65th_method_decides_like_the_first() {
    let names: Vec<String> = (0..200).map(|number| format!("M{number}")).collect();
    let policy = accepted(&json!({"resources": {"review": {"*": {"allow": names, "block": ["*"]}}}}));
    for name in &names {
        agree(&policy, "review", name, None);
        assert!(CompiledPolicy::new(&policy).decide("review", name, None).is_allowed(), "{name}");
    }
    assert!(!CompiledPolicy::new(&policy).decide("review", "M200", None).is_allowed());
}
