//! What every store of events offers.

use super::JournalError;
use crate::chain::{Ledger, Refreshed, StoredRecord};
use crate::event::NewEvent;
use crate::model::Workspace;

/// One act: it decides against the newest state, inside the append, and may run again when the append is retried.
///
/// No events means that there is nothing to append.
pub type Decide = Box<dyn FnMut(&Workspace) -> Vec<NewEvent>>;

/// What an append did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// The act gave no event.
    Nothing,
    /// The act's events are durable.
    Record {
        /// The key of the record that holds them.
        sequence: u64,
        /// How many of the record's events are this act's.
        events: u32,
    },
}

/// A durable, unforked, append-only list of events.
///
/// Several handles, in several tabs, may write: each append reads on, decides again and adds in one transaction.
#[expect(async_fn_in_trait, reason = "a page has one thread, so futures need no Send bound")]
pub trait Journal {
    /// Decides and appends in one storage transaction, and returns when the events are durable.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the real cause; then nothing of the act was written.
    async fn append(&self, decide: Decide) -> Result<Appended, JournalError>;

    /// Reads what others wrote since.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the real cause.
    async fn refresh(&self) -> Result<Refreshed, JournalError>;

    /// Every record as it lies in the store, oldest first, for verification and export.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the real cause.
    async fn records(&self) -> Result<Vec<StoredRecord>, JournalError>;

    /// Looks at the chain as it was last read; what is not yet durable is not in it.
    fn read<R>(&self, read: impl FnOnce(&Ledger) -> R) -> R;
}
