//! Small policies, of which every mutant can be compared with every other, request by request.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use tollgate_policy::Policy;

const RESOURCES: [&str; 2] = ["review", "repository"];
const ITEMS: [&str; 2] = ["7", "8"];
const METHODS: [&str; 5] = ["*", "GET", "DELETE", "get", "Brew"];

/// A request: the resource, the item, the method.
pub(crate) type Asked = (String, Option<String>, String);

/// The document of a small policy; each rule set has both lists.
pub(crate) fn document() -> impl Strategy<Value = Value> {
    let sections = btree_map(select(&RESOURCES[..]).prop_map(str::to_owned), section(), 0..3);
    (option::of(rules()), sections).prop_map(|(global, sections)| {
        let global = global.map(|global| ("*".to_owned(), global));
        json!({ "resources": sections.into_iter().chain(global).collect::<Map<_, _>>() })
    })
}

fn section() -> impl Strategy<Value = Value> {
    let key = prop_oneof![select(&ITEMS[..]), Just("*")].prop_map(str::to_owned);
    btree_map(key, rules(), 0..4).prop_map(|section| Value::from(section.into_iter().collect::<Map<_, _>>()))
}

fn rules() -> impl Strategy<Value = Value> {
    let list = || vec(select(&METHODS[..]), 0..3);
    (list(), list()).prop_map(|(allow, block)| json!({ "allow": allow, "block": block }))
}

/// The policy of a document.
pub(crate) fn policy(document: &Value) -> Policy {
    Policy::stored(&document.to_string()).unwrap_or_else(|| panic!("cannot be read: {document}"))
}

/// A request of each class that small policies and their mutants can tell apart.
pub(crate) fn requests() -> Vec<Asked> {
    const ASKED: [&str; 14] =
        ["*", "GET", "POST", "PUT", "DELETE", "PATCH", "get", "delete", "Brew", "brew", "BREW", "put", "NEW", ""];
    let mut requests = Vec::new();
    for resource in [&RESOURCES[..], &["user"]].concat() {
        for item in [None, Some("7"), Some("8"), Some("9"), Some("*")] {
            requests.extend(ASKED.map(|method| (resource.to_owned(), item.map(str::to_owned), method.to_owned())));
        }
    }
    requests
}
