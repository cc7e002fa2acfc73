//! Edits of the two lists of a rule set.

use super::layout::Layout;
use crate::policy::ListName;
use crate::presets::quoted;
use crate::rewrite::TextEdit;

/// Adds methods to a list of the rule set that opens at `rules`, and the list itself if it is not there.
pub(super) fn add(layout: &Layout<'_>, rules: usize, list: ListName, methods: &[&str]) -> TextEdit {
    match layout.value(rules, list.as_str()) {
        Some(entries) => {
            let items: Vec<String> = methods.iter().map(|method| quoted(method)).collect();
            layout.append(entries, &items)
        }
        None => layout.append(rules, &[format!("\"{}\": {}", list.as_str(), written(methods))]),
    }
}

/// Removes every entry that names `method` from a list of the rule set that opens at `rules`.
pub(super) fn remove(layout: &Layout<'_>, rules: usize, list: ListName, method: &str) -> Vec<TextEdit> {
    let Some(entries) = layout.value(rules, list.as_str()) else { return Vec::new() };
    layout.retain(entries, |entry| layout.decoded(entry) != Some(method))
}

/// A list of methods as JSON.
pub(super) fn written<Name: AsRef<str>>(methods: &[Name]) -> String {
    let methods: Vec<String> = methods.iter().map(|method| quoted(method.as_ref())).collect();
    format!("[{}]", methods.join(", "))
}
