//! What tests have looked at, in each place of a policy.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::Difference;
use super::expectation::{Expectation, Suite};
use crate::compile::CompiledPolicy;
use crate::eval::PrecedenceRow;
use crate::ids::Method;
use crate::policy::Place;

/// For each place, the methods for which some test sees what the rules there make of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Tested {
    methods: BTreeMap<Place, BTreeSet<Method>>,
}

impl Tested {
    /// What the expectations of a suite see of a policy.
    pub(super) fn by(suite: &Suite, policy: &CompiledPolicy) -> Tested {
        let mut tested = Tested::default();
        suite.expectations.iter().for_each(|expectation| tested.add(expectation, policy));
        tested
    }

    /// Adds what one expectation sees; nothing if the policy does not meet it, since what fails already cannot tell
    /// that something went wrong.
    pub(super) fn add(&mut self, expectation: &Expectation, policy: &CompiledPolicy) {
        let decision = expectation.decide(policy);
        if decision.effect != expectation.effect {
            return;
        }
        // Rules that were passed over on the way would be noticed as well; those behind the deciding one would not.
        let policy_id = &expectation.policy_id;
        let item_id = expectation.item_id.clone();
        let item = item_id.map(|item_id| Place::Item { policy_id: policy_id.clone(), item_id });
        let reaches_resource = decision.row >= PrecedenceRow::ResourceBlocksMethod;
        let resource = reaches_resource.then(|| Place::Resource { policy_id: policy_id.clone() });
        let reaches_everything = decision.row >= PrecedenceRow::GlobalBlocksMethod;
        let everything = reaches_everything.then_some(Place::Everything);
        for place in [item, resource, everything].into_iter().flatten() {
            self.methods.entry(place).or_default().insert(expectation.method.clone());
        }
    }

    /// Whether some test fails once decisions differ like this.
    pub(super) fn notices(&self, differences: &[Difference]) -> bool {
        differences.iter().any(|difference| {
            let mut methods = self.methods.get(&difference.place).into_iter().flatten();
            methods.any(|method| difference.flips.contains(method.as_str()))
        })
    }
}
