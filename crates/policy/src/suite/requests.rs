//! Concrete requests for tests: in a place and with a method, and if possible such as clients send.

use crate::analyze::{Atom, ItemClass, MethodClass, ResourceClass, Space, Witness};
use crate::assemble::naming;
use crate::catalog::Catalog;
use crate::ids::{Method, PolicyId};
use crate::likely::is_likely;
use crate::policy::{Place, Policy};

/// Finds requests about a policy and its mutants.
pub(super) struct Requests<'c> {
    catalog: &'c Catalog,
    space: Space,
    /// The resources of the catalog that the policy has no section for.
    unnamed: Vec<PolicyId>,
    /// A method that neither the policy nor a mutant names.
    other_method: Method,
}

impl<'c> Requests<'c> {
    /// For a policy whose mutants name `methods`.
    pub(super) fn new(
        policy: &Policy,
        methods: impl IntoIterator<Item = Method>,
        catalog: &'c Catalog,
    ) -> Requests<'c> {
        let unnamed: Vec<PolicyId> =
            catalog.policy_ids().filter(|policy_id| policy.section(policy_id).is_none()).map(PolicyId::from).collect();
        let space = Space::of(&[policy, &naming(unnamed.iter().cloned(), methods)]);
        let other = Atom { resource: ResourceClass::Other, item: ItemClass::None, method: MethodClass::Other };
        let other_method = space.witness(&other, catalog).method;
        Requests { catalog, space, unnamed, other_method }
    }

    /// A method that neither the policy nor a mutant names.
    pub(super) fn other_method(&self) -> &Method {
        &self.other_method
    }

    /// Whether some client could send a request with this method in a place.
    pub(super) fn is_likely(&self, place: &Place, method: &Method) -> bool {
        is_likely(self.catalog, &self.request(place, method))
    }

    /// A request that rules of this place are the first to be asked about.
    pub(super) fn request(&self, place: &Place, method: &Method) -> Witness {
        let resources: Vec<ResourceClass> = match place {
            Place::Item { policy_id, item_id } => {
                let (policy_id, item_id) = (policy_id.clone(), Some(item_id.clone()));
                return Witness { policy_id, item_id, method: method.clone() };
            }
            Place::Resource { policy_id } => vec![ResourceClass::Named(policy_id.clone())],
            Place::Everything => {
                let unnamed = self.unnamed.iter().cloned().map(ResourceClass::Named);
                unnamed.chain([ResourceClass::Other]).collect()
            }
        };
        let mut witnesses = resources.iter().flat_map(|resource| {
            [ItemClass::None, ItemClass::Other].map(|item| self.witness(resource.clone(), item, method))
        });
        let first = resources.first().cloned().unwrap_or(ResourceClass::Other);
        let likely = witnesses.find(|witness| is_likely(self.catalog, witness));
        likely.unwrap_or_else(|| self.witness(first, ItemClass::None, method))
    }

    fn witness(&self, resource: ResourceClass, item: ItemClass, method: &Method) -> Witness {
        let is_other = *method == self.other_method;
        let class = if is_other { MethodClass::Other } else { MethodClass::Named(method.clone()) };
        let witness = self.space.witness(&Atom { resource, item, method: class }, self.catalog);
        Witness { method: method.clone(), ..witness }
    }
}
