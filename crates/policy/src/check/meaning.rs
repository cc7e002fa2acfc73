//! Warnings about what an accepted policy really does.

use super::messages;
use crate::catalog::{Access, Catalog, Resource};
use crate::compile::CompiledPolicy;
use crate::diagnostic::Sink;
use crate::eval::Effect;
use crate::ids::Method;
use crate::pointer::JsonPointer;
use crate::policy::{ListName, Policy, RuleSet, Section};

/// Warns about rules that change nothing, are never asked, or break the server.
pub(super) fn warn(policy: &Policy, catalog: &Catalog, warnings: &mut Sink) {
    let compiled = policy.sections().iter().any(Section::names_ids).then(|| CompiledPolicy::new(policy));
    let global_blocks = policy.global().is_some_and(blocks);
    if let Some(global) = policy.global() {
        if !global_blocks && allows_some(global) {
            warnings.push(|| messages::allow_only_restricts_nothing(global).at(global.place().pointer()));
        }
        warn_about_methods(global, warnings, |method| !is_implemented(catalog.resources(), method), None);
    }
    for section in policy.sections() {
        let rules = policy.rule_sets_of(section);
        if !global_blocks && !rules.iter().any(blocks) {
            for rules in rules.iter().filter(|rules| allows_some(rules)) {
                warnings.push(|| messages::allow_only_restricts_nothing(rules).at(rules.place().pointer()));
            }
        }
        warn_about_resource(policy, compiled.as_ref(), section, catalog, warnings);
    }
}

fn warn_about_resource(
    policy: &Policy,
    compiled: Option<&CompiledPolicy>,
    section: &Section,
    catalog: &Catalog,
    warnings: &mut Sink,
) {
    let policy_id = section.policy_id().as_str();
    let resources: Vec<&Resource> = catalog.by_policy_id(policy_id).collect();
    if resources.is_empty() {
        return;
    }
    let pointer = || JsonPointer::root().child("resources").child(policy_id);
    if resources.iter().all(|resource| resource.token_access == Access::Closed) {
        return warnings.push(|| messages::closed_resource(section).at(pointer()));
    }
    if section.names_ids()
        && let Some(list_uri) = resources.iter().find_map(|resource| resource.fragile_list())
        && compiled.is_some_and(|compiled| compiled.decide(policy_id, "GET", None).effect == Effect::Allow)
    {
        warnings.push(|| messages::list_becomes_500(section, list_uri).at(pointer()));
    }
    for rules in policy.rule_sets_of(section) {
        let is_missing = |method: &str| !is_implemented(resources.iter().copied(), method);
        warn_about_methods(rules, warnings, is_missing, Some(policy_id));
    }
}

fn warn_about_methods(
    rules: &RuleSet,
    warnings: &mut Sink,
    is_missing: impl Fn(&str) -> bool,
    policy_id: Option<&str>,
) {
    for name in [ListName::Allow, ListName::Block] {
        for entry in rules.list(name).iter().filter(|entry| entry.method().is_known()) {
            if is_missing(entry.method().as_str()) {
                let pointer = || rules.place().pointer().child(name.as_str()).child(&entry.index().to_string());
                warnings.push(|| messages::not_implemented_method(entry, policy_id).at(pointer()));
            }
        }
    }
}

fn is_implemented<'c>(resources: impl IntoIterator<Item = &'c Resource>, method: &str) -> bool {
    resources.into_iter().any(|resource| resource.implements(method))
}

fn blocks(rules: &RuleSet) -> bool {
    !rules.list(ListName::Block).is_empty()
}

/// Whether it allows single methods; a set that allows `*` says openly that it restricts nothing.
fn allows_some(rules: &RuleSet) -> bool {
    let allowed = rules.list(ListName::Allow);
    !allowed.is_empty() && allowed.iter().all(|entry| entry.method().as_str() != Method::ANY)
}
