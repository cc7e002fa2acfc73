//! A journal in memory: for tests, for scripts, and for a page that cannot store.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Appended, Decide, Journal, JournalError};
use crate::chain::{Identity, Ledger, Refreshed, StoredRecord};

/// Memory that several journals share, as tabs share a database.
#[derive(Debug, Clone, Default)]
pub struct MemoryStorage(Rc<RefCell<Vec<StoredRecord>>>);

impl MemoryStorage {
    /// The records, to be looked at or damaged by a test.
    #[must_use]
    pub fn records(&self) -> Vec<StoredRecord> {
        self.0.borrow().clone()
    }

    /// Puts other records in their place.
    pub fn replace(&self, records: Vec<StoredRecord>) {
        *self.0.borrow_mut() = records;
    }
}

/// One handle on a [`MemoryStorage`].
///
/// ```
/// use tollgate_tokens::{Identity, Journal, MemoryJournal, MemoryStorage};
/// # use tollgate_tokens::{Epoch, ReplicaId};
/// # let identity = Identity { replica: ReplicaId::from_bytes([1; 16]), epoch: Epoch::from_bytes([2; 16]) };
/// let journal = MemoryJournal::open(&MemoryStorage::default(), identity);
/// assert_eq!(journal.read(|ledger| ledger.workspace().token_count()), 0);
/// ```
#[derive(Debug)]
pub struct MemoryJournal {
    storage: MemoryStorage,
    ledger: RefCell<Ledger>,
}

impl MemoryJournal {
    /// Opens a handle.
    #[must_use]
    pub fn open(storage: &MemoryStorage, identity: Identity) -> Self {
        let ledger = Ledger::load(identity, storage.records());
        Self { storage: storage.clone(), ledger: RefCell::new(ledger) }
    }

    /// Puts other records in the place of those that are there, for every handle on the memory.
    ///
    /// From now on this handle writes as `identity`, which must name a replica that made none of their events. The
    /// other handles see another history than theirs, and take nothing more.
    pub fn replace(&self, identity: Identity, records: Vec<StoredRecord>) {
        self.ledger.replace(Ledger::load(identity, records.iter().cloned()));
        self.storage.replace(records);
    }

    fn read_on(&self) -> Result<Refreshed, JournalError> {
        let mut ledger = self.ledger.borrow_mut();
        let base = ledger.base_sequence();
        let tail = self.storage.0.borrow().iter().filter(|record| record.sequence >= base).cloned().collect();
        ledger.follow(tail).map_err(|error| JournalError::Lost {
            expected: error.to_string(),
            found: format!("{} records", self.storage.0.borrow().len()),
        })
    }
}

impl Journal for MemoryJournal {
    async fn append(&self, decide: Decide) -> Result<Appended, JournalError> {
        self.read_on()?;
        let draft = self.ledger.borrow().draft(&mut [decide])?;
        let Some(draft) = draft else { return Ok(Appended::Nothing) };
        let events = draft.events_per_act.iter().sum();
        let sequence = draft.record.sequence;
        self.storage.0.borrow_mut().push(draft.record.clone());
        self.ledger.borrow_mut().commit(draft);
        Ok(Appended::Record { sequence, events })
    }

    async fn refresh(&self) -> Result<Refreshed, JournalError> {
        self.read_on()
    }

    async fn records(&self) -> Result<Vec<StoredRecord>, JournalError> {
        Ok(self.storage.records())
    }

    fn read<R>(&self, read: impl FnOnce(&Ledger) -> R) -> R {
        read(&self.ledger.borrow())
    }
}
