//! What happened, one type per kind of event. These are stored shapes: a change of one needs a new version.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::assigned::{GuardrailOverride, GuardrailsOverridden, PoliciesAssigned, PolicySource};
use super::library::{CatalogImported, PolicyRenamed, PolicySaved, PolicyTestsChanged};
use super::lifecycle::{
    DeletionUndone, RotationUndone, SecretRevealed, TokenRotated, TokenTried, TokensChanged, TokensDeleted,
};
use crate::ids::{CatalogName, Epoch, EventId, GeneratorId, GuardrailUid, PolicyUid, SiteName, TokenUid, Username};
use crate::model::{GuardrailRecord, Settings};
use crate::secret::{Fingerprint, TokenDigest};
use crate::time::{Timestamp, micros, optional_micros};

/// What an event says.
#[derive(Debug, Clone, PartialEq)]
pub enum EventBody {
    /// A history began.
    WorkspaceCreated(WorkspaceCreated),
    /// A user was added.
    UserAdded(UserRecord),
    /// A user's standing was changed.
    UserChanged(UserRecord),
    /// A user without tokens was removed.
    UserRemoved(Username),
    /// A Local Site was added.
    SiteAdded(SiteName),
    /// A Local Site without tokens was removed.
    SiteRemoved(SiteName),
    /// A token was made.
    TokenGenerated(Box<TokenGenerated>),
    /// Tokens were invalidated, one or many, in one act.
    TokensInvalidated(TokensInvalidated),
    /// An invalidation was undone: the state before it is back.
    InvalidationUndone(InvalidationUndone),
    /// Notes, policies or expiries were changed, of one token or many, in one act.
    TokensChanged(TokensChanged),
    /// Tokens were deleted, one or many, in one act.
    TokensDeleted(TokensDeleted),
    /// A deletion was undone.
    DeletionUndone(DeletionUndone),
    /// A token got a successor, and ends when their overlap does.
    TokenRotated(Box<TokenRotated>),
    /// A rotation was undone.
    RotationUndone(RotationUndone),
    /// A token logged in.
    TokenUsed(TokenTried),
    /// A login was tried with a token that had expired.
    ExpiredTokenTried(TokenTried),
    /// The secret of a token was taken out of where it is kept.
    SecretRevealed(SecretRevealed),
    /// What the service is set to was changed.
    SettingsChanged(Settings),
    /// Tokens were given a policy, one or many, in one act.
    PoliciesAssigned(PoliciesAssigned),
    /// A version of a policy was saved in the library.
    PolicySaved(Box<PolicySaved>),
    /// A policy of the library got another name.
    PolicyRenamed(PolicyRenamed),
    /// A policy of the library was put away; whoever uses it goes on doing so.
    PolicyArchived(PolicyUid),
    /// A policy that was put away is offered again.
    PolicyRestored(PolicyUid),
    /// The tests beside a version of a policy were replaced.
    PolicyTestsChanged(PolicyTestsChanged),
    /// A guardrail was put up.
    GuardrailAdded(Box<GuardrailRecord>),
    /// A guardrail was changed.
    GuardrailChanged(Box<GuardrailRecord>),
    /// A guardrail was taken down.
    GuardrailRemoved(GuardrailUid),
    /// An import brought tokens past guardrails, for a reason.
    GuardrailsOverridden(GuardrailsOverridden),
    /// A catalog was imported.
    CatalogImported(CatalogImported),
    /// A catalog was removed.
    CatalogRemoved(CatalogName),
    /// Damaged entries were recorded as they were found, and writing resumed.
    JournalRepaired(JournalRepaired),
    /// Tokens made uncertain by damage were looked at and are trusted again.
    TokensTrusted(TokensTrusted),
    /// A kind or version that this program does not know: kept as it is, shown, and never dropped.
    Unknown {
        /// The kind's name.
        kind: String,
        /// The kind's version.
        version: u32,
        /// What it says, as JSON text.
        json: String,
    },
}

/// Whether a workspace holds somebody's tokens or made-up ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkspaceKind {
    /// The user's own.
    Own,
    /// Sample data.
    Sample,
}

/// A history began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceCreated {
    /// Names the history; the first record links to its SHA-256.
    pub epoch: Epoch,
}

/// A user as it stands after the event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserRecord {
    /// The login name.
    pub username: Username,
    /// May log in.
    pub active: bool,
    /// May see and change everybody's tokens.
    pub superuser: bool,
}

/// A token was made. Its secret is nowhere in here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenGenerated {
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
    /// The note.
    pub note: String,
    /// The policy as JSON text, the way the original stores it.
    pub policy: String,
    /// The extra data, a JSON value.
    pub extra_data: Value,
    /// When it expires; `None` is never.
    #[serde(with = "optional_micros")]
    pub expires: Option<Timestamp>,
    /// The Local Site it is bound to; `None` is a global token.
    pub local_site: Option<SiteName>,
    /// Made by a program rather than at a user's request.
    pub auto_generated: bool,
    /// Whether it was valid when it was made.
    pub valid: bool,
    /// The version of the library that the policy is; since version 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_source: Option<PolicySource>,
    /// The guardrails that the act went past; since version 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<GuardrailOverride>,
}

/// Tokens were invalidated in one act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokensInvalidated {
    /// The tokens, in the order of their numbers.
    pub tokens: Vec<TokenUid>,
    /// The reason given.
    pub reason: String,
    /// What the act wrote over, for tokens that were invalid already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overwritten: Vec<Overwritten>,
}

/// An earlier invalidation that a later one wrote over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overwritten {
    /// The token.
    pub uid: TokenUid,
    /// The act that had invalidated it, if known.
    pub act: Option<EventId>,
    /// When it had become invalid.
    #[serde(with = "optional_micros")]
    pub invalid_date: Option<Timestamp>,
    /// The reason it had.
    pub invalid_reason: String,
}

/// An invalidation was undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvalidationUndone {
    /// The act that was undone.
    pub act: EventId,
    /// The state before it, token by token.
    pub restored: Vec<RestoredToken>,
    /// The guardrails that the act went past; since version 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<GuardrailOverride>,
}

/// The state of one token before an act that was undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestoredToken {
    /// The token.
    pub uid: TokenUid,
    /// Whether it was valid.
    pub valid: bool,
    /// The act that had invalidated it, if it was not.
    pub act: Option<EventId>,
    /// When it had become invalid.
    #[serde(with = "optional_micros")]
    pub invalid_date: Option<Timestamp>,
    /// The reason it had.
    pub invalid_reason: String,
}

/// Damaged entries were recorded and writing resumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalRepaired {
    /// Every damaged entry, with its bytes.
    pub entries: Vec<RepairedEntry>,
}

/// A damaged entry as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepairedEntry {
    /// Where it lies.
    pub sequence: u64,
    /// What was wrong with it, in words.
    pub reason: String,
    /// Its bytes, in base 64; empty when the entry is missing.
    pub bytes: String,
    /// SHA-256 of those bytes, in hexadecimal digits.
    pub sha256: String,
}

/// Tokens are trusted again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokensTrusted {
    /// The tokens.
    pub tokens: Vec<TokenUid>,
    /// The guardrails that the act went past; since version 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<GuardrailOverride>,
}

/// The envelope's instant, as a shape of its own so that both codecs agree.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct At(#[serde(with = "micros")] pub(super) Timestamp);
