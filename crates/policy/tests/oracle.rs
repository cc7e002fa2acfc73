//! Every fast way agrees with the plain one.
#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "the other laws have their own tests")]
mod laws_of_analysis;

use laws_of_analysis::deciding::{a_compiled_policy_decides_as_the_reference, some_requests};
use laws_of_analysis::strategies::{accepted, document, item_id, method, policy_id};
use proptest::prelude::*;
use serde_json::json;
use tollgate_policy::CompiledPolicy;

proptest! {
    #[test]
    fn compiled_agrees_with_reference(document in document(), asked in some_requests()) {
        a_compiled_policy_decides_as_the_reference(&document, &asked).map_err(TestCaseError::fail)?;
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
    let document = json!({"resources": {"review": {"*": {"allow": names, "block": ["*"]}}}});
    let asked: Vec<_> = names.iter().map(|name| ("review".to_owned(), name.clone(), None::<String>)).collect();
    a_compiled_policy_decides_as_the_reference(&document, &asked).unwrap();
    let policy = accepted(&document);
    for name in &names {
        assert!(CompiledPolicy::new(&policy).decide("review", name, None).is_allowed(), "{name}");
    }
    assert!(!CompiledPolicy::new(&policy).decide("review", "M200", None).is_allowed());
}
