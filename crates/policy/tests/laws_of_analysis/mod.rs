//! The laws of the analysis, each held against brute force.
//!
//! `tests/analysis.rs` checks them on documents that shrink, `examples/laws.rs` on as many as it is told.
//! A new law is a function from documents to a result, a line in [`LAWS`] that draws the documents, and a property in
//! the test.

pub(crate) mod comparing;
pub(crate) mod documents;
pub(crate) mod generator;
pub(crate) mod minimizing;
pub(crate) mod without_effect;

mod brute_force;
mod search;

use documents::{pair, small, tiny, wide};
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
];

/// Holds what was found against what should have been.
fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: found {found:?}, expected {expected:?}")) }
}
