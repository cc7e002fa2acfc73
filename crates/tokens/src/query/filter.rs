//! A filter written in words, such as `user:ci-bot state:active expires<30d nightly`.

use std::cmp::Ordering;
use std::sync::Arc;

use chrono::TimeDelta;

use crate::generator::GeneratorRegistry;
use crate::ids::PolicyUid;
use crate::model::{Token, TokenStatus, Workspace};
use crate::time::Timestamp;

/// What tokens are listed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortBy {
    /// The order in which they were made.
    #[default]
    Number,
    /// Their status, most pressing first: uncertain, expiring, active, expired, invalid.
    Status,
    /// The owner's name.
    Owner,
    /// The Local Site, global tokens first.
    Site,
    /// The note.
    Note,
    /// The last use; never used ones stand last in both directions.
    LastUsed,
    /// The expiry; never expiring ones stand last in both directions.
    Expires,
}

/// The direction of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortOrder {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

/// A filter in words. Every word must hold.
///
/// ```
/// use tollgate_tokens::TokenQuery;
///
/// let query = TokenQuery::parse("user:ci-bot expires<30d nightly state:sleepy");
/// assert_eq!(query.problems(), ["`state:sleepy` is not a state: use active, expiring, expired, invalid, uncertain or live"]);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TokenQuery {
    terms: Vec<Term>,
    problems: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Term {
    Owner(String),
    Site(String),
    Global,
    Status(TokenStatus),
    Live,
    ExpiresWithin(TimeDelta),
    NeverExpires,
    NeverUsed,
    UsedBefore(TimeDelta),
    OlderThan(TimeDelta),
    Deprecated,
    Policy(PolicyUid),
    Word(String),
}

impl TokenQuery {
    /// Reads a filter. Words that look like a key but are none are reported and match nothing.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for word in text.split_whitespace() {
            match term(word) {
                Ok(term) => query.terms.push(term),
                Err(problem) => query.problems.push(problem),
            }
        }
        query
    }

    /// What could not be understood, one sentence each.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// Whether every token matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.problems.is_empty()
    }

    /// Whether a token meets every word.
    #[must_use]
    pub fn matches(&self, token: &Token, registry: &GeneratorRegistry, now: Timestamp) -> bool {
        self.problems.is_empty() && self.terms.iter().all(|term| term.holds(token, registry, now))
    }

    /// The tokens that match, sorted. Linear in the tokens, plus the sort.
    #[must_use]
    pub fn run(
        &self,
        workspace: &Workspace,
        registry: &GeneratorRegistry,
        now: Timestamp,
        by: SortBy,
        order: SortOrder,
    ) -> Vec<Arc<Token>> {
        let mut found: Vec<Arc<Token>> =
            workspace.tokens().filter(|token| self.matches(token, registry, now)).cloned().collect();
        found.sort_by(|left, right| in_order(left, right, by, order, now));
        found
    }
}

fn term(word: &str) -> Result<Term, String> {
    if let Some(span) = word.strip_prefix("expires<") {
        return days(span).map(Term::ExpiresWithin);
    }
    if let Some(span) = word.strip_prefix("used>") {
        return days(span).map(Term::UsedBefore);
    }
    if let Some(span) = word.strip_prefix("age>") {
        return days(span).map(Term::OlderThan);
    }
    let Some((key, value)) = word.split_once(':') else { return Ok(Term::Word(word.to_lowercase())) };
    match (key, value) {
        ("user", owner) => Ok(Term::Owner(owner.to_owned())),
        ("site", "global") => Ok(Term::Global),
        ("site", site) => Ok(Term::Site(site.to_owned())),
        ("state", state) => status(state),
        ("expires", "never") => Ok(Term::NeverExpires),
        ("used", "never") => Ok(Term::NeverUsed),
        ("format", "deprecated") => Ok(Term::Deprecated),
        ("policy", uid) => uid.parse().map(Term::Policy).map_err(|_| format!("`{word}` names no policy by its id")),
        _ => Err(format!(
            "`{word}` is not a filter: use user:, site:, state:, expires:never, expires<30d, used:never, used>90d, age>90d or format:deprecated"
        )),
    }
}

fn status(state: &str) -> Result<Term, String> {
    Ok(match state {
        "active" => Term::Status(TokenStatus::Active),
        "expiring" => Term::Status(TokenStatus::Expiring),
        "expired" => Term::Status(TokenStatus::Expired),
        "invalid" => Term::Status(TokenStatus::Invalid),
        "uncertain" => Term::Status(TokenStatus::Uncertain),
        "live" => Term::Live,
        _ => {
            return Err(format!(
                "`state:{state}` is not a state: use active, expiring, expired, invalid, uncertain or live"
            ));
        }
    })
}

fn days(span: &str) -> Result<TimeDelta, String> {
    span.strip_suffix('d')
        .and_then(|number| number.parse::<i64>().ok())
        .and_then(TimeDelta::try_days)
        .ok_or_else(|| format!("`{span}` is not a number of days: write 30d"))
}

impl Term {
    fn holds(&self, token: &Token, registry: &GeneratorRegistry, now: Timestamp) -> bool {
        match self {
            Self::Owner(owner) => token.owner.as_str() == owner,
            Self::Site(site) => token.local_site.as_ref().is_some_and(|name| name.as_str() == site),
            Self::Global => token.local_site.is_none(),
            Self::Status(status) => token.status_at(now) == *status,
            Self::Live => token.status_at(now).logs_in(),
            Self::ExpiresWithin(span) => {
                token.status_at(now).logs_in() && token.expires.is_some_and(|expires| expires - now <= *span)
            }
            Self::NeverExpires => token.expires.is_none(),
            Self::NeverUsed => token.last_used.is_none(),
            Self::UsedBefore(span) => token.last_used.is_some_and(|used| now - used > *span),
            Self::OlderThan(span) => now - token.time_added > *span,
            Self::Deprecated => token.is_deprecated(registry),
            Self::Policy(policy) => token.policy_source.is_some_and(|source| source.policy == *policy),
            Self::Word(word) => {
                let holds = |text: &str| text.to_lowercase().contains(word.as_str());
                holds(&token.note)
                    || holds(token.owner.as_str())
                    || token.local_site.as_ref().is_some_and(|site| holds(site.as_str()))
                    || token.fingerprint.last_four.as_deref().is_some_and(|last| last.to_lowercase() == *word)
                    || token.number.to_string() == *word
            }
        }
    }
}

fn in_order(left: &Token, right: &Token, by: SortBy, order: SortOrder, now: Timestamp) -> Ordering {
    let ordering = compare(left, right, by, now).then(left.number.cmp(&right.number));
    let turned = if order == SortOrder::Ascending { ordering } else { ordering.reverse() };
    // What never happens is neither early nor late, so turning the list round does not bring it to the top.
    never(left, by).cmp(&never(right, by)).then(turned)
}

fn never(token: &Token, by: SortBy) -> bool {
    match by {
        SortBy::LastUsed => token.last_used.is_none(),
        SortBy::Expires => token.expires.is_none(),
        _ => false,
    }
}

fn compare(left: &Token, right: &Token, by: SortBy, now: Timestamp) -> Ordering {
    match by {
        SortBy::Number => left.number.cmp(&right.number),
        SortBy::Status => urgency(left.status_at(now)).cmp(&urgency(right.status_at(now))),
        SortBy::Owner => left.owner.cmp(&right.owner),
        SortBy::Site => left.local_site.cmp(&right.local_site),
        SortBy::Note => left.note.to_lowercase().cmp(&right.note.to_lowercase()),
        SortBy::LastUsed => left.last_used.cmp(&right.last_used),
        SortBy::Expires => left.expires.cmp(&right.expires),
    }
}

/// What needs somebody comes first, what is over comes last.
fn urgency(status: TokenStatus) -> u8 {
    match status {
        TokenStatus::Uncertain => 0,
        TokenStatus::Expiring => 1,
        TokenStatus::Active => 2,
        TokenStatus::Expired => 3,
        TokenStatus::Invalid => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checked::NewToken;
    use crate::event::PolicySource;
    use crate::ids::{EventId, ReplicaId};
    use crate::journal::Journal as _;
    use crate::model::Standing;
    use crate::people::Powers;
    use crate::test_support::{memory_manager, noon};

    /// Tokens that are alike but for their numbers, from 1.
    fn tokens(count: usize) -> Vec<Token> {
        let manager = memory_manager();
        let owner: crate::ids::Username = "ci-bot".parse().unwrap();
        pollster::block_on(async {
            manager.add_user(owner.clone(), Powers::default()).await.unwrap();
            for _ in 0..count {
                manager.generate(NewToken::for_owner(owner.clone())).await.unwrap();
            }
        });
        manager.journal().read(|ledger| ledger.workspace().tokens().map(|token| Token::clone(token)).collect())
    }

    #[track_caller]
    fn check(tokens: &[Token], by: SortBy, order: SortOrder, numbers: &[u64]) {
        let mut tokens: Vec<&Token> = tokens.iter().collect();
        tokens.sort_by(|left, right| in_order(left, right, by, order, noon()));
        assert_eq!(tokens.iter().map(|token| token.number).collect::<Vec<_>>(), numbers);
    }

    #[test]
    fn the_most_pressing_status_comes_first() {
        let mut tokens = tokens(5);
        tokens[0].valid = false;
        tokens[1].expires = Some(noon());
        tokens[3].expires = Some(noon() + TimeDelta::days(3));
        tokens[4].standing = Standing::Uncertain;
        check(&tokens, SortBy::Status, SortOrder::Ascending, &[5, 4, 3, 2, 1]);
        check(&tokens, SortBy::Status, SortOrder::Descending, &[1, 2, 3, 4, 5]);
    }

    #[track_caller]
    fn listed(tokens: &[Token], query: &str, numbers: &[u64]) {
        let query = TokenQuery::parse(query);
        assert_eq!(query.problems(), [""; 0]);
        let registry = GeneratorRegistry::built_in();
        let found = tokens.iter().filter(|token| query.matches(token, &registry, noon()));
        assert_eq!(found.map(|token| token.number).collect::<Vec<_>>(), numbers);
    }

    #[test]
    fn who_uses_a_policy_is_listed_whatever_the_version() {
        let mut tokens = tokens(3);
        let policy = PolicyUid::from_bytes([7; 16]);
        let saved_by = EventId { replica: ReplicaId::from_bytes([1; 16]), sequence: 9 };
        tokens[0].policy_source = Some(PolicySource { policy, version: 1, saved_by });
        tokens[2].policy_source = Some(PolicySource { policy, version: 2, saved_by });
        listed(&tokens, &format!("policy:{policy}"), &[1, 3]);
        listed(&tokens, &format!("policy:{}", PolicyUid::from_bytes([8; 16])), &[]);
        let query = TokenQuery::parse("policy:bots");
        assert_eq!(query.problems(), ["`policy:bots` names no policy by its id"]);
    }

    #[test]
    fn used_long_ago_is_neither_used_lately_nor_never() {
        let mut tokens = tokens(5);
        let days = [None, Some(TimeDelta::days(1)), Some(TimeDelta::days(90)), Some(TimeDelta::days(91))];
        for (token, ago) in tokens.iter_mut().zip(days) {
            token.last_used = ago.map(|ago| noon() - ago);
        }
        tokens[4].last_used = Some(noon() - TimeDelta::days(200));
        tokens[4].valid = false;
        listed(&tokens, "used>90d", &[4, 5]);
        listed(&tokens, "state:live used>90d", &[4]);
        listed(&tokens, "used:never", &[1]);
        listed(&tokens, "used>0d", &[2, 3, 4, 5]);
        let problem = TokenQuery::parse("used>long");
        assert_eq!(problem.problems(), ["`long` is not a number of days: write 30d"]);
    }

    #[test]
    fn what_never_happens_stands_last_in_both_directions() {
        let mut tokens = tokens(4);
        for (token, days) in tokens.iter_mut().zip([Some(9), None, Some(2), None]) {
            let instant = days.map(|days| noon() + TimeDelta::days(days));
            token.expires = instant;
            token.last_used = instant;
        }
        for by in [SortBy::Expires, SortBy::LastUsed] {
            check(&tokens, by, SortOrder::Ascending, &[3, 1, 2, 4]);
            check(&tokens, by, SortOrder::Descending, &[1, 3, 4, 2]);
        }
    }
}
