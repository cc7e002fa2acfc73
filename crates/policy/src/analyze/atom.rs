//! Classes of requests that policies cannot tell apart.

use serde::Serialize;

use crate::ids::{ItemId, Method, PolicyId};

/// One class of requests that every policy of a [`Space`](crate::Space) decides alike.
///
/// ```
/// use tollgate_policy::{Atom, ItemClass, MethodClass, ResourceClass};
///
/// let reading_any_list = Atom {
///     resource: ResourceClass::Other,
///     item: ItemClass::None,
///     method: MethodClass::Named("GET".into()),
/// };
/// assert_ne!(reading_any_list, Atom { method: MethodClass::Other, ..reading_any_list.clone() });
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Atom {
    /// What is asked for.
    pub resource: ResourceClass,
    /// Which item of it.
    pub item: ItemClass,
    /// What shall be done with it.
    pub method: MethodClass,
}

/// Which resource a request is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "type", content = "name", rename_all = "camelCase")]
pub enum ResourceClass {
    /// One that a policy has a section for.
    Named(PolicyId),
    /// Any other.
    Other,
}

/// Which item of a resource a request is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "type", content = "name", rename_all = "camelCase")]
pub enum ItemClass {
    /// One that a policy has rules for in the section of this resource.
    Named(ItemId),
    /// Any other.
    Other,
    /// None: the request is for a list, or for a resource without items.
    None,
}

/// Which method a request has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "type", content = "name", rename_all = "camelCase")]
pub enum MethodClass {
    /// One of [`Method::KNOWN`], or one that a policy names; never `*`.
    Named(Method),
    /// Any other.
    Other,
}
