//! The law about breaches of guardrails.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::Value;
use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target, breach};
use tollgate_policy::{Catalog, Effect, ItemId, Method, PolicyId, reference};

use super::same;
use super::small::{Asked, policy, requests};

pub(crate) fn methods(names: &[&str]) -> Choice<Method> {
    if names == ["*"] { Choice::Any } else { Choice::Named(names.iter().map(|name| Method::from(*name)).collect()) }
}

pub(crate) fn resources(names: &[&str]) -> Choice<PolicyId> {
    if names == ["*"] { Choice::Any } else { Choice::Named(names.iter().map(|name| PolicyId::from(*name)).collect()) }
}

pub(crate) fn items(names: &[&str]) -> Items {
    Items::Named(names.iter().map(|name| ItemId::from(*name)).collect())
}

pub(crate) fn guardrail(rule: Rule, method_names: &[&str], resource_names: &[&str], items: Items) -> Guardrail {
    let target = Target { methods: methods(method_names), resources: resources(resource_names), items };
    Guardrail::new("test", Scope::ALL, rule, target).unwrap()
}

/// Whether a request is one of those that a guardrail is about, said as plainly as it can be.
fn is_meant(target: &Target, (resource, item, method): &Asked) -> bool {
    let is_method = match &target.methods {
        Choice::Any => true,
        Choice::Named(methods) => methods.iter().any(|name| name.as_str() == method),
    };
    let is_resource = match &target.resources {
        Choice::Any => true,
        Choice::Named(resources) => resources.iter().any(|name| name.as_str() == resource),
    };
    let is_item = match &target.items {
        Items::All => true,
        Items::None => item.is_none(),
        Items::Each => item.is_some(),
        Items::Named(items) => item.as_ref().is_some_and(|item| items.iter().any(|name| name.as_str() == item)),
    };
    is_method && is_resource && is_item
}

/// A guardrail about some of what small policies speak of.
pub(crate) fn some_guardrail() -> impl Strategy<Value = Guardrail> {
    let method_names =
        prop_oneof![Just(vec!["*"]), subsequence(vec!["GET", "DELETE", "get", "Brew", "PATCH", "NEW"], 1..4),];
    let resource_names = prop_oneof![Just(vec!["*"]), subsequence(vec!["review", "repository", "user"], 1..3)];
    let items = prop_oneof![
        select(vec![Items::All, Items::None, Items::Each]),
        subsequence(vec!["7", "8", "9"], 1..3).prop_map(|names| items(&names)),
    ];
    let rule = select(vec![Rule::Never, Rule::Always]);
    (rule, method_names, resource_names, items)
        .prop_map(|(rule, method_names, resource_names, items)| guardrail(rule, &method_names, &resource_names, items))
}

/// A breach is found if and only if some request that is meant is decided wrong, and it shows such a request with the
/// entry that decides it.
pub(crate) fn a_breach_is_found_if_and_only_if_there_is_one(
    document: &Value,
    guardrail: &Guardrail,
) -> Result<(), String> {
    let policy = policy(document);
    let wrong = match guardrail.rule() {
        Rule::Never => Effect::Allow,
        Rule::Always => Effect::Deny,
    };
    let decide = |(resource, item, method): &Asked| reference::decide(&policy, resource, method, item.as_deref());
    let mut meant = requests().into_iter().filter(|asked| is_meant(guardrail.target(), asked));
    let is_breached = meant.any(|asked| decide(&asked).effect == wrong);

    let found = breach(guardrail, &policy, Catalog::review_board_8_1());
    same(&guardrail.sentence(), found.is_some(), is_breached)?;
    let Some(found) = found else { return Ok(()) };
    let item_id = found.witness.item_id.as_ref().map(ToString::to_string);
    let asked = (found.witness.policy_id.to_string(), item_id, found.witness.method.to_string());
    same("meant", is_meant(guardrail.target(), &asked), true)?;
    same("decision", found.decision, decide(&asked))?;
    same("effect", found.decision.effect, wrong)?;
    let entry = found.pointer.as_ref().and_then(|pointer| document.pointer(pointer.as_str()));
    let marked = found.span.map(|span| span.slice(policy.text()));
    same("entry", marked, entry.map(Value::to_string).as_deref())?;
    same("no entry", entry.is_none(), found.decision.rule.is_none())
}
