//! Taking over what another journal holds, with guardrails on the tokens that come and change.

use std::collections::{BTreeMap, BTreeSet};

use super::TokenError;
use super::guardrails::{GuardrailBreach, go_past};
use crate::event::{EventBody, GuardrailOverride, GuardrailsOverridden};
use crate::ids::{GuardrailUid, TokenUid};
use crate::manager::join::JoinPlan;
use crate::model::Workspace;
use crate::query::{FleetBreach, fleet_breaches};
use crate::time::Timestamp;

/// What an import would let go past guardrails: those that are up then, and tokens that come or change and did not go
/// past them before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportBreaches {
    /// Each guardrail once, with the first token and one request that shows it, in the order of the guardrails' uids.
    pub breaches: Vec<GuardrailBreach>,
    /// All these tokens, in the order of their uids.
    pub tokens: Vec<TokenUid>,
}

/// Finds what an import would let go past guardrails.
///
/// Costs a fold of what is taken over and two looks at all tokens, and next to nothing where no guardrail would be up.
///
/// ```
/// use tollgate_tokens::checked::import_breaches;
/// use tollgate_tokens::{Timestamp, Workspace, join::JoinPlan};
///
/// let found = import_breaches(&Workspace::default(), &JoinPlan::default(), Timestamp::default());
/// assert!(found.breaches.is_empty() && found.tokens.is_empty());
/// ```
#[must_use]
pub fn import_breaches(here: &Workspace, plan: &JoinPlan, now: Timestamp) -> ImportBreaches {
    let brings_one = plan.events.iter().any(|event| matches!(event.body, EventBody::GuardrailAdded(_)));
    if !brings_one && here.library().guardrails().next().is_none() {
        return ImportBreaches::default();
    }
    let before: BTreeSet<(GuardrailUid, TokenUid)> = pairs(&fleet_breaches(here, now)).collect();
    let moved: BTreeSet<TokenUid> = plan.new_tokens.iter().chain(&plan.changed_tokens).copied().collect();
    let outcome = here.clone().followed_by(&plan.events);
    let (mut first, mut tokens) = (BTreeMap::new(), BTreeSet::new());
    for found in fleet_breaches(&outcome, now) {
        for (guardrail, uid) in pairs(std::slice::from_ref(&found)) {
            if before.contains(&(guardrail, uid)) || !moved.contains(&uid) {
                continue;
            }
            tokens.insert(uid);
            if let Some(breach) = breach_of(&outcome, &found, uid) {
                first.entry(guardrail).or_insert(breach);
            }
        }
    }
    ImportBreaches { breaches: first.into_values().collect(), tokens: tokens.into_iter().collect() }
}

/// Decides whether an import may go past guardrails, and what is recorded of that; nothing where it goes past none.
///
/// # Errors
///
/// [`TokenError::Guardrails`] for guardrails that `overrides` does not name, [`TokenError::OverrideWithoutReason`] where
/// its reason is blank.
pub fn import(
    here: &Workspace,
    plan: &JoinPlan,
    overrides: Option<&GuardrailOverride>,
    now: Timestamp,
) -> Result<Option<EventBody>, TokenError> {
    let ImportBreaches { breaches, tokens } = import_breaches(here, plan, now);
    let overrides = go_past(&breaches, overrides)?;
    Ok(overrides.map(|overrides| EventBody::GuardrailsOverridden(GuardrailsOverridden { tokens, overrides })))
}

fn pairs(breaches: &[FleetBreach]) -> impl Iterator<Item = (GuardrailUid, TokenUid)> {
    breaches.iter().flat_map(|found| found.tokens.iter().map(move |uid| (found.guardrail, *uid)))
}

fn breach_of(outcome: &Workspace, found: &FleetBreach, uid: TokenUid) -> Option<GuardrailBreach> {
    let (record, token) = (outcome.library().guardrail(found.guardrail)?, outcome.token(uid)?);
    Some(GuardrailBreach {
        guardrail: record.uid,
        name: record.guardrail.name().to_owned(),
        demand: record.guardrail.sentence(),
        breach: found.breach.clone(),
        owner: token.owner.clone(),
        local_site: token.local_site.clone(),
        token: Some(uid),
    })
}
