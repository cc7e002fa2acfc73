//! The words for every failing check, warning and hint.

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::ids::Method;
use crate::policy::{Entry, ListName, RuleSet, Section};
use crate::span::Span;
use crate::syntax::Value;

/// How the rules of one section are called: the ones for all items, or those for one.
pub(super) fn place_name(policy_id: &str, item: &str) -> String {
    match item {
        "*" => quoted(policy_id),
        item => format!("{} {}", quoted(policy_id), quoted(item)),
    }
}

pub(super) fn not_object(root: Value<'_>) -> Diagnostic {
    let message = format!("a policy is an object, not {}", root.in_words());
    Diagnostic::new(Code::NotObject, root.mark(), message, "expected `{` here").help("write `{}` for full access")
}

pub(super) fn resources_missing(root: Value<'_>) -> Diagnostic {
    let close = root.children().find(|member| is_close_to_resources(member.key().lossy()));
    let marked = close.map_or(root.mark(), Value::key_span);
    let diagnostic =
        Diagnostic::new(Code::ResourcesMissing, marked, "the policy has no `resources`", "expected `resources` here");
    match close {
        Some(_) => diagnostic.help("did you mean `\"resources\"`?"),
        None => diagnostic.help("put the rules under `\"resources\"`, or write `{}` for full access"),
    }
}

fn is_close_to_resources(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    matches!(lower.as_str(), "resources" | "resource" | "ressources" | "resoures" | "resorces")
}

pub(super) fn resources_not_object(resources: Value<'_>) -> Diagnostic {
    let message = format!("`resources` is {}, not an object", resources.in_words());
    Diagnostic::new(Code::ResourcesNotObject, resources.mark(), message, "expected `{` here")
        .help("write `{\"*\": {\"allow\": [\"GET\"], \"block\": [\"*\"]}}` for read-only access")
}

pub(super) fn resources_empty(resources: Value<'_>) -> Diagnostic {
    Diagnostic::new(Code::ResourcesEmpty, resources.span(), "`resources` has no rules", "nothing in here")
        .help("add rules, or write `{}` as the whole policy for full access")
}

pub(super) fn unknown_policy_id(section: Value<'_>, name: &str, suggestion: Option<&str>) -> Diagnostic {
    let message = format!("unknown resource {}", quoted(name));
    let diagnostic = Diagnostic::new(Code::UnknownPolicyId, section.key_span(), message, "not in the catalog");
    match suggestion {
        Some(suggestion) => diagnostic.help(format!("did you mean `{suggestion}`?")),
        None => diagnostic.help("use the id of a resource, or `*` for all of them"),
    }
}

pub(super) fn resource_not_object(section: Value<'_>, name: &str) -> Diagnostic {
    let message = format!("the section of {} is {}, not an object", quoted(name), section.in_words());
    Diagnostic::new(Code::ResourceNotObject, section.mark(), message, "the server fails on this")
        .help("write `{\"*\": {\"allow\": [], \"block\": []}}` with the methods you mean")
}

pub(super) fn section_not_object(rules: Value<'_>, place: &str) -> Diagnostic {
    let message = format!("the rules for {place} are {}, not an object", rules.in_words());
    Diagnostic::new(Code::SectionNotObject, rules.mark(), message, "expected `{` here")
        .help("write `{\"allow\": [], \"block\": []}` with the methods you mean")
}

pub(super) fn section_without_rules(rules: Value<'_>, place: &str) -> Diagnostic {
    let message = format!("the rules for {place} neither allow nor block");
    Diagnostic::new(Code::SectionWithoutRules, rules.mark(), message, "expected `allow` or `block` in here")
        .and(rules.key_span(), "the rules for this")
        .help("add an `\"allow\"` or a `\"block\"` list")
}

pub(super) fn not_list(list: Value<'_>, name: ListName, place: &str) -> Diagnostic {
    let code = match name {
        ListName::Allow => Code::AllowNotList,
        ListName::Block => Code::BlockNotList,
    };
    let message = format!("`{}` for {place} is {}, not a list", name.as_str(), list.in_words());
    Diagnostic::new(code, list.mark(), message, "expected `[` here")
        .help("write a list of methods, such as `[\"GET\"]`")
}

pub(super) fn entry_not_text(entry: Value<'_>) -> Diagnostic {
    let message = format!("a method is a text, not {}", entry.in_words());
    Diagnostic::new(Code::EntryNotText, entry.mark(), message, "matches nothing").help("remove it, or put it in quotes")
}

pub(super) fn wrong_case_method(span: Span, method: &str) -> Diagnostic {
    let message = format!("the method {} is not in capitals", quoted(method));
    Diagnostic::new(Code::WrongCaseMethod, span, message, "matches nothing")
        .help(format!("write `{}`", method.to_ascii_uppercase()))
}

pub(super) fn unknown_method(span: Span, method: &str) -> Diagnostic {
    let message = format!("unknown method {}", quoted(method));
    Diagnostic::new(Code::UnknownMethod, span, message, "matches nothing").help("use GET, POST, PUT, DELETE or `*`")
}

pub(super) fn ignored_key(key: Span, name: &str, meaningful: &str) -> Diagnostic {
    let message = format!("the key {} has no meaning here", quoted(name));
    Diagnostic::new(Code::IgnoredKey, key, message, "ignored").help(format!("remove it, or use {meaningful}"))
}

pub(super) fn empty_section(section: Value<'_>, name: &str) -> Diagnostic {
    let message = format!("the section of {} says nothing", quoted(name));
    Diagnostic::new(Code::EmptySection, section.span(), message, "no rules in here")
        .help("remove it, or add rules under `\"*\"` or an id")
}

pub(super) fn allow_only_restricts_nothing(rules: &RuleSet) -> Diagnostic {
    let message = "these rules restrict nothing: what they do not allow is allowed anyway";
    Diagnostic::new(Code::AllowOnlyRestrictsNothing, rules.key_span(), message, "no block list takes effect here")
        .help("add `\"block\": [\"*\"]` to allow only these methods")
}

pub(super) fn list_becomes_500(section: &Section, list_uri: &str) -> Diagnostic {
    let message = format!("rules for single ids make the list of {} fail", quoted(section.policy_id().as_str()));
    Diagnostic::new(Code::ListBecomes500, section.key_span(), message, "has rules for an id")
        .help(format!("the server answers GET {list_uri} with 500; use `\"*\"` only if the list is needed"))
}

pub(super) fn not_implemented_method(entry: &Entry, policy_id: Option<&str>) -> Diagnostic {
    let method = quoted(entry.method().as_str());
    let message = match policy_id {
        None => format!("no resource implements {method}"),
        Some(policy_id) => format!("{} does not implement {method}", quoted(policy_id)),
    };
    Diagnostic::new(Code::NotImplementedMethod, entry.span(), message, "the server answers 405 first").help("remove it")
}

pub(super) fn closed_resource(section: &Section) -> Diagnostic {
    let message = format!("{} is closed to tokens", quoted(section.policy_id().as_str()));
    Diagnostic::new(Code::ClosedResource, section.key_span(), message, "never asked")
        .help("remove the section: the server denies every request of a token here")
}

/// Whether `method` is only a known method in other letters.
pub(super) fn is_wrong_case(method: &str) -> bool {
    Method::KNOWN.iter().any(|known| known.eq_ignore_ascii_case(method) && *known != method)
}
