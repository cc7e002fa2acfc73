//! What needs doing today.

use chrono::TimeDelta;

use super::filter::TokenQuery;
use crate::generator::GeneratorRegistry;
use crate::model::{Token, Workspace};
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
    /// The filter that lists them.
    pub query: &'static str,
    /// The note and owner of the first of them.
    pub first: String,
}

impl Attention {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Uncertain, "state:uncertain"),
        (Self::ExpireWithinWeek, "expires<7d"),
        (Self::NeverUsed, "state:live used:never age>90d"),
        (Self::NeverExpire, "state:live expires:never"),
        (Self::DeprecatedFormat, "state:live format:deprecated"),
    ];
}

/// What needs a look, most pressing first, empty reasons left out.
#[must_use]
pub fn attention(workspace: &Workspace, registry: &GeneratorRegistry, now: Timestamp) -> Vec<AttentionItem> {
    let item = |(attention, query): (Attention, &'static str)| {
        let filter = TokenQuery::parse(query);
        let mut found: Vec<&Token> =
            workspace.tokens().map(AsRef::as_ref).filter(|token| filter.matches(token, registry, now)).collect();
        found.sort_by_key(|token| token.expires.map_or(TimeDelta::MAX, |expires| expires - now));
        let first = found.first()?;
        let note = if first.note.is_empty() { "no note" } else { first.note.as_str() };
        Some(AttentionItem { attention, count: found.len(), query, first: format!("{note}, of {}", first.owner) })
    };
    Attention::ALL.into_iter().filter_map(item).collect()
}
