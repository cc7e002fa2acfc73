//! The laws of edits: what they change is what they say, and nothing else.
#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

mod strategies;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use strategies::{accepted, document, item_id, method, policy_id};
use tollgate_policy::assist::lay_out;
use tollgate_policy::rewrite::{add_method, apply, remove};
use tollgate_policy::{
    Atom, Catalog, CompiledPolicy, Effect, ItemClass, JsonPointer, ListName, Method, MethodClass, Place, Policy,
    PrecedenceRow, Proposal, Request, ResourceClass, TextEdit, Witness, parse, proposals,
};

/// A document as a person, a server or a program would write it.
fn written(document: &Value, layout: usize) -> String {
    match layout {
        0 => serde_json::to_string_pretty(document).unwrap().replace('\n', "\r\n"),
        1 => lay_out(&document.to_string()).unwrap(),
        2 => accepted(document).to_json(),
        _ => document.to_string(),
    }
}

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

/// Makes the edits one by one from the last, as a person would.
fn slowly(text: &str, edits: &[TextEdit]) -> String {
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(
            usize::try_from(edit.span.start).unwrap()..usize::try_from(edit.span.end).unwrap(),
            &edit.text,
        );
    }
    text
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
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

/// One request: a policy id, a method, an item id.
#[derive(Clone, Debug)]
struct Asked {
    policy_id: String,
    method: String,
    item_id: Option<String>,
}

impl Asked {
    fn effect(&self, policy: &CompiledPolicy) -> Effect {
        policy.decide(&self.policy_id, &self.method, self.item_id.as_deref()).effect
    }

    fn proposals(&self, text: &str, wanted: Effect) -> Vec<Proposal> {
        let catalog = Catalog::review_board_8_1();
        let resource = catalog.by_policy_id(&self.policy_id).next().unwrap();
        proposals(text, &Request::new(resource, &self.method, self.item_id.as_deref()), wanted, catalog)
    }

    /// The id, unless it is decided like none.
    fn named_id(&self) -> Option<&str> {
        self.item_id.as_deref().filter(|item_id| *item_id != "*")
    }

    /// Whether it is this request that a witness names.
    fn is(&self, witness: &Witness) -> bool {
        let item_id = witness.item_id.as_ref().map(|item_id| item_id.as_str());
        (witness.policy_id.as_str(), witness.method.as_str(), item_id)
            == (self.policy_id.as_str(), self.method.as_str(), self.named_id())
    }

    fn atom(&self) -> Atom {
        Atom {
            resource: ResourceClass::Named(self.policy_id.as_str().into()),
            item: self.named_id().map_or(ItemClass::None, |item_id| ItemClass::Named(item_id.into())),
            method: MethodClass::Named(self.method.as_str().into()),
        }
    }
}

fn asked() -> impl Strategy<Value = Asked> {
    let method = method().prop_filter("`*` is no method", |method| method != Method::ANY);
    (policy_id(), method, item_id()).prop_map(|(policy_id, method, item_id)| Asked { policy_id, method, item_id })
}

/// The atoms on which two policies differ, of a space that names the request too: found by asking about all of them.
fn differences(before: &Policy, after: &Policy, asked: &Asked) -> BTreeMap<Atom, Effect> {
    let mut resources: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    resources.entry(asked.policy_id.clone()).or_default().extend(asked.named_id().map(str::to_owned));
    let mut methods: BTreeSet<String> = Method::KNOWN.map(str::to_owned).into();
    methods.insert(asked.method.clone());
    for policy in [before, after] {
        for section in policy.sections() {
            resources.entry(section.policy_id().to_string()).or_default();
        }
        for rules in policy.rule_sets() {
            if let Place::Item { policy_id, item_id } = rules.place() {
                resources.entry(policy_id.to_string()).or_default().insert(item_id.to_string());
            }
            let entries = [ListName::Allow, ListName::Block].map(|list| rules.list(list)).concat();
            methods.extend(entries.iter().map(|entry| entry.method().to_string()));
        }
    }
    methods.remove(Method::ANY);
    let methods = methods.iter().map(|method| (MethodClass::Named(method.as_str().into()), method.as_str()));
    let methods: Vec<(MethodClass, &str)> = methods.chain([(MethodClass::Other, "NONE")]).collect();
    let (before, after) = (CompiledPolicy::new(before), CompiledPolicy::new(after));
    let mut found = BTreeMap::new();
    let mut ask = |resource: ResourceClass, policy_id: &str, item: ItemClass, item_id: Option<&str>| {
        for (class, method) in &methods {
            let effect = after.decide(policy_id, method, item_id).effect;
            if before.decide(policy_id, method, item_id).effect != effect {
                let atom = Atom { resource: resource.clone(), item: item.clone(), method: class.clone() };
                found.insert(atom, effect);
            }
        }
    };
    for (policy_id, item_ids) in &resources {
        let resource = || ResourceClass::Named(policy_id.as_str().into());
        for item_id in item_ids {
            ask(resource(), policy_id, ItemClass::Named(item_id.as_str().into()), Some(item_id.as_str()));
        }
        ask(resource(), policy_id, ItemClass::Other, Some("nobody"));
        ask(resource(), policy_id, ItemClass::None, None);
    }
    ask(ResourceClass::Other, "nothing", ItemClass::Other, Some("nobody"));
    ask(ResourceClass::Other, "nothing", ItemClass::None, None);
    found
}

fn opposite(effect: Effect) -> Effect {
    match effect {
        Effect::Allow => Effect::Deny,
        Effect::Deny => Effect::Allow,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_proposal_turns_its_target_around(document in document(), layout in 0..4_usize, asked in asked()) {
        let text = written(&document, layout);
        let before = asked.effect(&CompiledPolicy::new(&accepted(&document)));
        prop_assert!(asked.proposals(&text, before).is_empty());
        let proposals = asked.proposals(&text, opposite(before));
        prop_assert!(!proposals.is_empty());
        for proposal in &proposals {
            prop_assert_eq!(asked.effect(&CompiledPolicy::new(&proposal.policy)), opposite(before));
            prop_assert_eq!(proposal.policy.text(), &proposal.text);
            prop_assert_eq!(apply(&text, &proposal.edits), Some(proposal.text.clone()));
            prop_assert_eq!(slowly(&text, &proposal.edits), proposal.text.clone());
        }
        prop_assert!(proposals.is_sorted_by_key(|proposal| (proposal.collateral_atoms(), proposal.units())));
        // Rules for the item alone reach nobody else.
        prop_assert!(asked.named_id().is_none() || proposals[0].collateral.is_empty());
    }

    #[test]
    fn collateral_is_what_differs_besides_the_target(document in document(), asked in asked()) {
        let policy = accepted(&document);
        let wanted = opposite(asked.effect(&CompiledPolicy::new(&policy)));
        for proposal in asked.proposals(policy.text(), wanted) {
            let mut expected = differences(&policy, &proposal.policy, &asked);
            prop_assert_eq!(expected.remove(&asked.atom()), Some(wanted));
            let mut found = BTreeMap::new();
            for change in &proposal.collateral {
                for method in &change.methods {
                    let (resource, item) = (change.resource.clone(), change.item.clone());
                    let known = found.insert(Atom { resource, item, method: method.clone() }, change.effect);
                    prop_assert_eq!(known, None);
                }
            }
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn every_collateral_change_has_a_request_that_shows_it(document in document(), asked in asked()) {
        let policy = accepted(&document);
        let before = CompiledPolicy::new(&policy);
        for proposal in asked.proposals(policy.text(), opposite(asked.effect(&before))) {
            let after = CompiledPolicy::new(&proposal.policy);
            for change in &proposal.collateral {
                let witness = &change.witness;
                prop_assert!(!asked.is(witness), "{:?}", witness);
                let item_id = witness.item_id.as_ref().map(|item_id| item_id.as_str());
                let decide = |policy: &CompiledPolicy| {
                    policy.decide(witness.policy_id.as_str(), witness.method.as_str(), item_id).effect
                };
                prop_assert_eq!((decide(&before), decide(&after)), (opposite(change.effect), change.effect));
            }
        }
    }
}
