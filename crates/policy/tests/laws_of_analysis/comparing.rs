//! Laws about spaces, effects and comparisons.

use std::collections::BTreeSet;

use serde_json::Value;
use tollgate_policy::{
    Atom, Catalog, Change, Effect, Effects, Order, Outline, Policy, ResourceClass, Space, Witness, are_equivalent,
    compare, reference,
};

use super::brute_force::{NamesOf, accepted, decide, decisions, requests};
use super::documents::reworded;
use super::same;

/// The atoms of a space are the classes that the names in the documents make, and its witnesses are of these classes.
pub(crate) fn a_space_has_every_atom_once(before: &Value, after: &Value) -> Result<(), String> {
    let (old, new) = (accepted(before)?, accepted(after)?);
    let space = Space::of(&[&old, &new]);
    let names = NamesOf::documents(&[before, after]);
    let atoms: Vec<Atom> = space.atoms().collect();
    let mut expected: Vec<Atom> = requests(&[before, after]).into_iter().map(|asked| asked.atom).collect();
    same("count", space.count(), atoms.len() as u64)?;
    let outlined = Outline::of(&old).compare(&Outline::of(&new), Catalog::review_board_8_1());
    same("count of a comparison", outlined.atoms, space.count())?;
    for atom in &atoms {
        let witness = space.witness(atom, Catalog::review_board_8_1());
        same("class of a witness", &class(&names, &witness), atom)?;
        let (policy_id, method) = (witness.policy_id.as_str(), witness.method.as_str());
        same("class", &space.atom(policy_id, method, item_id(&witness)), atom)?;
    }
    let mut atoms = atoms;
    atoms.sort();
    expected.sort();
    same("atoms", atoms, expected)
}

/// The bits say of every atom what the reference says, and two policies have different bits where it differs.
pub(crate) fn effects_are_those_of_the_reference(before: &Value, after: &Value) -> Result<(), String> {
    let (old, new) = (accepted(before)?, accepted(after)?);
    let space = Space::of(&[&old, &new]);
    let (old_effects, new_effects) = (Effects::of(&old, &space), Effects::of(&new, &space));
    let mut expected = Vec::new();
    for asked in requests(&[before, after]) {
        let (was, is) = (decide(&old, &asked), decide(&new, &asked));
        same("effect before", old_effects.effect(&asked.atom), Some(was))?;
        same("effect after", new_effects.effect(&asked.atom), Some(is))?;
        if was != is {
            expected.push(asked.atom);
        }
    }
    let mut differences: Vec<Atom> = old_effects.differences(&new_effects).collect();
    same("equality of effects", old_effects == new_effects, expected.is_empty())?;
    differences.sort();
    expected.sort();
    same("differences", differences, expected)
}

/// A comparison has every atom that changes once, and each of its witnesses changes as it says.
pub(crate) fn a_comparison_has_every_change_and_no_other(before: &Value, after: &Value) -> Result<(), String> {
    let (old, new) = (accepted(before)?, accepted(after)?);
    let comparison = compare(&old, &new, Catalog::review_board_8_1());
    let names = NamesOf::documents(&[before, after]);
    let asked = requests(&[before, after]);
    same("atoms", comparison.atoms, asked.len() as u64)?;

    let mut expected = BTreeSet::new();
    for asked in asked {
        let (was, is) = (decide(&old, &asked), decide(&new, &asked));
        if was != is {
            expected.insert((asked.atom, is));
        }
    }
    let count = |effect: Effect| expected.iter().filter(|(_, is)| *is == effect).count() as u64;
    same("granted", comparison.granted, count(Effect::Allow))?;
    same("removed", comparison.removed, count(Effect::Deny))?;

    let mut found = BTreeSet::new();
    for change in &comparison.changes {
        for atom in atoms(change) {
            let is_new = found.insert((atom, change.effect));
            same("new change", is_new, true)?;
        }
        witness_is_right(change, &names, &old, &new)?;
    }
    same("changes", found, expected)
}

fn witness_is_right(change: &Change, names: &NamesOf, old: &Policy, new: &Policy) -> Result<(), String> {
    let witness = &change.witness;
    let ask = |policy: &Policy| {
        let (policy_id, method) = (witness.policy_id.as_str(), witness.method.as_str());
        reference::decide(policy, policy_id, method, item_id(witness)).effect
    };
    same("witness after", ask(new), change.effect)?;
    same("witness changes", ask(old) != ask(new), true)?;
    let class = class(names, witness);
    same("class of a witness", atoms(change).any(|atom| atom == class), true)?;
    // The documents never name all resources of the catalog.
    let is_known = Catalog::review_board_8_1().is_known(witness.policy_id.as_str());
    same("catalog of a witness", is_known || change.resource != ResourceClass::Other, true)
}

/// Both ways to ask agree with what is allowed.
pub(crate) fn equivalence_and_order_are_those_of_the_allowed_atoms(
    before: &Value,
    after: &Value,
) -> Result<(), String> {
    let (old, new) = (accepted(before)?, accepted(after)?);
    let asked = requests(&[before, after]);
    let pairs: Vec<(Effect, Effect)> = decisions(&old, &asked).into_iter().zip(decisions(&new, &asked)).collect();
    let keeps_all = pairs.iter().all(|(was, is)| *was == Effect::Deny || *is == Effect::Allow);
    let adds_none = pairs.iter().all(|(was, is)| *is == Effect::Deny || *was == Effect::Allow);
    let (expected, reverse) = match (keeps_all, adds_none) {
        (true, true) => (Order::Equal, Order::Equal),
        (true, false) => (Order::More, Order::Less),
        (false, true) => (Order::Less, Order::More),
        (false, false) => (Order::Incomparable, Order::Incomparable),
    };
    let catalog = Catalog::review_board_8_1();
    same("order", compare(&old, &new, catalog).order, expected)?;
    same("order in reverse", compare(&new, &old, catalog).order, reverse)?;
    same("equivalence", are_equivalent(&old, &new), expected == Order::Equal)
}

/// What means the same shows no change.
pub(crate) fn reordering_and_repeating_change_nothing(document: &Value) -> Result<(), String> {
    let (old, new) = (accepted(document)?, accepted(&reworded(document))?);
    let comparison = compare(&old, &new, Catalog::review_board_8_1());
    same("order", comparison.order, Order::Equal)?;
    same("changes", comparison.changes, Vec::new())
}

/// The atoms of a change.
pub(crate) fn atoms(change: &Change) -> impl Iterator<Item = Atom> {
    change.methods.iter().map(|method| Atom {
        resource: change.resource.clone(),
        item: change.item.clone(),
        method: method.clone(),
    })
}

fn class(names: &NamesOf, witness: &Witness) -> Atom {
    names.atom(witness.policy_id.as_str(), item_id(witness), witness.method.as_str())
}

/// The item that a witness asks about.
pub(crate) fn item_id(witness: &Witness) -> Option<&str> {
    witness.item_id.as_ref().map(|item_id| item_id.as_str())
}
