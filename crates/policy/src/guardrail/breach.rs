//! Looks whether a policy keeps to a guardrail.

use serde::Serialize;

use super::demand::{Choice, Guardrail, Items, Target};
use crate::analyze::{Atom, Effects, ItemClass, MethodClass, ResourceClass, Space, Witness};
use crate::assemble::naming;
use crate::catalog::Catalog;
use crate::compile::CompiledPolicy;
use crate::eval::Decision;
use crate::ids::{ItemId, PolicyId};
use crate::likely::is_likely;
use crate::pointer::JsonPointer;
use crate::policy::Policy;
use crate::span::Span;

/// A request that shows that a policy does not keep to a guardrail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Breach {
    /// The request.
    pub witness: Witness,
    /// What the policy decides about it, and by which rule.
    pub decision: Decision,
    /// The entry that decides, in the document; none if no rule says anything.
    pub pointer: Option<JsonPointer>,
    /// The entry that decides, in the text; none if no rule says anything.
    pub span: Option<Span>,
}

/// Looks for a request that shows that a policy does not keep to a guardrail; none if it does.
///
/// Every request is looked at, in finitely many classes, so that there is a breach if and only if one is found.
/// Of several, one is shown that a server with this catalog would ask the policy about, if there is one: an item of a
/// resource that has items, with a method that it implements.
/// The answer is about what the policy says; a request that the server denies anyway, as those for resources that are
/// closed to tokens, can be a breach as well.
/// Which tokens the guardrail is about is not looked at here: see [`Scope::covers`](super::Scope::covers).
///
/// Costs a walk over the policy and a look at every class of requests that the guardrail is about.
///
/// ```
/// use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target, breach};
/// use tollgate_policy::{Catalog, check};
///
/// let target = Target {
///     methods: Choice::Named(vec!["DELETE".into()]),
///     resources: Choice::Named(vec!["repository".into()]),
///     items: Items::All,
/// };
/// let guardrail = Guardrail::new("keep repositories", Scope::ALL, Rule::Never, target)?;
///
/// let text = r#"{"resources": {"*": {"block": ["DELETE"]}, "repository": {"7": {"allow": ["*"]}}}}"#;
/// let catalog = Catalog::review_board_8_1();
/// let found = check(text, catalog).policy().and_then(|policy| breach(&guardrail, &policy, catalog));
/// let pointer = found.and_then(|found| found.pointer);
/// assert_eq!(pointer.as_ref().map(|pointer| pointer.as_str()), Some("/resources/repository/7/allow/0"));
/// # Ok::<(), tollgate_policy::guardrail::GuardrailError>(())
/// ```
pub fn breach(guardrail: &Guardrail, policy: &Policy, catalog: &Catalog) -> Option<Breach> {
    let target = guardrail.target();
    let space = Space::of(&[policy, &names(target, catalog)]);
    let effects = Effects::of(policy, &space);
    let methods = methods(target, &space);
    let mut first = None;
    for (resource, item_ids) in resources(target, &space) {
        for asked in items(&target.items, item_ids) {
            for method in &methods {
                let atom = Atom { resource: resource.clone(), item: asked.class.clone(), method: method.clone() };
                if effects.effect(&atom) != Some(guardrail.rule().breached_by()) {
                    continue;
                }
                let mut witness = space.witness(&atom, catalog);
                witness.item_id = asked.exact.clone().or(witness.item_id);
                if is_likely(catalog, &witness) {
                    return Some(Breach::shown_by(witness, policy));
                }
                first = first.or(Some(witness));
            }
        }
    }
    first.map(|witness| Breach::shown_by(witness, policy))
}

impl Breach {
    fn shown_by(witness: Witness, policy: &Policy) -> Breach {
        let compiled = CompiledPolicy::new(policy);
        let item_id = witness.item_id.as_ref().map(ItemId::as_str);
        let decision = compiled.decide(witness.policy_id.as_str(), witness.method.as_str(), item_id);
        Breach { pointer: compiled.pointer(&decision), span: compiled.span(&decision), decision, witness }
    }
}

/// A policy that names what a guardrail names, so that classes of requests lie inside or outside of it.
///
/// If it is about any resource, those of the catalog are named: an example should be about one that there is.
fn names(target: &Target, catalog: &Catalog) -> Policy {
    let resources: Vec<PolicyId> = match &target.resources {
        Choice::Any => catalog.policy_ids().map(PolicyId::from).collect(),
        Choice::Named(policy_ids) => policy_ids.clone(),
    };
    naming(resources, target.methods.names().unwrap_or_default().iter().cloned())
}

/// The classes of resources that a guardrail is about, each with the ids that are told apart there.
fn resources<'s>(target: &Target, space: &'s Space) -> Vec<(ResourceClass, &'s [ItemId])> {
    let names = target.resources.names();
    let is_meant = |policy_id: &PolicyId| names.is_none_or(|names| names.contains(policy_id));
    let named = space.resources().filter(|resource| is_meant(resource.policy_id()));
    let named = named.map(|resource| (ResourceClass::Named(resource.policy_id().clone()), resource.item_ids()));
    let no_ids: &[ItemId] = &[];
    named.chain(names.is_none().then_some((ResourceClass::Other, no_ids))).collect()
}

/// A class of items, and the one that is meant if it is one that the policy does not tell from others.
struct Asked {
    class: ItemClass,
    exact: Option<ItemId>,
}

/// The classes of items that a guardrail is about, in a resource where `item_ids` are told apart.
fn items(items: &Items, item_ids: &[ItemId]) -> Vec<Asked> {
    let class = |class: ItemClass| Asked { class, exact: None };
    let named = item_ids.iter().cloned().map(ItemClass::Named);
    match items {
        Items::All => named.chain([ItemClass::Other, ItemClass::None]).map(class).collect(),
        Items::Each => named.chain([ItemClass::Other]).map(class).collect(),
        Items::None => vec![class(ItemClass::None)],
        Items::Named(wanted) => {
            let asked = wanted.iter().map(|item_id| match item_ids.binary_search(item_id) {
                Ok(_) => class(ItemClass::Named(item_id.clone())),
                Err(_) => Asked { class: ItemClass::Other, exact: Some(item_id.clone()) },
            });
            asked.collect()
        }
    }
}

/// The classes of methods that a guardrail is about.
fn methods(target: &Target, space: &Space) -> Vec<MethodClass> {
    match &target.methods {
        Choice::Any => {
            let named = space.methods().iter().cloned().map(MethodClass::Named);
            named.chain([MethodClass::Other]).collect()
        }
        Choice::Named(methods) => methods.iter().cloned().map(MethodClass::Named).collect(),
    }
}
