//! What is asked about a text.

use serde::{Deserialize, Serialize};

/// What is asked about a text, beside whether a server takes it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asked {
    /// The side that is looked at.
    pub side: AskedSide,
    /// The tests that lie beside the text.
    pub tests: Vec<TestCase>,
    /// The guardrails that it is held against, each as the text that it is stored as.
    pub guardrails: Vec<String>,
}

/// One side of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum AskedSide {
    /// None: only what stands beside every side.
    #[default]
    Nothing,
    /// What it allows.
    Meaning {
        /// Words that a row must hold to be listed; empty for no filter.
        words: String,
        /// Which rows are listed without a filter.
        breadth: Breadth,
        /// The cell that is looked into.
        cell: Option<CellName>,
    },
    /// What it decides about one request, and why.
    Explain {
        /// The method of the request.
        method: String,
        /// Its path.
        path: String,
    },
    /// What differs from another text.
    Compare,
    /// What is wrong, odd or pointless about it.
    Lint,
    /// Whether it decides as its tests expect.
    Tests,
    /// The smallest policy that decides the same.
    Smallest,
    /// What it is saved with.
    Saving,
}

/// Which rows a table of resources lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Breadth {
    /// Those that set the policy apart; the others are counted.
    #[default]
    Notable,
    /// All of them.
    All,
}

/// The name of one cell: a method on a resource or on one of its items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CellName {
    /// The resource.
    pub policy_id: String,
    /// The item; none for its list and for every item without rules of its own.
    pub item_id: Option<String>,
    /// The method.
    pub method: String,
}

/// One test: what a policy is expected to decide about a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TestCase {
    /// The resource.
    pub policy_id: String,
    /// The item; none for its list, and for resources without items.
    pub item_id: Option<String>,
    /// The method.
    pub method: String,
    /// Whether the request is expected to be allowed.
    pub is_allowed: bool,
    /// Why, for people; may be empty.
    pub note: String,
}
