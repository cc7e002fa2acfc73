//! Laws about how many mistakes the tests of a policy would notice.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use tollgate_policy::suite::{Expectation, Suite, run, score, suggest};
use tollgate_policy::{Catalog, CompiledPolicy, Effect, ItemId, reference};

use super::same;
use super::small::{Asked, policy, requests};

/// Tests of small policies, met or not.
pub(crate) fn tests() -> impl Strategy<Value = Suite> {
    let effect = prop_oneof![Just(Effect::Allow), Just(Effect::Deny)];
    let expectation = (select(requests()), effect).prop_map(|((resource, item, method), effect)| {
        Expectation::new(resource, item.map(Into::into), method, effect)
    });
    vec(expectation, 0..8).prop_map(|expectations| Suite { expectations })
}

/// Each count of a score is the one that asking every mutant every request comes to.
pub(crate) fn a_score_is_that_of_comparing_whole_mutants(document: &Value, tests: &Suite) -> Result<(), String> {
    let score = score(&policy(document), tests);
    let counts = [score.mutants, score.equivalent, score.duplicates, score.caught];
    same("mutants, equivalent, duplicates, caught", counts, counted(document, tests))?;
    same("sum", score.mutants, score.equivalent + score.duplicates + score.different())
}

/// The policy meets every suggestion, and with all of them no mutant is left that differs from it.
pub(crate) fn with_all_suggestions_every_mistake_is_noticed(document: &Value, tests: &Suite) -> Result<(), String> {
    let policy = policy(document);
    let suggestions = suggest(&policy, tests, Catalog::review_board_8_1());
    for suggestion in &suggestions {
        let (policy_id, method) = (suggestion.policy_id.as_str(), suggestion.method.as_str());
        let decided = reference::decide(&policy, policy_id, method, suggestion.item_id.as_ref().map(ItemId::as_str));
        same("expected effect", suggestion.effect, decided.effect)?;
    }
    let suggested = Suite { expectations: suggestions.clone() };
    same("met", run(&suggested, &CompiledPolicy::new(&policy)).is_met(), true)?;

    let mut all = tests.clone();
    all.expectations.extend(suggestions);
    let [mutants, equivalent, duplicates, caught] = counted(document, &all);
    same("caught", caught, mutants - equivalent - duplicates)?;
    same("survivors", score(&policy, &all).survivors, Vec::new())?;
    same("further suggestions", suggest(&policy, &all, Catalog::review_board_8_1()), Vec::new())
}

/// The counts of a score, found by asking every mutant every request.
fn counted(document: &Value, suite: &Suite) -> [usize; 4] {
    let asked = requests();
    let policy = compiled(document);
    let own = decisions(&policy, &asked);
    let met: Vec<&Expectation> =
        suite.expectations.iter().filter(|expectation| decide(&policy, expectation) == expectation.effect).collect();
    let mutants = mutants(document);
    let total = mutants.len();
    let (mut equivalent, mut different) = (0, BTreeMap::new());
    for mutant in &mutants {
        let mutant = compiled(mutant);
        let decisions = decisions(&mutant, &asked);
        if decisions == own {
            equivalent += 1;
        } else {
            different.insert(decisions, mutant);
        }
    }
    let is_caught = |mutant: &&CompiledPolicy| met.iter().any(|test| decide(mutant, test) != test.effect);
    let caught = different.values().filter(is_caught).count();
    [total, equivalent, total - equivalent - different.len(), caught]
}

/// The fast way, as there are many mutants: that it decides as the reference does is a law of its own.
fn compiled(document: &Value) -> CompiledPolicy {
    CompiledPolicy::new(&policy(document))
}

fn decisions(policy: &CompiledPolicy, asked: &[Asked]) -> Vec<Effect> {
    let decide = |(resource, item, method): &Asked| policy.decide(resource, method, item.as_deref()).effect;
    asked.iter().map(decide).collect()
}

fn decide(policy: &CompiledPolicy, test: &Expectation) -> Effect {
    let item_id = test.item_id.as_ref().map(ItemId::as_str);
    policy.decide(test.policy_id.as_str(), test.method.as_str(), item_id).effect
}

/// Every document that is one mistake away, written without the crate.
fn mutants(document: &Value) -> Vec<Value> {
    let mut mutants = Vec::new();
    for (key, section) in document["resources"].as_object().unwrap() {
        if key == "*" {
            mutants.extend(rule_set_mutants(document, "/resources", "*"));
            continue;
        }
        mutants.push(changed(document, "/resources", |resources| drop(resources.as_object_mut().unwrap().remove(key))));
        for item in section.as_object().unwrap().keys() {
            mutants.extend(rule_set_mutants(document, &format!("/resources/{key}"), item));
        }
    }
    mutants
}

fn rule_set_mutants(document: &Value, parent: &str, key: &str) -> Vec<Value> {
    let place = format!("{parent}/{key}");
    let mut mutants = vec![
        changed(document, parent, |parent| drop(parent.as_object_mut().unwrap().remove(key))),
        changed(document, &place, |rules| *rules = json!({"allow": rules["block"], "block": rules["allow"]})),
    ];
    for (list, other) in [("allow", "block"), ("block", "allow")] {
        let entries = document.pointer(&format!("{place}/{list}")).unwrap().as_array().unwrap();
        for (index, entry) in entries.iter().enumerate() {
            let without = |rules: &mut Value| rules[list].as_array_mut().unwrap().remove(index);
            mutants.push(changed(document, &place, |rules| drop(without(rules))));
            mutants.push(changed(document, &place, |rules| {
                let moved = without(rules);
                rules[other].as_array_mut().unwrap().push(moved);
            }));
            for by in instead_of(entry.as_str().unwrap()) {
                mutants.push(changed(document, &place, |rules| rules[list][index] = Value::from(by)));
            }
        }
    }
    mutants
}

fn instead_of(method: &str) -> Vec<String> {
    let by = match method {
        "*" => vec!["GET".to_owned(), "POST".to_owned(), "PUT".to_owned(), "DELETE".to_owned()],
        _ => vec!["*".to_owned(), method.to_ascii_lowercase(), method.to_ascii_uppercase()],
    };
    by.into_iter().filter(|by| by != method).collect()
}

fn changed(document: &Value, pointer: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut copy = document.clone();
    change(copy.pointer_mut(pointer).unwrap());
    copy
}
