//! What differs between two policies.

use serde::{Deserialize, Serialize};

/// What is told about two policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "is", rename_all = "camelCase")]
pub enum CompareLook {
    /// Why they are not compared, as a sentence.
    Silent(String),
    /// What differs.
    Compared(Box<ComparisonLook>),
}

/// What differs between an earlier policy and the one that is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ComparisonLook {
    /// How much it allows, held against the earlier one.
    pub order: OrderLook,
    /// How many operations are granted, if only for some ids.
    pub granted: u32,
    /// How many operations are removed, if only for some ids.
    pub removed: u32,
    /// How many operations both allow, if only for some ids.
    pub stay: u32,
    /// How many kinds of request the two were compared on.
    pub atoms: u64,
    /// How many of these change.
    pub changed_atoms: u64,
    /// The methods of the rows.
    pub columns: Vec<String>,
    /// The resources with operations that change.
    pub rows: Vec<DiffRow>,
    /// How many more such resources there are.
    pub unlisted_rows: u32,
    /// Everything that changes, what is granted first.
    pub changes: Vec<ChangeLook>,
    /// How many more such changes there are.
    pub unlisted: u32,
}

/// How much one policy allows, held against another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OrderLook {
    /// The same.
    Equal,
    /// All of it, and more.
    More,
    /// Less, and nothing else.
    Less,
    /// Each allows something that the other does not.
    Incomparable,
}

/// A resource with operations that change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DiffRow {
    /// The resource.
    pub policy_id: String,
    /// What becomes of each method, in the order of the columns.
    pub cells: Vec<DiffCell>,
}

/// What becomes of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum DiffCell {
    /// The server has no such method here.
    NoMethod,
    /// It is allowed as before.
    StaysAllowed,
    /// It is blocked as before.
    StaysBlocked,
    /// It is granted.
    Granted {
        /// For which ids, in a word or two; empty for all.
        only: String,
    },
    /// It is removed.
    Removed {
        /// For which ids, in a word or two; empty for all.
        only: String,
    },
    /// It is granted for some ids and removed for others.
    Both,
}

/// Requests of one resource that change alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeLook {
    /// Whether they are granted; they are removed otherwise.
    pub is_granted: bool,
    /// What they are about: `repository 7`.
    pub what: String,
    /// Their methods: `PUT and DELETE`.
    pub methods: String,
    /// The method of one of them.
    pub method: String,
    /// The path of one of them; empty if the server has none.
    pub path: String,
}
