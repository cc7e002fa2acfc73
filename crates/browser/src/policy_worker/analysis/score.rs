//! How many mistakes the tests of a policy would notice.

use serde::{Deserialize, Serialize};

use super::asked::TestCase;
use super::proposal::PlaceLook;

/// How far a score is worked out, and what it is so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScoreLook {
    /// How many mistakes were tried.
    pub tried: u64,
    /// How many there are to try.
    pub total: u64,
    /// How many of them differ from the policy and from each other.
    pub different: u64,
    /// How many of those some test notices.
    pub caught: u64,
    /// The share of those that are noticed, in percent, rounded down.
    pub percent: u32,
    /// Mistakes that no test notices; empty before all were tried.
    pub survivors: Vec<SurvivorLook>,
    /// How many more of these there are.
    pub unlisted: u64,
    /// Tests that notice the rest; empty before all were tried.
    pub suggested: Vec<TestCase>,
}

impl ScoreLook {
    /// Whether all mistakes were tried.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.tried >= self.total
    }
}

/// A mistake that no test notices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SurvivorLook {
    /// The mistake, as a lower-case fragment.
    pub says: String,
    /// Where it would be made.
    pub at: PlaceLook,
}
