//! What is wrong, odd or pointless about a text.

use serde::{Deserialize, Serialize};

use super::proposal::{EditLook, PlaceLook};

/// Everything that is found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LintLook {
    /// The findings, worst first.
    pub found: Vec<FoundLook>,
    /// How many more there are.
    pub unlisted: u64,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FoundSeverity {
    /// The server refuses the text.
    Error,
    /// It is accepted, but probably not meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FoundLook {
    /// Its stable code; empty for what can be deleted without changing a decision.
    pub code: String,
    /// How bad it is.
    pub severity: FoundSeverity,
    /// What is true, as a lower-case fragment.
    pub message: String,
    /// What to do; empty for nothing.
    pub help: String,
    /// Where it is.
    pub at: PlaceLook,
    /// Ways to be rid of it, the likeliest first.
    pub fixes: Vec<FixLook>,
}

/// A way to be rid of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FixLook {
    /// What it does, as a lower-case fragment.
    pub title: String,
    /// Its replacements, in order.
    pub edits: Vec<EditLook>,
    /// What that changes, as a lower-case fragment; empty if nobody looked.
    pub changes: String,
}
