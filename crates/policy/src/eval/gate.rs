//! What the server makes of a request that carries a token: the gate in front of every resource.

use serde::Serialize;

use super::decision::{Decision, Effect};
use crate::catalog::{Access, Catalog, Origin, Resource};
use crate::compile::CompiledPolicy;
use crate::ids::Method;

/// A request that carries a token.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// The resource it asks for.
    pub resource: &'r Resource,
    /// The HTTP method.
    pub method: &'r str,
    /// The form field `_method`, which lets a POST act as another method.
    pub method_override: Option<&'r str>,
    /// The id of the item as it stands in the URL; none for lists and for resources without items.
    pub item_id: Option<&'r str>,
}

impl<'r> Request<'r> {
    /// A request without a `_method` field.
    pub fn new(resource: &'r Resource, method: &'r str, item_id: Option<&'r str>) -> Request<'r> {
        Request { resource, method, method_override: None, item_id }
    }

    /// The method that counts.
    pub fn effective_method(&self) -> &'r str {
        match self.method_override {
            Some(method) if self.method == "POST" => method,
            _ => self.method,
        }
    }
}

/// How the gate decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum GateDecision {
    /// The resource is closed to tokens, so no policy is asked and the request is denied.
    ResourceClosed,
    /// The policy has no rules at all, so the request goes through.
    NoPolicy,
    /// The policy decides.
    Decided(Decision),
}

/// Something that the decision alone does not tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum GateNote {
    /// The resource does not implement the method: the server answers 405 before it asks the policy.
    MethodNotImplemented {
        /// The method that counts.
        method: Method,
    },
    /// The list is allowed, but Review Board 8.1 answers 500 because the policy has rules for single ids here.
    ListCrashes,
    /// A POST acts as another method, for the policy too.
    OverrideActsAs {
        /// The method that counts.
        method: Method,
    },
    /// Rules for this resource also are rules for another one of the same policy id.
    SharedPolicyId {
        /// The module name of the other resource.
        other: &'static str,
    },
}

/// What the gate says to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GateOutcome {
    /// The decision.
    pub decision: GateDecision,
    /// What else there is to know.
    pub notes: Vec<GateNote>,
}

impl GateOutcome {
    /// Whether the gate lets the request through; what happens behind it is in the notes.
    pub fn is_allowed(&self) -> bool {
        match self.decision {
            GateDecision::ResourceClosed => false,
            GateDecision::NoPolicy => true,
            GateDecision::Decided(decision) => decision.effect == Effect::Allow,
        }
    }
}

/// Asks the gate about a request.
///
/// ```
/// use tollgate_policy::{Catalog, CompiledPolicy, Policy, Request, gate};
///
/// let catalog = Catalog::review_board_8_1();
/// let compiled = CompiledPolicy::new(&Policy::full_access());
/// let tokens = catalog.by_policy_id("api_token").next().ok_or("gone")?;
/// assert!(!gate(&compiled, &Request::new(tokens, "GET", None)).is_allowed());
/// # Ok::<(), &str>(())
/// ```
pub fn gate(policy: &CompiledPolicy, request: &Request<'_>) -> GateOutcome {
    let method = request.effective_method();
    let decision = if request.resource.token_access == Access::Closed {
        GateDecision::ResourceClosed
    } else if policy.policy().has_resources() {
        GateDecision::Decided(policy.decide(&request.resource.policy_id, method, request.item_id))
    } else {
        GateDecision::NoPolicy
    };
    let mut outcome = GateOutcome { decision, notes: Vec::new() };
    outcome.notes = notes(policy, request, outcome.is_allowed());
    outcome
}

fn notes(policy: &CompiledPolicy, request: &Request<'_>, is_allowed: bool) -> Vec<GateNote> {
    let method = request.effective_method();
    let resource = request.resource;
    let mut notes = Vec::new();
    if method != request.method {
        notes.push(GateNote::OverrideActsAs { method: Method::from(method) });
    }
    if !resource.implements(method) {
        notes.push(GateNote::MethodNotImplemented { method: Method::from(method) });
    } else if is_allowed && method == "GET" && request.item_id.is_none() && resource.fragile_list().is_some() {
        let names_ids = policy.names_ids(&resource.policy_id);
        notes.extend(names_ids.then_some(GateNote::ListCrashes));
    }
    if resource.origin != Origin::OpenApi && policy.has_section(&resource.policy_id) {
        let others = Catalog::review_board_8_1().by_policy_id(&resource.policy_id);
        let others = others.filter(|other| other.module != resource.module);
        notes.extend(others.map(|other| GateNote::SharedPolicyId { other: &other.module }));
    }
    notes
}
