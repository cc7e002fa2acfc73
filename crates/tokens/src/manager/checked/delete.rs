//! Deleting tokens, which is the one thing that makes a token unusable over HTTP.

use super::TokenError;
use super::rules::{picked, refuse_token};
use crate::event::{EventBody, TokensDeleted};
use crate::ids::TokenUid;
use crate::model::Workspace;

/// Decides the deletion of one token or many; the record keeps what they were, so that it can be undone.
///
/// # Errors
///
/// [`TokenError`] when a token is unknown, none is picked, or the reason holds a token.
pub fn delete(
    workspace: &Workspace,
    tokens: &[TokenUid],
    reason: &str,
) -> Result<(Vec<EventBody>, Vec<TokenUid>), TokenError> {
    refuse_token("reason", reason)?;
    let picked = picked(workspace, tokens)?;
    let tokens: Vec<TokenUid> = picked.iter().map(|token| token.uid).collect();
    if tokens.is_empty() {
        return Err(TokenError::NothingToChange);
    }
    let act = TokensDeleted { tokens: tokens.clone(), reason: reason.trim().to_owned() };
    Ok((vec![EventBody::TokensDeleted(act)], tokens))
}
