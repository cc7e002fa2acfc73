//! Random policies and requests for the property tests.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use tollgate_policy::{Catalog, Method, Policy, check};

const POLICY_IDS: [&str; 5] = ["review", "review_request", "repository", "user", "diff"];
const ITEM_IDS: [&str; 7] = ["1", "42", "007", "admin", "", "a/b~c", "é\"\\\n"];
const ODD_METHODS: [&str; 5] = ["*", "get", "BREW", "", "GÉT"];

/// A policy id that may or may not stand in the policy.
pub(crate) fn policy_id() -> impl Strategy<Value = String> {
    prop_oneof![9 => select(&POLICY_IDS[..]), 1 => Just("server_info")].prop_map(str::to_owned)
}

/// An item id, `*`, or none.
pub(crate) fn item_id() -> impl Strategy<Value = Option<String>> {
    option::of(prop_oneof![6 => select(&ITEM_IDS[..]), 1 => Just("*"), 1 => Just("unnamed")].prop_map(str::to_owned))
}

/// A method of one of many: known ones, odd ones, and so many others that a policy mentions more than 64.
pub(crate) fn method() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(&Method::KNOWN[..]).prop_map(str::to_owned),
        2 => select(&ODD_METHODS[..]).prop_map(str::to_owned),
        4 => (0..90_u32).prop_map(|number| format!("M{number}")),
    ]
}

fn list() -> impl Strategy<Value = Value> {
    let entry =
        prop_oneof![12 => method().prop_map(Value::from), 1 => Just(json!(null)), 1 => Just(json!(["GET"]))].boxed();
    let few = vec(entry.clone(), 0..4);
    let many = vec(entry, 0..80);
    prop_oneof![4 => few, 1 => many].prop_map(Value::from)
}

fn rules() -> impl Strategy<Value = Value> {
    (option::of(list()), option::of(list()), any::<bool>()).prop_map(|(allow, block, has_more)| {
        let mut rules = Map::new();
        if let Some(block) = block {
            rules.insert("block".to_owned(), block);
        }
        if let Some(allow) = allow {
            rules.insert("allow".to_owned(), allow);
        }
        if rules.is_empty() {
            rules.insert("allow".to_owned(), json!([]));
        }
        if has_more {
            rules.insert("note".to_owned(), json!({"a": [1.5, {"b": {}}]}));
        }
        Value::from(rules)
    })
}

fn section() -> impl Strategy<Value = Value> {
    let key = prop_oneof![3 => select(&ITEM_IDS[..]), 2 => Just("*")].prop_map(str::to_owned);
    btree_map(key, rules(), 0..4).prop_map(|section| Value::from(section.into_iter().collect::<Map<_, _>>()))
}

/// The document of a policy that is accepted.
pub(crate) fn document() -> impl Strategy<Value = Value> {
    let sections = btree_map(select(&POLICY_IDS[..]).prop_map(str::to_owned), section(), 0..4);
    (option::of(rules()), sections).prop_map(|(global, sections)| {
        let mut resources: Map<String, Value> = sections.into_iter().collect();
        if let Some(global) = global {
            resources.insert("*".to_owned(), global);
        }
        if resources.is_empty() { json!({}) } else { json!({ "resources": resources }) }
    })
}

/// Reads a document that must be accepted.
pub(crate) fn accepted(document: &Value) -> Policy {
    let checked = check(&document.to_string(), Catalog::review_board_8_1());
    checked.policy().unwrap_or_else(|| panic!("refused: {document}: {:?}", checked.diagnostics()))
}
