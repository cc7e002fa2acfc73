//! The table of all operations.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use crate::catalog::{Access, Catalog, Resource, matches_pattern};
use crate::compile::CompiledPolicy;
use crate::ids::Method;

/// For how many of the things it can be about an operation is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Share {
    /// For none.
    None,
    /// For some ids, and denied for others.
    Some,
    /// For all.
    All,
}

/// A method of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Operation<'c> {
    /// The method.
    pub method: &'c str,
    /// For how much it is allowed.
    pub share: Share,
}

/// What a token may do with one resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PowerRow<'c> {
    /// The resource.
    pub resource: &'c Resource,
    /// Its methods, in the order of the catalog.
    pub operations: Vec<Operation<'c>>,
    /// Whether its list is allowed but fails on Review Board 8.1, because of rules for single ids.
    pub list_crashes: bool,
}

impl PowerRow<'_> {
    /// For how much a method is allowed; none if the resource does not implement it.
    pub fn share(&self, method: &str) -> Option<Share> {
        self.operations.iter().find(|operation| operation.method == method).map(|operation| operation.share)
    }
}

/// How much of one method is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MethodPower<'c> {
    /// The method.
    pub method: &'c str,
    /// The operations of this method that are allowed for all or some ids.
    pub allowed: usize,
    /// The operations of this method that a token can reach at all.
    pub total: usize,
}

/// What a token may do under a policy, for each operation that tokens can reach at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Power<'c> {
    rows: Vec<PowerRow<'c>>,
}

impl<'c> Power<'c> {
    /// One row per resource that is open to tokens, in the order of the catalog.
    pub fn rows(&self) -> &[PowerRow<'c>] {
        &self.rows
    }

    /// How many operations are allowed, for all or some ids.
    pub fn allowed_operations(&self) -> usize {
        self.operations().filter(|operation| operation.share != Share::None).count()
    }

    /// How many operations a token can reach at all.
    pub fn total_operations(&self) -> usize {
        self.operations().count()
    }

    /// The same counts for each of the methods that some resource implements: the known ones in their own order, then
    /// others by name.
    pub fn per_method(&self) -> Vec<MethodPower<'c>> {
        let others = self.operations().map(|operation| operation.method);
        let others: BTreeSet<&'c str> = others.filter(|method| !Method::KNOWN.contains(method)).collect();
        let methods = Method::KNOWN.into_iter().chain(others).map(|method| {
            let of_method = || self.operations().filter(move |operation| operation.method == method);
            let allowed = of_method().filter(|operation| operation.share != Share::None).count();
            MethodPower { method, allowed, total: of_method().count() }
        });
        methods.filter(|power| power.total > 0).collect()
    }

    fn operations(&self) -> impl Iterator<Item = &Operation<'c>> {
        self.rows.iter().flat_map(|row| &row.operations)
    }
}

/// Works out what a token may do under `policy`.
///
/// An operation is asked about for the list, for each id that the policy names and that the resource could have,
/// and for any other id.
/// Costs a decision for each of them.
///
/// ```
/// use tollgate_policy::{Catalog, CompiledPolicy, Policy, power};
///
/// let power = power(&CompiledPolicy::new(&Policy::full_access()), Catalog::review_board_8_1());
/// assert_eq!((power.allowed_operations(), power.total_operations()), (168, 168));
/// ```
pub fn power<'c>(policy: &CompiledPolicy, catalog: &'c Catalog) -> Power<'c> {
    let open = catalog.resources().iter().filter(|resource| resource.token_access == Access::Open);
    Power { rows: open.map(|resource| row(policy, resource)).collect() }
}

fn row<'c>(policy: &CompiledPolicy, resource: &'c Resource) -> PowerRow<'c> {
    let operation = |method: &'c Cow<'static, str>| Operation { method, share: share(policy, resource, method) };
    let list_is_allowed = policy.decide(&resource.policy_id, "GET", None).is_allowed();
    PowerRow {
        resource,
        operations: resource.methods.iter().map(operation).collect(),
        list_crashes: resource.fragile_list().is_some() && list_is_allowed && policy.names_ids(&resource.policy_id),
    }
}

fn share(policy: &CompiledPolicy, resource: &Resource, method: &str) -> Share {
    let decide = |item_id| policy.decide(&resource.policy_id, method, item_id).is_allowed();
    // To a policy, an id that it does not name and no id at all are the same.
    let others = decide(None);
    let is_about_items = resource.is_about_items(method);
    let pattern = resource.item_id_pattern.as_deref();
    let mut named = policy
        .named_ids(&resource.policy_id)
        .filter(|item_id| is_about_items && pattern.is_none_or(|pattern| matches_pattern(pattern, item_id)));
    match (others, named.any(|item_id| decide(Some(item_id)) != others)) {
        (_, true) => Share::Some,
        (true, false) => Share::All,
        (false, false) => Share::None,
    }
}
