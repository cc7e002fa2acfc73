//! The server's checks, in the server's order, but without stopping at the first that fails.
//!
//! The order matters: the first failure is what the server answers, so it is what the verdict is made of.

use super::messages;
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Sink};
use crate::pointer::JsonPointer;
use crate::policy::ListName;
use crate::syntax::{Kind, MAX_DIAGNOSTICS, Tree, Value};

/// Every failing check. What is broken syntax is left to the diagnostics of the parser.
pub(super) fn failures(tree: &Tree, catalog: &Catalog) -> Sink {
    let mut validation = Validation { catalog, failures: Sink::new(MAX_DIAGNOSTICS) };
    if let Some(root) = tree.root() {
        validation.document(root);
    }
    validation.failures
}

struct Validation<'c> {
    catalog: &'c Catalog,
    failures: Sink,
}

impl Validation<'_> {
    fn document(&mut self, root: Value<'_>) {
        if root.kind() != Kind::Object {
            return self.refuse(root, || messages::not_object(root));
        }
        if root.is_empty() {
            return;
        }
        let Some(resources) = root.get("resources") else {
            return self.failures.push(|| messages::resources_missing(root));
        };
        let pointer = JsonPointer::root().child("resources");
        if resources.kind() != Kind::Object {
            return self.refuse(resources, || messages::resources_not_object(resources).at(pointer));
        }
        if resources.is_empty() {
            return self.failures.push(|| messages::resources_empty(resources).at(pointer));
        }
        if let Some(global) = resources.get("*") {
            self.rules(global, || pointer.child("*"), || "everything".to_owned());
        }
        for member in resources.children().filter(|member| member.key().as_str() != Some("*")) {
            self.section(member, &pointer);
        }
    }

    fn section(&mut self, section: Value<'_>, parent: &JsonPointer) {
        let key = section.key();
        let name = key.lossy();
        let pointer = || parent.child(name);
        if !key.as_str().is_some_and(|policy_id| self.catalog.is_known(policy_id)) {
            let catalog = self.catalog;
            // Looking for a suggestion is costly and only done for failures that are kept.
            self.failures.push(|| messages::unknown_policy_id(section, name, catalog.suggest(name)).at(pointer()));
        }
        if section.kind() != Kind::Object {
            return self.refuse(section, || messages::resource_not_object(section, name).at(pointer()));
        }
        for member in section.children() {
            let item = || member.key().lossy();
            self.rules(member, || pointer().child(item()), || messages::place_name(name, item()));
        }
    }

    /// The pointer and the name of the place are only made for failures that are kept.
    fn rules(&mut self, rules: Value<'_>, pointer: impl Fn() -> JsonPointer, place: impl Fn() -> String) {
        if rules.kind() != Kind::Object {
            return self.refuse(rules, || messages::section_not_object(rules, &place()).at(pointer()));
        }
        let (allow, block) = (rules.get(ListName::Allow.as_str()), rules.get(ListName::Block.as_str()));
        if allow.is_none() && block.is_none() {
            return self.failures.push(|| messages::section_without_rules(rules, &place()).at(pointer()));
        }
        for (name, list) in [(ListName::Allow, allow), (ListName::Block, block)] {
            if let Some(list) = list.filter(|list| list.kind() != Kind::Array) {
                self.refuse(list, || messages::not_list(list, name, &place()).at(pointer().child(name.as_str())));
            }
        }
    }

    /// Reports a value of the wrong kind, unless it is no value at all, which the parser has reported.
    fn refuse(&mut self, value: Value<'_>, make: impl FnOnce() -> Diagnostic) {
        if value.kind() != Kind::Broken {
            self.failures.push(make);
        }
    }
}
