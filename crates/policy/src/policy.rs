//! A policy in normal form: the rule sets of a document, each with its place.

use std::sync::Arc;

use serde::Serialize;

use crate::ids::{ItemId, Method, PolicyId};
use crate::pointer::JsonPointer;
use crate::span::Span;
use crate::syntax::to_json;

/// What a token may do, as its author wrote it.
///
/// Made by [`check`](crate::check()) from a text that the server accepts, or by [`Policy::stored`] from one that it
/// holds already. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    content: Arc<Content>,
}

/// The parts of a policy, in the order of the document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) text: Arc<str>,
    pub(crate) sections: Vec<Section>,
    pub(crate) rule_sets: Vec<RuleSet>,
    /// Where the rule set for everything is among the rule sets.
    pub(crate) global: Option<usize>,
    /// Whether `resources` is there and holds anything.
    pub(crate) has_resources: bool,
}

impl Policy {
    pub(crate) fn from_content(content: Content) -> Policy {
        Policy { content: Arc::new(content) }
    }

    /// The policy `{}`, which allows everything.
    ///
    /// ```
    /// assert_eq!(tollgate_policy::Policy::full_access().to_json(), "{}");
    /// ```
    pub fn full_access() -> Policy {
        Policy::from_content(Content {
            text: Arc::from("{}"),
            sections: Vec::new(),
            rule_sets: Vec::new(),
            global: None,
            has_resources: false,
        })
    }

    /// The text it was read from.
    pub fn text(&self) -> &str {
        &self.content.text
    }

    /// The document as the server stores it: what Python's `json.dumps` writes, numbers in their own spelling.
    ///
    /// Costs one walk over the text.
    ///
    /// ```
    /// use tollgate_policy::{Catalog, check};
    ///
    /// let checked = check("{\"resources\":{\"*\":{\"allow\":[\"é\"]}}}", Catalog::review_board_8_1());
    /// let json = checked.policy().map(|policy| policy.to_json());
    /// assert_eq!(json.as_deref(), Some(r#"{"resources": {"*": {"allow": ["\u00e9"]}}}"#));
    /// ```
    pub fn to_json(&self) -> String {
        to_json(&self.content.text)
    }

    /// Whether there is a `resources` section with anything in it; without one every request is allowed.
    pub fn has_resources(&self) -> bool {
        self.content.has_resources
    }

    /// All rule sets: those of the sections in the order of the document, the one for everything where it stands.
    pub fn rule_sets(&self) -> &[RuleSet] {
        &self.content.rule_sets
    }

    /// The rule set for everything, written under `*`.
    pub fn global(&self) -> Option<&RuleSet> {
        self.content.rule_sets.get(self.content.global?)
    }

    /// The sections of single resources, in the order of the document.
    pub fn sections(&self) -> &[Section] {
        &self.content.sections
    }

    /// The section of one resource.
    ///
    /// Costs a walk over the sections; [`CompiledPolicy`](crate::CompiledPolicy) is for deciding often.
    pub fn section(&self, policy_id: &str) -> Option<&Section> {
        self.content.sections.iter().find(|section| section.policy_id.as_str() == policy_id)
    }

    /// The rule sets of `section`, which must be one of this policy's.
    pub fn rule_sets_of(&self, section: &Section) -> &[RuleSet] {
        self.content.rule_sets.get(section.first_rule_set..section.end_of_rule_sets).unwrap_or_default()
    }
}

/// What a policy says about one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub(crate) policy_id: PolicyId,
    pub(crate) key_span: Span,
    pub(crate) span: Span,
    pub(crate) first_rule_set: usize,
    pub(crate) end_of_rule_sets: usize,
    pub(crate) names_ids: bool,
}

impl Section {
    /// The resource it is about.
    pub fn policy_id(&self) -> &PolicyId {
        &self.policy_id
    }

    /// The place of the resource's name.
    pub fn key_span(&self) -> Span {
        self.key_span
    }

    /// The place of the whole section.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether it has any key other than `*`, which makes the server fail on lists of the resource.
    pub fn names_ids(&self) -> bool {
        self.names_ids
    }
}

/// Which requests a rule set is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Place {
    /// One item of a resource.
    Item {
        /// The resource.
        policy_id: PolicyId,
        /// The item.
        item_id: ItemId,
    },
    /// All items of a resource, and its list.
    Resource {
        /// The resource.
        policy_id: PolicyId,
    },
    /// All resources.
    Everything,
}

impl Place {
    /// Where a rule set for this place stands in a document.
    pub fn pointer(&self) -> JsonPointer {
        let mut pointer = JsonPointer::root();
        pointer.push("resources");
        match self {
            Place::Item { policy_id, item_id } => {
                pointer.push(policy_id.as_str());
                pointer.push(item_id.as_str());
            }
            Place::Resource { policy_id } => {
                pointer.push(policy_id.as_str());
                pointer.push("*");
            }
            Place::Everything => pointer.push("*"),
        }
        pointer
    }
}

/// The two lists of a rule set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ListName {
    /// The methods that are let through.
    Allow,
    /// The methods that are held back.
    Block,
}

impl ListName {
    /// The key of the list in a document.
    pub const fn as_str(self) -> &'static str {
        match self {
            ListName::Allow => "allow",
            ListName::Block => "block",
        }
    }
}

/// What is allowed and blocked in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSet {
    pub(crate) place: Place,
    pub(crate) key_span: Span,
    pub(crate) span: Span,
    pub(crate) allow: Vec<Entry>,
    pub(crate) block: Vec<Entry>,
}

impl RuleSet {
    /// Which requests it is about.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The entries of one of its lists that are texts, in order; empty if the list is not there.
    pub fn list(&self, name: ListName) -> &[Entry] {
        match name {
            ListName::Allow => &self.allow,
            ListName::Block => &self.block,
        }
    }

    /// The place of the key it stands under.
    pub fn key_span(&self) -> Span {
        self.key_span
    }

    /// The place of the whole rule set.
    pub fn span(&self) -> Span {
        self.span
    }
}

/// A text in a list of methods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub(crate) method: Method,
    pub(crate) index: u32,
    pub(crate) span: Span,
}

impl Entry {
    /// The method it names, or `*`.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Its place in the list, from 0, counting entries that are no texts.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Its place in the text.
    pub fn span(&self) -> Span {
        self.span
    }
}
