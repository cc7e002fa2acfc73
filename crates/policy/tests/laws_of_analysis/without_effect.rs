//! The law about what could be deleted.

use std::collections::BTreeSet;

use serde_json::Value;
use tollgate_policy::{Catalog, JsonPointer, Unit, check, without_effect};

use super::brute_force::{accepted, decisions, requests};
use super::same;

/// What is found is exactly what can be deleted by itself from the document, so that the server accepts the rest and
/// the rest decides about every atom as before.
pub(crate) fn what_has_no_effect_is_found_and_nothing_else(document: &Value) -> Result<(), String> {
    let text = document.to_string();
    let checked = check(&text, Catalog::review_board_8_1());
    let policy = checked.policy().ok_or_else(|| format!("refused: {text}"))?;
    let mut found = BTreeSet::new();
    for redundant in without_effect(checked.document(), &policy) {
        stands_where_it_says(&redundant.unit, &text, document)?;
        let is_new = found.insert((kind(&redundant.unit), redundant.unit.pointer().to_string()));
        same("new finding", is_new, true)?;
    }
    same("without effect", found, deletable(document)?)
}

/// Every unit without which the server accepts the document and the reference decides as before, with its pointer:
/// found by leaving out one after the other.
pub(crate) fn deletable(document: &Value) -> Result<BTreeSet<(&'static str, String)>, String> {
    let asked = requests(&[document]);
    let before = decisions(&accepted(document)?, &asked);
    let mut deletable = BTreeSet::new();
    for (kind, path) in units(document) {
        let mut rest = document.clone();
        delete(&mut rest, &path)?;
        if accepted(&rest).is_ok_and(|rest| decisions(&rest, &asked) == before) {
            deletable.insert((kind, pointer(&path).to_string()));
        }
    }
    Ok(deletable)
}

type Path = Vec<String>;

/// The path of every entry, rule set and section.
fn units(document: &Value) -> Vec<(&'static str, Path)> {
    let mut units = Vec::new();
    for (key, value) in members(document.get("resources")) {
        let path = vec!["resources".to_owned(), key.clone()];
        if key == "*" {
            add_rule_set(value, path, &mut units);
            continue;
        }
        units.push(("section", path.clone()));
        for (item, rules) in members(Some(value)) {
            add_rule_set(rules, [path.clone(), vec![item.clone()]].concat(), &mut units);
        }
    }
    units
}

fn add_rule_set(rules: &Value, path: Path, units: &mut Vec<(&'static str, Path)>) {
    for (name, list) in members(Some(rules)) {
        let entries = 0..list.as_array().map_or(0, Vec::len);
        units.extend(entries.map(|entry| ("entry", [path.clone(), vec![name.clone(), entry.to_string()]].concat())));
    }
    units.push(("rule set", path));
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn delete(document: &mut Value, path: &[String]) -> Result<(), String> {
    let (last, parent) = path.split_last().ok_or("no path")?;
    let parent = document.pointer_mut(pointer(parent).as_str()).ok_or("no such place")?;
    if let Some(members) = parent.as_object_mut() {
        members.shift_remove(last).map(drop).ok_or("no such member".to_owned())
    } else {
        let entries = parent.as_array_mut().ok_or("neither object nor list")?;
        let index = last.parse::<usize>().map_err(|error| error.to_string())?;
        entries.remove(index);
        Ok(())
    }
}

fn pointer(path: &[String]) -> JsonPointer {
    path.iter().fold(JsonPointer::root(), |pointer, token| pointer.child(token))
}

fn kind(unit: &Unit) -> &'static str {
    match unit {
        Unit::Entry { .. } => "entry",
        Unit::RuleSet { .. } => "rule set",
        Unit::Section { .. } => "section",
    }
}

/// The text at the span of a unit is what stands in the document at its pointer.
fn stands_where_it_says(unit: &Unit, text: &str, document: &Value) -> Result<(), String> {
    let written = unit.span().slice(text);
    let is_member = !matches!(unit, Unit::Entry { .. });
    let json = if is_member { format!("{{{written}}}") } else { written.to_owned() };
    let value: Value = serde_json::from_str(&json).map_err(|error| format!("{written}: {error}"))?;
    let value = if is_member { members(Some(&value)).next().map(|(_, value)| value) } else { Some(&value) };
    same("text of a unit", value, document.pointer(unit.pointer().as_str()))
}
