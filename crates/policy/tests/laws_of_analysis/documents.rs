//! Random documents that are small enough for brute force.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::strategies;

pub(crate) const RESOURCES: [&str; 3] = ["review", "user", "diff"];
pub(crate) const ITEMS: [&str; 2] = ["1", "2"];
pub(crate) const METHODS: [&str; 3] = ["GET", "PUT", "DELETE"];

/// How many different names a document may use, and how long its lists may be.
#[derive(Clone, Copy)]
struct Shape {
    resources: usize,
    items: usize,
    methods: usize,
    entries: usize,
}

/// One resource, one id, two methods.
pub(crate) fn tiny() -> BoxedStrategy<Value> {
    document(Shape { resources: 1, items: 1, methods: 2, entries: 3 })
}

/// Three resources, two ids, three methods.
pub(crate) fn small() -> BoxedStrategy<Value> {
    document(Shape { resources: RESOURCES.len(), items: ITEMS.len(), methods: METHODS.len(), entries: 4 })
}

/// One resource and one id, but more methods than there are bits in a word.
pub(crate) fn wide() -> BoxedStrategy<Value> {
    document(Shape { resources: 1, items: 1, methods: 90, entries: 80 })
}

/// Most of them small; some with odd names, members that mean nothing, and long lists.
pub(crate) fn varied() -> impl Strategy<Value = Value> {
    prop_oneof![4 => small(), 1 => strategies::document()]
}

/// Two documents that may have nothing, much or everything in common.
pub(crate) fn pair() -> impl Strategy<Value = (Value, Value)> {
    let partly = (small(), small(), any::<[bool; 4]>()).prop_map(|(before, other, takes)| {
        let after = mixed(&before, &other, takes);
        (before, after)
    });
    let reworded = small().prop_map(|before| {
        let after = reworded(&before);
        (before, after)
    });
    prop_oneof![2 => (small(), small()), 4 => partly, 3 => (tiny(), tiny()), 1 => reworded]
}

/// The document of a policy that is accepted.
fn document(shape: Shape) -> BoxedStrategy<Value> {
    let sections = vec(option::of(section(shape)), shape.resources);
    let everything = option::of(rules(shape));
    (everything, sections)
        .prop_map(|(everything, sections)| {
            let mut resources = Map::new();
            for (policy_id, section) in RESOURCES.iter().zip(sections) {
                resources.extend(section.map(|section| ((*policy_id).to_owned(), section)));
            }
            resources.extend(everything.map(|rules| ("*".to_owned(), rules)));
            with_resources(resources)
        })
        .boxed()
}

fn section(shape: Shape) -> impl Strategy<Value = Value> {
    let items = vec(option::of(rules(shape)), shape.items);
    (option::of(rules(shape)), items, any::<bool>()).prop_map(|(all_items, items, items_first)| {
        let all_items = all_items.map(|rules| ("*".to_owned(), rules));
        let items = ITEMS.iter().zip(items).filter_map(|(item_id, rules)| Some(((*item_id).to_owned(), rules?)));
        let members: Map<String, Value> =
            if items_first { items.chain(all_items).collect() } else { all_items.into_iter().chain(items).collect() };
        Value::from(members)
    })
}

fn rules(shape: Shape) -> impl Strategy<Value = Value> {
    (option::of(list(shape)), option::of(list(shape))).prop_map(|(allow, block)| {
        let mut rules = Map::new();
        rules.extend(block.map(|block| ("block".to_owned(), block)));
        rules.extend(allow.map(|allow| ("allow".to_owned(), allow)));
        if rules.is_empty() { json!({"allow": []}) } else { Value::from(rules) }
    })
}

fn list(shape: Shape) -> impl Strategy<Value = Value> {
    let further = (METHODS.len()..shape.methods).map(|number| format!("M{number:02}"));
    let methods = METHODS.iter().take(shape.methods).map(|method| (*method).to_owned()).chain(further);
    let entry = prop_oneof![
        6 => select(methods.collect::<Vec<String>>()).prop_map(Value::from),
        3 => Just(Value::from("*")),
        1 => Just(Value::Null),
    ];
    vec(entry, 0..shape.entries).prop_map(Value::from)
}

/// `before`, where each of the rules for everything and the sections may be that of `other` instead.
fn mixed(before: &Value, other: &Value, takes: [bool; 4]) -> Value {
    let keys = ["*"].into_iter().chain(RESOURCES);
    let members = keys.zip(takes).filter_map(|(key, takes_other)| {
        let source = if takes_other { other } else { before };
        Some((key.to_owned(), source.get("resources")?.get(key)?.clone()))
    });
    with_resources(members.collect())
}

/// The same policy with every object and list in reverse, and the entries of each list twice.
pub(crate) fn reworded(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().rev().map(|(key, value)| (key.clone(), reworded(value)));
            Value::from(members.collect::<Map<String, Value>>())
        }
        Value::Array(entries) => Value::from(entries.iter().rev().chain(entries).cloned().collect::<Vec<Value>>()),
        other => other.clone(),
    }
}

/// The document with these members under `resources`; the server refuses none there, so none is full access.
pub(crate) fn with_resources(resources: Map<String, Value>) -> Value {
    if resources.is_empty() { json!({}) } else { json!({ "resources": resources }) }
}
