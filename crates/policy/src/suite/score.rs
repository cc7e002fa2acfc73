//! How many mistakes the tests of a policy would notice.

use serde::Serialize;

use super::difference::Difference;
use super::mutant::Mutant;

/// How many mistakes the tests of a policy would notice.
///
/// Every mutant is counted once: as equivalent, as a duplicate, as caught or as a survivor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Score {
    /// All mutants that were tried.
    pub mutants: usize,
    /// Those that decide every request as the policy does; no test could tell them from it.
    pub equivalent: usize,
    /// Those that decide every request as an earlier mutant does.
    pub duplicates: usize,
    /// Those that some test tells from the policy.
    pub caught: usize,
    /// Those that no test tells from the policy, though some request does.
    pub survivors: Vec<Survivor>,
}

impl Score {
    /// How many mutants differ from the policy and from each other.
    pub fn different(&self) -> usize {
        self.caught + self.survivors.len()
    }

    /// Whether every mistake would be noticed; so it is if none can be made.
    pub fn is_complete(&self) -> bool {
        self.survivors.is_empty()
    }

    /// The share of the mutants that are caught, of those that differ from the policy and from each other, in percent.
    ///
    /// Rounded down, so that 100 means all; 100 if there are none.
    pub fn percent(&self) -> usize {
        (self.caught * 100).checked_div(self.different()).unwrap_or(100)
    }
}

/// A mistake that no test would notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Survivor {
    /// The mistake.
    pub mutant: Mutant,
    /// Where decisions differ; never empty, the widest place last.
    #[serde(skip)]
    pub(super) differences: Vec<Difference>,
}
