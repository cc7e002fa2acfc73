//! Events: the only things that change state, and how they are written.

mod assigned;
mod body;
mod codec;
mod library;
mod lifecycle;
mod named;
mod version;

pub use assigned::{
    AssignedGroup, GuardrailOverride, GuardrailsOverridden, HeldPolicy, PoliciesAssigned, PolicySource, SourceChange,
};
pub use body::{
    EventBody, InvalidationUndone, JournalRepaired, Overwritten, RepairedEntry, RestoredToken, TokenGenerated,
    TokensInvalidated, TokensTrusted, UserRecord, WorkspaceCreated, WorkspaceKind,
};
pub use codec::{Event, EventDecodeError, NewEvent};
pub use library::{CatalogImported, PolicyRenamed, PolicySaved, PolicyTestsChanged};
pub use lifecycle::{
    DeletionUndone, ExpiryChange, RotationUndone, SecretRevealed, TextChange, TokenChange, TokenRecord, TokenRotated,
    TokenTried, TokensChanged, TokensDeleted,
};
