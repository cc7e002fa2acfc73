//! One way to have a request decided as wanted, worked out step by step.

use serde::Serialize;

use super::add::add_method;
use super::draft::Draft;
use super::remove::{remove, remove_entries};
use super::slots::Container;
use super::target::Target;
use super::text_edit::TextEdit;
use crate::catalog::Catalog;
use crate::check::{Checked, check};
use crate::eval::Effect;
use crate::ids::Method;
use crate::pointer::JsonPointer;
use crate::policy::{Entry, ListName, Place, Policy};
use crate::span::to_index;
use crate::syntax::Document;

/// What a proposal does to a policy, to be put into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum EditStep {
    /// Every entry that names a method, or `*`, is taken out of a list.
    RemoveEntries {
        /// Whose rules they are.
        place: Place,
        /// The list they stand in.
        list: ListName,
        /// The method, or `*`.
        method: Method,
        /// How many there are.
        count: usize,
    },
    /// A rule set that would have nothing left in it is removed, so that it does not make a list fail.
    RemoveRules {
        /// Whose rules they are.
        place: Place,
    },
    /// A method is added to a list.
    AddEntry {
        /// Whose rules they are.
        place: Place,
        /// The list.
        list: ListName,
        /// The method.
        method: Method,
    },
}

impl EditStep {
    /// How many units of the policy it touches: each entry is one, and so is a whole rule set.
    pub fn units(&self) -> usize {
        match self {
            EditStep::RemoveEntries { count, .. } => *count,
            EditStep::RemoveRules { .. } | EditStep::AddEntry { .. } => 1,
        }
    }
}

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish<'w> {
    pub(super) target: Target<'w>,
    pub(super) effect: Effect,
    pub(super) catalog: &'w Catalog,
}

/// A policy on its way to a wish.
#[derive(Clone, Debug)]
pub(super) struct Attempt<'w> {
    wish: Wish<'w>,
    draft: Draft,
    document: Document,
    pub(super) policy: Policy,
    pub(super) steps: Vec<EditStep>,
}

impl<'w> Attempt<'w> {
    /// None if the server refuses the text.
    pub(super) fn start(text: &str, wish: Wish<'w>) -> Option<Attempt<'w>> {
        let (document, policy) = accepted(&check(text, wish.catalog))?;
        Some(Attempt { wish, draft: Draft::new(text), document, policy, steps: Vec::new() })
    }

    pub(super) fn is_granted(&self) -> bool {
        self.wish.target.effect(&self.policy) == self.wish.effect
    }

    pub(super) fn text(&self) -> &str {
        self.draft.text()
    }

    pub(super) fn edits(&self) -> Vec<TextEdit> {
        self.draft.edits()
    }

    /// Removes what speaks against the wish at `place`, until the rules there grant it or say nothing.
    pub(super) fn silence(&mut self, place: &Place) -> Option<()> {
        while let Some((list, method)) = self.objection(place) {
            self.remove(place, list, method)?;
        }
        Some(())
    }

    /// Makes the rules for `place` grant the wish by naming the method.
    pub(super) fn name(&mut self, place: &Place) -> Option<()> {
        let method = self.wish.target.method;
        let list = match self.wish.effect {
            Effect::Allow => ListName::Allow,
            Effect::Deny => ListName::Block,
        };
        let edits = add_method(&self.document, place, list, &Method::from(method))?;
        if !edits.is_empty() {
            self.change(&edits)?;
            self.steps.push(EditStep::AddEntry { place: place.clone(), list, method: Method::from(method) });
        }
        // What is blocked by name stays blocked, whatever is allowed; it is not so the other way round.
        if self.wish.effect == Effect::Allow && self.entries(place, ListName::Block, method).next().is_some() {
            self.remove(place, ListName::Block, method)?;
        }
        Some(())
    }

    /// The list and the method that decide against the wish at `place`.
    fn objection(&self, place: &Place) -> Option<(ListName, &'w str)> {
        let method = self.wish.target.method;
        let questions = [
            (ListName::Block, method, Effect::Deny),
            (ListName::Allow, method, Effect::Allow),
            (ListName::Block, Method::ANY, Effect::Deny),
            (ListName::Allow, Method::ANY, Effect::Allow),
        ];
        let is_yes = |(list, method, _): &(ListName, &str, Effect)| self.entries(place, *list, method).next().is_some();
        let (list, method, effect) = questions.into_iter().find(is_yes)?;
        (effect != self.wish.effect).then_some((list, method))
    }

    fn remove(&mut self, place: &Place, list: ListName, method: &str) -> Option<()> {
        let indices: Vec<usize> = self.entries(place, list, method).map(|entry| to_index(entry.index())).collect();
        if let Some(pointer) = emptied(&self.document, place, list, indices.len()) {
            self.change(&remove(&self.document, &pointer)?)?;
            self.steps.push(EditStep::RemoveRules { place: place.clone() });
            return Some(());
        }
        self.change(&remove_entries(&self.document, &place.pointer().child(list.as_str()), &indices)?)?;
        let (method, count) = (Method::from(method), indices.len());
        self.steps.push(EditStep::RemoveEntries { place: place.clone(), list, method, count });
        Some(())
    }

    /// The entries of a list at `place` that name `method`.
    fn entries(&self, place: &Place, list: ListName, method: &str) -> impl Iterator<Item = &Entry> {
        let rules = self.policy.rule_sets().iter().find(|rules| rules.place() == place);
        let entries: &[Entry] = rules.map(|rules| rules.list(list)).unwrap_or_default();
        entries.iter().filter(move |entry| entry.method().as_str() == method)
    }

    /// None if the edits do not fit, or if the server refuses what they make.
    fn change(&mut self, edits: &[TextEdit]) -> Option<()> {
        self.draft.change(edits)?;
        (self.document, self.policy) = accepted(&check(self.draft.text(), self.wish.catalog))?;
        Some(())
    }
}

fn accepted(checked: &Checked) -> Option<(Document, Policy)> {
    Some((checked.document().clone(), checked.policy()?))
}

/// What to remove in place of the last `count` entries of the rule set for one id.
///
/// Rules for an id make the list of the resource fail even if they say nothing, so they are not left behind empty.
/// Their section goes with them, unless it is all there is: without any, `resources` would be refused.
fn emptied(document: &Document, place: &Place, list: ListName, count: usize) -> Option<JsonPointer> {
    let Place::Item { policy_id, item_id } = place else { return None };
    let rules = Container::at(document, &place.pointer())?;
    let is_left_empty = rules.slots.iter().all(|slot| {
        let entries = Container::read(rules.text, slot.value).map(|list| list.slots.len());
        match slot.key.as_deref() {
            Some(key) if key == list.as_str() => entries == Some(count),
            Some("allow" | "block") => entries == Some(0),
            _ => false,
        }
    });
    if !is_left_empty {
        return None;
    }
    let has_others = |pointer: &JsonPointer, own: &str| {
        let container = Container::at(document, pointer);
        container.is_some_and(|container| container.slots.iter().any(|slot| slot.key.as_deref() != Some(own)))
    };
    let resources = JsonPointer::root().child("resources");
    let section = resources.child(policy_id.as_str());
    let is_removable = !has_others(&section, item_id.as_str()) && has_others(&resources, policy_id.as_str());
    Some(if is_removable { section } else { place.pointer() })
}
