//! P0316: POST is blocked, but a POST with the field `_method` acts as PUT or DELETE.

use crate::catalog::{Access, Origin, Resource};
use crate::diagnostic::{Code, Diagnostic};
use crate::eval::{Decision, PrecedenceRow};
use crate::lint::finding::{Finding, Fix, Report};
use crate::lint::subject::{Accepted, Subject};
use crate::lint::words;
use crate::policy::{Entry, ListName, Place, RuleSet};
use crate::presets;
use crate::rewrite::TextEdit;
use crate::span::Span;

const POST: &str = "POST";

/// The methods that change something: POST first, then those that it can act as.
const CHANGES: [&str; 3] = [POST, "PUT", "DELETE"];

/// Reports rule sets that block POST by name in places where no other change is blocked.
///
/// Whoever allows PUT or DELETE by name, or blocks one of them, has thought of them.
pub(in crate::lint) fn find(subject: &Subject<'_>, accepted: &Accepted, report: &mut Report) {
    let policy = &accepted.policy;
    if let Some(global) = policy.global() {
        look_at(accepted, global, &implemented(subject.catalog.resources().iter()), report);
    }
    for section in policy.sections() {
        let implemented = implemented(subject.catalog.by_policy_id(section.policy_id().as_str()));
        for rules in policy.rule_sets_of(section) {
            look_at(accepted, rules, &implemented, report);
        }
    }
}

/// The changes that some of these resources implement and are let in for. Only servers built on Djblets know `_method`.
fn implemented<'c>(resources: impl Iterator<Item = &'c Resource>) -> Vec<&'static str> {
    let open: Vec<&Resource> = resources.filter(|resource| is_concerned(resource)).collect();
    CHANGES.into_iter().filter(|method| open.iter().any(|resource| resource.implements(method))).collect()
}

fn is_concerned(resource: &Resource) -> bool {
    resource.token_access == Access::Open && resource.origin != Origin::OpenApi
}

fn look_at(accepted: &Accepted, rules: &RuleSet, implemented: &[&'static str], report: &mut Report) {
    let mut blocked = rules.list(ListName::Block).iter();
    if let Some(post) = blocked.find(|entry| entry.method().as_str() == POST)
        && let [POST, others @ ..] = implemented
    {
        let decisions: Vec<_> =
            others.iter().map(|method| (*method, decide(accepted, rules.place(), method))).collect();
        let open = decisions.iter().filter(|(_, decision)| !is_by_name(decision)).map(|(method, _)| *method);
        let open: Vec<&str> = open.collect();
        if !open.is_empty() && decisions.iter().all(|(_, decision)| decision.is_allowed()) {
            report.push(|| Finding::new(diagnostic(rules, post, &open), vec![fix(post, &open)]));
        }
    }
}

fn decide(accepted: &Accepted, place: &Place, method: &str) -> Decision {
    let compiled = &accepted.compiled;
    match place {
        Place::Item { policy_id, item_id } => compiled.decide(policy_id.as_str(), method, Some(item_id.as_str())),
        Place::Resource { policy_id } => compiled.decide(policy_id.as_str(), method, None),
        Place::Everything => compiled.decide_elsewhere(method),
    }
}

fn is_by_name(decision: &Decision) -> bool {
    matches!(
        decision.row,
        PrecedenceRow::ItemAllowsMethod | PrecedenceRow::ResourceAllowsMethod | PrecedenceRow::GlobalAllowsMethod
    )
}

fn diagnostic(rules: &RuleSet, post: &Entry, open: &[&str]) -> Diagnostic {
    let place = words::place(rules.place());
    let message =
        format!("blocking `POST` for {place} does not stop a POST that acts as {}", words::joined(open, "or"));
    let them = if open.len() == 1 { "it" } else { "them" };
    let pointer = rules.place().pointer().child(ListName::Block.as_str()).child(&post.index().to_string());
    Diagnostic::new(Code::OverridePastPost, post.span(), message, "the field `_method` turns it into another method")
        .help(format!("block {} as well, or allow {them} by name", words::joined(open, "and")))
        .at(pointer)
}

fn fix(post: &Entry, open: &[&str]) -> Fix {
    let text = open.iter().map(|method| format!(", {}", presets::quoted(method))).collect();
    let edit = TextEdit { span: Span::empty_at(post.span().end), text };
    Fix::new(format!("block {} as well", words::joined(open, "and")), vec![edit])
}
