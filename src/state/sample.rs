//! Realistic sample data, in a workspace of its own: never events in the user's journal.

use chrono::TimeDelta;
use tollgate_browser::WorkspaceName;
use tollgate_policy::presets;
use tollgate_tokens::checked::{InvalidateCall, NewToken, Owners};
use tollgate_tokens::compatible::Condition;
use tollgate_tokens::people::Powers;
use tollgate_tokens::{Journal as _, JournalError, Operation};

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

/// Fills an empty workspace with users, sites and tokens of every state.
///
/// # Errors
///
/// [`JournalError`] when the store does not take them.
pub async fn fill(manager: &ConsoleManager) -> Result<(), JournalError> {
    if manager.journal().read(|ledger| ledger.base().is_some()) {
        return Ok(());
    }
    for (name, active, superuser) in USERS {
        if let Ok(name) = name.parse() {
            settle(manager.add_user(name, Powers { active, superuser }).await)?;
        }
    }
    for site in SITES {
        if let Ok(site) = site.parse() {
            settle(manager.add_site(site).await)?;
        }
    }
    for index in 0..48 {
        if let Some(call) = token(manager, index) {
            settle(manager.generate(call).await)?;
        }
    }
    let leaked = InvalidateCall {
        owners: Owners::All,
        filter: vec![Condition::Note("build farm, macOS 3".to_owned())],
        reason: "Printed in a build log".to_owned(),
    };
    settle(manager.invalidate(leaked).await)
}

/// The token at a place of the list: purposes, owners, sites and lifetimes take turns.
fn token(manager: &ConsoleManager, index: usize) -> Option<NewToken> {
    let (purpose, fits) = PURPOSES.get(index % PURPOSES.len())?;
    let (owner, _, _) = USERS.get((index * 5) % USERS.len())?;
    let site = SITES.get(index % 3).and_then(|site| site.parse().ok());
    let lifetime_days = [3, 9, 20, 45, 90, 120, 200, 330].get((index * 3) % 8).copied();
    let expires = lifetime_days.filter(|_| !index.is_multiple_of(11));
    let round = index / PURPOSES.len();
    let note = if round == 0 { (*purpose).to_owned() } else { format!("{purpose} {round}") };
    Some(NewToken {
        local_site: site,
        note,
        policy: fits.policy(),
        expires: expires.map(|days| manager.now() + TimeDelta::days(days) + TimeDelta::minutes(index as i64 * 17)),
        ..NewToken::for_owner(owner.parse().ok()?)
    })
}

/// Sample data that is refused is left out; only the store's failures count.
fn settle<T, R>(outcome: Result<T, Operation<R>>) -> Result<(), JournalError> {
    match outcome {
        Err(Operation::Journal(error)) => Err(error),
        Ok(_) | Err(Operation::Refused(_)) => Ok(()),
    }
}
