//! What the second copy holds and the journal does not go on to: saved, or discarded.

use tollgate_tokens::JournalError;

use crate::any_journal::AnyJournal;

impl AnyJournal {
    /// The records of the second copy that do not continue this journal, as lines of text; empty where there are none.
    /// [`IndexedDbJournal::apart_export`](crate::IndexedDbJournal::apart_export) says what is in a line.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the browser's reason, also where there is no second copy now.
    pub async fn apart_export(&self) -> Result<String, JournalError> {
        match self {
            Self::IndexedDb(journal) => journal.apart_export().await,
            Self::LocalStorage(_) | Self::Memory(_) => Ok(String::new()),
        }
    }

    /// Takes these records out of the second copy, for good, and answers how many other tabs hold some of them still.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the browser's reason, also where there is no second copy now; some of them may be gone then.
    pub async fn discard_apart(&self) -> Result<u32, JournalError> {
        match self {
            Self::IndexedDb(journal) => journal.discard_apart().await,
            Self::LocalStorage(_) | Self::Memory(_) => Ok(0),
        }
    }
}
