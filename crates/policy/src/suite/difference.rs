//! Where and for which methods two policies decide differently.

use crate::analyze::{Atom, Effects, ItemClass, MethodClass, ResourceClass, Space};
use crate::ids::Method;
use crate::policy::{Place, Policy};

/// Two policies decide differently in one place: about one item, about all of a resource for which there are no
/// rules of their own, or about all resources for which there are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) place: Place,
    pub(super) flips: Flips,
}

/// The methods for which two decisions differ.
///
/// There is one form for each set of methods, whatever else some policy names: equal sets are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Flips {
    /// Whether all methods are meant, but for the exceptions.
    others: bool,
    /// Sorted.
    exceptions: Vec<Method>,
}

impl Flips {
    /// Whether a method is one of them.
    pub(super) fn contains(&self, method: &str) -> bool {
        let is_exception = self.exceptions.binary_search_by(|exception| exception.as_str().cmp(method)).is_ok();
        self.others != is_exception
    }

    /// Whether all methods are meant, but for the exceptions.
    pub(super) fn are_all_others(&self) -> bool {
        self.others
    }

    /// The methods that are one of them if all others are not, and are not if all others are.
    pub(super) fn exceptions(&self) -> &[Method] {
        &self.exceptions
    }

    fn are_none(&self) -> bool {
        !self.others && self.exceptions.is_empty()
    }
}

/// Where two policies decide differently, of `places`, in their order.
///
/// The policies must have rules for the item if a place is one.
pub(super) fn differences<'p>(
    before: &Policy,
    after: &Policy,
    places: impl IntoIterator<Item = &'p Place>,
) -> Vec<Difference> {
    let space = Space::of(&[before, after]);
    let effects = [Effects::of(before, &space), Effects::of(after, &space)];
    let differences = places.into_iter().map(|place| {
        let flips = flips(&space, &effects, place);
        Difference { place: place.clone(), flips }
    });
    differences.filter(|difference| !difference.flips.are_none()).collect()
}

fn flips(space: &Space, [before, after]: &[Effects; 2], place: &Place) -> Flips {
    let (resource, item) = classes(place);
    let is_flipped = |method: MethodClass| {
        let atom = Atom { resource: resource.clone(), item: item.clone(), method };
        before.effect(&atom) != after.effect(&atom)
    };
    let others = is_flipped(MethodClass::Other);
    let named = space.methods().iter();
    let exceptions = named.filter(|method| is_flipped(MethodClass::Named((*method).clone())) != others);
    let mut exceptions: Vec<Method> = exceptions.cloned().collect();
    exceptions.sort_unstable();
    Flips { others, exceptions }
}

fn classes(place: &Place) -> (ResourceClass, ItemClass) {
    match place {
        Place::Item { policy_id, item_id } => {
            (ResourceClass::Named(policy_id.clone()), ItemClass::Named(item_id.clone()))
        }
        Place::Resource { policy_id } => (ResourceClass::Named(policy_id.clone()), ItemClass::None),
        Place::Everything => (ResourceClass::Other, ItemClass::None),
    }
}
