//! `invalidate_tokens` and `invalidate_token`, as the original does them.

use std::collections::BTreeSet;

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
    /// Whether a token meets the condition. Linear in what the condition lists.
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

/// Conditions made ready to be asked about many tokens: what they list is sorted, once.
pub(crate) struct Filter<'c> {
    uids: Vec<BTreeSet<TokenUid>>,
    digests: Vec<BTreeSet<TokenDigest>>,
    others: Vec<&'c Condition>,
}

impl<'c> Filter<'c> {
    pub(crate) fn new(conditions: &'c [Condition]) -> Self {
        let mut filter = Self { uids: Vec::new(), digests: Vec::new(), others: Vec::new() };
        for condition in conditions {
            match condition {
                Condition::UidIn(uids) => filter.uids.push(uids.iter().copied().collect()),
                Condition::DigestIn(digests) => filter.digests.push(digests.iter().copied().collect()),
                other => filter.others.push(other),
            }
        }
        filter
    }

    /// Whether a token meets every condition.
    pub(crate) fn picks(&self, token: &Token) -> bool {
        self.uids.iter().all(|uids| uids.contains(&token.uid))
            && self.digests.iter().all(|digests| digests.contains(&token.digest))
            && self.others.iter().all(|condition| condition.holds(token))
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
    let users: BTreeSet<&Username> = users.unwrap_or_default().iter().collect();
    let filter = Filter::new(filter);
    let picked: Vec<&Token> = workspace
        .tokens()
        .map(AsRef::as_ref)
        .filter(|token| users.is_empty() || users.contains(&token.owner))
        .filter(|token| filter.picks(token))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Journal as _;
    use crate::manager::checked::NewToken;
    use crate::manager::people::Powers;
    use crate::test_support::memory_manager;

    /// A workspace with tokens of two users.
    fn workspace() -> Workspace {
        let manager = memory_manager();
        pollster::block_on(async {
            for (name, tokens) in [("alice", 3), ("bob", 2)] {
                manager.add_user(name.parse().unwrap(), Powers::default()).await.unwrap();
                for _ in 0..tokens {
                    manager.generate(NewToken::for_owner(name.parse().unwrap())).await.unwrap();
                }
            }
        });
        manager.journal().read(|ledger| ledger.workspace().clone())
    }

    #[test]
    fn a_filter_picks_what_meets_each_of_its_conditions() {
        let workspace = workspace();
        let tokens: Vec<&Token> = workspace.tokens().map(AsRef::as_ref).collect();
        let uids = |picked: &[usize]| Condition::UidIn(picked.iter().map(|index| tokens[*index].uid).collect());
        let digests =
            |picked: &[usize]| Condition::DigestIn(picked.iter().map(|index| tokens[*index].digest).collect());
        let unknown = Condition::UidIn(vec![TokenUid::from_bytes([7; 16])]);
        let bob = || Condition::Owner("bob".parse().unwrap());
        let filters = [
            vec![],
            vec![uids(&[])],
            vec![unknown],
            vec![uids(&[4, 0, 0, 2])],
            vec![uids(&[0, 3]), uids(&[3, 4])],
            vec![digests(&[1, 1]), uids(&[0, 1])],
            vec![bob(), uids(&[0, 3])],
            vec![digests(&[]), bob()],
        ];
        for conditions in filters {
            let filter = Filter::new(&conditions);
            for token in &tokens {
                let expected = conditions.iter().all(|condition| condition.holds(token));
                assert_eq!(filter.picks(token), expected, "{conditions:?}, token {}", token.number);
            }
        }
    }
}
