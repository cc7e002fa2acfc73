//! Guardrails that a text breaks.

use serde::{Deserialize, Serialize};

use super::proposal::PlaceLook;

/// A guardrail that the policy breaks, with one request that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BrokenLook {
    /// What it is called.
    pub name: String,
    /// What it demands, as a lower-case fragment.
    pub demand: String,
    /// The request, and the rule that decides it, as a fragment.
    pub request: String,
    /// Where that rule stands; none if no rule says anything.
    pub at: Option<PlaceLook>,
}
