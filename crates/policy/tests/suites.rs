//! Tests beside a policy: what becomes of them, and how many mistakes they would notice.
#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

mod small;

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use small::{Asked, document, policy, requests};
use tollgate_policy::suite::{Expectation, Mutation, Score, Scoring, Suite, run, score, suggest};
use tollgate_policy::{Catalog, CompiledPolicy, Effect, Policy};

const READ_ONLY: &str = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#;

fn suite(expectations: &[(&str, Option<&str>, &str, Effect)]) -> Suite {
    let expectations = expectations.iter().map(|(policy_id, item_id, method, effect)| {
        Expectation::new(*policy_id, item_id.map(Into::into), *method, *effect)
    });
    Suite { expectations: expectations.collect() }
}

/// Mutants, those that change nothing, those that are there twice, those that are caught, those that are not.
#[track_caller]
fn check(text: &str, suite: &Suite, expected: [usize; 5]) -> Score {
    let score = score(&Policy::stored(text).unwrap(), suite);
    let counts = [score.mutants, score.equivalent, score.duplicates, score.caught, score.survivors.len()];
    assert_eq!(counts, expected, "{text}: {score:#?}");
    score
}

#[test]
fn a_report_names_the_rule_that_decides() {
    let text = r#"{"resources": {"*": {"block": ["*"]}, "review": {"7": {"allow": ["PUT", "GET"]}}}}"#;
    let policy = CompiledPolicy::new(&Policy::stored(text).unwrap());
    let report = run(
        &suite(&[
            ("review", Some("7"), "GET", Effect::Allow),
            ("review", Some("8"), "GET", Effect::Allow),
            ("user", None, "GET", Effect::Deny),
        ]),
        &policy,
    );
    let outcomes: Vec<_> =
        report.outcomes.iter().map(|outcome| (outcome.is_met, outcome.decision.row.number())).collect();
    assert_eq!(outcomes, [(true, 2), (false, 11), (true, 11)]);
    assert_eq!((report.is_met(), report.met()), (false, 2));
    let first = &report.outcomes[0];
    assert_eq!(first.pointer.as_ref().unwrap().as_str(), "/resources/review/7/allow/1");
    assert_eq!(first.span.unwrap().slice(text), "\"GET\"");
}

#[test]
fn nothing_decides_where_no_rule_says_anything() {
    let report = run(&suite(&[("user", None, "GET", Effect::Allow)]), &CompiledPolicy::new(&Policy::full_access()));
    assert!(report.is_met());
    assert_eq!((&report.outcomes[0].pointer, report.outcomes[0].span), (&None, None));
}

#[test]
fn mutants_that_decide_alike_count_once() {
    // The seven: GET gone; GET as `get`; `*` gone, or POST, PUT or DELETE in its place; the lists swapped.
    check(READ_ONLY, &Suite::default(), [12, 0, 5, 0, 7]);
    let tests = suite(&[("review", None, "GET", Effect::Allow), ("review", None, "DELETE", Effect::Deny)]);
    let score = check(READ_ONLY, &tests, [12, 0, 5, 6, 1]);
    assert_eq!((score.percent(), score.different(), score.is_complete()), (85, 7, false));
    assert_eq!(score.survivors[0].mutant.sentence(), "`DELETE` replaces `*` in `block` of the rules for everything");
    assert_eq!(score.survivors[0].mutant.pointer.as_str(), "/resources/*/block/0");
    assert_eq!(score.survivors[0].mutant.span.slice(READ_ONLY), "\"*\"");
}

#[test]
fn mutants_that_change_nothing_do_not_count() {
    let score =
        check(r#"{"resources": {"review": {"*": {"allow": []}}, "user": {}}}"#, &Suite::default(), [4, 4, 0, 0, 0]);
    assert_eq!((score.percent(), score.is_complete()), (100, true));
    check("{}", &Suite::default(), [0; 5]);
}

#[test]
fn a_section_is_one_with_the_only_rule_set_in_it() {
    check(r#"{"resources": {"review": {"*": {"block": ["GET"]}}}}"#, &Suite::default(), [7, 0, 4, 0, 3]);
    check(r#"{"resources": {"review": {"7": {"block": ["GET"]}}}}"#, &Suite::default(), [7, 0, 4, 0, 3]);
}

#[test]
fn a_section_is_more_than_its_rules_for_all_if_its_items_matter() {
    let text = r#"{"resources": {"review": {"*": {"block": ["GET"]}, "7": {"allow": ["GET"]}}}}"#;
    let score = check(text, &suite(&[("review", None, "GET", Effect::Deny)]), [13, 1, 8, 2, 2]);
    let missed: Vec<String> = score.survivors.iter().map(|survivor| survivor.mutant.sentence()).collect();
    let [first, second] = missed.as_slice() else { panic!("{missed:?}") };
    assert_eq!(first, "`*` replaces `GET` in `block` of the rules for `review`");
    assert_eq!(second, "`GET` is deleted from `allow` of the rules for `review` `7`");

    let text = r#"{"resources": {"review": {"*": {"block": ["GET"]}, "7": {"block": ["GET"]}}}}"#;
    let score = check(text, &Suite::default(), [13, 2, 4, 0, 7]);
    assert_eq!(score.survivors[0].mutant.mutation, Mutation::DeleteSection);
    assert_eq!(score.survivors[0].mutant.sentence(), "all that is said about `review` is deleted");
    assert_eq!(score.survivors[0].mutant.pointer.as_str(), "/resources/review");
}

#[test]
fn a_test_that_fails_already_is_no_evidence() {
    let fails = suite(&[("review", None, "GET", Effect::Deny), ("review", None, "PUT", Effect::Allow)]);
    check(READ_ONLY, &fails, [12, 0, 5, 0, 7]);
}

#[test]
fn a_suggestion_says_what_it_notices_and_could_really_be_asked() {
    let catalog = Catalog::review_board_8_1();
    let tests = suite(&[("review", None, "GET", Effect::Allow), ("review", None, "DELETE", Effect::Deny)]);
    let suggestions = suggest(&Policy::stored(READ_ONLY).unwrap(), &tests, catalog);
    let [only] = suggestions.as_slice() else { panic!("{suggestions:?}") };
    assert_eq!((only.method.as_str(), &only.item_id, only.effect), ("POST", &None, Effect::Deny));
    assert_eq!(only.note, "notices if `DELETE` replaces `*` in `block` of the rules for everything");
    assert!(catalog.by_policy_id(only.policy_id.as_str()).any(|resource| resource.implements("POST")));
}

#[test]
fn suggestions_for_items_are_about_these_items() {
    let text = r#"{"resources": {"repository": {"7": {"block": ["DELETE"]}}}}"#;
    let suggestions = suggest(&Policy::stored(text).unwrap(), &Suite::default(), Catalog::review_board_8_1());
    assert!(!suggestions.is_empty());
    for suggestion in &suggestions {
        assert_eq!((suggestion.policy_id.as_str(), suggestion.item_id.as_ref().unwrap().as_str()), ("repository", "7"));
    }
}

#[test]
fn a_suite_is_stored_with_its_version() {
    let mut tests = suite(&[("review", Some("7"), "GET", Effect::Allow), ("user", None, "PUT", Effect::Deny)]);
    tests.expectations[1].note = "nobody renames people".to_owned();
    let json = serde_json::to_value(&tests).unwrap();
    assert_eq!(
        json,
        json!({"version": 1, "expectations": [
            {"policyId": "review", "itemId": "7", "method": "GET", "effect": "allow"},
            {"policyId": "user", "method": "PUT", "effect": "deny", "note": "nobody renames people"},
        ]})
    );
    assert_eq!(serde_json::from_value::<Suite>(json).unwrap(), tests);
}

#[test]
fn what_cannot_be_read_as_a_suite_is_refused() {
    let error = |json: Value| serde_json::from_value::<Suite>(json).unwrap_err().to_string();
    assert_eq!(
        error(json!({"version": 2, "expectations": []})),
        "tests of version 2 cannot be read by this program, which knows version 1"
    );
    assert!(error(json!({"version": 1, "expectations": [], "skip": true})).contains("unknown field `skip`"));
    let unknown = json!([{"policyId": "user", "method": "PUT", "effect": "deny", "item": "7"}]);
    assert!(error(json!({"version": 1, "expectations": unknown})).contains("unknown field `item`"));
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

fn decisions(document: &Value) -> Vec<Effect> {
    let policy = CompiledPolicy::new(&policy(document));
    let decide = |(resource, item, method): &Asked| policy.decide(resource, method, item.as_deref()).effect;
    requests().iter().map(decide).collect()
}

/// The counts of a score, found by asking every mutant every request.
fn counted(document: &Value, suite: &Suite) -> [usize; 4] {
    let own = decisions(document);
    let mutants: Vec<Vec<Effect>> = mutants(document).iter().map(decisions).collect();
    let all = requests();
    let tested: Vec<usize> = suite
        .expectations
        .iter()
        .filter_map(|expectation| {
            let item_id = expectation.item_id.as_ref().map(ToString::to_string);
            let asked = (expectation.policy_id.to_string(), item_id, expectation.method.to_string());
            let place = all.iter().position(|request| *request == asked).unwrap();
            (own[place] == expectation.effect).then_some(place)
        })
        .collect();
    let equivalent = mutants.iter().filter(|mutant| **mutant == own).count();
    let different: BTreeSet<&Vec<Effect>> = mutants.iter().filter(|mutant| **mutant != own).collect();
    let caught = different.iter().filter(|mutant| tested.iter().any(|place| mutant[*place] != own[*place])).count();
    [mutants.len(), equivalent, mutants.len() - equivalent - different.len(), caught]
}

fn tests() -> impl Strategy<Value = Suite> {
    let effect = prop_oneof![Just(Effect::Allow), Just(Effect::Deny)];
    let expectation = (select(requests()), effect).prop_map(|((resource, item, method), effect)| {
        Expectation::new(resource, item.map(Into::into), method, effect)
    });
    vec(expectation, 0..8).prop_map(|expectations| Suite { expectations })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_score_is_that_of_comparing_whole_mutants(document in document(), tests in tests()) {
        let score = score(&policy(&document), &tests);
        let counts = [score.mutants, score.equivalent, score.duplicates, score.caught];
        prop_assert_eq!(counts, counted(&document, &tests), "{}", document);
        prop_assert_eq!(score.mutants, score.equivalent + score.duplicates + score.different());
    }

    #[test]
    fn with_all_suggestions_every_mistake_is_noticed(document in document(), tests in tests()) {
        let policy = policy(&document);
        let suggestions = suggest(&policy, &tests, Catalog::review_board_8_1());
        let suggested = Suite { expectations: suggestions.clone() };
        prop_assert!(run(&suggested, &CompiledPolicy::new(&policy)).is_met());
        let mut all = tests;
        all.expectations.extend(suggestions);
        let score = score(&policy, &all);
        prop_assert!(score.is_complete(), "{}: {:#?}", document, score.survivors);
        prop_assert!(suggest(&policy, &all, Catalog::review_board_8_1()).is_empty());
    }

    #[test]
    fn small_steps_find_what_one_large_step_finds(document in document(), tests in tests(), mutants in 1..9_usize) {
        let policy = policy(&document);
        let mut scoring = Scoring::new(&policy, &tests);
        let mut tried = 0;
        while !scoring.step(mutants) {
            tried += mutants;
            prop_assert_eq!(scoring.score().mutants, tried);
        }
        let at_once = score(&policy, &tests);
        prop_assert_eq!(scoring.score(), &at_once);
        prop_assert_eq!(scoring.score().mutants, scoring.total());
    }

    #[test]
    fn a_stored_suite_comes_back_and_is_written_alike(tests in tests()) {
        let json = serde_json::to_string(&tests).unwrap();
        let again: Suite = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), json);
        prop_assert_eq!(again, tests);
    }
}
