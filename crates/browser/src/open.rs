//! Opening a workspace: the best store there is, and everything the user must be told about it.

use std::rc::Rc;

use tollgate_tokens::{Identity, JournalError, MemoryJournal, MemoryStorage, Timestamp};

use crate::any_journal::AnyJournal;
use crate::idb::{Glance, IndexedDbJournal, RareParts};
use crate::local_storage::{LocalStorageJournal, fallback_records};
use crate::witness;

/// An open journal.
pub struct Opened {
    /// The journal.
    pub journal: AnyJournal,
    /// What the user must be told before anything else, worst first; usually nothing.
    pub warnings: Vec<StartWarning>,
}

/// Something about the store that must not pass in silence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StartWarning {
    /// The database is empty, but this browser acknowledged events in it.
    Emptied {
        /// The number that the next event was to get.
        expected_next: u64,
        /// When that was last noted.
        at: Timestamp,
    },
    /// The database lacks events that this browser acknowledged.
    Older {
        /// The number that the next event was to get.
        expected_next: u64,
        /// The number that the next event would get now.
        found_next: u64,
        /// When that was last noted.
        at: Timestamp,
    },
    /// The database holds another history than the one that this browser acknowledged.
    OtherEpoch {
        /// The number that the next event was to get.
        expected_next: u64,
        /// The number that the next event would get now.
        found_next: u64,
        /// When that was last noted.
        at: Timestamp,
    },
    /// The database lacks the end of the history that its own snapshot was made of: it was cut off.
    BehindSnapshot {
        /// The number that the next event was to get when the snapshot was made.
        expected_next: u64,
        /// The number that the next event would get now.
        found_next: u64,
    },
    /// The database holds another history than the one that its own snapshot was made of, from some entry on.
    OtherThanSnapshot {
        /// The number that the next event was to get when the snapshot was made.
        expected_next: u64,
        /// The number that the next event would get now.
        found_next: u64,
    },
    /// The database lacked records that the second copy held; they were written back as they were.
    Restored {
        /// How many records were written back.
        records: u64,
        /// How many events they hold.
        events: u64,
        /// How many records the database still had; 0 when it was empty.
        left: u64,
    },
    /// The second copy holds records that do not continue what lies in the database: another history, or something
    /// between is gone. They stay there and are not mixed in.
    Apart {
        /// How many records.
        records: u64,
        /// How many events they hold.
        events: u64,
        /// The number of the first of these events.
        first: u64,
    },
    /// IndexedDB is refused, so the journal is in localStorage, which promises less.
    Fallback {
        /// The browser's reason.
        cause: String,
        /// How many events are known to lie in IndexedDB, out of reach for now; 0 when none are known.
        out_of_reach: u64,
    },
    /// Neither IndexedDB nor localStorage can be had: everything is gone with the tab.
    MemoryOnly {
        /// The browser's reasons.
        cause: String,
    },
    /// IndexedDB works, and there is a journal in localStorage from a time when it did not: show both and join them.
    TwoJournals {
        /// How many records lie in localStorage.
        fallback_records: usize,
    },
}

/// Opens a workspace's journal in IndexedDB, in localStorage where that is refused, and else in memory.
///
/// # Errors
///
/// [`JournalError::Blocked`] and others that the user can do something about: those do not fall back.
pub async fn open_journal(workspace: &str, identity: Identity) -> Result<Opened, JournalError> {
    open_journal_in_parts(workspace, identity, async || Ok(RareParts::here()), (0, |_| ())).await
}

/// The same, in a program that is cut in parts: [`IndexedDbJournal::open_in_parts`] says what `load` and `show` are.
///
/// # Errors
///
/// As those of [`open_journal`], and [`JournalError::Failed`] with what `load` said.
pub async fn open_journal_in_parts(
    workspace: &str,
    identity: Identity,
    load: impl AsyncFn() -> Result<RareParts, String>,
    show: (usize, impl FnOnce(Glance)),
) -> Result<Opened, JournalError> {
    match IndexedDbJournal::open_in_parts(workspace, identity, load, show).await {
        Ok(journal) => Ok(opened_database(workspace, journal)),
        Err(JournalError::Unavailable { cause }) => open_fallback(workspace, identity, cause),
        Err(error) => Err(error),
    }
}

fn opened_database(workspace: &str, journal: IndexedDbJournal) -> Opened {
    let mut warnings = journal.start_warnings();
    // A localStorage that cannot be read holds nothing to join.
    let fallback_records = fallback_records(workspace).map_or(0, |records| records.len());
    if fallback_records > 0 {
        warnings.push(StartWarning::TwoJournals { fallback_records });
    }
    Opened { journal: AnyJournal::IndexedDb(journal), warnings }
}

fn open_fallback(workspace: &str, identity: Identity, cause: String) -> Result<Opened, JournalError> {
    let out_of_reach = witness::read(workspace).map_or(0, |witness| witness.next.saturating_sub(1));
    match LocalStorageJournal::open(workspace, identity) {
        Ok(journal) => Ok(Opened {
            journal: AnyJournal::LocalStorage(journal),
            warnings: vec![StartWarning::Fallback { cause, out_of_reach }],
        }),
        Err(second) => {
            let journal = MemoryJournal::open(&MemoryStorage::default(), identity);
            Ok(Opened {
                journal: AnyJournal::Memory(Rc::new(journal)),
                warnings: vec![StartWarning::MemoryOnly { cause: format!("{cause}; {second}") }],
            })
        }
    }
}
