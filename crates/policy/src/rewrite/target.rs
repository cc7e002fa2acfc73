//! The one request that is to be decided otherwise.

use crate::compile::CompiledPolicy;
use crate::eval::{Effect, Request};
use crate::ids::{ItemId, Method};
use crate::policy::{Place, Policy};
use crate::presets::quoted;

/// A request as a policy sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'r> {
    pub(super) policy_id: &'r str,
    pub(super) item_id: Option<&'r str>,
    pub(super) method: &'r str,
}

impl<'r> Target<'r> {
    /// None for what is no request: `*` as a resource or as a method.
    ///
    /// An id that happens to be `*` is decided like no id.
    pub(crate) fn new(policy_id: &'r str, item_id: Option<&'r str>, method: &'r str) -> Option<Target<'r>> {
        let item_id = item_id.filter(|item_id| *item_id != "*");
        (policy_id != "*" && method != Method::ANY).then_some(Target { policy_id, item_id, method })
    }

    pub(super) fn of(request: &Request<'r>) -> Option<Target<'r>> {
        Target::new(&request.resource.policy_id, request.item_id, request.effective_method())
    }

    /// The places whose rules are asked, in order.
    pub(super) fn places(&self) -> Vec<Place> {
        let item = self
            .item_id
            .map(|item_id| Place::Item { policy_id: self.policy_id.into(), item_id: ItemId::from(item_id) });
        item.into_iter().chain([Place::Resource { policy_id: self.policy_id.into() }, Place::Everything]).collect()
    }

    /// What a policy decides about it. Costs what compiling the policy costs.
    pub(super) fn effect(&self, policy: &Policy) -> Effect {
        CompiledPolicy::new(policy).decide(self.policy_id, self.method, self.item_id).effect
    }

    /// A policy that names its parts and nothing else.
    pub(super) fn named(&self) -> Option<Policy> {
        let (policy_id, method) = (quoted(self.policy_id), quoted(self.method));
        let item_id = quoted(self.item_id.unwrap_or("*"));
        Policy::stored(&format!(r#"{{"resources": {{{policy_id}: {{{item_id}: {{"allow": [{method}]}}}}}}}}"#))
    }
}
