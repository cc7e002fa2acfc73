//! Events: the only things that change state, and how they are written.

mod body;
mod codec;

pub use body::{
    EventBody, InvalidationUndone, JournalRepaired, Overwritten, RepairedEntry, RestoredToken, TokenGenerated,
    TokensInvalidated, TokensTrusted, UserRecord, WorkspaceCreated, WorkspaceKind,
};
pub use codec::{Event, EventDecodeError, NewEvent};
