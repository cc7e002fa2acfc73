//! Undoing an act by a compensating event.

use std::collections::BTreeMap;

use super::TokenError;
use super::guardrails::{breached_by_each, comes_back, go_past};
use crate::event::{
    AssignedGroup, DeletionUndone, EventBody, ExpiryChange, GuardrailOverride, InvalidationUndone, Overwritten,
    PoliciesAssigned, RestoredToken, RotationUndone, TokenChange, TokenRecord, TokenRotated, TokensChanged,
    TokensDeleted, TokensInvalidated,
};
use crate::ids::{EventId, TokenUid};
use crate::model::{Token, Workspace};
use crate::time::Timestamp;

type Undone = Result<(Vec<EventBody>, usize), TokenError>;

/// Which act is undone, where and when, and what it may go past.
#[derive(Clone, Copy)]
struct Undoing<'u> {
    workspace: &'u Workspace,
    act: EventId,
    overrides: Option<&'u GuardrailOverride>,
    now: Timestamp,
}

/// Whether an act is of a kind that can be undone.
#[must_use]
pub const fn can_be_undone(body: &EventBody) -> bool {
    match body {
        EventBody::TokensInvalidated(_) | EventBody::TokensDeleted(_) | EventBody::TokenRotated(_) => true,
        EventBody::TokensChanged(act) => act.undoes.is_none(),
        EventBody::PoliciesAssigned(act) => act.undoes.is_none(),
        _ => false,
    }
}

/// Decides the undoing of an act: the event carries the state before it. The answer is how many tokens it touches.
///
/// A policy that comes back, and a valid token that does, must keep to the guardrails that are up now, as a new one must:
/// one that was deleted, or invalid, or whose time was over. Where undoing a rotation takes a successor away that logs in
/// with the same policy, the old token goes past no more than that did.
///
/// # Errors
///
/// [`TokenError`] when the act is none that can be undone, was undone, or a later act touched one of its tokens;
/// [`TokenError::Guardrails`] when what comes back goes past guardrails that `overrides` does not name.
pub fn undo(
    workspace: &Workspace,
    act: EventId,
    body: Option<&EventBody>,
    overrides: Option<&GuardrailOverride>,
    now: Timestamp,
) -> Undone {
    if workspace.is_undone(act) {
        return Err(TokenError::AlreadyUndone);
    }
    let undoing = Undoing { workspace, act, overrides, now };
    match body.filter(|body| can_be_undone(body)) {
        Some(EventBody::TokensInvalidated(invalidated)) => undo_invalidation(undoing, invalidated),
        Some(EventBody::TokensChanged(changed)) => undo_change(undoing, changed),
        Some(EventBody::PoliciesAssigned(assigned)) => undo_assignment(undoing, assigned),
        Some(EventBody::TokensDeleted(deleted)) => undo_deletion(undoing, deleted),
        Some(EventBody::TokenRotated(rotated)) => undo_rotation(undoing, rotated),
        _ => Err(TokenError::UnknownAct(act)),
    }
}

impl Undoing<'_> {
    /// Refuses guardrails that are gone past and not overridden when these tokens have these policies again.
    fn go_past<'t>(self, back: Vec<(&'t str, &'t Token)>) -> Result<Option<GuardrailOverride>, TokenError> {
        go_past(&breached_by_each(self.workspace, back), self.overrides)
    }
}

fn known(workspace: &Workspace, uid: TokenUid) -> Result<&Token, TokenError> {
    match (workspace.token(uid), workspace.deleted_token(uid)) {
        (Some(token), _) => Ok(token),
        (None, Some(deleted)) => Err(TokenError::ChangedSince { number: deleted.token.number }),
        (None, None) => Err(TokenError::UnknownToken(uid)),
    }
}

fn undo_invalidation(undoing: Undoing<'_>, invalidated: &TokensInvalidated) -> Undone {
    let Undoing { workspace, act, .. } = undoing;
    let overwritten: BTreeMap<TokenUid, &Overwritten> =
        invalidated.overwritten.iter().map(|earlier| (earlier.uid, earlier)).collect();
    let mut back = Vec::new();
    for uid in &invalidated.tokens {
        let token = known(workspace, *uid)?;
        if token.invalidated_by != Some(act) {
            return Err(TokenError::ChangedSince { number: token.number });
        }
        if !overwritten.contains_key(uid) {
            back.push((&*token.policy, token));
        }
    }
    let overrides = undoing.go_past(back)?;
    let restored: Vec<RestoredToken> =
        invalidated.tokens.iter().map(|uid| before(*uid, overwritten.get(uid).copied())).collect();
    let count = restored.len();
    Ok((vec![EventBody::InvalidationUndone(InvalidationUndone { act, restored, overrides })], count))
}

/// The state of a token before the act, which wrote over an earlier invalidation or over none.
fn before(uid: TokenUid, overwritten: Option<&Overwritten>) -> RestoredToken {
    match overwritten {
        Some(earlier) => RestoredToken {
            uid,
            valid: false,
            act: earlier.act,
            invalid_date: earlier.invalid_date,
            invalid_reason: earlier.invalid_reason.clone(),
        },
        None => RestoredToken { uid, valid: true, act: None, invalid_date: None, invalid_reason: String::new() },
    }
}

fn undo_change(undoing: Undoing<'_>, changed: &TokensChanged) -> Undone {
    let mut back = Vec::new();
    for change in &changed.changes {
        let token = known(undoing.workspace, change.uid)?;
        if !stands(token, change) {
            return Err(TokenError::ChangedSince { number: token.number });
        }
        let is_back = || change.expires.is_some_and(|expires| comes_back(token, expires.before, undoing.now));
        match &change.policy {
            Some(policy) => back.push((policy.before.as_str(), token)),
            None => back.extend(is_back().then(|| (&*token.policy, token))),
        }
    }
    let overrides = undoing.go_past(back)?;
    let changes: Vec<TokenChange> = changed.changes.iter().map(TokenChange::reversed).collect();
    let count = changes.len();
    let undone = TokensChanged { changes, undoes: Some(undoing.act), overrides };
    Ok((vec![EventBody::TokensChanged(undone)], count))
}

/// Whether a token is still as a change left it.
fn stands(token: &Token, change: &TokenChange) -> bool {
    change.note.as_ref().is_none_or(|note| note.after == token.note)
        && change.policy.as_ref().is_none_or(|policy| *policy.after == *token.policy)
        && change.policy_source.is_none_or(|source| source.after == token.policy_source)
        && change.expires.is_none_or(|expires| expires.after == token.expires)
}

fn undo_assignment(undoing: Undoing<'_>, assigned: &PoliciesAssigned) -> Undone {
    let (mut count, mut back) = (0, Vec::new());
    for AssignedGroup { before, after, tokens } in &assigned.groups {
        for uid in tokens {
            let token = known(undoing.workspace, *uid)?;
            if *after.text != *token.policy || after.source != token.policy_source {
                return Err(TokenError::ChangedSince { number: token.number });
            }
            if before.text != after.text {
                back.push((before.text.as_str(), token));
            }
        }
        count += tokens.len();
    }
    let overrides = undoing.go_past(back)?;
    let groups = assigned.groups.iter().map(AssignedGroup::reversed).collect();
    let undone = PoliciesAssigned { groups, overrides, undoes: Some(undoing.act) };
    Ok((vec![EventBody::PoliciesAssigned(undone)], count))
}

fn undo_deletion(undoing: Undoing<'_>, deleted: &TokensDeleted) -> Undone {
    let Undoing { workspace, act, .. } = undoing;
    let mut restored = Vec::with_capacity(deleted.tokens.len());
    let mut back = Vec::new();
    for uid in &deleted.tokens {
        let tombstone = workspace.deleted_token(*uid).ok_or(TokenError::UnknownToken(*uid))?;
        if tombstone.act != act || workspace.token_by_digest(&tombstone.token.digest).is_some() {
            return Err(TokenError::ChangedSince { number: tombstone.token.number });
        }
        let token = &*tombstone.token;
        if token.valid {
            back.push((&*token.policy, token));
        }
        restored.push(TokenRecord::from(token));
    }
    let overrides = undoing.go_past(back)?;
    let count = restored.len();
    Ok((vec![EventBody::DeletionUndone(DeletionUndone { act, restored, overrides })], count))
}

fn undo_rotation(undoing: Undoing<'_>, rotated: &TokenRotated) -> Undone {
    let Undoing { workspace, act, now, .. } = undoing;
    let old = known(workspace, rotated.old)?;
    let new = known(workspace, rotated.new.uid)?;
    let old_stands = old.valid && old.expires == rotated.expires.after && old.replaced_by == Some(new.uid);
    if !old_stands {
        return Err(TokenError::ChangedSince { number: old.number });
    }
    // A successor in use would be taken from whoever uses it.
    let is_fresh = new.valid && new.last_used.is_none() && new.last_updated == new.time_added;
    if !is_fresh || new.replaced_by.is_some() {
        return Err(TokenError::ChangedSince { number: new.number });
    }
    let expires = ExpiryChange { before: rotated.expires.after, after: rotated.expires.before };
    let stands_in = new.status_at(now).logs_in() && new.policy == old.policy;
    let is_back = comes_back(old, expires.after, now) && !stands_in;
    let overrides = undoing.go_past(is_back.then(|| (&*old.policy, old)).into_iter().collect())?;
    let undone = RotationUndone { act, old: old.uid, expires, earlier: rotated.earlier, new: new.uid, overrides };
    Ok((vec![EventBody::RotationUndone(undone)], 2))
}
