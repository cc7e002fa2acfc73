//! What else changes when one request is decided otherwise.

use super::target::Target;
use crate::analyze::{Atom, Change, Comparison, ItemClass, MethodClass, ResourceClass, Space};
use crate::catalog::Catalog;
use crate::eval::Effect;
use crate::ids::{ItemId, Method, PolicyId};
use crate::policy::Policy;

/// The changes of a comparison without the target.
///
/// A class that the target shares with other requests is split first, so that nothing but the target is left out: the
/// answer is about the atoms of a space that names the target, in the order of a comparison.
/// None only if the target cannot be named.
///
/// Costs a walk over the names of both policies and over the changes.
pub(super) fn collateral(
    before: &Policy,
    after: &Policy,
    comparison: &Comparison,
    target: &Target<'_>,
    catalog: &Catalog,
) -> Option<Vec<Change>> {
    let split = Split::new(&Space::of(&[before, after]), target);
    let space = Space::of(&[before, after, &target.named()?]);
    let mut collateral = Vec::new();
    for mut change in comparison.changes.iter().flat_map(|change| split.parts(change)) {
        if change.resource == split.resource && change.item == split.item {
            change.methods.retain(|method| *method != split.method);
        }
        let Some(method) = change.methods.first().cloned() else { continue };
        if change.resource == split.resource || change.resource == ResourceClass::Other {
            let atom = Atom { resource: change.resource.clone(), item: change.item.clone(), method };
            change.witness = space.witness(&atom, catalog);
        }
        collateral.push(change);
    }
    // A class that was split has left its parts side by side.
    collateral.sort_by(|one, next| place_of(one).cmp(&place_of(next)));
    Some(collateral)
}

/// By this the changes of a comparison are in order.
fn place_of(change: &Change) -> (&ResourceClass, &ItemClass, Effect) {
    (&change.resource, &change.item, change.effect)
}

/// The classes of the target in a space that names it, and which of them another space has not.
struct Split {
    resource: ResourceClass,
    item: ItemClass,
    method: MethodClass,
    is_resource_new: bool,
    is_item_new: bool,
    is_method_new: bool,
}

impl Split {
    fn new(space: &Space, target: &Target<'_>) -> Split {
        let policy_id = PolicyId::from(target.policy_id);
        let item_id = target.item_id.map(ItemId::from);
        let method = Method::from(target.method);
        let resource = space.resources().find(|resource| *resource.policy_id() == policy_id);
        let is_named = |item_id: &ItemId| resource.is_some_and(|resource| resource.item_ids().contains(item_id));
        Split {
            is_resource_new: resource.is_none(),
            is_item_new: item_id.as_ref().is_some_and(|item_id| !is_named(item_id)),
            is_method_new: !space.methods().contains(&method),
            resource: ResourceClass::Named(policy_id),
            item: item_id.map_or(ItemClass::None, ItemClass::Named),
            method: MethodClass::Named(method),
        }
    }

    /// The change in the classes of the space that names the target.
    fn parts(&self, change: &Change) -> Vec<Change> {
        let mut methods = change.methods.clone();
        let other = methods.iter().position(|method| *method == MethodClass::Other).filter(|_| self.is_method_new);
        if let Some(other) = other {
            methods.insert(other, self.method.clone());
        }
        let is_here = change.resource == self.resource;
        let is_within = self.is_resource_new && change.resource == ResourceClass::Other;
        let mut places = Vec::new();
        if (is_here || is_within) && self.is_item_new && change.item == ItemClass::Other {
            places.push((self.resource.clone(), self.item.clone()));
        }
        if is_within {
            places.push((self.resource.clone(), change.item.clone()));
        }
        places.push((change.resource.clone(), change.item.clone()));
        let part = |(resource, item)| Change { resource, item, methods: methods.clone(), ..change.clone() };
        places.into_iter().map(part).collect()
    }
}
