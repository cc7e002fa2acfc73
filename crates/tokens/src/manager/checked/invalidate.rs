//! Invalidating tokens, with who is meant said in a type.

use super::TokenError;
use crate::event::EventBody;
use crate::ids::{TokenUid, Username};
use crate::manager::compatible::{self, Condition};
use crate::model::{Standing, Token, Workspace};
use crate::scan::looks_like_token;

/// Whose tokens are meant. An empty list cannot be said, so it cannot mean everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owners {
    /// Everybody's.
    All,
    /// Those of the first user and of the others.
    Listed(Username, Vec<Username>),
}

impl Owners {
    /// Names some owners; `None` when there are none.
    #[must_use]
    pub fn listed(owners: impl IntoIterator<Item = Username>) -> Option<Self> {
        let mut owners = owners.into_iter();
        let first = owners.next()?;
        Some(Self::Listed(first, owners.collect()))
    }

    fn include(&self, owner: &Username) -> bool {
        match self {
            Self::All => true,
            Self::Listed(first, others) => first == owner || others.contains(owner),
        }
    }
}

/// What shall be invalidated, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct InvalidateCall {
    /// Whose tokens.
    pub owners: Owners,
    /// Which of them: all conditions must hold.
    pub filter: Vec<Condition>,
    /// Why.
    pub reason: String,
}

/// What an invalidation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalidated {
    /// The tokens that became invalid.
    pub tokens: Vec<TokenUid>,
    /// How many were invalid already, and keep their earlier reason and date.
    pub already_invalid: usize,
}

/// Decides an invalidation. Tokens that are invalid already keep their earlier reason and date.
///
/// # Errors
///
/// [`TokenError`] when a named owner is unknown, the reason holds a token, or nothing is left to invalidate.
pub fn invalidate(workspace: &Workspace, call: &InvalidateCall) -> Result<(Vec<EventBody>, Invalidated), TokenError> {
    if let Owners::Listed(first, others) = &call.owners {
        let is_known = |owner: &&Username| {
            // The entry that added an owner may be damaged while the owner's tokens are not.
            workspace.user(owner).is_some() || workspace.tokens_of(owner).next().is_some()
        };
        let unknown = std::iter::once(first).chain(others).find(|owner| !is_known(owner));
        if let Some(owner) = unknown {
            return Err(TokenError::UnknownUser(owner.clone()));
        }
    }
    let picked: Vec<&Token> = workspace
        .tokens()
        .map(AsRef::as_ref)
        .filter(|token| call.owners.include(&token.owner))
        .filter(|token| call.filter.iter().all(|condition| condition.holds(token)))
        .collect();
    decide(&picked, &call.reason)
}

/// Decides the invalidation of one token.
///
/// # Errors
///
/// [`TokenError`] when there is no such token, it is invalid already, or the reason holds a token.
pub fn invalidate_one(
    workspace: &Workspace,
    uid: TokenUid,
    reason: &str,
) -> Result<(Vec<EventBody>, Invalidated), TokenError> {
    let token = workspace.token(uid).ok_or(TokenError::UnknownToken(uid))?;
    decide(&[token], reason)
}

fn decide(picked: &[&Token], reason: &str) -> Result<(Vec<EventBody>, Invalidated), TokenError> {
    if looks_like_token(reason) {
        return Err(TokenError::LooksLikeToken { field: "reason" });
    }
    // An uncertain token is settled by invalidating it, whatever it seems to be.
    let settles = |token: &&Token| token.valid || token.standing == Standing::Uncertain;
    let valid: Vec<&Token> = picked.iter().copied().filter(settles).collect();
    if valid.is_empty() {
        return Err(TokenError::NothingToInvalidate);
    }
    let act = compatible::act_on(&valid, reason.trim());
    let done = Invalidated { tokens: act.tokens.clone(), already_invalid: picked.len() - valid.len() };
    Ok((vec![EventBody::TokensInvalidated(act)], done))
}
