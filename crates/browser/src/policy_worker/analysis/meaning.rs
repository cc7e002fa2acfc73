//! What a policy allows.

use serde::{Deserialize, Serialize};

use super::asked::CellName;
use super::proposal::{PlaceLook, ProposalLook};

/// What a policy allows; everything is empty if the text is no policy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MeaningLook {
    /// What it allows, as a lower-case fragment; empty if the text is no policy.
    pub sentence: String,
    /// How many operations it allows, for all or some ids.
    pub allowed: u32,
    /// How many operations a token can reach at all.
    pub total: u32,
    /// How many kinds of request it tells apart.
    pub atoms: u64,
    /// Resources and methods.
    pub table: TableLook,
    /// Lists that fail on the server.
    pub failing: Vec<FailingList>,
    /// Rules that do not reach what lies below their resource.
    pub not_inherited: Vec<NotInherited>,
    /// Resources named by the policy whose id stands for two.
    pub shared: Vec<String>,
    /// The cell that was asked for.
    pub cell: Option<CellLook>,
}

/// Resources by methods.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TableLook {
    /// The methods.
    pub columns: Vec<String>,
    /// The rows that are listed, those of a group together.
    pub rows: Vec<RowLook>,
    /// The groups, in the order of their rows.
    pub groups: Vec<GroupLook>,
    /// The resources that are not listed because they do not stand out.
    pub folded: Option<FoldedLook>,
    /// How many rows are left out because there are too many.
    pub unlisted: u32,
}

/// Rows that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupLook {
    /// The resource that the others are below.
    pub name: String,
    /// How many of the rows are its.
    pub rows: u32,
}

/// A resource, or one of its items that has rules of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RowLook {
    /// The resource.
    pub policy_id: String,
    /// The item; none for the resource itself.
    pub item_id: Option<String>,
    /// What is odd about it, in a word or two each: `closed to tokens`.
    pub notes: Vec<String>,
    /// What each method gets, in the order of the columns.
    pub cells: Vec<CellShare>,
}

/// What a method gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum CellShare {
    /// It is allowed.
    Allowed,
    /// It is blocked.
    Blocked,
    /// It is allowed for some ids and blocked for others.
    Partly {
        /// Which, in a word or two: `id 7`.
        label: String,
        /// Which, in words: `allowed for id 7 only`.
        says: String,
    },
    /// The server has no such method here.
    NoMethod,
}

/// Resources that are counted and not listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FoldedLook {
    /// How many they are.
    pub resources: u32,
    /// How many of them are allowed each method.
    pub tallies: Vec<TallyLook>,
}

/// How many resources are allowed a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TallyLook {
    /// For every id.
    pub allowed: u32,
    /// For some ids.
    pub partly: u32,
    /// Those that have the method at all.
    pub total: u32,
}

/// A list that may be read, but that the server fails on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FailingList {
    /// What it is a list of, as words: `repositories`.
    pub noun: String,
    /// A path of the list.
    pub path: String,
}

/// A resource with rules, and what lies below it without any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NotInherited {
    /// The resource with rules.
    pub policy_id: String,
    /// Resources right below it that are decided otherwise.
    pub below: Vec<String>,
}

/// One cell, looked into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CellLook {
    /// Which cell it is.
    pub name: CellName,
    /// Whether the method is allowed.
    pub is_allowed: bool,
    /// Why, as a sentence without a full stop.
    pub says: String,
    /// The rule that decides; empty if none does.
    pub pointer: String,
    /// Where that stands in the text.
    pub at: Option<PlaceLook>,
    /// A path of such a request; empty if there is none.
    pub request: String,
    /// Edits that turn the cell around, best first.
    pub flips: Vec<ProposalLook>,
    /// Why there is no such edit; empty where there is one.
    pub unchangeable: String,
}
