//! A policy with one small mistake in it, described.

use serde::Serialize;

use crate::diagnostic::quoted;
use crate::ids::Method;
use crate::pointer::JsonPointer;
use crate::policy::{ListName, Place};
use crate::span::Span;

/// A policy with one small mistake in it: where the mistake is, and what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Mutant {
    /// The rule set with the mistake; of a section, the resource.
    pub place: Place,
    /// The part of the document that is changed, as it is without the mistake.
    pub pointer: JsonPointer,
    /// The part of the text that is changed, as it is without the mistake.
    pub span: Span,
    /// The mistake.
    pub mutation: Mutation,
}

/// A small mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Mutation {
    /// An entry of a list is deleted.
    DeleteEntry {
        /// The list.
        list: ListName,
        /// What the entry is.
        method: Method,
    },
    /// An entry stands in the other list of its rule set.
    MoveEntry {
        /// The list that it stands in without the mistake.
        list: ListName,
        /// What the entry is.
        method: Method,
    },
    /// An entry is another one: `*` for a method, a method for `*`, or the method in other letters.
    ReplaceEntry {
        /// The list.
        list: ListName,
        /// What the entry is without the mistake.
        method: Method,
        /// What stands in its place.
        by: Method,
    },
    /// What is allowed is blocked, and what is blocked is allowed.
    SwapLists,
    /// A rule set is deleted.
    DeleteRuleSet,
    /// The whole section of a resource is deleted.
    DeleteSection,
}

impl Mutant {
    /// The mistake in words, as a lower-case fragment that says how the policy is with it.
    ///
    /// ```
    /// use tollgate_policy::suite::{Suite, score};
    /// use tollgate_policy::{Catalog, check, presets};
    ///
    /// let policy = check(presets::read_only(), Catalog::review_board_8_1()).policy().ok_or("refused")?;
    /// let score = score(&policy, &Suite::default());
    /// let missed: Vec<String> = score.survivors.iter().map(|survivor| survivor.mutant.sentence()).collect();
    /// assert!(missed.contains(&"`get` replaces `GET` in `allow` of the rules for everything".to_owned()));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn sentence(&self) -> String {
        let rules = rules_in_words(&self.place);
        match &self.mutation {
            Mutation::DeleteEntry { list, method } => {
                format!("{} is deleted from `{}` of {rules}", quoted(method.as_str()), list.as_str())
            }
            Mutation::MoveEntry { list, method } => {
                let to = other(*list).as_str();
                format!("{} stands in `{to}` and not in `{}` of {rules}", quoted(method.as_str()), list.as_str())
            }
            Mutation::ReplaceEntry { list, method, by } => {
                let (method, by) = (quoted(method.as_str()), quoted(by.as_str()));
                format!("{by} replaces {method} in `{}` of {rules}", list.as_str())
            }
            Mutation::SwapLists => format!("`allow` and `block` of {rules} are swapped"),
            Mutation::DeleteRuleSet => format!("{rules} are deleted"),
            Mutation::DeleteSection => format!("all that is said about {} is deleted", place_in_words(&self.place)),
        }
    }
}

fn rules_in_words(place: &Place) -> String {
    format!("the rules for {}", place_in_words(place))
}

fn place_in_words(place: &Place) -> String {
    match place {
        Place::Item { policy_id, item_id } => format!("{} {}", quoted(policy_id.as_str()), quoted(item_id.as_str())),
        Place::Resource { policy_id } => quoted(policy_id.as_str()),
        Place::Everything => "everything".to_owned(),
    }
}

fn other(list: ListName) -> ListName {
    match list {
        ListName::Allow => ListName::Block,
        ListName::Block => ListName::Allow,
    }
}
