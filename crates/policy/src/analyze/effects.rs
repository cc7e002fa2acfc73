//! What a policy decides on every atom of a space.

use std::sync::Arc;

use super::atom::Atom;
use super::methods::{contains, differ};
use super::outline::Outline;
use super::pair::join;
use super::space::Space;
use crate::eval::Effect;
use crate::policy::Policy;

/// What a policy decides on every atom of a space, as one bit for each.
///
/// Effects over the same space are equal if and only if the policies decide every request alike.
/// They take one word of memory for every place while the space has less than 64 methods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effects {
    space: Space,
    /// The methods denied in each place, in the order of the space's places.
    denied: Vec<u64>,
}

impl Effects {
    /// Decides about every atom of `space` at once.
    ///
    /// The space should be one of this policy, perhaps together with others: what the policy says about names that the
    /// space lacks is left out.
    /// Costs a sorting of the policy's names and a walk over the places of the space.
    pub fn of(policy: &Policy, space: &Space) -> Effects {
        let outline = Outline::over(policy, Arc::clone(space.bits()));
        let mut denied = Vec::with_capacity(space.place_count() * space.bits().words());
        let resources = join(space.resources(), outline.sections().iter(), |resource, section| {
            resource.policy_id().cmp(&section.policy_id)
        });
        for (resource, section) in resources {
            let Some(resource) = resource else { continue };
            let any_item = outline.resource(section);
            let named = outline.items_in_order_of_texts(section).into_iter();
            let items = join(resource.item_ids().iter(), named, |item_id, (key, _)| {
                outline.order_to_id(key, item_id.as_str()).reverse()
            });
            for (item_id, item) in items {
                if item_id.is_some() {
                    denied.extend_from_slice(item.map_or(any_item, |(_, denied)| denied));
                }
            }
            denied.extend_from_slice(any_item);
            denied.extend_from_slice(any_item);
        }
        denied.extend_from_slice(outline.everything());
        denied.extend_from_slice(outline.everything());
        Effects { space: space.clone(), denied }
    }

    /// The space that these effects are about.
    pub fn space(&self) -> &Space {
        &self.space
    }

    /// What is decided on an atom; none if it is not one of the space.
    ///
    /// Costs three binary searches.
    ///
    /// ```
    /// use tollgate_policy::{Effect, Effects, Policy, Space};
    ///
    /// let policy = Policy::stored(r#"{"resources": {"*": {"block": ["PUT"]}}}"#).ok_or("refused")?;
    /// let space = Space::of(&[&policy]);
    /// let effects = Effects::of(&policy, &space);
    /// assert_eq!(effects.effect(&space.atom("review", "PUT", Some("7"))), Some(Effect::Deny));
    /// assert_eq!(effects.effect(&space.atom("review", "put", Some("7"))), Some(Effect::Allow));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn effect(&self, atom: &Atom) -> Option<Effect> {
        let number = self.space.bits().number_of_class(&atom.method)?;
        let place = self.space.place(&atom.resource, &atom.item)?;
        let words = self.space.bits().words();
        let denied = self.denied.get(place * words..(place + 1) * words)?;
        Some(if contains(denied, number) { Effect::Deny } else { Effect::Allow })
    }

    /// The atoms, in order, on which `other` decides differently; both must be over the same space.
    ///
    /// ```
    /// use tollgate_policy::{Effects, Policy, Space};
    ///
    /// let policy = Policy::stored(r#"{"resources": {"review": {"7": {"block": ["PUT"]}}}}"#).ok_or("refused")?;
    /// let space = Space::of(&[&policy]);
    /// let everything = Effects::of(&Policy::full_access(), &space);
    /// let changed: Vec<_> = Effects::of(&policy, &space).differences(&everything).collect();
    /// assert_eq!(changed, [space.atom("review", "PUT", Some("7"))]);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn differences(&self, other: &Effects) -> impl Iterator<Item = Atom> {
        let methods = self.space.bits();
        let sides = self.denied.chunks_exact(methods.words()).zip(other.denied.chunks_exact(methods.words()));
        let places = self.space.places().zip(sides).filter(|(_, (here, there))| differ(here, there));
        places.flat_map(move |((resource, item), (here, there))| {
            let changed: Vec<u64> = here.iter().zip(there).map(|(here, there)| here ^ there).collect();
            let classes = methods.classes(&changed).into_iter();
            classes.map(move |method| Atom { resource: resource.clone(), item: item.clone(), method })
        })
    }
}
