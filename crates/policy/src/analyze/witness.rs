//! Concrete requests for classes of requests.

use std::iter;

use serde::Serialize;

use super::atom::{ItemClass, MethodClass, ResourceClass};
use crate::catalog::{Access, Catalog, Resource, matches_pattern};
use crate::ids::{ItemId, Method, PolicyId};

/// One concrete request of an [`Atom`](crate::Atom), in the words of policies.
///
/// Ask [`CompiledPolicy::decide`](crate::CompiledPolicy::decide) with its three parts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Witness {
    /// The resource.
    pub policy_id: PolicyId,
    /// The item; none for a request without an id.
    pub item_id: Option<ItemId>,
    /// The method.
    pub method: Method,
}

/// What the policies at hand name.
pub(super) trait Names {
    fn has_resource(&self, policy_id: &str) -> bool;
    fn has_item(&self, policy_id: &str, item_id: &str) -> bool;
    /// How many ids of a resource are named at most.
    fn item_count(&self, policy_id: &str) -> usize;
    fn has_method(&self, method: &str) -> bool;
}

/// A request of these classes with any of `methods`, close to what a server would see: of the resources that nobody
/// names one that lets tokens in, of the methods one that the resource implements.
pub(super) fn find(
    names: &impl Names,
    resource: &ResourceClass,
    item: &ItemClass,
    methods: &[MethodClass],
    catalog: &Catalog,
) -> Witness {
    let policy_id = match resource {
        ResourceClass::Named(policy_id) => policy_id.clone(),
        ResourceClass::Other => unnamed_resource(names, item, methods, catalog),
    };
    let item_id = match item {
        ItemClass::Named(item_id) => Some(item_id.clone()),
        ItemClass::Other => Some(unnamed_item(names, &policy_id, catalog)),
        ItemClass::None => None,
    };
    let resources: Vec<&Resource> = catalog.by_policy_id(policy_id.as_str()).collect();
    let is_implemented = |method: &&MethodClass| resources.iter().any(|resource| implements(resource, method));
    let method = match methods.iter().find(is_implemented).or(methods.first()) {
        Some(MethodClass::Named(method)) => method.clone(),
        Some(MethodClass::Other) | None => unnamed_method(names),
    };
    Witness { policy_id, item_id, method }
}

fn unnamed_resource(names: &impl Names, item: &ItemClass, methods: &[MethodClass], catalog: &Catalog) -> PolicyId {
    let is_free = |policy_id: &str| !names.has_resource(policy_id);
    let resources = catalog.resources().iter();
    let free = resources.filter(|found| catalog.is_known(&found.policy_id) && is_free(&found.policy_id));
    // The first of those that fit best: `false` comes before `true`.
    let best = free.min_by_key(|found| {
        let lacks_items = *item == ItemClass::Other && found.item_key.is_none();
        let lacks_methods = !methods.iter().any(|method| implements(found, method));
        (found.token_access == Access::Closed, lacks_items, lacks_methods)
    });
    let known =
        best.map(|found| &*found.policy_id).or_else(|| catalog.policy_ids().find(|policy_id| is_free(policy_id)));
    match known {
        Some(policy_id) => PolicyId::from(policy_id),
        None => PolicyId::from(numbered("other").find(|policy_id| is_free(policy_id)).unwrap_or_default()),
    }
}

fn unnamed_item(names: &impl Names, policy_id: &PolicyId, catalog: &Catalog) -> ItemId {
    let policy_id = policy_id.as_str();
    let resources = catalog.by_policy_id(policy_id);
    let patterns: Vec<&str> = resources.filter_map(|resource| resource.item_id_pattern.as_deref()).collect();
    let fits = |item_id: &str| patterns.iter().all(|pattern| matches_pattern(pattern, item_id));
    let is_free = |item_id: &String| !names.has_item(policy_id, item_id);
    let mut letters = iter::once('x').chain('a'..='z').chain('A'..='Z').map(String::from);
    let letter = letters.find(|letter| fits(letter));
    // Each search ends, as more candidates than ids are all different.
    let found = if !fits("other2") && fits("12") {
        (names.item_count(policy_id) + 1..).map(|number| number.to_string()).find(is_free)
    } else if let Some(letter) = letter.filter(|_| !fits("other2")) {
        (1..).map(|length| letter.repeat(length)).find(is_free)
    } else {
        numbered("other").find(is_free)
    };
    ItemId::from(found.unwrap_or_default())
}

fn unnamed_method(names: &impl Names) -> Method {
    Method::from(numbered("OTHER").find(|method| !names.has_method(method)).unwrap_or_default())
}

fn implements(resource: &Resource, method: &MethodClass) -> bool {
    matches!(method, MethodClass::Named(method) if resource.implements(method.as_str()))
}

/// `name`, `name2`, `name3` and so on.
fn numbered(name: &str) -> impl Iterator<Item = String> {
    iter::once(name.to_owned()).chain((2_u64..).map(move |number| format!("{name}{number}")))
}
