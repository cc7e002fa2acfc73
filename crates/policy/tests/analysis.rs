//! The laws of the analysis on documents that shrink, and cases that a random document seldom is.
#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

mod laws_of_analysis;

use laws_of_analysis::documents::{pair, small, tiny, wide, with_resources};
use laws_of_analysis::generator::Generator;
use laws_of_analysis::{LAWS, comparing, fixing, minimizing, without_effect as pointless};
use proptest::prelude::*;
use serde_json::{Value, json};
use tollgate_policy::{
    Atom, Catalog, ItemClass, MethodClass, NoEffect, Order, Outline, Policy, Request, ResourceClass, Space,
    are_equivalent, check, compare, minimize, without_effect,
};

fn holds(law: Result<(), String>) -> Result<(), TestCaseError> {
    law.map_err(TestCaseError::fail)
}

proptest! {
    #[test]
    fn a_space_has_every_atom_once((before, after) in pair()) {
        holds(comparing::a_space_has_every_atom_once(&before, &after))?;
    }

    #[test]
    fn effects_are_those_of_the_reference((before, after) in pair()) {
        holds(comparing::effects_are_those_of_the_reference(&before, &after))?;
    }

    #[test]
    fn a_comparison_has_every_change_and_no_other((before, after) in pair()) {
        holds(comparing::a_comparison_has_every_change_and_no_other(&before, &after))?;
    }

    #[test]
    fn equivalence_and_order_are_those_of_the_allowed_atoms((before, after) in pair()) {
        holds(comparing::equivalence_and_order_are_those_of_the_allowed_atoms(&before, &after))?;
    }

    #[test]
    fn reordering_and_repeating_change_nothing(document in small()) {
        holds(comparing::reordering_and_repeating_change_nothing(&document))?;
    }

    #[test]
    fn a_minimized_policy_is_accepted_equivalent_and_not_larger(document in small()) {
        holds(minimizing::a_minimized_policy_is_accepted_equivalent_and_not_larger(&document))?;
    }

    #[test]
    fn the_same_minimized_text_means_the_same_decisions((before, after) in pair()) {
        holds(minimizing::the_same_text_means_the_same_decisions(&before, &after))?;
    }

    #[test]
    fn minimizing_finds_what_a_search_of_all_policies_finds(document in tiny()) {
        holds(minimizing::as_small_as_a_search_of_all_policies(&document))?;
    }

    #[test]
    fn minimizing_finds_what_a_search_of_all_sections_finds(document in small(), reads in any::<bool>()) {
        // Each meaning of the rules for everything takes a search of its own, so here they have two only.
        let mut resources = document.get("resources").and_then(Value::as_object).cloned().unwrap_or_default();
        resources.shift_remove("*");
        if reads {
            resources.insert("*".to_owned(), json!({"allow": ["GET"], "block": ["*"]}));
        }
        holds(minimizing::as_small_as_a_search_of_all_sections(&with_resources(resources)))?;
    }

    #[test]
    fn what_has_no_effect_is_found_and_nothing_else(document in prop_oneof![small(), tiny()]) {
        holds(pointless::what_has_no_effect_is_found_and_nothing_else(&document))?;
    }

    #[test]
    fn lint_speaks_of_each_part_without_effect_once(document in prop_oneof![small(), tiny()]) {
        holds(fixing::lint_speaks_of_each_part_without_effect_once(&document))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_comparison_is_exact_with_more_methods_than_bits_in_a_word(before in wide(), after in wide()) {
        holds(comparing::a_space_has_every_atom_once(&before, &after))?;
        holds(comparing::effects_are_those_of_the_reference(&before, &after))?;
        holds(comparing::a_comparison_has_every_change_and_no_other(&before, &after))?;
        holds(minimizing::a_minimized_policy_is_accepted_equivalent_and_not_larger(&before))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1))]

    #[test]
    fn what_has_no_effect_is_found_with_more_methods_than_bits_in_a_word(document in wide()) {
        holds(pointless::what_has_no_effect_is_found_and_nothing_else(&document))?;
    }
}

#[test]
fn every_law_can_be_drawn() {
    for (name, law) in LAWS {
        let mut generator = Generator::new(1);
        // The search of all sections is at home in the optimized program.
        let draws = if name.contains("3 x 2 x 3") { 1 } else { 5 };
        for _ in 0..draws {
            law(&mut generator).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}

#[test]
fn no_smallest_policy_of_one_resource_gets_smaller() {
    for index in 0..minimizing::TINY_TABLES {
        minimizing::a_smallest_policy_stays_as_it_is(index).unwrap();
    }
}

fn accepted(text: &str) -> Policy {
    let checked = check(text, Catalog::review_board_8_1());
    checked.policy().unwrap_or_else(|| panic!("refused: {text}: {:?}", checked.diagnostics()))
}

/// Checks what is found in a document: pointers and reasons, in the order of the text.
#[track_caller]
fn finds(text: &str, expected: &[(&str, NoEffect)]) {
    let checked = check(text, Catalog::review_board_8_1());
    let policy = checked.policy().unwrap_or_else(|| panic!("refused: {text}"));
    let found = without_effect(checked.document(), &policy);
    let found: Vec<(&str, NoEffect)> =
        found.iter().map(|redundant| (redundant.unit.pointer().as_str(), redundant.reason)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn each_way_to_have_no_effect_has_its_reason() {
    finds(r#"{"resources": {"*": {"block": ["GET", null]}}}"#, &[("/resources/*/block/1", NoEffect::MatchesNothing)]);
    finds(
        r#"{"resources": {"*": {"block": ["PUT", "PUT"]}}}"#,
        &[("/resources/*/block/0", NoEffect::Repeated), ("/resources/*/block/1", NoEffect::Repeated)],
    );
    finds(
        r#"{"resources": {"*": {"allow": ["PUT"], "block": ["PUT"]}}}"#,
        &[("/resources/*/allow/0", NoEffect::Overruled)],
    );
    finds(
        r#"{"resources": {"*": {"block": ["*"], "allow": ["*", "GET"]}}}"#,
        &[("/resources/*/allow/0", NoEffect::Overruled)],
    );
    finds(r#"{"resources": {"*": {"block": ["*", "PUT"]}}}"#, &[("/resources/*/block/1", NoEffect::Implied)]);
}

#[test]
fn the_only_member_of_resources_stays() {
    finds(r#"{"resources": {"*": {"allow": []}}}"#, &[]);
    finds(r#"{"resources": {"review": {}}}"#, &[]);
    finds(
        r#"{"resources": {"review": {}, "*": {"allow": []}}}"#,
        &[("/resources/review", NoEffect::Implied), ("/resources/*", NoEffect::Implied)],
    );
}

#[test]
fn nothing_is_deleted_that_would_bring_back_an_earlier_duplicate() {
    finds(r#"{"resources": {"*": {"block": ["PUT"]}, "user": {"*": {"block": ["GET"]}}, "user": {}}}"#, &[]);
    finds(r#"{"resources": {"*": {"block": ["PUT"]}, "*": {"block": []}, "user": {"1": {"block": ["GET"]}}}}"#, &[]);
    finds(
        r#"{"resources": {"user": {"1": {"block": ["GET"]}, "1": {"allow": ["GET"]}, "2": {"block": ["PUT"]}}}}"#,
        &[("/resources/user/1/allow/0", NoEffect::Implied)],
    );
    // Inside of a member that replaced another one, everything is as elsewhere.
    finds(
        r#"{"resources": {"user": {}, "user": {"1": {"allow": []}, "2": {"block": ["PUT"]}}}}"#,
        &[("/resources/user/1", NoEffect::Implied)],
    );
}

#[test]
fn half_a_surrogate_pair_comes_in_no_request() {
    finds(
        r#"{"resources": {"user": {"\ud800": {"block": ["GET"]}, "2": {"block": ["PUT", "\ud800"]}}}}"#,
        &[
            ("/resources/user/\u{fffd}", NoEffect::MatchesNothing),
            ("/resources/user/\u{fffd}/block/0", NoEffect::MatchesNothing),
            ("/resources/user/2/block/1", NoEffect::MatchesNothing),
        ],
    );
}

#[test]
fn a_witness_without_a_name_looks_as_the_catalog_says() {
    let catalog = Catalog::review_board_8_1();
    let ids: Vec<String> = (1..=30).map(|id| format!("\"{id}\": {{\"allow\": []}}")).collect();
    let ids = ids.join(", ");
    let policy =
        accepted(&format!(r#"{{"resources": {{"review": {{{ids}}}, "user": {{"other": {{"block": []}}}}}}}}"#));
    let space = Space::of(&[&policy]);
    let atom = |policy_id: &str| Atom {
        resource: ResourceClass::Named(policy_id.into()),
        item: ItemClass::Other,
        method: MethodClass::Other,
    };
    let witness = space.witness(&atom("review"), catalog);
    assert_eq!(witness.item_id.map(|item_id| item_id.to_string()).as_deref(), Some("31"));
    let witness = space.witness(&atom("user"), catalog);
    assert_eq!(witness.item_id.map(|item_id| item_id.to_string()).as_deref(), Some("other2"));
}

#[test]
fn a_witness_for_any_other_resource_can_be_asked_for() {
    let catalog = Catalog::review_board_8_1();
    let (before, after) = (Policy::full_access(), accepted(r#"{"resources": {"*": {"block": ["DELETE"]}}}"#));
    let comparison = compare(&before, &after, catalog);
    assert_eq!((comparison.order, comparison.removed), (Order::Less, 2));
    for change in comparison.changes {
        let resource = catalog.by_policy_id(change.witness.policy_id.as_str()).next().unwrap();
        assert!(resource.implements("DELETE"), "{resource:?}");
    }
}

#[test]
fn a_catalog_without_free_resources_gets_a_witness_of_another_name() {
    let catalog = Catalog::review_board_8_1().with_policy_ids(["review", "other"]);
    let policy = accepted(r#"{"resources": {"review": {}, "user": {}}}"#);
    let of = |policies: &[&Policy]| {
        let space = Space::of(policies);
        let atom = space.atom("anything", "GET", None);
        space.witness(&atom, &catalog).policy_id.to_string()
    };
    assert_eq!(of(&[&policy]), "other");
    let both = Policy::stored(r#"{"resources": {"review": {}, "other": {}}}"#).unwrap();
    assert_eq!(of(&[&both]), "other2");
}

#[test]
fn a_space_gives_the_parts_of_a_request_their_own_names() {
    let review = Catalog::review_board_8_1().by_policy_id("review").next().unwrap();
    let full_access = Policy::full_access();
    let named = |method, item_id| Space::with_requests(&[&full_access], &[Request::new(review, method, item_id)]);
    assert_eq!(named("BREW", Some("7")).count(), (3 + 2) * 9);
    assert_eq!(named("*", Some("*")).count(), (2 + 2) * 8);
    let methods = named("BREW", None);
    assert_eq!(methods.methods().last().map(|method| method.as_str()), Some("BREW"));
}

#[test]
fn methods_that_only_one_of_two_policies_names_are_told_apart() {
    let (before, after) = (
        accepted(r#"{"resources": {"*": {"block": ["BREW"]}}}"#),
        accepted(r#"{"resources": {"*": {"block": ["CHILL", "BREW"]}}}"#),
    );
    let comparison = compare(&before, &after, Catalog::review_board_8_1());
    let methods: Vec<&[MethodClass]> = comparison.changes.iter().map(|change| change.methods.as_slice()).collect();
    let chill = [MethodClass::Named("CHILL".into())];
    assert_eq!(methods, [&chill[..], &chill[..]]);
    assert!(!are_equivalent(&before, &after));
    assert!(Outline::of(&before).is_equivalent_to(&Outline::of(&before)));
}

#[test]
fn a_minimized_policy_says_no_more_than_it_must() {
    let minimized = |text: &str| minimize(&accepted(text)).text;
    assert_eq!(minimized(r#"{"resources": {"*": {"allow": ["GET"]}}, "note": 1}"#), "{}");
    assert_eq!(
        minimized(r#"{"resources": {"*": {"block": ["PUT"]}, "user": {"é\u0007": {"allow": ["PUT", "*"]}}}}"#),
        r#"{"resources":{"*":{"block":["PUT"]},"user":{"é\u0007":{"allow":["*"]}}}}"#
    );
    // Naming the method would take as many entries, but more bytes.
    assert_eq!(
        minimized(
            r#"{"resources": {"*": {"block": ["*"], "allow": ["OPTIONS"]}, "user": {"*": {"block": ["OPTIONS"]}}}}"#
        ),
        r#"{"resources":{"*":{"allow":["OPTIONS"],"block":["*"]},"user":{"*":{"block":["*"]}}}}"#
    );
}
