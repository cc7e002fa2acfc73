//! Recording that a secret was taken out of where it is kept.

use super::TokenError;
use crate::event::{EventBody, SecretRevealed};
use crate::ids::TokenUid;
use crate::model::Workspace;

/// Decides the record of a secret that is about to be shown or copied: it is to be durable before that happens.
///
/// # Errors
///
/// [`TokenError::UnknownToken`] for a token that is not there, a deleted one included.
pub fn reveal(workspace: &Workspace, uid: TokenUid) -> Result<(Vec<EventBody>, ()), TokenError> {
    match workspace.token(uid) {
        Some(_) => Ok((vec![EventBody::SecretRevealed(SecretRevealed { uid })], ())),
        None => Err(TokenError::UnknownToken(uid)),
    }
}
