//! The mistakes that are made in one rule set.

use super::mutant::{Mutant, Mutation};
use crate::ids::Method;
use crate::policy::{Entry, ListName, RuleSet};

/// What may stand where `*` stood: the methods that resources implement.
const INSTEAD_OF_ANY: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];

/// One mistake in a rule set.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    Entry {
        list: ListName,
        /// Where the entry is in the list, entries that are no texts not counted.
        at: usize,
        entry: Entry,
        change: EntryChange,
    },
    SwapLists,
    DeleteRuleSet,
}

#[derive(Clone, Debug)]
pub(super) enum EntryChange {
    Delete,
    Move,
    Replace(Method),
}

/// Every mistake that is made in a rule set, entries first, in the order of the lists.
pub(super) fn edits_of(rules: &RuleSet) -> Vec<Edit> {
    let mut edits = Vec::new();
    for list in [ListName::Allow, ListName::Block] {
        for (at, entry) in rules.list(list).iter().enumerate() {
            let replaced = replacements(entry.method()).into_iter().map(EntryChange::Replace);
            let changes = [EntryChange::Delete, EntryChange::Move].into_iter().chain(replaced);
            edits.extend(changes.map(|change| Edit::Entry { list, at, entry: entry.clone(), change }));
        }
    }
    edits.extend([Edit::SwapLists, Edit::DeleteRuleSet]);
    edits
}

/// What may stand in place of a method: `*`, and the same in other letters; for `*`, single methods.
fn replacements(method: &Method) -> Vec<Method> {
    let text = method.as_str();
    if text == Method::ANY {
        return INSTEAD_OF_ANY.map(Method::from).to_vec();
    }
    let in_other_letters = [text.to_ascii_lowercase(), text.to_ascii_uppercase()];
    let in_other_letters = in_other_letters.into_iter().filter(|other| other != text).map(Method::from);
    [Method::from(Method::ANY)].into_iter().chain(in_other_letters).collect()
}

impl Edit {
    /// The rule set with the mistake in it; none if the mistake is that it is gone.
    pub(super) fn apply(&self, rules: &RuleSet) -> Option<RuleSet> {
        let mut after = rules.clone();
        match self {
            Edit::Entry { list, at, entry, change } => change.apply(&mut after, *list, *at, entry),
            Edit::SwapLists => std::mem::swap(&mut after.allow, &mut after.block),
            Edit::DeleteRuleSet => return None,
        }
        Some(after)
    }

    /// What the mistake is to people.
    pub(super) fn describe(&self, rules: &RuleSet) -> Mutant {
        let place = rules.place().clone();
        let pointer = place.pointer();
        match self {
            Edit::Entry { list, entry, change, .. } => Mutant {
                pointer: pointer.child(list.as_str()).child(&entry.index().to_string()),
                span: entry.span(),
                mutation: change.describe(*list, entry.method().clone()),
                place,
            },
            Edit::SwapLists => Mutant { pointer, span: rules.span(), mutation: Mutation::SwapLists, place },
            Edit::DeleteRuleSet => Mutant { pointer, span: rules.span(), mutation: Mutation::DeleteRuleSet, place },
        }
    }
}

impl EntryChange {
    fn apply(&self, rules: &mut RuleSet, list: ListName, at: usize, entry: &Entry) {
        let (own, other) = match list {
            ListName::Allow => (&mut rules.allow, &mut rules.block),
            ListName::Block => (&mut rules.block, &mut rules.allow),
        };
        if let EntryChange::Replace(by) = self {
            own.iter_mut().skip(at).take(1).for_each(|entry| entry.method = by.clone());
            return;
        }
        if at < own.len() {
            own.remove(at);
        }
        if matches!(self, EntryChange::Move) {
            other.push(entry.clone());
        }
    }

    fn describe(&self, list: ListName, method: Method) -> Mutation {
        match self {
            EntryChange::Delete => Mutation::DeleteEntry { list, method },
            EntryChange::Move => Mutation::MoveEntry { list, method },
            EntryChange::Replace(by) => Mutation::ReplaceEntry { list, method, by: by.clone() },
        }
    }
}
