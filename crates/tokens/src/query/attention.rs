//! What needs doing today, and a few figures. The filters that list the same tokens stand beside each rule.
//!
//! The rules do not go through the filters: an overview is worked out with every change, and reads no text.

use chrono::TimeDelta;

use crate::generator::GeneratorRegistry;
use crate::model::{Token, TokenStatus, Workspace};
use crate::time::Timestamp;

/// Why tokens need a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attention {
    /// A damaged journal entry may have changed them.
    Uncertain,
    /// They expire within seven days.
    ExpireWithinWeek,
    /// They were never used and are older than 90 days.
    NeverUsed,
    /// They log in and never expire.
    NeverExpire,
    /// Their format is deprecated.
    DeprecatedFormat,
}

/// Tokens that need a look for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttentionItem {
    /// Why.
    pub attention: Attention,
    /// How many tokens.
    pub count: usize,
    /// The note and owner of the first of them.
    pub first: String,
}

/// What expires within this span is soon to be renewed.
const SOON: TimeDelta = TimeDelta::days(7);
/// What is older than this and never used was probably forgotten.
const OLD: TimeDelta = TimeDelta::days(90);

impl Attention {
    const ALL: [Self; 5] =
        [Self::Uncertain, Self::ExpireWithinWeek, Self::NeverUsed, Self::NeverExpire, Self::DeprecatedFormat];

    /// The filter that lists these tokens.
    #[must_use]
    pub const fn query(self) -> &'static str {
        match self {
            Self::Uncertain => "state:uncertain",
            Self::ExpireWithinWeek => "expires<7d",
            Self::NeverUsed => "state:live used:never age>90d",
            Self::NeverExpire => "state:live expires:never",
            Self::DeprecatedFormat => "state:live format:deprecated",
        }
    }

    fn concerns(self, token: &Token, registry: &GeneratorRegistry, now: Timestamp) -> bool {
        let status = token.status_at(now);
        if self == Self::Uncertain {
            return status == TokenStatus::Uncertain;
        }
        status.logs_in()
            && match self {
                Self::Uncertain => false,
                Self::ExpireWithinWeek => token.expires.is_some_and(|expires| expires - now <= SOON),
                Self::NeverUsed => token.last_used.is_none() && now - token.time_added > OLD,
                Self::NeverExpire => token.expires.is_none(),
                Self::DeprecatedFormat => token.is_deprecated(registry),
            }
    }
}

/// How many tokens there are of some kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Those that log in: `state:live`.
    pub live: usize,
    /// Of those, the ones that never logged in: `state:live used:never`.
    pub never_used: usize,
    /// Of the live ones, those without an end: `state:live expires:never`.
    pub never_expire: usize,
    /// Those that ended by themselves: `state:expired`.
    pub expired: usize,
    /// Those that were invalidated: `state:invalid`.
    pub invalid: usize,
}

/// Counts the tokens of a workspace, in one pass.
#[must_use]
pub fn figures(workspace: &Workspace, now: Timestamp) -> Figures {
    workspace.tokens().fold(Figures::default(), |mut figures, token| {
        let status = token.status_at(now);
        let live = status.logs_in();
        figures.live += usize::from(live);
        figures.never_used += usize::from(live && token.last_used.is_none());
        figures.never_expire += usize::from(live && token.expires.is_none());
        figures.expired += usize::from(status == TokenStatus::Expired);
        figures.invalid += usize::from(status == TokenStatus::Invalid);
        figures
    })
}

/// What needs a look, most pressing first, empty reasons left out.
#[must_use]
pub fn attention(workspace: &Workspace, registry: &GeneratorRegistry, now: Timestamp) -> Vec<AttentionItem> {
    let item = |attention: Attention| {
        let found = || workspace.tokens().filter(|token| attention.concerns(token, registry, now));
        let first = found().min_by_key(|token| token.expires.map_or(TimeDelta::MAX, |expires| expires - now))?;
        let note = if first.note.is_empty() { "no note" } else { first.note.as_str() };
        Some(AttentionItem { attention, count: found().count(), first: format!("{note}, of {}", first.owner) })
    };
    Attention::ALL.into_iter().filter_map(item).collect()
}
