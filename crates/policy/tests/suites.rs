//! Tests beside a policy: what becomes of them, and how many mistakes they would notice.
#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "the other laws have their own tests")]
mod laws_of_analysis;

use laws_of_analysis::scoring::{self, tests};
use laws_of_analysis::small::{document, policy};
use proptest::prelude::*;
use serde_json::{Value, json};
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

fn holds(law: Result<(), String>) -> Result<(), TestCaseError> {
    law.map_err(TestCaseError::fail)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_score_is_that_of_comparing_whole_mutants(document in document(), tests in tests()) {
        holds(scoring::a_score_is_that_of_comparing_whole_mutants(&document, &tests))?;
    }

    #[test]
    fn with_all_suggestions_every_mistake_is_noticed(document in document(), tests in tests()) {
        holds(scoring::with_all_suggestions_every_mistake_is_noticed(&document, &tests))?;
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
