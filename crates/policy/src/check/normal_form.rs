//! From a tree to the rule sets in it.

use std::sync::Arc;

use crate::ids::{ItemId, Method, PolicyId};
use crate::policy::{Content, Entry, ListName, Place, Policy, RuleSet, Section};
use crate::span::to_offset;
use crate::syntax::{Kind, Tree, Value};

/// The policy in `tree`, or none if some part has a shape that cannot be evaluated.
///
/// Every accepted document has a normal form; so have many that validation refuses.
/// Keys and entries with lone surrogates equal no text and are left out.
pub(super) fn read(tree: &Tree) -> Option<Policy> {
    let root = object(tree.root()?)?;
    let usual = usual_methods();
    let mut content = Content {
        text: Arc::clone(&tree.text),
        sections: Vec::new(),
        rule_sets: Vec::new(),
        global: None,
        has_resources: false,
    };
    if let Some(resources) = root.get("resources") {
        let resources = object(resources)?;
        content.has_resources = !resources.is_empty();
        for member in resources.children() {
            match member.key().as_str() {
                Some("*") => {
                    content.global = Some(content.rule_sets.len());
                    content.rule_sets.push(rule_set(member, Place::Everything, &usual)?);
                }
                Some(policy_id) => add_section(&mut content, PolicyId::from(policy_id), member, &usual)?,
                None => {}
            }
        }
    }
    Some(Policy::from_content(content))
}

/// The methods that most entries name; made once, as an entry that shares one then takes no memory for it.
fn usual_methods() -> Vec<Method> {
    Method::KNOWN.into_iter().chain([Method::ANY]).map(Method::from).collect()
}

fn add_section(content: &mut Content, policy_id: PolicyId, value: Value<'_>, usual: &[Method]) -> Option<()> {
    let first_rule_set = content.rule_sets.len();
    let mut names_ids = false;
    for member in object(value)?.children() {
        let policy_id = policy_id.clone();
        let key = member.key();
        names_ids |= key.as_str() != Some("*");
        let place = match key.as_str() {
            Some("*") => Place::Resource { policy_id },
            Some(item_id) => Place::Item { policy_id, item_id: ItemId::from(item_id) },
            None => continue,
        };
        content.rule_sets.push(rule_set(member, place, usual)?);
    }
    content.sections.push(Section {
        policy_id,
        key_span: value.key_span(),
        span: value.span(),
        first_rule_set,
        end_of_rule_sets: content.rule_sets.len(),
        names_ids,
    });
    Some(())
}

fn rule_set(value: Value<'_>, place: Place, usual: &[Method]) -> Option<RuleSet> {
    let rules = object(value)?;
    Some(RuleSet {
        place,
        key_span: value.key_span(),
        span: value.span(),
        allow: entries(rules, ListName::Allow, usual)?,
        block: entries(rules, ListName::Block, usual)?,
    })
}

fn entries(rules: Value<'_>, name: ListName, usual: &[Method]) -> Option<Vec<Entry>> {
    let Some(list) = rules.get(name.as_str()) else { return Some(Vec::new()) };
    if list.kind() != Kind::Array {
        return None;
    }
    let texts = list.children().enumerate().filter(|(_, value)| value.kind() == Kind::Text);
    let entries = texts.filter_map(|(index, value)| {
        let text = value.text().as_str()?;
        let method = usual.iter().find(|method| method.as_str() == text).cloned();
        let method = method.unwrap_or_else(|| Method::from(text));
        Some(Entry { method, index: to_offset(index), span: value.span() })
    });
    Some(entries.collect())
}

fn object(value: Value<'_>) -> Option<Value<'_>> {
    (value.kind() == Kind::Object).then_some(value)
}
