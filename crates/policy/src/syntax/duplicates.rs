//! Duplicate keys, as Python reads them: the last one counts, at the place of the first.

use super::arena::{JsonText, NodeId, Tree};

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
    if tree.children(object).nth(1).is_none() {
        return Vec::new();
    }
    let members: Vec<NodeId> = tree.children(object).collect();
    let shared: &Tree = tree;
    // Each key is looked up once, and not at every comparison: a look-up may be a search of its own.
    let keyed = members.iter().enumerate().map(|(place, member)| (shared.text_at(shared.node(*member).key), place));
    let mut by_key: Vec<(JsonText<'_>, usize)> = keyed.collect();
    by_key.sort_unstable();

    let mut replaced = Vec::new();
    let mut order: Vec<Option<NodeId>> = members.iter().copied().map(Some).collect();
    for group in by_key.chunk_by(|left, right| left.0 == right.0).filter(|group| group.len() > 1) {
        let (Some((_, first)), Some((_, last))) = (group.first(), group.last()) else { continue };
        let Some(by) = members.get(*last).copied() else { continue };
        for (_, place) in group {
            let member = order.get_mut(*place).and_then(Option::take);
            replaced.extend(member.filter(|member| *member != by).map(|member| Replaced { member, by }));
        }
        order.get_mut(*first).into_iter().for_each(|slot| *slot = Some(by));
    }
    if !replaced.is_empty() {
        relink(tree, object, order.into_iter().flatten());
        for Replaced { by, .. } in &replaced {
            tree.update(*by, |node| node.replaces_another = true);
        }
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
