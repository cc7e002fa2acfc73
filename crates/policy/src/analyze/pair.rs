//! Two policies side by side, place by place.

use std::cmp::Ordering;
use std::iter;
use std::ops::ControlFlow;

use super::atom::ItemClass;
use super::item_key::ItemKey;
use super::methods::differ;
use super::outline::{Outline, SectionOutline};
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
        let (items, count) = different_items((before, left), (after, right));
        places += count;
        for DifferentItem { names, key, before, after } in items {
            found(Spot { policy_id, item: ItemClass::Named(names.item_id(key)), before, after })?;
        }
        places += unnamed_items(policy_id, resource_before, resource_after, &mut found)?;
    }
    places += unnamed_items(None, before.everything(), after.everything(), &mut found)?;
    ControlFlow::Continue(places)
}

/// An item on which two policies differ, by its key in an outline that names it.
struct DifferentItem<'o> {
    names: &'o Outline,
    key: &'o ItemKey,
    before: &'o [u64],
    after: &'o [u64],
}

/// The items of a resource on which the policies differ, in the order of their ids as texts; and how many it has.
///
/// Each side is an outline and its section for the resource, if it has one.
fn different_items<'o>(
    (before, left): (&'o Outline, Option<&'o SectionOutline>),
    (after, right): (&'o Outline, Option<&'o SectionOutline>),
) -> (Vec<DifferentItem<'o>>, u64) {
    let (resource_before, resource_after) = (before.resource(left), after.resource(right));
    let (mut different, mut count) = (Vec::new(), 0);
    let mut look = |names: &'o Outline, key: &'o ItemKey, before: &'o [u64], after: &'o [u64]| {
        count += 1;
        if differ(before, after) {
            different.push(DifferentItem { names, key, before, after });
        }
    };
    let (old, new) = (before.items(left), after.items(right));
    if before.names_items_of(left, after, right) {
        for ((key, was), (_, is)) in old.zip(new) {
            look(before, key, was, is);
        }
    } else {
        for items in join(old, new, |left, right| before.order_short_first(left.0, after, right.0)) {
            match items {
                (Some((key, was)), Some((_, is))) => look(before, key, was, is),
                (Some((key, was)), None) => look(before, key, was, resource_after),
                (None, Some((key, is))) => look(after, key, resource_before, is),
                (None, None) => {}
            }
        }
    }
    different.sort_by(|left, right| left.names.order(left.key, right.names, right.key));
    (different, count)
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
