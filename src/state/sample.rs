//! Realistic sample data, in a workspace of its own: never events in the user's journal.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use chrono::TimeDelta;
use tollgate_browser::{AnyJournal, OsEntropy, WorkspaceName};
use tollgate_policy::presets;
use tollgate_tokens::checked::{InvalidateCall, NewToken, Owners};
use tollgate_tokens::compatible::Condition;
use tollgate_tokens::people::Powers;
use tollgate_tokens::{
    Clock, Entropy, FormatCheckError, GeneratorError, GeneratorId, GeneratorRegistry, Journal as _, JournalError,
    LegacySha1, LegacyUser, Manager, Operation, Settings, Timestamp, TokenGenerator, TokenInfo, TokenSecret, iso,
};

use crate::services::ConsoleManager;

const NAME: &str = "sample";

/// Users: name, active, superuser.
const USERS: [(&str, bool, bool); 9] = [
    ("ci-bot", true, false),
    ("dana.okafor", true, true),
    ("jenkins", true, false),
    ("lint-bot", true, false),
    ("m.silva", true, false),
    ("release-bot", true, false),
    ("svn-hook", true, false),
    ("t.brandt", true, false),
    ("y.tanaka", true, false),
];

const SITES: [&str; 2] = ["acme", "labs"];

/// What a token is for, and which policy fits it.
const PURPOSES: [(&str, Fits); 12] = [
    ("nightly mirror", Fits::ReadOnly),
    ("release pipeline", Fits::Everything),
    ("build farm, linux", Fits::PostReviews),
    ("build farm, macOS", Fits::PostReviews),
    ("dashboard", Fits::ReadOnly),
    ("review bot", Fits::PostReviews),
    ("license scanner", Fits::ReadOnly),
    ("repository onboarding", Fits::OneRepository),
    ("docs publisher", Fits::ReadOnly),
    ("dependency updates", Fits::PostReviews),
    ("import from the old tracker", Fits::Everything),
    ("quarterly audit", Fits::ReadOnly),
];

/// How many tokens are made, four at a time.
const TOKENS: usize = 48;

/// How long they live, in days: some are over by now, some soon.
const LIFETIMES: [i64; 8] = [90, 120, 120, 30, 120, 365, 180, 120];

/// Tokens that an old server made: days before now, owner, purpose. They never expire.
const OLD_TOKENS: [(i64, &str, &str); 2] = [(300, "svn-hook", "commit hook"), (296, "jenkins", "build status")];

#[derive(Clone, Copy)]
enum Fits {
    ReadOnly,
    PostReviews,
    OneRepository,
    Everything,
}

impl Fits {
    fn policy(self) -> String {
        match self {
            Self::ReadOnly => presets::read_only().to_owned(),
            Self::PostReviews => presets::post_reviews(),
            Self::OneRepository => presets::one_repository(&"7".into()),
            Self::Everything => presets::full_access().to_owned(),
        }
    }
}

/// The workspace that holds the sample data.
#[must_use]
pub fn name() -> WorkspaceName {
    NAME.parse().unwrap_or_default()
}

/// Whether a workspace is the one with sample data.
#[must_use]
pub fn is_sample(workspace: &WorkspaceName) -> bool {
    workspace.as_str() == NAME
}

/// Fills an empty workspace with users, sites and tokens of every state, as they came about in the year before now.
///
/// # Errors
///
/// [`JournalError`] when the store does not take them.
pub async fn fill(journal: &AnyJournal, now: Timestamp) -> Result<(), JournalError> {
    if journal.read(|ledger| ledger.base().is_some()) {
        return Ok(());
    }
    let past = Past::new(journal.clone(), now);
    past.add_people().await?;
    past.make_old_tokens().await?;
    past.make_tokens().await?;
    past.invalidate_leaked().await
}

/// A manager of the past: what it does happens on the day that its clock is set to.
struct Past {
    manager: ConsoleManager,
    clock: Rc<SetClock>,
    now: Timestamp,
}

impl Past {
    fn new(journal: AnyJournal, now: Timestamp) -> Self {
        let clock = Rc::new(SetClock(Cell::new(now)));
        let shared: Rc<dyn Clock> = clock.clone();
        let registry = GeneratorRegistry::built_in().with(Arc::new(OldServer));
        let manager = Manager::new(journal, Rc::new(shared), Rc::new(OsEntropy), registry);
        manager.set_actor(Some("dana.okafor".to_owned()));
        Self { manager, clock, now }
    }

    /// Goes to some days before now, and some minutes on from there.
    fn go_to(&self, days: i64, minutes: i64) -> Timestamp {
        self.clock.0.set(self.now - TimeDelta::days(days) + TimeDelta::minutes(minutes));
        self.clock.now()
    }

    async fn add_people(&self) -> Result<(), JournalError> {
        self.go_to(320, 0);
        for (name, active, superuser) in USERS {
            if let Ok(name) = name.parse() {
                settle(self.manager.add_user(name, Powers { active, superuser }).await)?;
            }
        }
        for site in SITES {
            if let Ok(site) = site.parse() {
                settle(self.manager.add_site(site).await)?;
            }
        }
        Ok(())
    }

    async fn make_old_tokens(&self) -> Result<(), JournalError> {
        self.go_to(319, 0);
        // Nothing is deprecated yet; an empty list would stand for the usual one.
        let none_yet = "none-yet".parse::<GeneratorId>().into_iter().collect();
        let of_then = Settings { deprecated_generators: none_yet, ..Settings::default() };
        settle(self.manager.change_settings(of_then).await)?;
        for (days, owner, purpose) in OLD_TOKENS {
            self.go_to(days, 0);
            if let Ok(owner) = owner.parse() {
                let call = NewToken {
                    note: purpose.to_owned(),
                    policy: Fits::Everything.policy(),
                    generator_id: Some(LegacySha1::ID.to_owned()),
                    ..NewToken::for_owner(owner)
                };
                settle(self.manager.generate(call).await)?;
            }
        }
        self.go_to(290, 0);
        settle(self.manager.change_settings(Settings::default()).await)
    }

    async fn make_tokens(&self) -> Result<(), JournalError> {
        for index in 0..TOKENS {
            let (batch, minutes) = (index as i64 / 4, index as i64 * 17);
            let made = self.go_to(126 - batch * 11, minutes);
            if let Some(call) = token(index, made) {
                settle(self.manager.generate(call).await)?;
            }
        }
        Ok(())
    }

    async fn invalidate_leaked(&self) -> Result<(), JournalError> {
        self.go_to(2, 0);
        let leaked = InvalidateCall {
            owners: Owners::All,
            filter: vec![Condition::Note("build farm, macOS 3".to_owned())],
            reason: "Printed in a build log".to_owned(),
        };
        settle(self.manager.invalidate(leaked).await)
    }
}

/// The token at a place of the list: purposes, owners, sites and lifetimes take turns.
fn token(index: usize, made: Timestamp) -> Option<NewToken> {
    let (purpose, fits) = PURPOSES.get(index % PURPOSES.len())?;
    let (owner, _, _) = USERS.get((index * 5) % USERS.len())?;
    let site = SITES.get(index % 3).and_then(|site| site.parse().ok());
    let days = LIFETIMES.get((index * 3) % LIFETIMES.len()).filter(|_| !index.is_multiple_of(11));
    let round = index / PURPOSES.len();
    let note = if round == 0 { (*purpose).to_owned() } else { format!("{purpose} {round}") };
    Some(NewToken {
        local_site: site,
        note,
        policy: fits.policy(),
        expires: days.map(|days| made + TimeDelta::days(*days)),
        ..NewToken::for_owner(owner.parse().ok()?)
    })
}

/// A clock that shows what it is set to.
struct SetClock(Cell<Timestamp>);

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        self.0.get()
    }
}

/// A server that still makes tokens of the old format. It knows what only a server knows; here that is made up.
struct OldServer;

impl TokenGenerator for OldServer {
    fn id(&self) -> &str {
        LegacySha1::ID
    }

    fn create(&self, _: &TokenInfo, _: &dyn Entropy, now: Timestamp) -> Result<TokenSecret, GeneratorError> {
        let user = LegacyUser { secret_key: "sample", user_id: 1, password_hash: "sample" };
        Ok(TokenSecret::new(LegacySha1::text(&user, 0, &iso(&now))))
    }

    fn has_format(&self, text: &str, info: &TokenInfo) -> Result<bool, FormatCheckError> {
        LegacySha1.has_format(text, info)
    }

    fn vendor_prefix(&self, info: &TokenInfo) -> Option<String> {
        LegacySha1.vendor_prefix(info)
    }
}

/// Sample data that is refused is left out; only the store's failures count.
fn settle<T, R>(outcome: Result<T, Operation<R>>) -> Result<(), JournalError> {
    match outcome {
        Err(Operation::Journal(error)) => Err(error),
        Ok(_) | Err(Operation::Refused(_)) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::test_support::{identity, noon};
    use tollgate_tokens::{MemoryJournal, MemoryStorage, Token, TokenStatus};

    use super::super::test_support::at_once;
    use super::*;

    fn sample() -> AnyJournal {
        let journal = AnyJournal::Memory(Rc::new(MemoryJournal::open(&MemoryStorage::default(), identity(1))));
        at_once(fill(&journal, noon())).unwrap();
        journal
    }

    #[test]
    fn there_is_a_token_of_every_status_and_format() {
        let registry = GeneratorRegistry::built_in();
        sample().read(|ledger| {
            let workspace = ledger.workspace();
            assert_eq!(workspace.token_count(), TOKENS + OLD_TOKENS.len(), "none is refused");
            let has = |what: &str, is: &dyn Fn(&Token) -> bool| {
                assert!(workspace.tokens().any(|token| is(token)), "no token is {what}");
            };
            // Only damage makes a token uncertain.
            for status in [TokenStatus::Active, TokenStatus::Expiring, TokenStatus::Expired, TokenStatus::Invalid] {
                has(status.word(), &|token| token.status_at(noon()) == status);
            }
            has("of an old format", &|token| token.is_deprecated(&registry));
            has("of the new format", &|token| !token.is_deprecated(&registry));
            has("without expiry", &|token| token.expires.is_none());
            has("global", &|token| token.local_site.is_none());
            has("bound to a site", &|token| token.local_site.is_some());
        });
    }

    #[test]
    fn everything_happened_in_order_and_before_now() {
        sample().read(|ledger| {
            let instants: Vec<Timestamp> = ledger.entries().map(|entry| entry.event.at).collect();
            assert!(instants.is_sorted());
            assert!(instants.iter().all(|instant| *instant < noon()));
        });
    }
}
