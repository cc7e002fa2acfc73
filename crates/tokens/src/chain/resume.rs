//! Ledgers that go on from a snapshot, and the way back to those that hold the whole chain.

use super::damage::{Damage, DamageReason};
use super::ledger::{Base, Entry, FollowError, Identity, Ledger};
use super::reader::Link;
use super::record::{RecordHash, StoredRecord, decode};
use crate::event::{EventBody, RepairedEntry};
use crate::model::Workspace;

impl Ledger {
    /// Goes on from a workspace that was folded up to a record, that record included.
    ///
    /// The ledger holds the events of that record, its anchor, and those behind it that [`follow`](Self::follow) takes
    /// in; [`first_sequence`](Self::first_sequence) is the anchor's. It is for the caller to know that the workspace is
    /// what the chain up to the anchor adds up to: a snapshot names its anchor by its hash, which
    /// [`base`](Self::base) then has.
    ///
    /// # Errors
    ///
    /// What is wrong with the anchor: a chain is not gone on with from a record that cannot be read.
    ///
    /// ```
    /// use tollgate_tokens::test_support::{identity, memory_manager_on};
    /// use tollgate_tokens::{Journal as _, Ledger, MemoryStorage};
    ///
    /// let storage = MemoryStorage::default();
    /// let manager = memory_manager_on(&storage, 1);
    /// pollster::block_on(manager.add_site("acme".parse()?))?;
    /// pollster::block_on(manager.add_site("labs".parse()?))?;
    /// let workspace = manager.journal().read(|ledger| ledger.workspace().clone());
    ///
    /// let records = storage.records();
    /// let resumed = Ledger::resume(identity(1), workspace, &records[1])?;
    /// assert_eq!((resumed.first_sequence(), resumed.next_sequence()), (3, 4));
    /// assert_eq!(Ledger::load(identity(1), records).base(), resumed.base());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn resume(identity: Identity, workspace: Workspace, anchor: &StoredRecord) -> Result<Self, DamageReason> {
        let record = decode(anchor)?;
        let (first, hash, sha256) = (anchor.sequence, record.hash, record.sha256);
        let mut ledger = Self::new(identity);
        ledger.workspace = workspace;
        for (event, sequence) in record.events.into_iter().zip(first..) {
            ledger.entries.push_back_mut(Entry { sequence, record: first, hash, event });
            ledger.next_sequence = sequence + 1;
        }
        ledger.records = 1;
        ledger.link = Link::To(hash);
        ledger.base = Some(Base { sequence: first, hash, sha256 });
        ledger.anchor = Some(first);
        Ok(ledger)
    }

    /// Reads the whole chain again from its first record on, as [`load`](Self::load) does.
    ///
    /// Linear in the bytes.
    ///
    /// # Errors
    ///
    /// [`FollowError::BaseGone`] when the newest record known here is not among these: they are another chain, or have
    /// lost something.
    pub fn reloaded(&self, identity: Identity, records: Vec<StoredRecord>) -> Result<Self, FollowError> {
        let is_base = |base: &Base, record: &StoredRecord| {
            record.sequence == base.sequence && RecordHash::of(&record.bytes) == base.sha256
        };
        match self.base() {
            Some(base) if !records.iter().any(|record| is_base(base, record)) => {
                Err(FollowError::BaseGone { sequence: base.sequence })
            }
            _ => Ok(Self::load(identity, records)),
        }
    }

    /// Whether reading the whole chain anew would add up to the same workspace, as far as can be told from here: no
    /// damage waits for a repair, and every repair that was followed is of damage that was met here, too.
    ///
    /// Damage makes tokens uncertain when it is met, so a ledger that only heard of its repair knows less of them.
    #[must_use]
    pub fn agrees_with_replay(&self) -> bool {
        let was_met = |repaired: &RepairedEntry| {
            let is_it =
                |found: &Damage| found.sequence == repaired.sequence && found.sha256.to_string() == repaired.sha256;
            self.all_damage().iter().any(is_it)
        };
        // What the anchor says is in the snapshot, which saw the damage itself.
        let followed = self.entries().filter(|entry| Some(entry.record) != self.anchor);
        let repairs = followed.filter_map(|entry| match &entry.event.body {
            EventBody::JournalRepaired(repair) => Some(&repair.entries),
            _ => None,
        });
        self.damage().next().is_none() && repairs.flatten().all(was_met)
    }
}

/// The events before a number, the newest of them and at most so many, oldest first. What cannot be read is left out.
///
/// Costs reading the records that hold them; `records` are in the order of their numbers.
///
/// ```
/// use tollgate_tokens::test_support::memory_manager_on;
/// use tollgate_tokens::{MemoryStorage, entries_before};
///
/// let storage = MemoryStorage::default();
/// let manager = memory_manager_on(&storage, 1);
/// pollster::block_on(manager.add_site("acme".parse()?))?;
/// pollster::block_on(manager.add_site("labs".parse()?))?;
/// let found = entries_before(&storage.records(), 3, 10);
/// assert_eq!(found.iter().map(|entry| entry.sequence).collect::<Vec<_>>(), [1, 2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn entries_before(records: &[StoredRecord], before: u64, most: usize) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut end = before;
    for stored in records.iter().rev().skip_while(|stored| stored.sequence >= before) {
        if found.len() >= most {
            break;
        }
        // A copy under the same number, or one that reaches over the next, is damage and was not read.
        let record = if stored.sequence < end { decode(stored).ok() } else { None };
        let Some(record) = record else { continue };
        let (first, hash) = (stored.sequence, record.hash);
        let numbered = (first..end).zip(record.events);
        let entries: Vec<Entry> =
            numbered.map(|(sequence, event)| Entry { sequence, record: first, hash, event }).collect();
        found.extend(entries.into_iter().rev());
        end = first;
    }
    found.truncate(most);
    found.reverse();
    found
}
