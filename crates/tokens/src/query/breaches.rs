//! Which tokens go past guardrails now.

use std::sync::Arc;

use tollgate_policy::guardrail::{Breach, breach};
use tollgate_policy::{Catalog, Policy};

use crate::ids::{GuardrailUid, TokenUid};
use crate::model::{GuardrailRecord, Token, Workspace, by_policy};
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
        let records = workspace.library().guardrails();
        breaches.extend(records.filter_map(|record| found(record, text, &policy, &holders)));
    }
    breaches
}

/// What tokens which log in go past one guardrail, by policy, whether it is up or only thought of.
///
/// Exact; costs one look at all classes of requests for each distinct policy of a token that it covers.
///
/// ```
/// use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
/// use tollgate_tokens::{GuardrailRecord, GuardrailUid, Timestamp, Workspace, breaches_of};
///
/// let target = Target { methods: Choice::Any, resources: Choice::Any, items: Items::All };
/// let guardrail = Guardrail::new("nothing at all", Scope::ALL, Rule::Never, target)?;
/// let record = GuardrailRecord { uid: GuardrailUid::from_bytes([1; 16]), guardrail, note: String::new() };
/// assert!(breaches_of(&Workspace::default(), &record, Timestamp::default()).is_empty());
/// # Ok::<(), tollgate_policy::guardrail::GuardrailError>(())
/// ```
#[must_use]
pub fn breaches_of(workspace: &Workspace, record: &GuardrailRecord, now: Timestamp) -> Vec<FleetBreach> {
    let covered = workspace
        .tokens()
        .map(|token| &**token)
        .filter(|token| token.status_at(now).logs_in() && record.covers(&token.owner, token.local_site.as_ref()));
    let of_policy = |(text, holders): (&Arc<str>, Vec<&Token>)| found(record, text, &Policy::stored(text)?, &holders);
    by_policy(covered).into_iter().filter_map(of_policy).collect()
}

/// What the tokens with one policy go past a guardrail.
fn found(record: &GuardrailRecord, text: &Arc<str>, policy: &Policy, holders: &[&Token]) -> Option<FleetBreach> {
    let covered = holders.iter().filter(|token| record.covers(&token.owner, token.local_site.as_ref()));
    let tokens: Vec<TokenUid> = covered.map(|token| token.uid).collect();
    if tokens.is_empty() {
        return None;
    }
    let breach = breach(&record.guardrail, policy, Catalog::review_board_8_1())?;
    Some(FleetBreach { guardrail: record.uid, policy: Arc::clone(text), breach, tokens })
}
