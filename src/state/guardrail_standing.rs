//! How the tokens that a guardrail covers stand to it now, in counts and with one example.

use tollgate_tokens::{FleetBreach, GuardrailRecord, Timestamp, TokenUid, Workspace, breaches_of};

use super::act_words::token_name;
use crate::format;

/// How the tokens that a guardrail covers stand to it. Tokens that do not log in count nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardrailStanding {
    /// How many tokens it covers.
    pub covered: usize,
    /// How many of them break it.
    pub breaking: usize,
    /// One that does.
    pub example: Option<BreakingToken>,
}

/// A token that breaks a guardrail, and one request that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakingToken {
    /// The token.
    pub uid: TokenUid,
    /// Its name, as a lower-case fragment.
    pub name: String,
    /// The request, and the rule that decides it, as a fragment.
    pub request: String,
}

impl GuardrailStanding {
    /// How tokens stand to a guardrail that is up, or only thought of.
    ///
    /// Costs a look at each token and at all classes of requests for each distinct policy of those that it covers.
    pub(super) fn of(workspace: &Workspace, record: &GuardrailRecord, now: Timestamp) -> Self {
        let covered = workspace
            .tokens()
            .filter(|token| token.status_at(now).logs_in() && record.covers(&token.owner, token.local_site.as_ref()));
        let covered = covered.count();
        let breaches = breaches_of(workspace, record, now);
        let breaking = breaches.iter().map(|found| found.tokens.len()).sum();
        let example = breaches.first().and_then(|found| example(workspace, found));
        Self { covered, breaking, example }
    }

    /// The counts as a sentence.
    #[must_use]
    pub fn says(&self) -> String {
        match (self.covered, self.breaking) {
            (0, _) => "No token that works now is covered.".to_owned(),
            (1, 0) => "The one token that it covers keeps to it.".to_owned(),
            (1, _) => "The one token that it covers breaks it now.".to_owned(),
            (covered, 0) => format!("The {} tokens that it covers all keep to it.", format::count(covered)),
            (covered, breaking) => {
                let verb = if breaking == 1 { "breaks" } else { "break" };
                let (breaking, covered) = (format::count(breaking), format::count(covered));
                format!("{breaking} of the {covered} tokens that it covers {verb} it now.")
            }
        }
    }
}

fn example(workspace: &Workspace, found: &FleetBreach) -> Option<BreakingToken> {
    let uid = *found.tokens.first()?;
    Some(BreakingToken { uid, name: token_name(workspace, uid).1, request: found.breach.sentence() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(covered: usize, breaking: usize, says: &str) {
        assert_eq!(GuardrailStanding { covered, breaking, example: None }.says(), says);
    }

    #[test]
    fn a_standing_counts_in_words() {
        check(0, 0, "No token that works now is covered.");
        check(1, 0, "The one token that it covers keeps to it.");
        check(1, 1, "The one token that it covers breaks it now.");
        check(1200, 0, "The 1,200 tokens that it covers all keep to it.");
        check(12, 1, "1 of the 12 tokens that it covers breaks it now.");
        check(12, 3, "3 of the 12 tokens that it covers break it now.");
    }
}
