//! Laws about the smallest policy.

use serde_json::Value;
use tollgate_policy::{Catalog, Effect, Policy, Size, Space, are_equivalent, check, minimize, parse, reference};

use super::brute_force::{accepted, decisions, requests};
use super::documents::{ITEMS, METHODS, RESOURCES};
use super::same;
use super::search::{Count, SMALLEST, TINY_METHODS, smallest, tiny_index};

/// How many meanings the policies of the first search have.
pub(crate) const TINY_TABLES: usize = 1 << (3 * (TINY_METHODS + 1));

/// A resource that no document here names, and a method that none does.
const NO_RESOURCE: &str = "no resource";
const NO_METHOD: &str = "NO METHOD";

/// Minimizing keeps every decision and the server's consent, and is done after one time.
pub(crate) fn a_minimized_policy_is_accepted_equivalent_and_not_larger(document: &Value) -> Result<(), String> {
    let policy = accepted(document)?;
    let minimized = minimize(&policy);
    let checked = check(&minimized.text, Catalog::review_board_8_1());
    same("policy", checked.policy(), Some(minimized.policy.clone()))?;
    let asked = requests(&[document]);
    same("decisions", decisions(&minimized.policy, &asked), decisions(&policy, &asked))?;
    same("atoms", minimized.atoms, asked.len() as u64)?;
    same("atoms of the space", minimized.atoms, Space::of(&[&policy, &minimized.policy]).count())?;

    same("size before", minimized.size_before, Size::of(&parse(policy.text())))?;
    same("size before", minimized.size_before.bytes, document.to_string().len())?;
    same("size after", minimized.size_after.bytes, minimized.text.len())?;
    same("not larger", minimized.size_after <= minimized.size_before, true)?;
    let again = minimize(&minimized.policy);
    same("minimized again", (again.text, again.size_after), (minimized.text, minimized.size_after))
}

/// The smallest text stands for the meaning.
pub(crate) fn the_same_text_means_the_same_decisions(before: &Value, after: &Value) -> Result<(), String> {
    let (old, new) = (accepted(before)?, accepted(after)?);
    same("same text", minimize(&old).text == minimize(&new).text, are_equivalent(&old, &new))
}

/// No policy over the same names is smaller, of all that there are.
pub(crate) fn as_small_as_a_search_of_all_policies(document: &Value) -> Result<(), String> {
    let policy = accepted(document)?;
    let denied = |policy_id: &str, item_id: Option<&str>| denied(&policy, policy_id, item_id, TINY_METHODS);
    let (resource, item) = (denied(RESOURCES[0], None), denied(RESOURCES[0], Some(ITEMS[0])));
    let (expected, _) = found(tiny_index(denied(NO_RESOURCE, None), resource, item))?;
    same("size", minimize(&policy).size_after, size(*expected))
}

/// What the search found is a policy of the meaning it was found for, and minimizing finds nothing smaller.
pub(crate) fn a_smallest_policy_stays_as_it_is(index: usize) -> Result<(), String> {
    let (expected, document) = found(index)?;
    let policy = accepted(document)?;
    let denied = |policy_id: &str, item_id: Option<&str>| denied(&policy, policy_id, item_id, TINY_METHODS);
    let (resource, item) = (denied(RESOURCES[0], None), denied(RESOURCES[0], Some(ITEMS[0])));
    same("meaning", tiny_index(denied(NO_RESOURCE, None), resource, item), index)?;
    same("size before", Size::of(&parse(policy.text())), size(*expected))?;
    same("size after", minimize(&policy).size_after, size(*expected))
}

/// No policy over the same names is smaller, of all sections under each of the rule sets for everything.
pub(crate) fn as_small_as_a_search_of_all_sections(document: &Value) -> Result<(), String> {
    let policy = accepted(document)?;
    let denied = |policy_id: &str, item_id: Option<&str>| denied(&policy, policy_id, item_id, METHODS.len());
    let sections = RESOURCES.map(|policy_id| {
        let [one, other] = ITEMS.map(|item_id| denied(policy_id, Some(item_id)));
        [denied(policy_id, None), one, other]
    });
    let expected = smallest(denied(NO_RESOURCE, None), sections).ok_or("the search found nothing")?;
    same("size", minimize(&policy).size_after, size(expected))
}

fn found(index: usize) -> Result<&'static (Count, Value), String> {
    SMALLEST.get(index).and_then(Option::as_ref).ok_or_else(|| format!("the search found nothing for {index}"))
}

/// What the reference denies in one place, as the search writes it down.
fn denied(policy: &Policy, policy_id: &str, item_id: Option<&str>, methods: usize) -> usize {
    let asked = METHODS.iter().take(methods).chain([&NO_METHOD]).enumerate();
    let denied =
        asked.filter(|(_, method)| reference::decide(policy, policy_id, method, item_id).effect == Effect::Deny);
    denied.map(|(number, _)| 1_usize << number).sum()
}

fn size((entries, rule_sets, sections, bytes): Count) -> Size {
    Size { entries, rule_sets, sections, bytes }
}
