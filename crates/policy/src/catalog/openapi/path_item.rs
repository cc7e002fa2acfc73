//! What one path says: its methods, what it is for, and what its parameters look like.

use std::collections::BTreeMap;

use super::reader::{Place, Reader};
use crate::catalog::messages;
use crate::syntax::{Kind, Value};

/// The keys of operations and their methods, in the order in which catalogs list them.
const METHODS: [(&str, &str); 9] = [
    ("get", "GET"),
    ("post", "POST"),
    ("put", "PUT"),
    ("delete", "DELETE"),
    ("head", "HEAD"),
    ("options", "OPTIONS"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
    ("query", "QUERY"),
];

/// A path item, read.
#[derive(Debug, Default)]
pub(super) struct PathItem<'d> {
    /// In the order of catalogs.
    pub(super) methods: Vec<&'static str>,
    /// Of the path itself, or of its first operation in the order of catalogs.
    pub(super) summary: Option<&'d str>,
    /// What is declared of the parameters of the path, by name.
    declared: BTreeMap<&'d str, Place<'d>>,
    /// The same for single operations, where the path itself says nothing.
    declared_apart: BTreeMap<&'d str, Place<'d>>,
}

impl<'d> PathItem<'d> {
    pub(super) fn read(place: &Place<'d>, reader: &mut Reader<'d>) -> PathItem<'d> {
        let mut item = PathItem::default();
        let mut summaries: Vec<(&'static str, &'d str)> = Vec::new();
        for member in place.value.children() {
            let Some(key) = member.key().as_str() else { continue };
            let here = place.child(member, key);
            if key == "parameters" {
                read_parameters(&here, &mut item.declared, reader);
            } else if key == "summary" {
                item.summary = summary(member);
            } else if let Some((_, method)) = METHODS.iter().find(|(known, _)| *known == key) {
                if member.kind() != Kind::Object {
                    let make = || messages::wrong_shape(member, "an operation", "an object");
                    reader.findings.note(|| make().at(here.pointer));
                    continue;
                }
                item.methods.push(*method);
                summaries.extend(member.get("summary").and_then(summary).map(|summary| (*method, summary)));
                if let Some(parameters) = member.get("parameters") {
                    read_parameters(&here.child(parameters, "parameters"), &mut item.declared_apart, reader);
                }
            } else if METHODS.iter().any(|(known, _)| known.eq_ignore_ascii_case(key)) {
                reader.findings.note(|| messages::method_in_capitals(member, key).at(here.pointer));
            }
        }
        sort(&mut item.methods);
        let of_operation = summaries.into_iter().min_by_key(|(method, _)| rank(method)).map(|(_, summary)| summary);
        item.summary = item.summary.or(of_operation);
        item
    }

    /// What the document says about a parameter of the path.
    pub(super) fn declared(&self, name: &str) -> Option<&Place<'d>> {
        self.declared.get(name).or_else(|| self.declared_apart.get(name))
    }
}

/// Brings methods in the order of catalogs, each once.
pub(super) fn sort(methods: &mut Vec<&'static str>) {
    methods.sort_unstable_by_key(|method| rank(method));
    methods.dedup();
}

fn rank(method: &str) -> Option<usize> {
    METHODS.iter().position(|(_, known)| *known == method)
}

fn summary(value: Value<'_>) -> Option<&str> {
    let text = if value.kind() == Kind::Text { value.text().as_str()?.trim() } else { "" };
    (!text.is_empty()).then_some(text)
}

/// Notes which parameters of the path are declared in a list; the first declaration of a name counts.
fn read_parameters<'d>(list: &Place<'d>, declared: &mut BTreeMap<&'d str, Place<'d>>, reader: &mut Reader<'d>) {
    if list.value.kind() != Kind::Array {
        let make = || messages::wrong_shape(list.value, "`parameters`", "a list").at(list.pointer.clone());
        return reader.findings.note(make);
    }
    for (index, element) in list.value.children().enumerate() {
        let Some(parameter) = reader.follow(list.child(element, &index.to_string())) else { continue };
        if parameter.value.kind() != Kind::Object {
            let make = || messages::wrong_shape(parameter.value, "a parameter", "an object");
            reader.findings.note(|| make().at(parameter.pointer));
            continue;
        }
        let (name, place) = (text_member(&parameter, "name", reader), text_member(&parameter, "in", reader));
        if let (Some(name), Some("path")) = (name, place) {
            declared.entry(name).or_insert(parameter);
        }
    }
}

/// The text under a key that every parameter must have.
fn text_member<'d>(parameter: &Place<'d>, key: &str, reader: &mut Reader<'d>) -> Option<&'d str> {
    let Some(member) = reader.member(parameter.value, key) else {
        let make = || messages::member_missing(parameter.value, "a parameter", key);
        reader.findings.note(|| make().at(parameter.pointer.clone()));
        return None;
    };
    if member.kind() != Kind::Text {
        let make = || messages::wrong_shape(member, &format!("the `{key}` of a parameter"), "a text");
        reader.findings.note(|| make().at(parameter.pointer.child(key)));
        return None;
    }
    member.text().as_str()
}
