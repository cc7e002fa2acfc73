//! What stands at the edges of the matrix.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize;

use super::family::head;
use crate::catalog::{Access, Catalog, Resource, matches_pattern};
use crate::compile::CompiledPolicy;
use crate::ids::{ItemId, Method, PolicyId};
use crate::policy::ListName;

/// A method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MatrixColumn {
    /// The method.
    pub method: Method,
    /// Whether any resource of the catalog implements it; the others are here because the policy names them.
    pub is_implemented: bool,
}

/// A resource, or one item of it that the policy has rules for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MatrixRow {
    /// The resource.
    pub policy_id: PolicyId,
    /// The item; none for the row of the resource itself, which is about its list and every item without a row.
    pub item_id: Option<ItemId>,
    /// Whether a policy may name the resource.
    pub is_known: bool,
    /// Whether the server denies a token everything here, whatever the policy says.
    pub is_closed: bool,
    /// Whether reading the list is allowed, but fails on Review Board 8.1 because of rules for single ids.
    pub list_crashes: bool,
    /// The methods that the server has here, in the order of the columns; none for an id that no item can have.
    pub methods: Vec<Method>,
}

/// Rows that belong together: a resource right below the root, all that is below it, and their items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MatrixGroup {
    /// The resource that the others are below.
    pub policy_id: PolicyId,
    /// Its rows, as indices.
    pub rows: Range<usize>,
}

/// The methods that the catalog implements, known ones first, then those that only the policy names.
pub(super) fn columns(policy: &CompiledPolicy, catalog: &Catalog) -> Vec<MatrixColumn> {
    let resources = catalog.resources().iter();
    let implemented: BTreeSet<&str> =
        resources.flat_map(|resource| resource.methods.iter().map(|method| &**method)).collect();
    let known = Method::KNOWN.into_iter().filter(|method| implemented.contains(method));
    let unknown = implemented.iter().copied().filter(|method| !Method::KNOWN.contains(method));

    let rule_sets = policy.policy().rule_sets().iter();
    let lists = rule_sets.flat_map(|rules| [rules.list(ListName::Allow), rules.list(ListName::Block)]);
    let named: BTreeSet<&str> = lists.flatten().map(|entry| entry.method().as_str()).collect();
    let only_named = named.into_iter().filter(|method| *method != Method::ANY && !implemented.contains(method));

    let column = |method: &str, is_implemented| MatrixColumn { method: Method::from(method), is_implemented };
    let implemented = known.chain(unknown).map(|method| column(method, true));
    implemented.chain(only_named.map(|method| column(method, false))).collect()
}

/// Each resource of the catalog, then what else a policy may name, then what it names all the same; those that belong
/// together side by side, each with its named ids below it.
pub(super) fn rows(
    policy: &CompiledPolicy,
    columns: &[MatrixColumn],
    catalog: &Catalog,
) -> (Vec<MatrixRow>, Vec<MatrixGroup>) {
    let mut rows = Vec::new();
    let mut groups = Vec::new();
    for (head, members) in families(policy, catalog) {
        let start = rows.len();
        for policy_id in members {
            add_rows(policy, policy_id, columns, catalog, &mut rows);
        }
        groups.push(MatrixGroup { policy_id: PolicyId::from(head), rows: start..rows.len() });
    }
    (rows, groups)
}

/// The head of each family with its members, in the order in which the first of them appears.
fn families<'c>(policy: &'c CompiledPolicy, catalog: &'c Catalog) -> Vec<(&'c str, Vec<&'c str>)> {
    let placed = catalog.resources().iter().map(|resource| (&*resource.policy_id, head(resource, catalog)));
    let known = catalog.policy_ids().map(|policy_id| (policy_id, policy_id));
    let sections = policy.policy().sections().iter().map(|section| section.policy_id().as_str());
    let all = placed.chain(known).chain(sections.map(|policy_id| (policy_id, policy_id)));

    let mut seen = BTreeSet::new();
    let mut families: Vec<(&str, Vec<&str>)> = Vec::new();
    for (policy_id, head) in all.filter(|(policy_id, _)| seen.insert(*policy_id)) {
        match families.iter_mut().find(|(known, _)| *known == head) {
            Some((_, members)) => members.push(policy_id),
            None => families.push((head, vec![policy_id])),
        }
    }
    families
}

fn add_rows(
    policy: &CompiledPolicy,
    policy_id: &str,
    columns: &[MatrixColumn],
    catalog: &Catalog,
    rows: &mut Vec<MatrixRow>,
) {
    let resources: Vec<&Resource> = catalog.by_policy_id(policy_id).collect();
    let whole = MatrixRow {
        policy_id: PolicyId::from(policy_id),
        item_id: None,
        is_known: catalog.is_known(policy_id),
        is_closed: !resources.is_empty() && resources.iter().all(|resource| resource.token_access == Access::Closed),
        list_crashes: list_crashes(policy, policy_id, &resources),
        methods: methods(columns, &resources, Resource::implements),
    };
    let item = |item_id: &str| MatrixRow {
        item_id: Some(ItemId::from(item_id)),
        list_crashes: false,
        methods: methods(columns, &resources, |resource, method| has_on_item(resource, method, item_id)),
        ..whole.clone()
    };
    let items: Vec<MatrixRow> = policy.named_ids(policy_id).map(item).collect();
    rows.push(whole);
    rows.extend(items);
}

fn list_crashes(policy: &CompiledPolicy, policy_id: &str, resources: &[&Resource]) -> bool {
    let is_open = |resource: &&&Resource| resource.token_access == Access::Open;
    policy.names_ids(policy_id)
        && resources.iter().filter(is_open).any(|resource| resource.fragile_list().is_some())
        && policy.decide(policy_id, "GET", None).is_allowed()
}

/// The methods of the columns that any of some resources has.
fn methods(columns: &[MatrixColumn], resources: &[&Resource], has: impl Fn(&Resource, &str) -> bool) -> Vec<Method> {
    let is_had = |method: &&Method| resources.iter().any(|resource| has(resource, method.as_str()));
    columns.iter().map(|column| &column.method).filter(is_had).cloned().collect()
}

/// Whether the server has a method on the item with an id; what is posted, is posted to a list.
fn has_on_item(resource: &Resource, method: &str, item_id: &str) -> bool {
    resource.is_about_items(method)
        && resource.implements(method)
        && resource.item_id_pattern.as_deref().is_none_or(|pattern| matches_pattern(pattern, item_id))
}
