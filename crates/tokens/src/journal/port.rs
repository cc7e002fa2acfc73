//! What every store of events offers.

use super::JournalError;
use crate::chain::{Entry, Ledger, Refreshed, StoredRecord, entries_before};
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

    /// The events before a number, the newest of them and at most so many, oldest first. What cannot be read is left
    /// out.
    ///
    /// For what the ledger does not hold, where it goes on from a snapshot: what lies before its
    /// [`first_sequence`](Ledger::first_sequence). A store that always holds everything need not do better than this,
    /// which reads all of it.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the real cause.
    async fn earlier(&self, before: u64, most: usize) -> Result<Vec<Entry>, JournalError> {
        Ok(entries_before(&self.records().await?, before, most))
    }

    /// Takes the whole chain in again from its first record, if the ledger goes on from a snapshot.
    ///
    /// For a page that found damage before that: it is known to the ledger afterwards, which takes nothing more until a
    /// repair. A store whose ledger always holds everything need not do more than this, which reads on.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the real cause.
    async fn reload(&self) -> Result<Refreshed, JournalError> {
        self.refresh().await
    }

    /// Looks at the chain as it was last read; what is not yet durable is not in it.
    fn read<R>(&self, read: impl FnOnce(&Ledger) -> R) -> R;
}
