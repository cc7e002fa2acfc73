//! The journal that this browser can offer, whichever it is.

use std::rc::Rc;

use tollgate_tokens::{
    Appended, Decide, Entry, Epoch, Identity, Journal, JournalError, Ledger, MemoryJournal, Refreshed, ReplicaId,
    StoredRecord,
};

use crate::entropy::OsEntropy;
use crate::idb::IndexedDbJournal;
use crate::local_storage::LocalStorageJournal;
use crate::mirror::MirrorState;
use crate::notices::JournalNotice;
use crate::open::StartWarning;
use crate::tabs::Tabs;

/// The store in use, best first. A clone is another handle on the same journal.
#[derive(Clone)]
pub enum AnyJournal {
    /// Durable when acknowledged.
    IndexedDb(IndexedDbJournal),
    /// Kept in this tab, on disk seconds later.
    LocalStorage(LocalStorageJournal),
    /// Gone with the tab.
    Memory(Rc<MemoryJournal>),
}

/// Which store is in use, for what the page says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreKind {
    /// An acknowledged change is durable.
    IndexedDb,
    /// An acknowledged change may be lost for some seconds; [`FALLBACK_PROMISE`](crate::FALLBACK_PROMISE) says so.
    LocalStorage,
    /// An acknowledged change is lost with the tab.
    Memory,
}

/// What is left to be done when a journal was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    /// Nothing: it goes on with what it holds now.
    InPlace,
    /// The page must be loaded again: until then the journal takes nothing.
    Reload,
}

impl AnyJournal {
    /// Puts other records in the place of those that are there. Whoever writes afterwards is another replica.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the real cause; then the journal is as it was, but for a second copy that is made again at
    /// the next start.
    pub async fn replace(&self, records: Vec<StoredRecord>) -> Result<Replaced, JournalError> {
        match self {
            Self::IndexedDb(journal) => journal.replace(records).await.map(|()| Replaced::Reload),
            Self::LocalStorage(journal) => journal.replace(records).await.map(|()| Replaced::Reload),
            Self::Memory(journal) => {
                let drawn = Epoch::draw(&OsEntropy).and_then(|epoch| Ok((ReplicaId::draw(&OsEntropy)?, epoch)));
                let (replica, epoch) = drawn.map_err(|error| JournalError::Failed { cause: error.to_string() })?;
                journal.replace(Identity { replica, epoch }, records);
                Ok(Replaced::InPlace)
            }
        }
    }

    /// Which store it is.
    #[must_use]
    pub fn kind(&self) -> StoreKind {
        match self {
            Self::IndexedDb(_) => StoreKind::IndexedDb,
            Self::LocalStorage(_) => StoreKind::LocalStorage,
            Self::Memory(_) => StoreKind::Memory,
        }
    }

    /// What was found wrong with the store so far, while it was opened or right after.
    #[must_use]
    pub fn start_warnings(&self) -> Vec<StartWarning> {
        match self {
            Self::IndexedDb(journal) => journal.start_warnings(),
            Self::LocalStorage(_) | Self::Memory(_) => Vec::new(),
        }
    }

    /// Calls back when something happens to the journal from outside, for as long as it lives.
    pub fn on_change(&self, listener: Box<dyn Fn(JournalNotice)>) {
        match self {
            Self::IndexedDb(journal) => journal.on_change(listener),
            Self::LocalStorage(journal) => journal.on_change(listener),
            // Nobody else reaches a journal in memory.
            Self::Memory(_) => drop(listener),
        }
    }

    /// How the second copy of the journal stands.
    #[must_use]
    pub fn mirror_state(&self) -> MirrorState {
        match self {
            Self::IndexedDb(journal) => journal.mirror_state(),
            Self::LocalStorage(_) | Self::Memory(_) => {
                MirrorState::Absent { cause: "it belongs to the database, which is not in use".to_owned() }
            }
        }
    }

    /// Packs old entries from now on, whenever the page has come to rest, where the store does that.
    pub fn compact_when_idle(&self) {
        match self {
            Self::IndexedDb(journal) => journal.compact_when_idle(),
            // They hold too little for that.
            Self::LocalStorage(_) | Self::Memory(_) => {}
        }
    }

    /// The other tabs on the same workspace.
    #[must_use]
    pub fn tabs(&self) -> Option<&Tabs> {
        match self {
            Self::IndexedDb(journal) => journal.tabs(),
            Self::LocalStorage(journal) => journal.tabs(),
            Self::Memory(_) => None,
        }
    }
}

impl Journal for AnyJournal {
    async fn append(&self, decide: Decide) -> Result<Appended, JournalError> {
        match self {
            Self::IndexedDb(journal) => journal.append(decide).await,
            Self::LocalStorage(journal) => journal.append(decide).await,
            Self::Memory(journal) => journal.append(decide).await,
        }
    }

    async fn refresh(&self) -> Result<Refreshed, JournalError> {
        match self {
            Self::IndexedDb(journal) => journal.refresh().await,
            Self::LocalStorage(journal) => journal.refresh().await,
            Self::Memory(journal) => journal.refresh().await,
        }
    }

    async fn records(&self) -> Result<Vec<StoredRecord>, JournalError> {
        match self {
            Self::IndexedDb(journal) => journal.records().await,
            Self::LocalStorage(journal) => journal.records().await,
            Self::Memory(journal) => journal.records().await,
        }
    }

    async fn earlier(&self, before: u64, most: usize) -> Result<Vec<Entry>, JournalError> {
        match self {
            Self::IndexedDb(journal) => journal.earlier(before, most).await,
            Self::LocalStorage(journal) => journal.earlier(before, most).await,
            Self::Memory(journal) => journal.earlier(before, most).await,
        }
    }

    async fn reload(&self) -> Result<Refreshed, JournalError> {
        match self {
            Self::IndexedDb(journal) => journal.reload().await,
            Self::LocalStorage(journal) => journal.reload().await,
            Self::Memory(journal) => journal.reload().await,
        }
    }

    fn read<R>(&self, read: impl FnOnce(&Ledger) -> R) -> R {
        match self {
            Self::IndexedDb(journal) => journal.read(read),
            Self::LocalStorage(journal) => journal.read(read),
            Self::Memory(journal) => journal.read(read),
        }
    }
}
