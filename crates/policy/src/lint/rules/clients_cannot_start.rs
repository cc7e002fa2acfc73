//! P0317: what clients read first is denied, so that the rest of the policy helps nobody.

use crate::catalog::{Access, Resource};
use crate::compile::CompiledPolicy;
use crate::diagnostic::{Code, Diagnostic};
use crate::eval::{Decision, Effect};
use crate::ids::Method;
use crate::lint::finding::{Finding, Fix, Report};
use crate::lint::layout::Layout;
use crate::lint::lists;
use crate::lint::subject::{Accepted, Subject};
use crate::lint::words;
use crate::policy::ListName;
use crate::presets;
use crate::rewrite::TextEdit;
use crate::span::Span;

/// What clients of Review Board read before anything else: the root, what the server can do, and who they are.
const READ_FIRST: [&str; 3] = ["root", "server_info", "session"];

const GET: &str = "GET";

/// Reports a policy that lets some requests through, but not those that every client makes first.
pub(in crate::lint) fn find(subject: &Subject<'_>, accepted: &Accepted, report: &mut Report) {
    let compiled = &accepted.compiled;
    let is_readable = |resource: &Resource| resource.token_access == Access::Open && resource.implements(GET);
    let is_there = |policy_id: &&str| subject.catalog.by_policy_id(policy_id).any(is_readable);
    let is_denied = |policy_id: &&str| !compiled.decide(policy_id, GET, None).is_allowed();
    // Other servers may have something of one of these names, and clients that know nothing of it.
    let is_review_board = READ_FIRST.iter().all(is_there);
    let denied: Vec<&str> = READ_FIRST.into_iter().filter(is_denied).collect();
    if is_review_board
        && !denied.is_empty()
        && subject.catalog.resources().iter().any(|resource| is_of_use(compiled, resource))
    {
        report.push(|| Finding::new(diagnostic(compiled, &denied), fix(subject, accepted, &denied)));
    }
}

/// Whether some request for a resource goes through that is not one of those read first.
fn is_of_use(compiled: &CompiledPolicy, resource: &Resource) -> bool {
    let policy_id: &str = &resource.policy_id;
    if resource.token_access == Access::Closed || READ_FIRST.contains(&policy_id) {
        return false;
    }
    resource.methods.iter().any(|method| {
        let is_allowed = |item_id: Option<&str>| compiled.decide(policy_id, method, item_id).is_allowed();
        is_allowed(None) || compiled.named_ids(policy_id).any(|item_id| is_allowed(Some(item_id)))
    })
}

/// Marks the entry that denies the first, and those that deny the others if they are not the same.
fn diagnostic(compiled: &CompiledPolicy, denied: &[&str]) -> Diagnostic {
    let message = format!("{} cannot be read, so that clients cannot start", words::joined(denied, "and"));
    let mut places: Vec<(Span, Decision)> = Vec::new();
    for decision in denied.iter().map(|policy_id| compiled.decide(policy_id, GET, None)) {
        let span = compiled.span(&decision).unwrap_or_default();
        if !places.iter().any(|(known, _)| *known == span) {
            places.push((span, decision));
        }
    }
    let mut places = places.into_iter();
    let (span, decision) = places.next().unwrap_or((Span::default(), Decision::DEFAULT));
    let diagnostic = Diagnostic::new(Code::ClientsCannotStart, span, message, "denies it")
        .help("allow GET there: clients read the root, the server's information and the session before all else")
        .at(compiled.pointer(&decision).unwrap_or_default());
    places.fold(diagnostic, |diagnostic, (span, _)| diagnostic.and(span, "so does this"))
}

/// Allows reading them, each in its own rules.
fn fix(subject: &Subject<'_>, accepted: &Accepted, denied: &[&str]) -> Vec<Fix> {
    let layout = &subject.layout;
    let Some(resources) = subject.resources.filter(|_| subject.has_unique_keys) else { return Vec::new() };
    let rules = format!("\"*\": {{\"allow\": {}}}", lists::written(&[GET]));
    let mut edits: Vec<TextEdit> = Vec::new();
    let mut sections: Vec<String> = Vec::new();
    for policy_id in denied {
        let section = accepted.policy.section(policy_id).and_then(|section| layout.at(section.span().start));
        match section.map(|section| (section, layout.value(section, Method::ANY))) {
            None => sections.push(format!("{}: {{{rules}}}", presets::quoted(policy_id))),
            Some((section, None)) => edits.push(layout.append(section, std::slice::from_ref(&rules))),
            Some((_, Some(rules))) => edits.extend(allow_in(layout, rules, accepted)),
        }
    }
    if !sections.is_empty() {
        edits.push(layout.append(resources, &sections));
    }
    vec![Fix::new(format!("allow reading {}", words::joined(denied, "and")), edits)]
}

/// Makes the rule set that opens at `rules` allow GET, with no more than it takes.
fn allow_in(layout: &Layout<'_>, rules: usize, accepted: &Accepted) -> Vec<TextEdit> {
    let names = |list: ListName, method: &str| {
        let entries = layout.value(rules, list.as_str());
        entries.is_some_and(|entries| layout.items(entries).any(|entry| layout.decoded(entry) == Some(method)))
    };
    let is_denied_elsewhere = accepted.compiled.decide_elsewhere(GET).effect == Effect::Deny;
    let is_denied_still = match (names(ListName::Block, Method::ANY), names(ListName::Allow, Method::ANY)) {
        (true, _) => true,
        (false, allows_any) => !allows_any && is_denied_elsewhere,
    };
    let mut edits = lists::remove(layout, rules, ListName::Block, GET);
    if is_denied_still && !names(ListName::Allow, GET) {
        edits.push(lists::add(layout, rules, ListName::Allow, &[GET]));
    }
    edits
}
