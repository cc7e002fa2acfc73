//! Changing what may be changed of a token: its note, its policy and its expiry.

use super::TokenError;
use super::rules::{check_expiry, check_policy_text, picked, refuse_token};
use crate::event::{EventBody, ExpiryChange, TextChange, TokenChange, TokensChanged};
use crate::ids::TokenUid;
use crate::model::{Token, Workspace};
use crate::time::Timestamp;

/// When a token shall expire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewExpiry {
    /// Never.
    Never,
    /// At an instant in the future.
    At(Timestamp),
}

impl NewExpiry {
    /// The instant; `None` is never.
    #[must_use]
    pub const fn instant(self) -> Option<Timestamp> {
        match self {
            Self::Never => None,
            Self::At(instant) => Some(instant),
        }
    }
}

/// What shall be changed; a part that is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenEdit {
    /// The note.
    pub note: Option<String>,
    /// The policy as JSON text; it must be one that the service accepts.
    pub policy: Option<String>,
    /// The expiry.
    pub expires: Option<NewExpiry>,
}

/// What an edit did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// What changed, token by token.
    pub changes: Vec<TokenChange>,
    /// How many of the picked tokens were like that already.
    pub unchanged: usize,
}

/// Decides an edit of one token or many. Called without appending what it gives, it is the preview of the edit.
///
/// # Errors
///
/// [`TokenError`] when a token is unknown, a part is refused, or nothing would change.
pub fn change(
    workspace: &Workspace,
    tokens: &[TokenUid],
    edit: &TokenEdit,
    now: Timestamp,
) -> Result<(Vec<EventBody>, Changed), TokenError> {
    let edit = checked(workspace, edit, now)?;
    let picked = picked(workspace, tokens)?;
    let changes: Vec<TokenChange> = picked.iter().filter_map(|token| difference(token, &edit)).collect();
    if changes.is_empty() {
        return Err(TokenError::NothingToChange);
    }
    let changed = Changed { unchanged: picked.len() - changes.len(), changes: changes.clone() };
    Ok((vec![EventBody::TokensChanged(TokensChanged { changes, undoes: None })], changed))
}

/// The edit with its policy as it will be stored, or why it is refused.
fn checked(workspace: &Workspace, edit: &TokenEdit, now: Timestamp) -> Result<TokenEdit, TokenError> {
    if let Some(note) = &edit.note {
        refuse_token("note", note)?;
    }
    check_expiry(edit.expires.and_then(NewExpiry::instant), now, workspace.settings())?;
    let policy = edit.policy.as_deref().map(check_policy_text).transpose()?;
    Ok(TokenEdit { note: edit.note.clone(), policy, expires: edit.expires })
}

/// What an edit would change of a token; nothing when it is like that already.
fn difference(token: &Token, edit: &TokenEdit) -> Option<TokenChange> {
    let text = |before: &str, after: &Option<String>| {
        let after = after.as_ref().filter(|after| *after != before)?;
        Some(TextChange { before: before.to_owned(), after: after.clone() })
    };
    let expires = edit.expires.map(NewExpiry::instant).filter(|after| *after != token.expires);
    let change = TokenChange {
        uid: token.uid,
        note: text(&token.note, &edit.note),
        policy: text(&token.policy, &edit.policy),
        expires: expires.map(|after| ExpiryChange { before: token.expires, after }),
    };
    let is_empty = change.note.is_none() && change.policy.is_none() && change.expires.is_none();
    (!is_empty).then_some(change)
}
