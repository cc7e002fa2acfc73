//! Events: the only things that change state, and how they are written.

mod body;
mod codec;
mod lifecycle;
mod named;

pub use body::{
    EventBody, InvalidationUndone, JournalRepaired, Overwritten, RepairedEntry, RestoredToken, TokenGenerated,
    TokensInvalidated, TokensTrusted, UserRecord, WorkspaceCreated, WorkspaceKind,
};
pub use codec::{Event, EventDecodeError, NewEvent};
pub use lifecycle::{
    DeletionUndone, ExpiryChange, RotationUndone, SecretRevealed, TextChange, TokenChange, TokenRecord, TokenRotated,
    TokenTried, TokensChanged, TokensDeleted,
};
