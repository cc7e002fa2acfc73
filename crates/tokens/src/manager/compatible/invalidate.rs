//! `invalidate_tokens` and `invalidate_token`, as the original does them.

use super::Warning;
use crate::event::{Overwritten, TokensInvalidated};
use crate::ids::{GeneratorId, SiteName, TokenUid, Username};
use crate::model::{Token, Workspace};
use crate::secret::TokenDigest;
use crate::time::Timestamp;

/// One condition of a filter; all of a filter's conditions must hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// The token is one of these.
    UidIn(Vec<TokenUid>),
    /// The secret has one of these digests.
    DigestIn(Vec<TokenDigest>),
    /// The owner is this user.
    Owner(Username),
    /// A generator of this id made it.
    Generator(GeneratorId),
    /// It has an expiry.
    Expires,
    /// It never expires.
    NeverExpires,
    /// It has an expiry before this instant.
    ExpiresBefore(Timestamp),
    /// It is bound to a Local Site.
    OnSomeSite,
    /// It is bound to this Local Site.
    OnSite(SiteName),
    /// It is global.
    Global,
    /// It was not invalidated.
    Valid,
    /// It was invalidated.
    Invalid,
    /// Its note is exactly this.
    Note(String),
}

impl Condition {
    /// Whether a token meets the condition.
    #[must_use]
    pub fn holds(&self, token: &Token) -> bool {
        match self {
            Self::UidIn(uids) => uids.contains(&token.uid),
            Self::DigestIn(digests) => digests.iter().any(|digest| digest.matches(&token.digest)),
            Self::Owner(owner) => token.owner == *owner,
            Self::Generator(id) => token.generator == *id,
            Self::Expires => token.expires.is_some(),
            Self::NeverExpires => token.expires.is_none(),
            Self::ExpiresBefore(instant) => token.expires.is_some_and(|expires| expires < *instant),
            Self::OnSomeSite => token.local_site.is_some(),
            Self::OnSite(site) => token.local_site.as_ref() == Some(site),
            Self::Global => token.local_site.is_none(),
            Self::Valid => token.valid,
            Self::Invalid => !token.valid,
            Self::Note(note) => token.note == *note,
        }
    }
}

/// Invalidates the tokens of some users that meet a filter. `None` **and an empty list both mean every user**.
///
/// Tokens that are invalid already get the new reason and date; `last_updated` stays; no signal is sent.
#[must_use]
pub fn invalidate_tokens(
    workspace: &Workspace,
    users: Option<&[Username]>,
    filter: &[Condition],
    reason: &str,
) -> (TokensInvalidated, Vec<Warning>) {
    let users = users.unwrap_or_default();
    let picked: Vec<&Token> = workspace
        .tokens()
        .map(AsRef::as_ref)
        .filter(|token| users.is_empty() || users.contains(&token.owner))
        .filter(|token| filter.iter().all(|condition| condition.holds(token)))
        .collect();
    let mut warnings = Vec::new();
    if users.is_empty() {
        warnings.push(Warning::EverybodyTaken);
    }
    let act = act_on(&picked, reason);
    if !act.overwritten.is_empty() {
        warnings.push(Warning::OverwroteEarlier { count: act.overwritten.len() });
    }
    (act, warnings)
}

/// Invalidates the token with exactly this text; an unknown text is no error.
#[must_use]
pub fn invalidate_token(workspace: &Workspace, text: &str, reason: &str) -> (TokensInvalidated, Vec<Warning>) {
    let picked: Vec<&Token> =
        workspace.token_by_digest(&TokenDigest::of(text)).map(AsRef::as_ref).into_iter().collect();
    let act = act_on(&picked, reason);
    let warnings = match act.overwritten.len() {
        0 => Vec::new(),
        count => vec![Warning::OverwroteEarlier { count }],
    };
    (act, warnings)
}

/// The act on some tokens, with what it writes over.
pub(crate) fn act_on(picked: &[&Token], reason: &str) -> TokensInvalidated {
    let overwritten = picked.iter().filter(|token| !token.valid).map(|token| Overwritten {
        uid: token.uid,
        act: token.invalidated_by,
        invalid_date: token.invalid_date,
        invalid_reason: token.invalid_reason.clone(),
    });
    TokensInvalidated {
        tokens: picked.iter().map(|token| token.uid).collect(),
        reason: reason.to_owned(),
        overwritten: overwritten.collect(),
    }
}
