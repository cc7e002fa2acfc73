//! Whether a policy decides as its tests expect.

use serde::{Deserialize, Serialize};

use super::proposal::PlaceLook;

/// What became of the tests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "is", rename_all = "camelCase")]
pub enum TestsLook {
    /// Why they were not run, as a sentence.
    Silent(String),
    /// One outcome for each test, in their order.
    Ran(Vec<OutcomeLook>),
}

/// What became of one test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutcomeLook {
    /// Whether the policy decides as expected.
    pub is_met: bool,
    /// The rule that decides, or words that say that there is none.
    pub rule: String,
    /// Where that stands in the text.
    pub at: Option<PlaceLook>,
}
