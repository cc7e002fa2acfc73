//! Undoing an act by a compensating event.

use std::collections::BTreeMap;

use super::TokenError;
use crate::event::{
    AssignedGroup, DeletionUndone, EventBody, ExpiryChange, InvalidationUndone, Overwritten, PoliciesAssigned,
    RestoredToken, RotationUndone, TokenChange, TokenRecord, TokenRotated, TokensChanged, TokensDeleted,
    TokensInvalidated,
};
use crate::ids::{EventId, TokenUid};
use crate::model::{Token, Workspace};

type Undone = Result<(Vec<EventBody>, usize), TokenError>;

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
/// # Errors
///
/// [`TokenError`] when the act is none that can be undone, was undone, or a later act touched one of its tokens.
pub fn undo(workspace: &Workspace, act: EventId, body: Option<&EventBody>) -> Undone {
    if workspace.is_undone(act) {
        return Err(TokenError::AlreadyUndone);
    }
    match body.filter(|body| can_be_undone(body)) {
        Some(EventBody::TokensInvalidated(invalidated)) => undo_invalidation(workspace, act, invalidated),
        Some(EventBody::TokensChanged(changed)) => undo_change(workspace, act, changed),
        Some(EventBody::PoliciesAssigned(assigned)) => undo_assignment(workspace, act, assigned),
        Some(EventBody::TokensDeleted(deleted)) => undo_deletion(workspace, act, deleted),
        Some(EventBody::TokenRotated(rotated)) => undo_rotation(workspace, act, rotated),
        _ => Err(TokenError::UnknownAct(act)),
    }
}

fn known(workspace: &Workspace, uid: TokenUid) -> Result<&Token, TokenError> {
    match (workspace.token(uid), workspace.deleted_token(uid)) {
        (Some(token), _) => Ok(token),
        (None, Some(deleted)) => Err(TokenError::ChangedSince { number: deleted.token.number }),
        (None, None) => Err(TokenError::UnknownToken(uid)),
    }
}

fn undo_invalidation(workspace: &Workspace, act: EventId, invalidated: &TokensInvalidated) -> Undone {
    for uid in &invalidated.tokens {
        let token = known(workspace, *uid)?;
        if token.invalidated_by != Some(act) {
            return Err(TokenError::ChangedSince { number: token.number });
        }
    }
    let overwritten: BTreeMap<TokenUid, &Overwritten> =
        invalidated.overwritten.iter().map(|earlier| (earlier.uid, earlier)).collect();
    let restored: Vec<RestoredToken> =
        invalidated.tokens.iter().map(|uid| before(*uid, overwritten.get(uid).copied())).collect();
    let count = restored.len();
    Ok((vec![EventBody::InvalidationUndone(InvalidationUndone { act, restored })], count))
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

fn undo_change(workspace: &Workspace, act: EventId, changed: &TokensChanged) -> Undone {
    for change in &changed.changes {
        let token = known(workspace, change.uid)?;
        if !stands(token, change) {
            return Err(TokenError::ChangedSince { number: token.number });
        }
    }
    let changes: Vec<TokenChange> = changed.changes.iter().map(TokenChange::reversed).collect();
    let count = changes.len();
    let undone = TokensChanged { changes, undoes: Some(act), overrides: None };
    Ok((vec![EventBody::TokensChanged(undone)], count))
}

/// Whether a token is still as a change left it.
fn stands(token: &Token, change: &TokenChange) -> bool {
    change.note.as_ref().is_none_or(|note| note.after == token.note)
        && change.policy.as_ref().is_none_or(|policy| *policy.after == *token.policy)
        && change.policy_source.is_none_or(|source| source.after == token.policy_source)
        && change.expires.is_none_or(|expires| expires.after == token.expires)
}

fn undo_assignment(workspace: &Workspace, act: EventId, assigned: &PoliciesAssigned) -> Undone {
    let mut count = 0;
    for AssignedGroup { after, tokens, .. } in &assigned.groups {
        for uid in tokens {
            let token = known(workspace, *uid)?;
            if *after.text != *token.policy || after.source != token.policy_source {
                return Err(TokenError::ChangedSince { number: token.number });
            }
        }
        count += tokens.len();
    }
    let groups = assigned.groups.iter().map(AssignedGroup::reversed).collect();
    Ok((vec![EventBody::PoliciesAssigned(PoliciesAssigned { groups, overrides: None, undoes: Some(act) })], count))
}

fn undo_deletion(workspace: &Workspace, act: EventId, deleted: &TokensDeleted) -> Undone {
    let mut restored = Vec::with_capacity(deleted.tokens.len());
    for uid in &deleted.tokens {
        let tombstone = workspace.deleted_token(*uid).ok_or(TokenError::UnknownToken(*uid))?;
        if tombstone.act != act || workspace.token_by_digest(&tombstone.token.digest).is_some() {
            return Err(TokenError::ChangedSince { number: tombstone.token.number });
        }
        restored.push(TokenRecord::from(&*tombstone.token));
    }
    let count = restored.len();
    Ok((vec![EventBody::DeletionUndone(DeletionUndone { act, restored })], count))
}

fn undo_rotation(workspace: &Workspace, act: EventId, rotated: &TokenRotated) -> Undone {
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
    let undone = RotationUndone { act, old: old.uid, expires, earlier: rotated.earlier, new: new.uid };
    Ok((vec![EventBody::RotationUndone(undone)], 2))
}
