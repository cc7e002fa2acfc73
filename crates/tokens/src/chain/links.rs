//! Checking a chain by its hashes alone, without a look at the events.

use super::record::{RecordHash, RecordHead, StoredRecord};
use crate::model::Workspace;

/// Follows stored records by hash, link and place. The first may lie anywhere in a chain, unless it is said otherwise.
///
/// Where such a check arrives at a record that a ledger knows, every record on the way is the one that the ledger read:
/// hashes vouch for all that comes before them. [`verify`](super::verify()) also reads the events.
///
/// ```
/// use tollgate_tokens::test_support::memory_manager_on;
/// use tollgate_tokens::{LinkCheck, MemoryStorage};
///
/// let storage = MemoryStorage::default();
/// let manager = memory_manager_on(&storage, 1);
/// pollster::block_on(manager.add_site("acme".parse()?))?;
/// pollster::block_on(manager.add_site("labs".parse()?))?;
/// let (records, mut check) = (storage.records(), LinkCheck::default());
/// assert!(records.iter().all(|record| check.accepts(record)));
/// assert!(!check.accepts(&records[0]), "it does not follow the second");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct LinkCheck {
    last: Option<RecordHead>,
    /// Whether the next record must be the first of its chain.
    at_start: bool,
}

impl LinkCheck {
    /// A check of a whole chain: its first record must be number 1.
    #[must_use]
    pub const fn from_first_record() -> Self {
        Self { last: None, at_start: true }
    }

    /// Whether a record is whole, in its place, and follows the one before. Costs one SHA-256.
    pub fn accepts(&mut self, record: &StoredRecord) -> bool {
        let Ok(head) = RecordHead::read(&record.bytes) else { return false };
        let follows = match self.last {
            Some(last) => head.previous == last.hash && head.sequence == last.end(),
            None => !self.at_start || head.sequence == 1,
        };
        let fits = follows && head.sequence == record.sequence && head.events > 0;
        if fits {
            *self = Self { last: Some(head), at_start: false };
        }
        fits
    }

    /// The same, but passes over what a repair of this workspace has recorded.
    pub fn accepts_repaired(&mut self, record: &StoredRecord, workspace: &Workspace) -> bool {
        if self.accepts(record) {
            return true;
        }
        let is_repaired = |sequence, bytes: &[u8]| workspace.is_repaired(sequence, &RecordHash::of(bytes).to_string());
        let expected = self.last.map_or(1, |last| last.end());
        let is_recorded = is_repaired(record.sequence, &record.bytes) || is_repaired(expected, &[]);
        if is_recorded {
            let last = RecordHead::read(&record.bytes).ok().filter(|head| head.sequence == record.sequence);
            *self = Self { last, at_start: false };
        }
        is_recorded
    }

    /// The last record that was accepted.
    #[must_use]
    pub fn last(&self) -> Option<&RecordHead> {
        self.last.as_ref()
    }
}
