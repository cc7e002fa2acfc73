//! Changing what may be changed of a token: its note, its policy and its expiry.

use super::TokenError;
use super::guardrails::{breached_by_each, comes_back, go_past};
use super::rules::{check_expiry, check_source, held_text, picked, refuse_token};
use crate::event::{
    EventBody, ExpiryChange, GuardrailOverride, PolicySource, SourceChange, TextChange, TokenChange, TokensChanged,
};
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
    /// The version of the library that the policy is; nothing without the policy. A text that is named for no version
    /// is one of its own, but for a token that holds that text already.
    pub policy_source: Option<PolicySource>,
    /// The guardrails that the edit goes past, and why.
    pub overrides: Option<GuardrailOverride>,
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
/// A policy that a token gets must keep to the guardrails, and so must the one of an expired token that a later expiry
/// brings back.
///
/// # Errors
///
/// [`TokenError`] when a token is unknown, a part is refused, nothing would change, or the policy goes past a guardrail
/// that the edit does not name.
pub fn change(
    workspace: &Workspace,
    tokens: &[TokenUid],
    edit: &TokenEdit,
    now: Timestamp,
) -> Result<(Vec<EventBody>, Changed), TokenError> {
    let edit = checked(workspace, edit, now)?;
    let picked = picked(workspace, tokens)?;
    let changed: Vec<(&Token, TokenChange)> =
        picked.iter().filter_map(|token| Some((*token, difference(token, &edit)?))).collect();
    if changed.is_empty() {
        return Err(TokenError::NothingToChange);
    }
    let breaches = breached_by_each(workspace, changed.iter().filter_map(|(token, change)| held(token, change, now)));
    let overrides = go_past(&breaches, edit.overrides.as_ref())?;
    let unchanged = picked.len() - changed.len();
    let changes: Vec<TokenChange> = changed.into_iter().map(|(_, change)| change).collect();
    let act = TokensChanged { changes: changes.clone(), undoes: None, overrides };
    Ok((vec![EventBody::TokensChanged(act)], Changed { changes, unchanged }))
}

/// The edit with its policy as it will be stored, or why it is refused.
fn checked(workspace: &Workspace, edit: &TokenEdit, now: Timestamp) -> Result<TokenEdit, TokenError> {
    if let Some(note) = &edit.note {
        refuse_token("note", note)?;
    }
    check_expiry(edit.expires.and_then(NewExpiry::instant), now, workspace.settings())?;
    let policy = edit.policy.as_deref().map(held_text).transpose()?;
    let policy_source = match &policy {
        Some(held) => check_source(workspace, edit.policy_source.as_ref(), held)?,
        None => None,
    };
    Ok(TokenEdit { policy, policy_source, ..edit.clone() })
}

/// The policy that a token must keep to the guardrails with after a change: one that is new to it, or that it comes back
/// with.
fn held<'c>(token: &'c Token, change: &'c TokenChange, now: Timestamp) -> Option<(&'c str, &'c Token)> {
    let is_back = || change.expires.is_some_and(|expires| comes_back(token, expires.after, now));
    match &change.policy {
        Some(policy) => Some((policy.after.as_str(), token)),
        None => is_back().then(|| (&*token.policy, token)),
    }
}

/// What an edit would change of a token; nothing when it is like that already.
fn difference(token: &Token, edit: &TokenEdit) -> Option<TokenChange> {
    let text = |before: &str, after: &Option<String>| {
        let after = after.as_ref().filter(|after| *after != before)?;
        Some(TextChange { before: before.to_owned(), after: after.clone() })
    };
    let expires = edit.expires.map(NewExpiry::instant).filter(|after| *after != token.expires);
    let policy = text(&token.policy, &edit.policy);
    let names_policy = policy.is_some() || edit.policy_source.is_some();
    let version = |source: Option<PolicySource>| source.map(|source| source.saved_by);
    let is_of_other = names_policy && version(token.policy_source) != version(edit.policy_source);
    let change = TokenChange {
        uid: token.uid,
        note: text(&token.note, &edit.note),
        policy,
        policy_source: is_of_other.then_some(SourceChange { before: token.policy_source, after: edit.policy_source }),
        expires: expires.map(|after| ExpiryChange { before: token.expires, after }),
    };
    let is_empty =
        change.note.is_none() && change.policy.is_none() && change.policy_source.is_none() && change.expires.is_none();
    (!is_empty).then_some(change)
}
