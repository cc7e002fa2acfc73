//! What may be written at the caret.

use serde::Serialize;

use super::cursor::{Around, Cursor, Role};
use crate::catalog::{Access, Catalog, Resource, matches_pattern};
use crate::ids::{Method, PolicyId};
use crate::policy::{ListName, Place};
use crate::presets::quoted;
use crate::span::{Span, to_offset};

/// What kind of thing a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum CompletionKind {
    /// A key of the language: `resources`, `allow`, `block`.
    Key,
    /// The id of a resource, or `*` for all of them.
    Resource,
    /// The id of an item, or `*` for all of them.
    Item,
    /// A method, or `*` for all of them.
    Method,
    /// A value to fill in, or a policy to start from.
    Value,
}

/// Something that may be written at the caret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Completion {
    /// Its name, which is what has been typed of it, without quotes.
    pub label: String,
    /// What kind of thing it is.
    pub kind: CompletionKind,
    /// What it means, as a lower-case fragment without a full stop; may be empty.
    pub detail: String,
    /// What it takes the place of: the word at the caret, or nothing.
    pub replace: Span,
    /// The text to insert there.
    pub insert: String,
    /// Where the caret stands afterwards, in bytes from the start of `insert`.
    pub caret: u32,
}

/// A candidate, before it is known where it goes.
struct Candidate {
    label: String,
    kind: CompletionKind,
    detail: String,
    /// The empty value that a key takes.
    value: &'static str,
}

/// What may be written at the byte `offset` of a text, the likeliest first.
///
/// Everything that fits the place is there, whatever has been typed of it; what the container holds already is not.
/// A key brings a colon and an empty value with it where none follows.
/// The answer is empty where nothing of the language fits, such as behind a value without a comma.
///
/// Costs a walk over the text.
///
/// ```
/// use tollgate_policy::Catalog;
/// use tollgate_policy::assist::complete;
///
/// let text = r#"{"resources": {"*": {"block": ["*"], "al"#;
/// let completions = complete(text, 40, Catalog::review_board_8_1());
/// assert_eq!(completions.len(), 1);
/// assert_eq!((completions[0].label.as_str(), completions[0].insert.as_str()), ("allow", "\"allow\": []"));
/// assert_eq!(completions[0].replace.slice(text), "\"al");
/// ```
pub fn complete(text: &str, offset: u32, catalog: &Catalog) -> Vec<Completion> {
    let cursor = Cursor::writing(text, offset);
    if let Role::Value(key) = &cursor.role {
        return if cursor.word.is_some() { Vec::new() } else { values(&cursor.around, key.as_deref(), offset) };
    }
    let candidates = match (&cursor.around, &cursor.role) {
        (Around::Policy, Role::Key) => vec![key("resources", "the rules, by resource", "{}")],
        (Around::Resources, Role::Key) => resources(catalog),
        (Around::Section(policy_id), Role::Key) => items(policy_id, catalog),
        (Around::Rules(_), Role::Key) => vec![
            key("allow", "methods that are let through", "[]"),
            key("block", "methods that are held back; they win over those in `allow`", "[]"),
        ],
        (Around::List(place, name), Role::Element) => methods(place, *name, catalog),
        _ => Vec::new(),
    };
    let replace = replaced(text, &cursor, offset);
    let is_new = |candidate: &Candidate| !cursor.others.contains(&candidate.label);
    let made = candidates.into_iter().filter(is_new).map(|candidate| made(candidate, replace, cursor.has_colon));
    made.collect()
}

fn made(candidate: Candidate, replace: Span, has_colon: bool) -> Completion {
    let Candidate { label, kind, detail, value } = candidate;
    let is_open = label == ANY_ID;
    let mut insert = if is_open { "\"\"".to_owned() } else { quoted(&label) };
    let mut caret = if is_open { 1 } else { insert.len() };
    if !value.is_empty() && !has_colon {
        insert.push_str(": ");
        insert.push_str(value);
        caret = if is_open { caret } else { insert.len() - 1 };
    }
    Completion { label, kind, detail, replace, insert, caret: to_offset(caret) }
}

/// The word at the caret. Of one that goes on behind the caret with something that is no name, only what stands before:
/// its quote is probably missing.
fn replaced(text: &str, cursor: &Cursor, offset: u32) -> Span {
    let Some(word) = &cursor.word else { return Span::empty_at(offset) };
    let behind = Span::new(offset, word.span.end).slice(text);
    let behind = behind.strip_suffix('"').unwrap_or(behind);
    let is_name = behind.chars().all(|character| character.is_alphanumeric() || "_-.*".contains(character));
    if is_name { word.span } else { Span::new(word.span.start, offset) }
}

fn key(label: &str, detail: &str, value: &'static str) -> Candidate {
    Candidate { label: label.to_owned(), kind: CompletionKind::Key, detail: detail.to_owned(), value }
}

fn resources(catalog: &Catalog) -> Vec<Candidate> {
    let candidate = |label: &str, detail| {
        let (kind, label) = (CompletionKind::Resource, label.to_owned());
        Candidate { label, kind, detail, value: "{}" }
    };
    let all = candidate("*", "every resource, where its own rules are silent".to_owned());
    let named = catalog.policy_ids().map(|policy_id| candidate(policy_id, resource_words(policy_id, catalog)));
    std::iter::once(all).chain(named).collect()
}

/// What a policy id stands for, such as "reviews: GET, POST, PUT, DELETE".
pub(super) fn resource_words(policy_id: &str, catalog: &Catalog) -> String {
    let resources: Vec<&Resource> = catalog.by_policy_id(policy_id).collect();
    let Some(first) = resources.first() else { return String::new() };
    if resources.iter().all(|resource| resource.token_access == Access::Closed) {
        return format!("{}: closed to tokens", first.plural_words());
    }
    let implemented = Method::KNOWN.into_iter().filter(|method| resources.iter().any(|one| one.implements(method)));
    format!("{}: {}", first.plural_words(), implemented.collect::<Vec<_>>().join(", "))
}

/// The label of a completion that leaves an id to be typed.
const ANY_ID: &str = "id";

fn items(policy_id: &PolicyId, catalog: &Catalog) -> Vec<Candidate> {
    let candidate = |label: &str, detail| {
        let (kind, label) = (CompletionKind::Item, label.to_owned());
        Candidate { label, kind, detail, value: "{}" }
    };
    let all = candidate("*", "every id without rules of its own, and the list".to_owned());
    let with_ids = catalog.by_policy_id(policy_id.as_str()).find(|one| one.item_key.is_some() && !one.is_singleton);
    let single = with_ids.map(|resource| candidate(ANY_ID, item_words(resource)));
    std::iter::once(all).chain(single).collect()
}

fn item_words(resource: &Resource) -> String {
    let fits =
        |example: &&str| resource.item_id_pattern.as_deref().is_none_or(|pattern| matches_pattern(pattern, example));
    let example = ["1", "name"].into_iter().find(fits).map(|example| format!(", such as `{example}`"));
    let warning = resource.fragile_list().map(|_| "; the list then fails on Review Board 8.1");
    let plural = resource.plural_words();
    format!("one of the {plural}{}{}", example.unwrap_or_default(), warning.unwrap_or_default())
}

/// The methods that some resource in reach implements: the server answers others before it asks the policy.
fn methods(place: &Place, name: ListName, catalog: &Catalog) -> Vec<Candidate> {
    let resources: Vec<&Resource> = match place {
        Place::Everything => catalog.resources().iter().collect(),
        Place::Resource { policy_id } | Place::Item { policy_id, .. } => {
            catalog.by_policy_id(policy_id.as_str()).collect()
        }
    };
    // What an extension implements is not known.
    let is_reached = |method: &str| resources.is_empty() || resources.iter().any(|one| one.implements(method));
    let candidate = |label: &str, detail: String| {
        let (kind, label) = (CompletionKind::Method, label.to_owned());
        Candidate { label, kind, detail, value: "" }
    };
    let known = Method::KNOWN.into_iter().filter(|method| is_reached(method));
    let known = known.map(|method| candidate(method, verb(method).to_owned()));
    let rest = match name {
        ListName::Allow => "every method that is not blocked by name",
        ListName::Block => "every method that is not allowed by name",
    };
    known.chain([candidate(Method::ANY, rest.to_owned())]).collect()
}

/// What a method does, in one word; empty for those that no resource implements.
pub(super) fn verb(method: &str) -> &'static str {
    match method {
        "GET" => "read",
        "POST" => "create",
        "PUT" => "change",
        "DELETE" => "delete",
        _ => "",
    }
}

/// What may stand where a value is missing.
fn values(around: &Around, key: Option<&str>, offset: u32) -> Vec<Completion> {
    let value = |label: &str, detail: &str, insert: &str, caret: usize| Completion {
        label: label.to_owned(),
        kind: CompletionKind::Value,
        detail: detail.to_owned(),
        replace: Span::empty_at(offset),
        insert: insert.to_owned(),
        caret: to_offset(caret),
    };
    match (around, key) {
        (Around::Nothing, _) => vec![
            value("{}", "full access: no rules at all", "{}", 1),
            value("read-only", "read everything, write nothing", READ_ONLY, READ_ONLY.len()),
        ],
        (Around::Policy, Some("resources")) | (Around::Resources | Around::Section(_), _) => {
            vec![value("{}", "", "{}", 1)]
        }
        (Around::Rules(_), Some("allow" | "block")) => vec![value("[]", "", "[]", 1)],
        _ => Vec::new(),
    }
}

const READ_ONLY: &str = "{\n  \"resources\": {\n    \"*\": { \"allow\": [\"GET\"], \"block\": [\"*\"] }\n  }\n}\n";
