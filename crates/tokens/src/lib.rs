//! Tokens of a Djblets service: their model, generators, manager operations, events and the journal they live in.
//!
//! The crate is pure: time comes from a [`Clock`], randomness from an [`Entropy`], storage from a [`Journal`].
//! Whatever changes state is an [`Event`] in a hash-chained journal, and a [`Workspace`] is the fold of those events.
//!
//! Two layers decide.
//! [`compatible`] does what the original does, decision for decision, and returns warnings.
//! [`checked`] refuses what is defective there; the console and the JavaScript module call only this layer.
//! What a browser, a server or a page needs beyond that is left to other crates.

mod archive;
mod authentication;
mod chain;
mod event;
mod generator;
mod ids;
mod journal;
mod json_column;
mod manager;
mod model;
mod ports;
mod python_literal;
mod query;
mod scan;
mod secret;
mod share;
mod signal;
#[cfg(feature = "test-support")]
pub mod test_support;
mod time;

pub use archive::{
    Archive, ArchiveError, ArchiveReader, ChainHead, Checkpoint, Comparison, DocumentError, ImportPlan, MergePlan,
    Relation, ReplacePlan, SecretsPlan, archive_text,
};
pub use authentication::{
    Admission, Authentication, Credential, LoginAttempt, LoginLimit, Pasted, RequestPlace, admit, authenticate,
    authenticate_by_digest, server_date,
};
pub use chain::{
    Base, Damage, DamageReason, Draft, DraftError, Entry, FollowError, Identity, Ledger, LinkCheck, RecordHash,
    RecordHead, Refreshed, Segment, StoredRecord, Verification, entries_before, verify,
};
pub use event::{
    AssignedGroup, CatalogImported, DeletionUndone, Event, EventBody, EventDecodeError, ExpiryChange,
    GuardrailOverride, GuardrailsOverridden, HeldPolicy, InvalidationUndone, JournalRepaired, NewEvent, Overwritten,
    PoliciesAssigned, PolicyRenamed, PolicySaved, PolicySource, PolicyTestsChanged, RepairedEntry, RestoredToken,
    RotationUndone, SecretRevealed, SourceChange, TextChange, TokenChange, TokenGenerated, TokenRecord, TokenRotated,
    TokenTried, TokensChanged, TokensDeleted, TokensInvalidated, TokensTrusted, UserRecord, WorkspaceCreated,
    WorkspaceKind,
};
pub use generator::{
    FormatCheckError, GeneratorError, GeneratorRegistry, LegacySha1, LegacyUser, TokenForm, TokenGenerator, TokenInfo,
    VendorChecksum, base62, checksum,
};
pub use ids::{
    CatalogName, Epoch, EventId, FindingCode, GeneratorId, GuardrailUid, ParseNameError, ParseUidError, PolicyName,
    PolicyUid, ReplicaId, SiteName, TemplateId, TokenUid, Username,
};
#[cfg(feature = "test-support")]
pub use journal::contract;
pub use journal::{Appended, Decide, Journal, JournalError, MemoryJournal, MemoryStorage};
pub use json_column::{dumps, read_json_column};
pub use manager::{Manager, Operation, checked, compatible, join, library, log_in, people, repair, settings};
pub use model::{
    Access, DeletedToken, EXPIRING_SOON, GuardrailRecord, ImportedCatalog, Library, LibraryParts, LocalSite, LostToken,
    NamedPolicy, PolicyTest, PolicyVersion, Settings, Standing, Token, TokenStatus, UnreadableCatalog, User, Workspace,
    WorkspaceParts, WorkspaceRest, access, tokens_in_place,
};
pub use ports::{Clock, Entropy, EntropyError};
pub use query::{
    Attention, AttentionItem, ExpiryBucket, Figures, FleetBreach, ListCsvError, PolicyUse, SortBy, SortOrder,
    TokenQuery, attention, breaches_of, expiry_buckets, figures, find_by_last_four, fleet_breaches, list_csv,
    use_counts, used_by,
};
pub use scan::{json_holds_token, looks_like_token, tokens_in};
pub use secret::{Fingerprint, TokenDigest, TokenSecret};
pub use share::{ShareError, SharedDraft, share_fragment};
pub use signal::{Signal, SignalKind, Subscription, signals};
pub use time::{Timestamp, iso, parse_iso, whole_micros};
