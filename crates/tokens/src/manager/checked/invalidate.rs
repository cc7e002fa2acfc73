//! Invalidating tokens, with who is meant said in a type.

use std::collections::BTreeSet;

use super::TokenError;
use crate::event::EventBody;
use crate::ids::{TokenUid, Username};
use crate::manager::compatible::{self, Condition, Filter};
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

    /// The owners that are named, each once; `None` for everybody.
    fn named(&self) -> Option<BTreeSet<&Username>> {
        match self {
            Self::All => None,
            Self::Listed(first, others) => Some(std::iter::once(first).chain(others).collect()),
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
/// Costs a look at every token, and a search in each list of the call.
///
/// # Errors
///
/// [`TokenError`] when a named owner is unknown, the reason holds a token, or nothing is left to invalidate.
pub fn invalidate(workspace: &Workspace, call: &InvalidateCall) -> Result<(Vec<EventBody>, Invalidated), TokenError> {
    let named = call.owners.named();
    if let Some(owner) = named.as_ref().and_then(|named| unknown_owner(workspace, named)) {
        return Err(TokenError::UnknownUser(owner.clone()));
    }
    let filter = Filter::new(&call.filter);
    let picked: Vec<&Token> = workspace
        .tokens()
        .map(AsRef::as_ref)
        .filter(|token| named.as_ref().is_none_or(|named| named.contains(&token.owner)))
        .filter(|token| filter.picks(token))
        .collect();
    decide(&picked, &call.reason)
}

/// The first of the named owners, by name, that nothing is known of.
fn unknown_owner<'c>(workspace: &Workspace, named: &BTreeSet<&'c Username>) -> Option<&'c Username> {
    let mut strangers = named.iter().copied().filter(|owner| workspace.user(owner).is_none()).peekable();
    strangers.peek()?;
    // The entry that added an owner may be damaged while the owner's tokens are not.
    let holders: BTreeSet<&Username> = workspace.tokens().map(|token| &token.owner).collect();
    strangers.find(|owner| !holders.contains(*owner))
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
