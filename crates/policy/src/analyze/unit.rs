//! The parts of a policy that can be deleted.

use serde::Serialize;

use crate::pointer::JsonPointer;
use crate::span::Span;

/// One part of a document that can be deleted by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Unit {
    /// An entry of a list.
    Entry {
        /// Its place in the document.
        pointer: JsonPointer,
        /// Its place in the text.
        span: Span,
    },
    /// The rules for an item, for a resource, or for everything.
    RuleSet {
        /// Its place in the document.
        pointer: JsonPointer,
        /// Its place in the text, from its key on.
        span: Span,
    },
    /// All that is said about a resource.
    Section {
        /// Its place in the document.
        pointer: JsonPointer,
        /// Its place in the text, from its key on.
        span: Span,
    },
}

impl Unit {
    /// Its place in the document. A key with half a surrogate pair stands there with U+FFFD; the span is exact.
    pub fn pointer(&self) -> &JsonPointer {
        let (Unit::Entry { pointer, .. } | Unit::RuleSet { pointer, .. } | Unit::Section { pointer, .. }) = self;
        pointer
    }

    /// Its place in the text.
    pub fn span(&self) -> Span {
        let (Unit::Entry { span, .. } | Unit::RuleSet { span, .. } | Unit::Section { span, .. }) = self;
        *span
    }
}

/// A part of a document that could be deleted and nothing would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Redundant {
    /// The part.
    pub unit: Unit,
    /// Why nothing would change.
    pub reason: NoEffect,
}

/// Why a part of a document has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NoEffect {
    /// No request can match it: an entry that is no text, or half a surrogate pair in the text or in the id above it.
    MatchesNothing,
    /// Its list has another entry that says the same.
    Repeated,
    /// It allows what an entry of the same rule set blocks just as exactly.
    Overruled,
    /// What is asked when it is gone decides the same.
    Implied,
}
