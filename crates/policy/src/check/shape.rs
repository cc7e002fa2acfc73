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
        let name = member.key().lossy();
        if member.key().as_str() != Some("resources") {
            let pointer = JsonPointer::root().child(name);
            warnings.push(|| messages::ignored_key(member.key_span(), name, "`resources`").at(pointer));
        }
    }
    let pointer = JsonPointer::root().child("resources");
    for member in objects(resources) {
        let name = member.key().lossy();
        let pointer = pointer.child(name);
        if member.key().as_str() == Some("*") {
            warn_about_rules(member, &pointer, warnings);
            continue;
        }
        if member.is_empty() {
            warnings.push(|| messages::empty_section(member, name).at(pointer.clone()));
        }
        for rules in objects(member) {
            warn_about_rules(rules, &pointer.child(rules.key().lossy()), warnings);
        }
    }
}

fn warn_about_rules(rules: Value<'_>, pointer: &JsonPointer, warnings: &mut Sink) {
    for member in rules.children() {
        let name = member.key().lossy();
        let pointer = pointer.child(name);
        if matches!(member.key().as_str(), Some("allow" | "block")) {
            warn_about_list(member, &pointer, warnings);
        } else {
            warnings.push(|| messages::ignored_key(member.key_span(), name, "`allow` or `block`").at(pointer));
        }
    }
}

fn warn_about_list(list: Value<'_>, pointer: &JsonPointer, warnings: &mut Sink) {
    if list.kind() != Kind::Array {
        return;
    }
    for (index, entry) in list.children().enumerate() {
        let place = || pointer.child(&index.to_string());
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
