//! Which tokens go past guardrails now.

use std::sync::Arc;

use tollgate_policy::guardrail::{Breach, breach};
use tollgate_policy::{Catalog, Policy};

use crate::ids::{GuardrailUid, TokenUid};
use crate::model::{Workspace, by_policy};
use crate::time::Timestamp;

/// Tokens of one policy that go past a guardrail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetBreach {
    /// The guardrail.
    pub guardrail: GuardrailUid,
    /// The policy, as the tokens hold it.
    pub policy: Arc<str>,
    /// One request that shows it, and the rule that decides it.
    pub breach: Breach,
    /// The tokens, in the order of their numbers.
    pub tokens: Vec<TokenUid>,
}

/// Every guardrail that tokens which log in go past: by policy, then by guardrail.
///
/// Of what an import would lead to, ask the workspace that its plan says it leads to. Exact; costs one look at all
/// classes of requests for each pair of a distinct policy and a guardrail that covers a token with it, and besides only
/// a look at each token for each guardrail. A policy that cannot be read goes past nothing.
///
/// ```
/// use tollgate_tokens::{Timestamp, Workspace, fleet_breaches};
///
/// assert!(fleet_breaches(&Workspace::default(), Timestamp::default()).is_empty());
/// ```
#[must_use]
pub fn fleet_breaches(workspace: &Workspace, now: Timestamp) -> Vec<FleetBreach> {
    if workspace.library().guardrails().next().is_none() {
        return Vec::new();
    }
    let living = workspace.tokens().map(|token| &**token).filter(|token| token.status_at(now).logs_in());
    let mut breaches = Vec::new();
    for (text, holders) in by_policy(living) {
        let Some(policy) = Policy::stored(text) else { continue };
        for record in workspace.library().guardrails() {
            let covered = holders.iter().filter(|token| record.covers(&token.owner, token.local_site.as_ref()));
            let tokens: Vec<TokenUid> = covered.map(|token| token.uid).collect();
            if tokens.is_empty() {
                continue;
            }
            if let Some(breach) = breach(&record.guardrail, &policy, Catalog::review_board_8_1()) {
                breaches.push(FleetBreach { guardrail: record.uid, policy: Arc::clone(text), breach, tokens });
            }
        }
    }
    breaches
}
