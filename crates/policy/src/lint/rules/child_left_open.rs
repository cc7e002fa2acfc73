//! P0315: a resource is blocked, and what lies below it is not.

use std::collections::BTreeMap;

use crate::catalog::Access;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::ids::Method;
use crate::lint::family;
use crate::lint::finding::{Finding, Fix, Report};
use crate::lint::lists;
use crate::lint::subject::{Accepted, Subject};
use crate::lint::words;
use crate::policy::{ListName, Place, RuleSet, Section};
use crate::presets;
use crate::rewrite::TextEdit;

/// How many resources or items a finding names.
const NAMED: usize = 3;

/// The resources below one, each with the methods that no rule of its own decides and that go through.
type Open<'c> = BTreeMap<&'c str, Vec<&'c str>>;

/// Reports rule sets that block every method of a resource, or reading it, where nothing is said about what lies
/// below it: nothing is inherited, so that goes through.
pub(in crate::lint) fn find(subject: &Subject<'_>, accepted: &Accepted, report: &mut Report) {
    for section in accepted.policy.sections() {
        let open = open_below(subject, accepted, section);
        if open.is_empty() {
            continue;
        }
        let rule_sets = accepted.policy.rule_sets_of(section);
        for rules in rule_sets.iter().filter(|rules| matches!(rules.place(), Place::Resource { .. })) {
            let open = narrowed(&open, |method| is_closed_by(accepted, rules, method));
            if !open.is_empty() {
                let names: Vec<&str> = names(subject, &open);
                let make = || Finding::new(about_resource(rules, &names), fix(subject, accepted, rules, &open));
                report.push(make);
            }
        }
        // What the rules for the whole resource close has been spoken of.
        let is_open_here = |method: &str| accepted.compiled.decide(section.policy_id().as_str(), method, None);
        let open = narrowed(&open, |method| is_open_here(method).is_allowed());
        let methods: Vec<&str> = open.values().flatten().copied().collect();
        let closes = |rules: &&RuleSet| methods.iter().any(|method| is_closed_by(accepted, rules, method));
        let items = rule_sets.iter().filter(|rules| matches!(rules.place(), Place::Item { .. }));
        let items: Vec<&RuleSet> = items.filter(closes).take(NAMED + 1).collect();
        if let Some((first, others)) = items.split_first() {
            report.push(|| Finding::new(about_items(section, first, others), Vec::new()));
        }
    }
}

/// What lies below the resources of a section and goes through without a rule of its own.
fn open_below<'c>(subject: &Subject<'c>, accepted: &Accepted, section: &Section) -> Open<'c> {
    let catalog = subject.catalog;
    let mut open = Open::new();
    let blocks = |rules: &RuleSet| !rules.list(ListName::Block).is_empty();
    if !accepted.policy.rule_sets_of(section).iter().any(blocks) {
        return open;
    }
    let resources = catalog.by_policy_id(section.policy_id().as_str());
    let below = resources.filter(|resource| resource.token_access == Access::Open);
    for child in below.flat_map(|resource| family::below(catalog, resource)) {
        if child.token_access == Access::Closed || child.policy_id == section.policy_id().as_str() {
            continue;
        }
        for method in child.methods.iter() {
            let method: &str = method;
            let decision = accepted.compiled.decide(&child.policy_id, method, None);
            let is_by_own_rule = decision.row.number() < 9;
            if decision.is_allowed() && !is_by_own_rule {
                let methods: &mut Vec<&str> = open.entry(&child.policy_id).or_default();
                if !methods.contains(&method) {
                    methods.push(method);
                }
            }
        }
    }
    open
}

fn narrowed<'c>(open: &Open<'c>, is_kept: impl Fn(&str) -> bool) -> Open<'c> {
    let mut narrowed = Open::new();
    for (policy_id, methods) in open {
        let kept: Vec<&str> = methods.iter().copied().filter(|method| is_kept(method)).collect();
        if !kept.is_empty() {
            narrowed.insert(*policy_id, kept);
        }
    }
    narrowed
}

/// Whether a rule set denies `method` as part of blocking everything, or denies reading.
fn is_closed_by(accepted: &Accepted, rules: &RuleSet, method: &str) -> bool {
    let blocked = rules.list(ListName::Block);
    let closes = method == "GET" || blocked.iter().any(|entry| entry.method().as_str() == Method::ANY);
    let (decision, rows) = match rules.place() {
        Place::Item { policy_id, item_id } => {
            (accepted.compiled.decide(policy_id.as_str(), method, Some(item_id.as_str())), 1..=4)
        }
        Place::Resource { policy_id } => (accepted.compiled.decide(policy_id.as_str(), method, None), 5..=8),
        Place::Everything => return false,
    };
    closes && !decision.is_allowed() && rows.contains(&decision.row.number())
}

/// The policy ids in the order of the catalog.
fn names<'c>(subject: &Subject<'c>, open: &Open<'c>) -> Vec<&'c str> {
    let mut names: Vec<&str> = Vec::new();
    for resource in subject.catalog.resources() {
        let policy_id: &str = &resource.policy_id;
        if open.contains_key(policy_id) && !names.contains(&policy_id) {
            names.push(policy_id);
        }
    }
    names
}

fn about_resource(rules: &RuleSet, names: &[&str]) -> Diagnostic {
    let count = match names.len() {
        1 => "1 resource".to_owned(),
        count => format!("{count} resources"),
    };
    let message = format!("blocking {} leaves {count} below it open", words::place(rules.place()));
    let named = match names.split_at_checked(NAMED) {
        Some((named, rest)) if !rest.is_empty() => {
            format!("{} and {} more", named.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", "), rest.len())
        }
        _ => words::joined(names, "and"),
    };
    Diagnostic::new(Code::ChildLeftOpen, rules.key_span(), message, "these rules are for the resource itself only")
        .help(format!("nothing is inherited: give rules of their own to {named}"))
        .at(rules.place().pointer())
}

fn about_items(section: &Section, first: &RuleSet, others: &[&RuleSet]) -> Diagnostic {
    let policy_id = quoted(section.policy_id().as_str());
    let message = format!("blocking single items of {policy_id} leaves what lies below them open");
    let label = "these rules are for the item itself only";
    let diagnostic = Diagnostic::new(Code::ChildLeftOpen, first.key_span(), message, label)
        .help("nothing is inherited, and no rule can tell what lies below one item from what lies below another")
        .at(first.place().pointer());
    others.iter().fold(diagnostic, |diagnostic, rules| diagnostic.and(rules.key_span(), "so are these"))
}

/// Gives what lies below the same rules, where there are none; blocks the methods where there are.
fn fix(subject: &Subject<'_>, accepted: &Accepted, rules: &RuleSet, open: &Open<'_>) -> Vec<Fix> {
    let layout = &subject.layout;
    let Some(resources) = subject.resources.filter(|_| subject.has_unique_keys) else { return Vec::new() };
    let same = format!("\"*\": {}", rules.span().slice(layout.text()));
    let mut edits: Vec<TextEdit> = Vec::new();
    let mut sections: Vec<String> = Vec::new();
    for (policy_id, methods) in open {
        let section = accepted.policy.section(policy_id).and_then(|section| layout.at(section.span().start));
        let Some(section) = section else {
            sections.push(format!("{}: {{{same}}}", presets::quoted(policy_id)));
            continue;
        };
        edits.push(match layout.value(section, Method::ANY) {
            Some(rules) => lists::add(layout, rules, ListName::Block, methods),
            None => layout.append(section, std::slice::from_ref(&same)),
        });
    }
    if !sections.is_empty() {
        edits.push(layout.append(resources, &sections));
    }
    vec![Fix::new("give the same rules to what lies below", edits)]
}
