//! Whether a policy decides as it is expected to.

use serde::Serialize;

use super::expectation::{Expectation, Suite};
use crate::compile::CompiledPolicy;
use crate::eval::Decision;
use crate::pointer::JsonPointer;
use crate::span::Span;

/// What became of every test of a suite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// One outcome for each expectation, in the order of the suite.
    pub outcomes: Vec<Outcome>,
}

impl Report {
    /// Whether the policy decides everything as expected; an empty suite is always met.
    pub fn is_met(&self) -> bool {
        self.outcomes.iter().all(|outcome| outcome.is_met)
    }

    /// How many expectations the policy meets.
    pub fn met(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.is_met).count()
    }
}

/// What became of one test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// Whether the policy decides as expected.
    pub is_met: bool,
    /// What it decides, and by which rule.
    pub decision: Decision,
    /// The entry that decides, in the document; none if no rule says anything.
    pub pointer: Option<JsonPointer>,
    /// The entry that decides, in the text; none if no rule says anything.
    pub span: Option<Span>,
}

/// Asks a policy everything that a suite has expectations about.
///
/// The answers are those of the policy itself; that a server denies everything on a closed resource, or answers 405,
/// is not looked at.
/// Costs a decision for each expectation, so that it can be done on every keystroke.
///
/// ```
/// use tollgate_policy::suite::{Expectation, Suite, run};
/// use tollgate_policy::{Catalog, CompiledPolicy, Effect, check, presets};
///
/// let policy = check(presets::read_only(), Catalog::review_board_8_1()).policy().ok_or("refused")?;
/// let suite = Suite { expectations: vec![Expectation::new("review", None, "POST", Effect::Allow)] };
///
/// let report = run(&suite, &CompiledPolicy::new(&policy));
/// assert!(!report.is_met());
/// let pointer = report.outcomes.first().and_then(|outcome| outcome.pointer.clone()).ok_or("no rule")?;
/// assert_eq!(pointer.as_str(), "/resources/*/block/0");
/// # Ok::<(), &str>(())
/// ```
pub fn run(suite: &Suite, policy: &CompiledPolicy) -> Report {
    Report { outcomes: suite.expectations.iter().map(|expectation| outcome(expectation, policy)).collect() }
}

fn outcome(expectation: &Expectation, policy: &CompiledPolicy) -> Outcome {
    let decision = expectation.decide(policy);
    Outcome {
        is_met: decision.effect == expectation.effect,
        decision,
        pointer: policy.pointer(&decision),
        span: policy.span(&decision),
    }
}
