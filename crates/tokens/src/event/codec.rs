//! Events as canonical bytes: JSON with a fixed order of fields.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::body::{At, EventBody};
use super::version::{FIRST, NAMES_LIBRARY};
use crate::ids::{CatalogName, EventId, GuardrailUid, PolicyUid, ReplicaId, SiteName, Username};
use crate::time::Timestamp;

/// Something that happened, with who, when and where in the chain of its replica.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Names the event for ever.
    pub id: EventId,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it, as the administrator called themselves.
    pub by: Option<String>,
    /// What happened.
    pub body: EventBody,
}

/// An event that an act wants to append.
#[derive(Debug, Clone, PartialEq)]
pub enum NewEvent {
    /// Made here and now; the journal gives it the next number of this replica.
    Here {
        /// When it happened.
        at: Timestamp,
        /// Who did it.
        by: Option<String>,
        /// What happened.
        body: EventBody,
    },
    /// Made by another journal, taken over with its own id and instant.
    Adopted(Event),
}

/// Why bytes are no event.
#[derive(Debug, thiserror::Error)]
#[error("the event cannot be read: {0}")]
pub struct EventDecodeError(#[from] serde_json::Error);

/// The stored shape of the envelope, version 1. Its own kinds carry their own version.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a> {
    kind: String,
    version: u32,
    replica: ReplicaId,
    sequence: u64,
    at: At,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(borrow)]
    body: &'a RawValue,
}

impl EventBody {
    /// The kind's name, as it is stored.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::WorkspaceCreated(_) => "workspace_created",
            Self::UserAdded(_) => "user_added",
            Self::UserChanged(_) => "user_changed",
            Self::UserRemoved(_) => "user_removed",
            Self::SiteAdded(_) => "site_added",
            Self::SiteRemoved(_) => "site_removed",
            Self::TokenGenerated(_) => "token_generated",
            Self::TokensInvalidated(_) => "tokens_invalidated",
            Self::InvalidationUndone(_) => "invalidation_undone",
            Self::TokensChanged(_) => "tokens_changed",
            Self::TokensDeleted(_) => "tokens_deleted",
            Self::DeletionUndone(_) => "deletion_undone",
            Self::TokenRotated(_) => "token_rotated",
            Self::RotationUndone(_) => "rotation_undone",
            Self::TokenUsed(_) => "token_used",
            Self::ExpiredTokenTried(_) => "expired_token_tried",
            Self::SecretRevealed(_) => "secret_revealed",
            Self::SettingsChanged(_) => "settings_changed",
            Self::PoliciesAssigned(_) => "policies_assigned",
            Self::PolicySaved(_) => "policy_saved",
            Self::PolicyRenamed(_) => "policy_renamed",
            Self::PolicyArchived(_) => "policy_archived",
            Self::PolicyRestored(_) => "policy_restored",
            Self::PolicyTestsChanged(_) => "policy_tests_changed",
            Self::GuardrailAdded(_) => "guardrail_added",
            Self::GuardrailChanged(_) => "guardrail_changed",
            Self::GuardrailRemoved(_) => "guardrail_removed",
            Self::GuardrailsOverridden(_) => "guardrails_overridden",
            Self::CatalogImported(_) => "catalog_imported",
            Self::CatalogRemoved(_) => "catalog_removed",
            Self::JournalRepaired(_) => "journal_repaired",
            Self::TokensTrusted(_) => "tokens_trusted",
            Self::Unknown { kind, .. } => kind,
        }
    }

    fn to_json(&self) -> Result<Box<RawValue>, serde_json::Error> {
        use serde_json::value::to_raw_value;
        match self {
            Self::WorkspaceCreated(body) => to_raw_value(body),
            Self::UserAdded(body) | Self::UserChanged(body) => to_raw_value(body),
            Self::UserRemoved(name) => to_raw_value(name),
            Self::SiteAdded(name) | Self::SiteRemoved(name) => to_raw_value(name),
            Self::TokenGenerated(body) => to_raw_value(body),
            Self::TokensInvalidated(body) => to_raw_value(body),
            Self::InvalidationUndone(body) => to_raw_value(body),
            Self::TokensChanged(body) => to_raw_value(body),
            Self::TokensDeleted(body) => to_raw_value(body),
            Self::DeletionUndone(body) => to_raw_value(body),
            Self::TokenRotated(body) => to_raw_value(body),
            Self::RotationUndone(body) => to_raw_value(body),
            Self::SettingsChanged(body) => to_raw_value(body),
            Self::TokenUsed(body) | Self::ExpiredTokenTried(body) => to_raw_value(body),
            Self::SecretRevealed(body) => to_raw_value(body),
            Self::PoliciesAssigned(body) => to_raw_value(body),
            Self::PolicySaved(body) => to_raw_value(body),
            Self::PolicyRenamed(body) => to_raw_value(body),
            Self::PolicyArchived(policy) | Self::PolicyRestored(policy) => to_raw_value(policy),
            Self::PolicyTestsChanged(body) => to_raw_value(body),
            Self::GuardrailAdded(guardrail) | Self::GuardrailChanged(guardrail) => to_raw_value(guardrail),
            Self::GuardrailRemoved(guardrail) => to_raw_value(guardrail),
            Self::GuardrailsOverridden(body) => to_raw_value(body),
            Self::CatalogImported(body) => to_raw_value(body),
            Self::CatalogRemoved(name) => to_raw_value(name),
            Self::JournalRepaired(body) => to_raw_value(body),
            Self::TokensTrusted(body) => to_raw_value(body),
            Self::Unknown { json, .. } => RawValue::from_string(json.clone()),
        }
    }

    fn from_json(kind: &str, version: u32, body: &RawValue) -> Result<Self, serde_json::Error> {
        fn read<T: DeserializeOwned>(body: &RawValue) -> Result<T, serde_json::Error> {
            serde_json::from_str(body.get())
        }
        Ok(match (kind, version) {
            ("workspace_created", FIRST) => Self::WorkspaceCreated(read(body)?),
            ("user_added", FIRST) => Self::UserAdded(read(body)?),
            ("user_changed", FIRST) => Self::UserChanged(read(body)?),
            ("user_removed", FIRST) => Self::UserRemoved(read::<Username>(body)?),
            ("site_added", FIRST) => Self::SiteAdded(read::<SiteName>(body)?),
            ("site_removed", FIRST) => Self::SiteRemoved(read::<SiteName>(body)?),
            ("token_generated", FIRST | NAMES_LIBRARY) => Self::TokenGenerated(read(body)?),
            ("tokens_invalidated", FIRST) => Self::TokensInvalidated(read(body)?),
            ("invalidation_undone", FIRST | NAMES_LIBRARY) => Self::InvalidationUndone(read(body)?),
            ("tokens_changed", FIRST | NAMES_LIBRARY) => Self::TokensChanged(read(body)?),
            ("tokens_deleted", FIRST) => Self::TokensDeleted(read(body)?),
            ("deletion_undone", FIRST | NAMES_LIBRARY) => Self::DeletionUndone(read(body)?),
            ("token_rotated", FIRST | NAMES_LIBRARY) => Self::TokenRotated(read(body)?),
            ("rotation_undone", FIRST | NAMES_LIBRARY) => Self::RotationUndone(read(body)?),
            ("token_used", FIRST) => Self::TokenUsed(read(body)?),
            ("expired_token_tried", FIRST) => Self::ExpiredTokenTried(read(body)?),
            ("secret_revealed", FIRST) => Self::SecretRevealed(read(body)?),
            ("settings_changed", FIRST) => Self::SettingsChanged(read(body)?),
            ("policies_assigned", FIRST) => Self::PoliciesAssigned(read(body)?),
            ("policy_saved", FIRST) => Self::PolicySaved(read(body)?),
            ("policy_renamed", FIRST) => Self::PolicyRenamed(read(body)?),
            ("policy_archived", FIRST) => Self::PolicyArchived(read::<PolicyUid>(body)?),
            ("policy_restored", FIRST) => Self::PolicyRestored(read::<PolicyUid>(body)?),
            ("policy_tests_changed", FIRST) => Self::PolicyTestsChanged(read(body)?),
            ("guardrail_added", FIRST) => Self::GuardrailAdded(read(body)?),
            ("guardrail_changed", FIRST) => Self::GuardrailChanged(read(body)?),
            ("guardrail_removed", FIRST) => Self::GuardrailRemoved(read::<GuardrailUid>(body)?),
            ("guardrails_overridden", FIRST) => Self::GuardrailsOverridden(read(body)?),
            ("catalog_imported", FIRST) => Self::CatalogImported(read(body)?),
            ("catalog_removed", FIRST) => Self::CatalogRemoved(read::<CatalogName>(body)?),
            ("journal_repaired", FIRST) => Self::JournalRepaired(read(body)?),
            ("tokens_trusted", FIRST | NAMES_LIBRARY) => Self::TokensTrusted(read(body)?),
            _ => Self::Unknown { kind: kind.to_owned(), version, json: body.get().to_owned() },
        })
    }

    /// Refuses a body that is written in another version than the envelope says: an older reader of that version would
    /// take it for damaged, or keep what it could have read.
    fn written_in(self, version: u32) -> Result<Self, serde_json::Error> {
        use serde::de::Error as _;
        if self.version() == version {
            return Ok(self);
        }
        Err(serde_json::Error::custom(format!("a body of version {} says version {version}", self.version())))
    }
}

impl Event {
    /// The canonical bytes: the same event always gives the same bytes.
    ///
    /// # Errors
    ///
    /// A JSON error when the body cannot be written, which no event made by this crate does.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let body = self.body.to_json()?;
        serde_json::to_vec(&Envelope {
            kind: self.body.kind().to_owned(),
            version: self.body.version(),
            replica: self.id.replica,
            sequence: self.id.sequence,
            at: At(self.at),
            by: self.by.clone(),
            body: &body,
        })
    }

    /// Reads canonical bytes; an unknown kind or version is kept as [`EventBody::Unknown`].
    ///
    /// # Errors
    ///
    /// [`EventDecodeError`] when the bytes are no event, or a known kind does not hold what it must.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EventDecodeError> {
        let envelope: Envelope<'_> = serde_json::from_slice(bytes)?;
        Ok(Self {
            id: EventId { replica: envelope.replica, sequence: envelope.sequence },
            at: envelope.at.0,
            by: envelope.by,
            body: EventBody::from_json(&envelope.kind, envelope.version, envelope.body)?
                .written_in(envelope.version)?,
        })
    }
}

impl NewEvent {
    /// Gives the event its id: the next of the replica, unless it brings its own.
    pub(crate) fn with_id(self, next: EventId) -> Event {
        match self {
            Self::Here { at, by, body } => Event { id: next, at, by, body },
            Self::Adopted(event) => event,
        }
    }
}
