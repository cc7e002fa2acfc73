//! Warnings about single parts of a document, whether or not it is accepted as a whole.

use super::messages;
use crate::diagnostic::Sink;
use crate::ids::Method;
use crate::pointer::JsonPointer;
use crate::syntax::{Kind, Tree, Value};

/// Warns about keys without meaning, sections without rules, and list entries that match nothing.
pub(super) fn warn(tree: &Tree, warnings: &mut Sink) {
    let Some(root) = tree.root().filter(|root| root.kind() == Kind::Object) else { return };
    let Some(resources) = root.get("resources") else { return };
    for member in root.children() {
        let key = member.key();
        if key.as_str() != Some("resources") {
            let pointer = || JsonPointer::root().child(key.lossy());
            warnings.push(|| messages::ignored_key(member.key_span(), key.lossy(), "`resources`").at(pointer()));
        }
    }
    let pointer = JsonPointer::root().child("resources");
    for member in objects(resources) {
        let key = member.key();
        let pointer = || pointer.child(key.lossy());
        if key.as_str() == Some("*") {
            warn_about_rules(member, pointer, warnings);
            continue;
        }
        if member.is_empty() {
            warnings.push(|| messages::empty_section(member, key.lossy()).at(pointer()));
        }
        for rules in objects(member) {
            warn_about_rules(rules, || pointer().child(rules.key().lossy()), warnings);
        }
    }
}

/// Pointers are only made for warnings that are kept.
fn warn_about_rules(rules: Value<'_>, pointer: impl Fn() -> JsonPointer, warnings: &mut Sink) {
    for member in rules.children() {
        let key = member.key();
        let pointer = || pointer().child(key.lossy());
        if matches!(key.as_str(), Some("allow" | "block")) {
            warn_about_list(member, pointer, warnings);
        } else {
            let make = || messages::ignored_key(member.key_span(), key.lossy(), "`allow` or `block`");
            warnings.push(|| make().at(pointer()));
        }
    }
}

fn warn_about_list(list: Value<'_>, pointer: impl Fn() -> JsonPointer, warnings: &mut Sink) {
    if list.kind() != Kind::Array {
        return;
    }
    for (index, entry) in list.children().enumerate() {
        let place = || pointer().child(&index.to_string());
        if entry.kind() == Kind::Broken {
            continue;
        }
        if entry.kind() != Kind::Text {
            warnings.push(|| messages::entry_not_text(entry).at(place()));
            continue;
        }
        // A text with a lone surrogate has its own warning.
        let Some(method) = entry.text().as_str() else { continue };
        if method == Method::ANY || Method::KNOWN.contains(&method) {
            continue;
        }
        if messages::is_wrong_case(method) {
            warnings.push(|| messages::wrong_case_method(entry.span(), method).at(place()));
        } else {
            warnings.push(|| messages::unknown_method(entry.span(), method).at(place()));
        }
    }
}

fn objects(value: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    let is_object = value.kind() == Kind::Object;
    value.children().filter(move |member| is_object && member.kind() == Kind::Object)
}
