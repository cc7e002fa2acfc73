//! Two policies side by side, place by place.

use std::cmp::Ordering;
use std::iter;
use std::ops::ControlFlow;

use super::atom::ItemClass;
use super::methods::differ;
use super::outline::Outline;
use crate::ids::PolicyId;

/// A place where two policies do not deny the same methods.
pub(super) struct Spot<'o> {
    /// The resource; none for those that neither policy has a section for.
    pub(super) policy_id: Option<&'o PolicyId>,
    pub(super) item: ItemClass,
    /// The methods denied before.
    pub(super) before: &'o [u64],
    /// The methods denied after.
    pub(super) after: &'o [u64],
}

/// Hands every place where the policies differ to `found` until it breaks off; the answer is how many places there
/// are, those where they agree included.
///
/// Both outlines are over the same methods. Resources come in order and the rest of them last; in each, the named
/// items in order, then any other, then none.
pub(super) fn differences<'o, B>(
    before: &'o Outline,
    after: &'o Outline,
    mut found: impl FnMut(Spot<'o>) -> ControlFlow<B>,
) -> ControlFlow<B, u64> {
    let mut places = 0;
    let sections =
        join(before.sections().iter(), after.sections().iter(), |left, right| left.policy_id.cmp(&right.policy_id));
    for (left, right) in sections {
        let policy_id = left.or(right).map(|section| &section.policy_id);
        let (resource_before, resource_after) = (before.resource(left), after.resource(right));
        let items = join(before.items(left), after.items(right), |left, right| before.order(left.0, after, right.0));
        for (left, right) in items {
            places += 1;
            let was = left.map_or(resource_before, |(_, denied)| denied);
            let is = right.map_or(resource_after, |(_, denied)| denied);
            if differ(was, is) {
                let old_id = left.map(|(key, _)| before.item_id(key));
                let item_id = old_id.or_else(|| right.map(|(key, _)| after.item_id(key)));
                let item = item_id.map_or(ItemClass::Other, ItemClass::Named);
                found(Spot { policy_id, item, before: was, after: is })?;
            }
        }
        places += unnamed_items(policy_id, resource_before, resource_after, &mut found)?;
    }
    places += unnamed_items(None, before.everything(), after.everything(), &mut found)?;
    ControlFlow::Continue(places)
}

/// The two places of a resource that have no name.
fn unnamed_items<'o, B>(
    policy_id: Option<&'o PolicyId>,
    before: &'o [u64],
    after: &'o [u64],
    found: &mut impl FnMut(Spot<'o>) -> ControlFlow<B>,
) -> ControlFlow<B, u64> {
    if differ(before, after) {
        found(Spot { policy_id, item: ItemClass::Other, before, after })?;
        found(Spot { policy_id, item: ItemClass::None, before, after })?;
    }
    ControlFlow::Continue(2)
}

/// Walks over two sorted sequences in step: each pair holds equal ones, or one that the other sequence lacks.
pub(super) fn join<L, R>(
    left: impl Iterator<Item = L>,
    right: impl Iterator<Item = R>,
    compare: impl Fn(&L, &R) -> Ordering,
) -> impl Iterator<Item = (Option<L>, Option<R>)> {
    let (mut left, mut right) = (left.peekable(), right.peekable());
    iter::from_fn(move || {
        let order = match (left.peek(), right.peek()) {
            (None, None) => return None,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(left), Some(right)) => compare(left, right),
        };
        Some(match order {
            Ordering::Less => (left.next(), None),
            Ordering::Equal => (left.next(), right.next()),
            Ordering::Greater => (None, right.next()),
        })
    })
}
