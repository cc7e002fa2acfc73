//! All atoms of some policies.

use std::collections::BTreeMap;
use std::slice;
use std::sync::Arc;

use super::atom::{Atom, ItemClass, MethodClass, ResourceClass};
use super::methods::{Methods, mentioned};
use super::witness::{self, Names, Witness};
use crate::catalog::Catalog;
use crate::eval::Request;
use crate::ids::{ItemId, Method, PolicyId};
use crate::policy::{Place, Policy};

/// The finitely many atoms on which the decisions of some policies are constant: (the resources that they name, and
/// any other) × (the ids that they name there, any other, and none) × (the methods that they name, those that Review
/// Board knows, and any other).
///
/// Cheap to clone.
///
/// ```
/// use tollgate_policy::{Catalog, Effects, Policy, Space, reference};
///
/// let policy = Policy::stored(r#"{"resources": {"review": {"7": {"block": ["PUT"]}}}}"#).ok_or("refused")?;
/// let space = Space::of(&[&policy]);
/// // Review 7, any other review, the list of reviews; anything else, with or without an id; 7 methods and any other.
/// assert_eq!(space.count(), (3 + 2) * 8);
///
/// let effects = Effects::of(&policy, &space);
/// for atom in space.atoms() {
///     let asked = space.witness(&atom, Catalog::review_board_8_1());
///     let item_id = asked.item_id.as_ref().map(|item_id| item_id.as_str());
///     let decision = reference::decide(&policy, asked.policy_id.as_str(), asked.method.as_str(), item_id);
///     assert_eq!(effects.effect(&atom), Some(decision.effect));
/// }
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Space {
    content: Arc<Content>,
}

#[derive(Debug, PartialEq, Eq)]
struct Content {
    methods: Arc<Methods>,
    /// Sorted by policy id.
    resources: Vec<SpaceResource>,
    /// How many pairs of a resource and an item there are.
    places: usize,
}

/// A resource that is named, with the ids that are named there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpaceResource {
    policy_id: PolicyId,
    /// Sorted.
    item_ids: Box<[ItemId]>,
    /// The number of its first place; each id has one, and behind them are any other id and none.
    first_place: usize,
}

impl SpaceResource {
    /// The resource.
    pub fn policy_id(&self) -> &PolicyId {
        &self.policy_id
    }

    /// The ids that are named there, sorted.
    pub fn item_ids(&self) -> &[ItemId] {
        &self.item_ids
    }
}

impl Space {
    /// The atoms that any of `policies` tells apart.
    ///
    /// Costs n log n in the number of their rules; two policies are compared faster without it, by
    /// [`compare`](crate::compare()).
    pub fn of(policies: &[&Policy]) -> Space {
        Space::with_requests(policies, &[])
    }

    /// The atoms that any of `policies` tells apart, and those in which the parts of `requests` have their own names.
    ///
    /// The id `*` and the method `*` get no name of their own, as policies decide them like no id and any other method.
    ///
    /// ```
    /// use tollgate_policy::{Catalog, ItemClass, Policy, Request, Space};
    ///
    /// let review = Catalog::review_board_8_1().by_policy_id("review").next().ok_or("gone")?;
    /// let space = Space::with_requests(&[&Policy::full_access()], &[Request::new(review, "GET", Some("7"))]);
    /// assert_eq!(space.atom("review", "GET", Some("7")).item, ItemClass::Named("7".into()));
    /// assert_eq!(space.atom("review", "GET", Some("8")).item, ItemClass::Other);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn with_requests(policies: &[&Policy], requests: &[Request<'_>]) -> Space {
        let mut named: BTreeMap<PolicyId, Vec<ItemId>> = BTreeMap::new();
        for section in policies.iter().flat_map(|policy| policy.sections()) {
            named.entry(section.policy_id().clone()).or_default();
        }
        for rules in policies.iter().flat_map(|policy| policy.rule_sets()) {
            if let Place::Item { policy_id, item_id } = rules.place() {
                named.entry(policy_id.clone()).or_default().push(item_id.clone());
            }
        }
        for request in requests {
            let item_ids = named.entry(PolicyId::from(&*request.resource.policy_id)).or_default();
            item_ids.extend(request.item_id.filter(|item_id| *item_id != "*").map(ItemId::from));
        }
        let asked: Vec<Method> = requests.iter().map(|request| Method::from(request.effective_method())).collect();
        let methods = Methods::of(policies.iter().flat_map(|policy| mentioned(policy)).chain(&asked));

        let mut places = 0;
        let resources = named.into_iter().map(|(policy_id, mut item_ids)| {
            item_ids.sort();
            item_ids.dedup();
            let first_place = places;
            places += item_ids.len() + 2;
            SpaceResource { policy_id, item_ids: item_ids.into(), first_place }
        });
        let resources = resources.collect();
        Space { content: Arc::new(Content { methods: Arc::new(methods), resources, places: places + 2 }) }
    }

    /// The methods with a name: those that Review Board knows in the order of [`Method::KNOWN`], then the others in
    /// their own order.
    pub fn methods(&self) -> &[Method] {
        self.content.methods.named()
    }

    /// The resources with a name, sorted.
    pub fn resources(&self) -> impl Iterator<Item = &SpaceResource> {
        self.content.resources.iter()
    }

    /// How many atoms there are.
    pub fn count(&self) -> u64 {
        self.content.places as u64 * self.content.methods.count() as u64
    }

    /// All atoms, resource by resource, item by item, method by method, each in the order of this space.
    ///
    /// What has no name comes last: any other resource, any other item and then none, any other method.
    pub fn atoms(&self) -> impl Iterator<Item = Atom> {
        self.places().flat_map(move |(resource, item)| {
            let methods = self.content.methods.every_class();
            methods.map(move |method| Atom { resource: resource.clone(), item: item.clone(), method })
        })
    }

    /// The atom of a request.
    ///
    /// ```
    /// use tollgate_policy::{ItemClass, MethodClass, Policy, ResourceClass, Space};
    ///
    /// let atom = Space::of(&[&Policy::full_access()]).atom("review", "BREW", None);
    /// assert_eq!((atom.resource, atom.item, atom.method), (ResourceClass::Other, ItemClass::None, MethodClass::Other));
    /// ```
    pub fn atom(&self, policy_id: &str, method: &str, item_id: Option<&str>) -> Atom {
        let resource = self.resource(policy_id);
        let item = match item_id {
            None | Some("*") => ItemClass::None,
            Some(item_id) => {
                let named = resource.and_then(|resource| resource.item_ids.get(resource.find(item_id)?));
                named.cloned().map_or(ItemClass::Other, ItemClass::Named)
            }
        };
        Atom {
            resource: resource.map_or(ResourceClass::Other, |found| ResourceClass::Named(found.policy_id.clone())),
            item,
            method: self.content.methods.class(method),
        }
    }

    /// One concrete request of an atom.
    ///
    /// What has no name gets one that no policy of this space names: of the resources one of `catalog` while there is
    /// one, else `other`, `other2` and so on; of the ids one that looks as `catalog` says.
    /// An atom of another space gets a request as well, with nothing promised about it.
    pub fn witness(&self, atom: &Atom, catalog: &Catalog) -> Witness {
        witness::find(self, &atom.resource, &atom.item, slice::from_ref(&atom.method), catalog)
    }

    /// All places, in order.
    pub(super) fn places(&self) -> impl Iterator<Item = (ResourceClass, ItemClass)> {
        let named = self.content.resources.iter().flat_map(|resource| {
            let items = resource.item_ids.iter().cloned().map(ItemClass::Named);
            let items = items.chain([ItemClass::Other, ItemClass::None]);
            items.map(move |item| (ResourceClass::Named(resource.policy_id.clone()), item))
        });
        named.chain([ItemClass::Other, ItemClass::None].map(|item| (ResourceClass::Other, item)))
    }

    pub(super) fn place_count(&self) -> usize {
        self.content.places
    }

    /// The number of a place; none if it is not of this space.
    pub(super) fn place(&self, resource: &ResourceClass, item: &ItemClass) -> Option<usize> {
        let (first, ids, named) = match resource {
            ResourceClass::Named(policy_id) => {
                let resource = self.resource(policy_id.as_str())?;
                (resource.first_place, resource.item_ids.len(), Some(resource))
            }
            ResourceClass::Other => (self.content.places.checked_sub(2)?, 0, None),
        };
        match item {
            ItemClass::Named(item_id) => Some(first + named?.find(item_id.as_str())?),
            ItemClass::Other => Some(first + ids),
            ItemClass::None => Some(first + ids + 1),
        }
    }

    pub(super) fn bits(&self) -> &Arc<Methods> {
        &self.content.methods
    }

    fn resource(&self, policy_id: &str) -> Option<&SpaceResource> {
        let resources = &self.content.resources;
        let found = resources.binary_search_by(|resource| resource.policy_id.as_str().cmp(policy_id)).ok()?;
        resources.get(found)
    }
}

impl SpaceResource {
    fn find(&self, item_id: &str) -> Option<usize> {
        self.item_ids.binary_search_by(|named| named.as_str().cmp(item_id)).ok()
    }
}

impl Names for Space {
    fn has_resource(&self, policy_id: &str) -> bool {
        self.resource(policy_id).is_some()
    }

    fn has_item(&self, policy_id: &str, item_id: &str) -> bool {
        self.resource(policy_id).is_some_and(|resource| resource.find(item_id).is_some())
    }

    fn item_count(&self, policy_id: &str) -> usize {
        self.resource(policy_id).map_or(0, |resource| resource.item_ids.len())
    }

    fn has_method(&self, method: &str) -> bool {
        self.content.methods.class(method) != MethodClass::Other
    }
}
