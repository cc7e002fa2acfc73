//! The laws of edits: what they change is what they say, and nothing else.
#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "the other laws have their own tests")]
mod laws_of_analysis;

use laws_of_analysis::proposing::{self, slowly, target, wishes, written};
use laws_of_analysis::strategies::{document, item_id, method, policy_id};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use tollgate_policy::rewrite::{add_method, apply, remove};
use tollgate_policy::{CompiledPolicy, JsonPointer, ListName, Method, Place, Policy, PrecedenceRow, parse};

/// The pointers to all members and elements, however deep.
fn units(document: &Value) -> Vec<JsonPointer> {
    let mut units = Vec::new();
    let mut open = vec![(JsonPointer::root(), document)];
    while let Some((pointer, value)) = open.pop() {
        let children: Vec<(JsonPointer, &Value)> = match value {
            Value::Object(members) => members.iter().map(|(key, value)| (pointer.child(key), value)).collect(),
            Value::Array(entries) => {
                entries.iter().enumerate().map(|(index, value)| (pointer.child(&index.to_string()), value)).collect()
            }
            _ => Vec::new(),
        };
        units.extend(children.iter().map(|(pointer, _)| pointer.clone()));
        open.extend(children);
    }
    units
}

fn without(document: &Value, pointer: &JsonPointer) -> Value {
    let mut document = document.clone();
    let last = pointer.tokens().last().unwrap();
    match document.pointer_mut(pointer.as_str().rsplit_once('/').unwrap().0).unwrap() {
        Value::Object(members) => drop(members.shift_remove(&last)),
        Value::Array(entries) => drop(entries.remove(last.parse().unwrap())),
        other => panic!("{other} has no members"),
    }
    document
}

fn with(document: &Value, place: &Place, list: ListName, method: &str) -> Value {
    let mut document = document.clone();
    let mut value = &mut document;
    for step in place.pointer().tokens() {
        value = value.as_object_mut().unwrap().entry(step).or_insert_with(|| json!({}));
    }
    let list = value.as_object_mut().unwrap().entry(list.as_str()).or_insert_with(|| json!([]));
    let entries = list.as_array_mut().unwrap();
    if !entries.contains(&json!(method)) {
        entries.push(json!(method));
    }
    document
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn holds(law: Result<(), String>) -> Result<(), TestCaseError> {
    law.map_err(TestCaseError::fail)
}

fn place() -> impl Strategy<Value = Place> {
    (policy_id(), item_id(), 0..3).prop_map(|(policy_id, item_id, level)| match (item_id, level) {
        (_, 0) => Place::Everything,
        (Some(item_id), 1) if item_id != "*" => {
            Place::Item { policy_id: policy_id.as_str().into(), item_id: item_id.as_str().into() }
        }
        _ => Place::Resource { policy_id: policy_id.as_str().into() },
    })
}

fn list() -> impl Strategy<Value = ListName> {
    prop_oneof![Just(ListName::Allow), Just(ListName::Block)]
}

proptest! {
    #[test]
    fn a_removed_unit_is_gone_and_nothing_else(document in document(), layout in 0..4_usize, chosen in any::<Index>()) {
        let units = units(&document);
        prop_assume!(!units.is_empty());
        let pointer = chosen.get(&units);
        let text = written(&document, layout);
        let edits = remove(&parse(&text), pointer).unwrap();
        let after = apply(&text, &edits).unwrap();
        prop_assert_eq!(slowly(&text, &edits), after.clone());
        prop_assert_eq!(read(&after).to_string(), without(&document, pointer).to_string());
    }

    #[test]
    fn an_added_method_is_there_and_nothing_else(
        document in document(), layout in 0..4_usize, place in place(), list in list(), method in method(),
    ) {
        let text = written(&document, layout);
        let edits = add_method(&parse(&text), &place, list, &Method::from(method.as_str())).unwrap();
        let after = apply(&text, &edits).unwrap();
        prop_assert_eq!(slowly(&text, &edits), after.clone());
        prop_assert_eq!(read(&after), with(&document, &place, list, &method));
    }

    #[test]
    fn an_added_method_decides(
        document in document(), place in place(), list in list(), method in method(),
    ) {
        prop_assume!(method != Method::ANY);
        let text = document.to_string();
        let edits = add_method(&parse(&text), &place, list, &Method::from(method.as_str())).unwrap();
        let policy = Policy::stored(&apply(&text, &edits).unwrap()).unwrap();
        let (policy_id, item_id, blocks) = match &place {
            Place::Item { policy_id, item_id } => (policy_id.as_str(), Some(item_id.as_str()), PrecedenceRow::ItemBlocksMethod),
            Place::Resource { policy_id } => (policy_id.as_str(), None, PrecedenceRow::ResourceBlocksMethod),
            Place::Everything => ("unnamed", None, PrecedenceRow::GlobalBlocksMethod),
        };
        let decision = CompiledPolicy::new(&policy).decide(policy_id, &method, item_id);
        if list == ListName::Block {
            prop_assert_eq!(decision.row, blocks);
        } else {
            // By name in the same rule set: blocked there, or allowed.
            let distance = decision.row.number() - blocks.number();
            prop_assert!(distance <= 1, "{:?}", decision);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_proposal_turns_its_target_around(document in document(), layout in 0..4_usize, target in target()) {
        holds(proposing::a_proposal_turns_its_target_around_and_keeps_all_other_bytes(&document, layout, &target))?;
    }

    #[test]
    fn collateral_is_what_differs_besides_the_target((document, _, target) in wishes()) {
        holds(proposing::collateral_is_what_differs_besides_the_target(&document, &target))?;
    }

    #[test]
    fn every_collateral_change_has_a_request_that_shows_it(document in document(), target in target()) {
        holds(proposing::each_collateral_change_has_a_request_that_shows_it(&document, &target))?;
    }
}
