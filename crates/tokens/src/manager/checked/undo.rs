//! Undoing an invalidation by a compensating event.

use std::collections::BTreeMap;

use super::TokenError;
use crate::event::{EventBody, InvalidationUndone, Overwritten, RestoredToken};
use crate::ids::{EventId, TokenUid};
use crate::model::Workspace;

/// Decides the undoing of an act: the event carries the state before it, earlier dates and reasons included.
///
/// # Errors
///
/// [`TokenError`] when the act is none that can be undone, was undone, or a later act touched one of its tokens.
pub fn undo(
    workspace: &Workspace,
    act: EventId,
    body: Option<&EventBody>,
) -> Result<(Vec<EventBody>, usize), TokenError> {
    let Some(EventBody::TokensInvalidated(invalidated)) = body else { return Err(TokenError::UnknownAct(act)) };
    if workspace.is_undone(act) {
        return Err(TokenError::AlreadyUndone);
    }
    for uid in &invalidated.tokens {
        let token = workspace.token(*uid).ok_or(TokenError::UnknownToken(*uid))?;
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
