//! Duplicate keys, as Python reads them: the last one counts, at the place of the first.

use super::arena::{NodeId, Tree};

/// A member that a later one with the same key replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Replaced {
    pub(crate) member: NodeId,
    pub(crate) by: NodeId,
}

/// Relinks the members of `object` so that each key is there once, and says which members fell out, in order.
///
/// Costs n log n comparisons of keys.
pub(crate) fn resolve(tree: &mut Tree, object: NodeId) -> Vec<Replaced> {
    let members: Vec<NodeId> = tree.children(object).collect();
    if members.len() < 2 {
        return Vec::new();
    }
    let shared: &Tree = tree;
    let key = |id: NodeId| shared.text_at(shared.node(id).key);
    let mut by_key: Vec<(usize, NodeId)> = members.iter().copied().enumerate().collect();
    by_key.sort_unstable_by(|left, right| key(left.1).cmp(&key(right.1)).then(left.0.cmp(&right.0)));

    let mut replaced = Vec::new();
    let mut order: Vec<Option<NodeId>> = members.iter().copied().map(Some).collect();
    for group in by_key.chunk_by(|left, right| key(left.1) == key(right.1)) {
        let (Some((first, _)), Some((_, last))) = (group.first(), group.last()) else { continue };
        for (place, member) in group.iter().filter(|(_, member)| member != last) {
            replaced.push(Replaced { member: *member, by: *last });
            if let Some(slot) = order.get_mut(*place) {
                *slot = None;
            }
        }
        if group.len() > 1 {
            group.last().and_then(|(place, _)| order.get_mut(*place)).into_iter().for_each(|slot| *slot = None);
            order.get_mut(*first).into_iter().for_each(|slot| *slot = Some(*last));
        }
    }
    if !replaced.is_empty() {
        relink(tree, object, order.into_iter().flatten());
        replaced.sort_unstable_by_key(|replaced| replaced.member);
    }
    replaced
}

fn relink(tree: &mut Tree, object: NodeId, members: impl DoubleEndedIterator<Item = NodeId>) {
    let mut next = None;
    for member in members.rev() {
        tree.update(member, |node| node.next = next);
        next = Some(member);
    }
    tree.update(object, |node| node.first_child = next);
}
