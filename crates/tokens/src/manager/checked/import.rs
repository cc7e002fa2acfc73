//! Taking over what another journal holds, with guardrails on the tokens that come and change.

use std::collections::{BTreeMap, BTreeSet};

use tollgate_policy::guardrail::{Breach, breach};
use tollgate_policy::{Catalog, Policy};

use super::TokenError;
use super::guardrails::{GuardrailBreach, go_past};
use crate::event::{EventBody, GuardrailOverride, GuardrailsOverridden};
use crate::ids::TokenUid;
use crate::manager::join::JoinPlan;
use crate::model::{GuardrailRecord, Token, Workspace};
use crate::time::Timestamp;

/// What an import would let go past guardrails: those that are up then or were here until then, and tokens that come or
/// change and did not go past them before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportBreaches {
    /// Each guardrail once, with the first token and one request that shows it, in the order of the guardrails' uids.
    pub breaches: Vec<GuardrailBreach>,
    /// All these tokens, in the order of their uids.
    pub tokens: Vec<TokenUid>,
}

/// Finds what an import would let go past guardrails.
///
/// Costs a fold of what is taken over, for each guardrail a look at each token that comes or changes, and one look at all
/// classes of requests for each distinct policy of theirs; next to nothing where no guardrail is or would be up.
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
    let brings_one = plan
        .events
        .iter()
        .any(|event| matches!(event.body, EventBody::GuardrailAdded(_) | EventBody::GuardrailChanged(_)));
    if !brings_one && here.library().guardrails().next().is_none() {
        return ImportBreaches::default();
    }
    let outcome = here.clone().followed_by(&plan.events);
    let moved: BTreeSet<TokenUid> = plan.new_tokens.iter().chain(&plan.changed_tokens).copied().collect();
    let mut moved: Vec<&Token> = moved.into_iter().filter_map(|uid| outcome.token(uid)).map(AsRef::as_ref).collect();
    moved.sort_by_key(|token| token.number);
    let (mut first, mut tokens) = (BTreeMap::new(), BTreeSet::new());
    for record in held_against(here, &outcome) {
        let mut looks = Looks { record, now, known: BTreeMap::new() };
        for token in &moved {
            let Some(breach) = looks.at(token).cloned() else { continue };
            if here.token(token.uid).is_some_and(|before| looks.at(before).is_some()) {
                continue;
            }
            tokens.insert(token.uid);
            first.entry(record.uid).or_insert_with(|| breach_of(record, token, breach));
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

/// The guardrails that are up afterwards, and those of now that the file takes down or changes: what comes with that keeps
/// to them as well, or a file could bring its own way past them.
fn held_against<'w>(here: &'w Workspace, outcome: &'w Workspace) -> impl Iterator<Item = &'w GuardrailRecord> {
    let stays = move |record: &GuardrailRecord| {
        let then = outcome.library().guardrail(record.uid);
        then.is_some_and(|then| then.guardrail == record.guardrail)
    };
    let up = outcome.library().guardrails().map(|record| &**record);
    up.chain(here.library().guardrails().map(|record| &**record).filter(move |record| !stays(record)))
}

/// What tokens that log in go past one guardrail, each policy looked at once.
struct Looks<'w> {
    record: &'w GuardrailRecord,
    now: Timestamp,
    known: BTreeMap<&'w str, Option<Breach>>,
}

impl<'w> Looks<'w> {
    fn at(&mut self, token: &'w Token) -> Option<&Breach> {
        let record = self.record;
        if !token.status_at(self.now).logs_in() || !record.covers(&token.owner, token.local_site.as_ref()) {
            return None;
        }
        let look = || breach(&record.guardrail, &Policy::stored(&token.policy)?, Catalog::review_board_8_1());
        self.known.entry(&*token.policy).or_insert_with(look).as_ref()
    }
}

fn breach_of(record: &GuardrailRecord, token: &Token, breach: Breach) -> GuardrailBreach {
    GuardrailBreach {
        guardrail: record.uid,
        name: record.guardrail.name().to_owned(),
        demand: record.guardrail.sentence(),
        breach,
        owner: token.owner.clone(),
        local_site: token.local_site.clone(),
        token: Some(token.uid),
    }
}
