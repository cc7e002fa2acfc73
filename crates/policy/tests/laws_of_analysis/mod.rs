//! The laws of what is said about policies, each held against brute force.
//!
//! The tests check them on documents that shrink, `examples/laws.rs` on as many as it is told.
//! A new law is a function from documents to a result, a line in [`LAWS`] that draws the documents, and a property in
//! a test: `analysis.rs`, or the one that is about the same part of the crate.

pub(crate) mod comparing;
pub(crate) mod deciding;
pub(crate) mod documents;
#[path = "../fixes/mod.rs"]
pub(crate) mod fixes;
pub(crate) mod fixing;
pub(crate) mod generator;
pub(crate) mod guarding;
pub(crate) mod minimizing;
pub(crate) mod proposing;
pub(crate) mod scoring;
#[path = "../small/mod.rs"]
pub(crate) mod small;
#[path = "../strategies/mod.rs"]
pub(crate) mod strategies;
pub(crate) mod without_effect;

mod brute_force;
mod search;

use documents::{pair, small, tiny, varied, wide};
use generator::Generator;
use proptest::prelude::any;

/// A law: what it says, and a check of it on documents drawn at random, which tells what it found where it fails.
pub(crate) type Law = (&'static str, fn(&mut Generator) -> Result<(), String>);

/// Every law.
pub(crate) const LAWS: &[Law] = &[
    ("a space has every atom once", |generator| {
        let (before, after) = generator.draw(&pair())?;
        comparing::a_space_has_every_atom_once(&before, &after)
    }),
    ("effects are those of the reference", |generator| {
        let (before, after) = generator.draw(&pair())?;
        comparing::effects_are_those_of_the_reference(&before, &after)
    }),
    ("a comparison has every change and no other, with witnesses", |generator| {
        let (before, after) = generator.draw(&pair())?;
        comparing::a_comparison_has_every_change_and_no_other(&before, &after)
    }),
    ("the same with more methods than bits in a word", |generator| {
        let (before, after) = (generator.draw(&wide())?, generator.draw(&wide())?);
        comparing::a_comparison_has_every_change_and_no_other(&before, &after)
    }),
    ("equivalence and order are those of the allowed atoms", |generator| {
        let (before, after) = generator.draw(&pair())?;
        comparing::equivalence_and_order_are_those_of_the_allowed_atoms(&before, &after)
    }),
    ("reordering and repeating change nothing", |generator| {
        comparing::reordering_and_repeating_change_nothing(&generator.draw(&small())?)
    }),
    ("a minimized policy is accepted, equivalent and not larger", |generator| {
        minimizing::a_minimized_policy_is_accepted_equivalent_and_not_larger(&generator.draw(&small())?)
    }),
    ("policies have the same minimized text if and only if they are equivalent", |generator| {
        let (before, after) = generator.draw(&pair())?;
        minimizing::the_same_text_means_the_same_decisions(&before, &after)
    }),
    ("minimizing finds what a search of all policies finds, 1 x 1 x 2", |generator| {
        minimizing::as_small_as_a_search_of_all_policies(&generator.draw(&tiny())?)
    }),
    ("each smallest policy of that search stays as it is", |generator| {
        minimizing::a_smallest_policy_stays_as_it_is(generator.draw(&(0..minimizing::TINY_TABLES))?)
    }),
    ("minimizing finds what a search of all sections finds, 3 x 2 x 3", |generator| {
        minimizing::as_small_as_a_search_of_all_sections(&generator.draw(&small())?)
    }),
    ("what has no effect is found, and nothing else", |generator| {
        let (document, is_tiny) = (generator.draw(&small())?, generator.draw(&any::<bool>())?);
        let document = if is_tiny { generator.draw(&tiny())? } else { document };
        without_effect::what_has_no_effect_is_found_and_nothing_else(&document)
    }),
    ("lint speaks of each part without effect once, and of no other", |generator| {
        fixing::lint_speaks_of_each_part_without_effect_once(&generator.draw(&small())?)
    }),
    ("a fix rids the text of its finding", |generator| {
        let (text, picks) = generator.draw(&fixing::fixable())?;
        fixing::a_fix_rids_the_text_of_its_finding(&text, &picks)
    }),
    ("a fix rids a mistyped text of its finding", |generator| {
        let (text, picks) = generator.draw(&fixing::fixable_and_mistyped())?;
        fixing::a_fix_rids_the_text_of_its_finding(&text, &picks)
    }),
    ("a fix keeps every decision where it says so", |generator| {
        let (text, picks) = generator.draw(&fixing::safely_fixable())?;
        fixing::a_fix_keeps_every_decision_where_it_says_so(&text, &picks)
    }),
    ("a proposal turns its target around and keeps every byte outside its edits", |generator| {
        let (document, layout, target) = generator.draw(&proposing::wishes())?;
        proposing::a_proposal_turns_its_target_around_and_keeps_all_other_bytes(&document, layout, &target)
    }),
    ("the collateral of a proposal is what differs besides the target", |generator| {
        let (document, _, target) = generator.draw(&proposing::wishes())?;
        proposing::collateral_is_what_differs_besides_the_target(&document, &target)
    }),
    ("each change of the collateral has a request that shows it", |generator| {
        let (document, _, target) = generator.draw(&proposing::wishes())?;
        proposing::each_collateral_change_has_a_request_that_shows_it(&document, &target)
    }),
    ("a compiled policy decides as the reference", |generator| {
        let (document, asked) = generator.draw(&(varied(), deciding::some_requests()))?;
        deciding::a_compiled_policy_decides_as_the_reference(&document, &asked)
    }),
    ("a score is that of comparing whole mutants", |generator| {
        let (document, tests) = generator.draw(&(small::document(), scoring::tests()))?;
        scoring::a_score_is_that_of_comparing_whole_mutants(&document, &tests)
    }),
    ("with all suggestions every mistake is noticed", |generator| {
        let (document, tests) = generator.draw(&(small::document(), scoring::tests()))?;
        scoring::with_all_suggestions_every_mistake_is_noticed(&document, &tests)
    }),
    ("a breach is found if and only if there is one, with a request that shows it", |generator| {
        let (document, guardrail) = generator.draw(&(small::document(), guarding::some_guardrail()))?;
        guarding::a_breach_is_found_if_and_only_if_there_is_one(&document, &guardrail)
    }),
];

/// Holds what was found against what should have been.
fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: found {found:?}, expected {expected:?}")) }
}
