//! Guardrails on the policies that tokens are given.

use std::collections::BTreeMap;

use tollgate_policy::guardrail::{Breach, breach};
use tollgate_policy::{Catalog, Policy};

use super::TokenError;
use super::rules::refuse_token;
use crate::event::GuardrailOverride;
use crate::ids::{GuardrailUid, SiteName, TokenUid, Username};
use crate::model::{Token, Workspace};
use crate::time::Timestamp;

/// Whose token it is, and where it is bound to.
pub type Holder<'t> = (&'t Username, Option<&'t SiteName>);

/// A guardrail that a policy goes past, with a request that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardrailBreach {
    /// The guardrail.
    pub guardrail: GuardrailUid,
    /// What it is called.
    pub name: String,
    /// What it demands, in words.
    pub demand: String,
    /// One request, and the rule that decides it. Places are those in the text that a token would hold.
    pub breach: Breach,
    /// The first owner of those whose tokens must keep to it.
    pub owner: Username,
    /// The place of that token; `None` is a global one.
    pub local_site: Option<SiteName>,
    /// That token; `None` is one that is not made yet.
    pub token: Option<TokenUid>,
}

/// The guardrails that a policy goes past if these tokens hold it, in the order of their uids.
///
/// Exact: each is looked at with every class of requests. Costs one such look for each guardrail that covers any of the
/// tokens. None for a text that cannot be read as a policy.
///
/// ```
/// use tollgate_tokens::checked::breached_by;
/// use tollgate_tokens::{Username, Workspace};
///
/// let owner: Username = "ci-bot".parse()?;
/// assert!(breached_by(&Workspace::default(), "{}", [(&owner, None)]).is_empty());
/// # Ok::<(), tollgate_tokens::ParseNameError>(())
/// ```
pub fn breached_by<'t>(
    workspace: &Workspace,
    held: &str,
    holders: impl IntoIterator<Item = Holder<'t>>,
) -> Vec<GuardrailBreach> {
    look(workspace, held, holders.into_iter().map(|holder| (holder, None)))
}

/// The guardrails that a policy goes past if these tokens hold it, which are there already.
pub(super) fn breached_with<'t>(
    workspace: &Workspace,
    held: &str,
    tokens: impl IntoIterator<Item = &'t Token>,
) -> Vec<GuardrailBreach> {
    look(workspace, held, tokens.into_iter().map(|token| (holder(token), Some(token.uid))))
}

/// The guardrails that are gone past if each token holds the policy before it: each guardrail once.
pub(super) fn breached_by_each<'t>(
    workspace: &Workspace,
    held: impl IntoIterator<Item = (&'t str, &'t Token)>,
) -> Vec<GuardrailBreach> {
    if workspace.library().guardrails().next().is_none() {
        return Vec::new();
    }
    let mut by_text: BTreeMap<&'t str, Vec<&'t Token>> = BTreeMap::new();
    for (text, token) in held {
        by_text.entry(text).or_default().push(token);
    }
    let mut first: BTreeMap<GuardrailUid, GuardrailBreach> = BTreeMap::new();
    for (text, tokens) in by_text {
        for found in breached_with(workspace, text, tokens) {
            first.entry(found.guardrail).or_insert(found);
        }
    }
    first.into_values().collect()
}

/// Whether a token whose time is over is to log in again with another expiry; one that is invalid is not.
///
/// One that is uncertain counts as well: it logs in as soon as somebody trusts it.
pub(super) fn comes_back(token: &Token, expires: Option<Timestamp>, now: Timestamp) -> bool {
    token.valid && token.is_expired_at(now) && expires.is_none_or(|expires| now < expires)
}

fn look<'t>(
    workspace: &Workspace,
    held: &str,
    holders: impl Iterator<Item = (Holder<'t>, Option<TokenUid>)>,
) -> Vec<GuardrailBreach> {
    if workspace.library().guardrails().next().is_none() {
        return Vec::new();
    }
    let Some(policy) = Policy::stored(held) else { return Vec::new() };
    let mut first: BTreeMap<Holder<'t>, Option<TokenUid>> = BTreeMap::new();
    for (holder, token) in holders {
        first.entry(holder).or_insert(token);
    }
    let mut breaches = Vec::new();
    for record in workspace.library().guardrails() {
        let covered = first.iter().find(|((owner, local_site), _)| record.covers(owner, *local_site));
        let Some(((owner, local_site), token)) = covered else { continue };
        if let Some(breach) = breach(&record.guardrail, &policy, Catalog::review_board_8_1()) {
            breaches.push(GuardrailBreach {
                guardrail: record.uid,
                name: record.guardrail.name().to_owned(),
                demand: record.guardrail.sentence(),
                breach,
                owner: Username::clone(owner),
                local_site: local_site.cloned(),
                token: *token,
            });
        }
    }
    breaches
}

/// Refuses breaches that are not overridden, and tells what is recorded of those that are.
pub(super) fn go_past(
    breaches: &[GuardrailBreach],
    overrides: Option<&GuardrailOverride>,
) -> Result<Option<GuardrailOverride>, TokenError> {
    let is_named = |uid: GuardrailUid| overrides.is_some_and(|named| named.guardrails.contains(&uid));
    let refused: Vec<GuardrailBreach> = breaches.iter().filter(|found| !is_named(found.guardrail)).cloned().collect();
    if !refused.is_empty() {
        return Err(TokenError::Guardrails(refused));
    }
    let Some(GuardrailOverride { reason, .. }) = overrides.filter(|_| !breaches.is_empty()) else { return Ok(None) };
    refuse_token("reason", reason)?;
    let reason = reason.trim().to_owned();
    if reason.is_empty() {
        return Err(TokenError::OverrideWithoutReason);
    }
    let guardrails = breaches.iter().map(|found| found.guardrail).collect();
    Ok(Some(GuardrailOverride { guardrails, reason }))
}

/// Whose a token is, and where it is bound to.
fn holder(token: &Token) -> Holder<'_> {
    (&token.owner, token.local_site.as_ref())
}

/// The breaches of an act in words: the first, and how many more there are.
pub(super) fn in_words(breaches: &[GuardrailBreach]) -> String {
    let Some((first, others)) = breaches.split_first() else { return "no guardrail is breached".to_owned() };
    let GuardrailBreach { name, demand, breach, .. } = first;
    let more = match others.len() {
        0 => String::new(),
        1 => "; another guardrail is breached as well".to_owned(),
        many => format!("; {many} more guardrails are breached"),
    };
    format!("the guardrail `{name}` says that {demand}, but {}{more}", breach.sentence())
}
