//! What becomes of an attempt to log in with a token.

use std::sync::Arc;

use crate::generator::GeneratorRegistry;
use crate::model::{Token, TokenStatus, Workspace};
use crate::secret::{TokenDigest, TokenSecret};
use crate::time::Timestamp;

/// What becomes of an attempt to log in with a token.
#[derive(Debug, Clone, PartialEq)]
pub enum Authentication {
    /// Logins failed too often, so that a server refuses every one, those with good tokens included.
    TooManyFailedLogins,
    /// No token has this text, here; if damage lost the making of a token, it may have been that one.
    Unknown,
    /// A damaged journal entry, or one of a newer kind, may have changed the token, so nobody can tell from here.
    ///
    /// It is told before everything else about the token, and never as a login.
    Uncertain {
        /// The token.
        token: Arc<Token>,
    },
    /// The token was invalidated; a server says when and why.
    Invalid {
        /// The token.
        token: Arc<Token>,
    },
    /// The token's time is over; a server says since when, and tells the owner once by mail.
    Expired {
        /// The token.
        token: Arc<Token>,
    },
    /// The token's owner is inactive; a server answers as if the token were unknown.
    InactiveOwner {
        /// The token.
        token: Arc<Token>,
    },
    /// The token's owner is not known here, so nobody can tell whether they may log in.
    UnknownOwner {
        /// The token.
        token: Arc<Token>,
    },
    /// The token logs in as its owner. Its policy and its site then say what it may do; see [`admit`](super::admit).
    LoggedIn {
        /// The token.
        token: Arc<Token>,
        /// Whether its format is deprecated, which a server says with every answer.
        deprecated: bool,
    },
}

/// Whether more logins are taken. Only a server counts those that fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LoginLimit {
    /// Few enough have failed.
    #[default]
    Within,
    /// Too many have failed from where the request comes.
    Exceeded,
}

/// When a login is tried, and what the server had counted by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoginAttempt {
    /// The instant.
    pub now: Timestamp,
    /// Whether more logins are taken.
    pub limit: LoginLimit,
}

impl LoginAttempt {
    /// An attempt within the limit.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self { now, limit: LoginLimit::Within }
    }
}

/// Says what becomes of an attempt to log in with a token, in the order in which a server checks.
///
/// The text is looked up by its digest, exactly as it is: no checksum is verified, and a policy is not asked.
/// Costs a SHA-256 and a look-up in a tree.
///
/// ```
/// # use tollgate_tokens::checked::NewToken;
/// # use tollgate_tokens::test_support::{memory_manager, noon};
/// use tollgate_tokens::{Authentication, Journal, LoginAttempt, TokenSecret, authenticate};
/// # pollster::block_on(async {
/// # let manager = memory_manager();
/// # manager.add_user("ci-bot".parse()?, tollgate_tokens::people::Powers::default()).await?;
///
/// let generated = manager.generate(NewToken::for_owner("ci-bot".parse()?)).await?;
/// manager.journal().read(|ledger| {
///     let attempt = LoginAttempt::at(noon());
///     let outcome = authenticate(ledger.workspace(), manager.registry(), &generated.secret, attempt);
///     assert!(matches!(outcome, Authentication::LoggedIn { deprecated: false, .. }));
///
///     let mistyped = TokenSecret::new("rbp_mistyped".to_owned());
///     let outcome = authenticate(ledger.workspace(), manager.registry(), &mistyped, attempt);
///     assert_eq!(outcome, Authentication::Unknown);
/// });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
#[must_use]
pub fn authenticate(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    secret: &TokenSecret,
    attempt: LoginAttempt,
) -> Authentication {
    authenticate_by_digest(workspace, registry, &secret.digest(), attempt)
}

/// Says what [`authenticate`] says of the text with this digest, for those who keep nothing else of it.
///
/// Costs a look-up in a tree.
#[must_use]
pub fn authenticate_by_digest(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    digest: &TokenDigest,
    attempt: LoginAttempt,
) -> Authentication {
    if attempt.limit == LoginLimit::Exceeded {
        return Authentication::TooManyFailedLogins;
    }
    let Some(token) = workspace.token_by_digest(digest).cloned() else { return Authentication::Unknown };
    match token.status_at(attempt.now) {
        TokenStatus::Uncertain => Authentication::Uncertain { token },
        TokenStatus::Invalid => Authentication::Invalid { token },
        TokenStatus::Expired => Authentication::Expired { token },
        TokenStatus::Active | TokenStatus::Expiring => match workspace.user(&token.owner) {
            None => Authentication::UnknownOwner { token },
            Some(owner) if !owner.active => Authentication::InactiveOwner { token },
            Some(_) => {
                let deprecated = token.is_deprecated(registry);
                Authentication::LoggedIn { token, deprecated }
            }
        },
    }
}

impl Authentication {
    /// A stable code, for documents and searches.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::LoggedIn { .. } => "L0101",
            Self::TooManyFailedLogins => "L0102",
            Self::Unknown => "L0103",
            Self::Uncertain { .. } => "L0104",
            Self::Invalid { .. } => "L0105",
            Self::Expired { .. } => "L0106",
            Self::InactiveOwner { .. } => "L0107",
            Self::UnknownOwner { .. } => "L0108",
        }
    }

    /// Whether the token logs in.
    #[must_use]
    pub const fn logs_in(&self) -> bool {
        matches!(self, Self::LoggedIn { .. })
    }

    /// The token that the text belongs to, if that was looked up and found.
    #[must_use]
    pub const fn token(&self) -> Option<&Arc<Token>> {
        match self {
            Self::TooManyFailedLogins | Self::Unknown => None,
            Self::Uncertain { token }
            | Self::Invalid { token }
            | Self::Expired { token }
            | Self::InactiveOwner { token }
            | Self::UnknownOwner { token }
            | Self::LoggedIn { token, .. } => Some(token),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::checked::{Generated, NewToken};
    use crate::event::{EventBody, NewEvent};
    use crate::ids::Username;
    use crate::journal::{Journal as _, MemoryJournal};
    use crate::manager::Manager;
    use crate::people::Powers;
    use crate::test_support::{CountingEntropy, SteadyClock, memory_manager, noon};

    type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

    fn owner() -> Username {
        "ci-bot".parse().unwrap()
    }

    /// A token of an active owner that expires in a day.
    fn with_token() -> (TestManager, Generated) {
        let manager = memory_manager();
        let call = NewToken { expires: Some(noon() + TimeDelta::days(1)), ..NewToken::for_owner(owner()) };
        let generated = pollster::block_on(async {
            manager.add_user(owner(), Powers::default()).await.unwrap();
            manager.generate(call).await.unwrap()
        });
        (manager, generated)
    }

    fn deactivate_owner(manager: &TestManager) {
        let powers = Powers { active: false, superuser: false };
        pollster::block_on(manager.change_user(owner(), powers)).unwrap();
    }

    fn append(manager: &TestManager, body: EventBody) {
        pollster::block_on(manager.append(vec![NewEvent::Here { at: noon(), by: None, body }])).unwrap();
    }

    fn outcome(manager: &TestManager, secret: &TokenSecret, attempt: LoginAttempt) -> Authentication {
        manager.journal().read(|ledger| authenticate(ledger.workspace(), manager.registry(), secret, attempt))
    }

    #[track_caller]
    fn check(manager: &TestManager, secret: &TokenSecret, now: Timestamp, code: &str) {
        let outcome = outcome(manager, secret, LoginAttempt::at(now));
        assert_eq!(outcome.code(), code);
        assert_eq!(outcome.logs_in(), code == "L0101");
        assert_eq!(outcome.token().is_some(), code != "L0103");
    }

    #[test]
    fn only_the_exact_text_logs_in() {
        let (manager, generated) = with_token();
        check(&manager, &generated.secret, noon(), "L0101");
        let text = generated.secret.expose_once();
        let swap = |letter: char| {
            if letter.is_ascii_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
        };
        let swapped = text.chars().map(swap).collect::<String>();
        for other in [swapped, format!("{} ", text.as_str()), format!("\"{}\"", text.as_str()), String::new()] {
            check(&manager, &TokenSecret::new(other), noon(), "L0103");
        }
    }

    #[test]
    fn the_very_instant_of_expiry_is_too_late() {
        let (manager, generated) = with_token();
        let expiry = noon() + TimeDelta::days(1);
        check(&manager, &generated.secret, expiry - TimeDelta::microseconds(1), "L0101");
        check(&manager, &generated.secret, expiry, "L0106");
    }

    #[test]
    fn invalid_is_told_before_expired_and_both_before_an_inactive_owner() {
        let (manager, generated) = with_token();
        let late = noon() + TimeDelta::days(2);
        deactivate_owner(&manager);
        check(&manager, &generated.secret, noon(), "L0107");
        check(&manager, &generated.secret, late, "L0106");
        pollster::block_on(manager.invalidate_one(generated.uid, "leaked".into())).unwrap();
        check(&manager, &generated.secret, noon(), "L0105");
        check(&manager, &generated.secret, late, "L0105");
    }

    #[test]
    fn a_token_in_doubt_is_never_a_login() {
        let (manager, generated) = with_token();
        let json = format!(r#"{{"tokens":["{}"]}}"#, generated.uid);
        append(&manager, EventBody::Unknown { kind: "tokens_suspended".into(), version: 1, json });
        check(&manager, &generated.secret, noon(), "L0104");
        check(&manager, &generated.secret, noon() + TimeDelta::days(2), "L0104");
        pollster::block_on(manager.trust(vec![generated.uid])).unwrap();
        check(&manager, &generated.secret, noon(), "L0101");
    }

    #[test]
    fn a_token_of_nobody_known_does_not_log_in() {
        let (manager, generated) = with_token();
        append(&manager, EventBody::UserRemoved(owner()));
        check(&manager, &generated.secret, noon(), "L0108");
    }

    #[test]
    fn too_many_failed_logins_refuse_a_good_token() {
        let (manager, generated) = with_token();
        let attempt = LoginAttempt { limit: LoginLimit::Exceeded, ..LoginAttempt::at(noon()) };
        let outcome = outcome(&manager, &generated.secret, attempt);
        assert_eq!((outcome.code(), outcome.token()), ("L0102", None));
    }

    #[test]
    fn a_deprecated_token_logs_in_and_is_marked() {
        let (manager, generated) = with_token();
        let registry = GeneratorRegistry::built_in().with_deprecated(["vendor_checksum".parse().unwrap()]);
        let workspace = manager.journal().read(|ledger| ledger.workspace().clone());
        let outcome = authenticate(&workspace, &registry, &generated.secret, LoginAttempt::at(noon()));
        assert!(matches!(outcome, Authentication::LoggedIn { deprecated: true, .. }));
    }
}
