//! One token as it stands.

use chrono::TimeDelta;
use serde_json::Value;

use crate::event::PolicySource;
use crate::generator::GeneratorRegistry;
use crate::ids::{EventId, GeneratorId, SiteName, TokenUid, Username};
use crate::secret::{Fingerprint, TokenDigest};
use crate::time::Timestamp;

/// A token that expires within this time is shown as expiring.
pub const EXPIRING_SOON: TimeDelta = TimeDelta::days(14);

/// One token. It has no secret, only the digest of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Names the token everywhere.
    pub uid: TokenUid,
    /// Its number in this workspace, for order and ties.
    pub number: u64,
    /// Who owns it.
    pub owner: Username,
    /// SHA-256 of the secret.
    pub digest: TokenDigest,
    /// What may be kept of the secret.
    pub fingerprint: Fingerprint,
    /// Which generator made it.
    pub generator: GeneratorId,
    /// When it was made.
    pub time_added: Timestamp,
    /// When it was last saved as a whole; bulk invalidation leaves it alone, as in the original.
    pub last_updated: Timestamp,
    /// When it last logged in.
    pub last_used: Option<Timestamp>,
    /// When it expires; `None` is never.
    pub expires: Option<Timestamp>,
    /// False once it was invalidated.
    pub valid: bool,
    /// When it became invalid.
    pub invalid_date: Option<Timestamp>,
    /// Why it became invalid.
    pub invalid_reason: String,
    /// The act that invalidated it, while it is invalid.
    pub invalidated_by: Option<EventId>,
    /// The note.
    pub note: String,
    /// The policy as JSON text, the way the original stores it; `{}` is full access.
    pub policy: std::sync::Arc<str>,
    /// The version of the library that the policy is; `None` is a text of its own.
    pub policy_source: Option<PolicySource>,
    /// Extra data, a JSON value.
    pub extra_data: Value,
    /// The Local Site it is bound to; `None` is a global token.
    pub local_site: Option<SiteName>,
    /// Made by a program rather than at a user's request.
    pub auto_generated: bool,
    /// The token that it succeeds.
    pub replaces: Option<TokenUid>,
    /// Its successor.
    pub replaced_by: Option<TokenUid>,
    /// Whether an entry of the journal that cannot be read may have changed what is known of it.
    pub standing: Standing,
    /// Whether an entry that cannot be read may have touched it and nobody has trusted it since: undoing an act brings
    /// that back.
    pub doubted: bool,
}

/// Whether what is known of a token can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Every event that could touch it was read.
    Known,
    /// A damaged entry, or one of a newer kind, may have changed it.
    Uncertain,
}

/// What a token's state means at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenStatus {
    /// It logs in.
    Active,
    /// It logs in, and expires soon.
    Expiring,
    /// Its time is over.
    Expired,
    /// It was invalidated.
    Invalid,
    /// A damaged journal entry may have changed it: never shown as active.
    Uncertain,
}

impl Token {
    /// Whether the token's time is over; the very instant of expiry counts.
    #[must_use]
    pub fn is_expired_at(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|expires| now >= expires)
    }

    /// What the token's state means at an instant: uncertain before invalid before expired, as logging in tells.
    #[must_use]
    pub fn status_at(&self, now: Timestamp) -> TokenStatus {
        match (self.standing, self.valid) {
            (Standing::Uncertain, _) => TokenStatus::Uncertain,
            (Standing::Known, false) => TokenStatus::Invalid,
            (Standing::Known, true) if self.is_expired_at(now) => TokenStatus::Expired,
            (Standing::Known, true) if self.expires.is_some_and(|expires| expires - now <= EXPIRING_SOON) => {
                TokenStatus::Expiring
            }
            (Standing::Known, true) => TokenStatus::Active,
        }
    }

    /// Whether its generator is deprecated.
    #[must_use]
    pub fn is_deprecated(&self, registry: &GeneratorRegistry) -> bool {
        registry.is_deprecated(self.generator.as_str())
    }
}

impl TokenStatus {
    /// The word that is shown.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Expiring => "Expiring",
            Self::Expired => "Expired",
            Self::Invalid => "Invalid",
            Self::Uncertain => "Uncertain",
        }
    }

    /// Whether the token still logs in.
    #[must_use]
    pub const fn logs_in(self) -> bool {
        matches!(self, Self::Active | Self::Expiring)
    }

    /// Whether invalidating the token would change anything but the reason.
    #[must_use]
    pub const fn can_be_invalidated(self) -> bool {
        !matches!(self, Self::Invalid)
    }
}
