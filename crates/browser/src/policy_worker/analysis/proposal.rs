//! Edits of a text, with what they change.

use serde::{Deserialize, Serialize};

/// A place in a text, as people count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlaceLook {
    /// The line, from 1.
    pub line: u32,
    /// The column in code points, from 1.
    pub column: u32,
}

/// One replacement in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EditLook {
    /// Where it begins, in bytes.
    pub start: u32,
    /// Where it ends, in bytes.
    pub end: u32,
    /// What stands there now.
    pub was: String,
    /// What will stand there.
    pub text: String,
}

/// An edit after which one request is decided otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProposalLook {
    /// What it does, step by step, each a lower-case fragment.
    pub does: Vec<String>,
    /// Its replacements, in order.
    pub edits: Vec<EditLook>,
    /// What else changes, each a sentence without a full stop; empty if nothing does.
    pub also: Vec<String>,
    /// How many more such sentences there are.
    pub unlisted: u32,
    /// How many kinds of request change beside the one that is wanted.
    pub also_atoms: u32,
    /// Lists that fail afterward and did not before, as a sentence; empty if there are none.
    pub warns: String,
}
