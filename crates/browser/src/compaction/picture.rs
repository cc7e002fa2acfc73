//! What lies in the stores, and what a start makes of it.

use std::collections::BTreeSet;

use tollgate_inventory::Snapshot;
use tollgate_tokens::{FollowError, Identity, Ledger, RecordHash, RecordHead, Segment, StoredRecord};

use super::current::Current;
use super::due::Tail;

/// A chunk with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredChunk {
    pub(crate) generation: u64,
    pub(crate) bytes: Vec<u8>,
}

/// What one transaction of a start reads.
#[derive(Debug, Default)]
pub(crate) struct Picture {
    /// The value that says which snapshot counts, whatever it is.
    pub(crate) current: Option<Vec<u8>>,
    /// The chunks of all generations, in the order of their keys.
    pub(crate) chunks: Vec<StoredChunk>,
    /// How many segments there are.
    pub(crate) segments: u32,
    /// What lies in the journal's own store, in order.
    pub(crate) journal: Vec<StoredRecord>,
}

/// A snapshot that was folded up to a record that lies in the journal, and what lies there from that record on.
#[derive(Debug)]
pub(crate) struct Resumable {
    snapshot: Snapshot,
    /// Begins with the anchor.
    tail: Vec<StoredRecord>,
}

impl Picture {
    /// The snapshot that counts, if there is one and its record is there. Its chunks are taken out and not looked at.
    pub(crate) fn resumable(&mut self) -> Option<Resumable> {
        let Current { generation, manifest } = Current::from_bytes(self.current.as_deref()?)?;
        let anchor = self.journal.iter().position(|record| record.sequence == manifest.head.sequence)?;
        let tail = self.journal.get(anchor..)?.to_vec();
        let found = RecordHead::read(&tail.first()?.bytes).ok()?;
        manifest.check_head(found.sequence, found.hash).ok()?;
        if found.end() != manifest.head.next_sequence {
            return None;
        }
        let chunks = std::mem::take(&mut self.chunks);
        let chunks = chunks.into_iter().filter(|chunk| chunk.generation == generation).map(|chunk| chunk.bytes);
        Some(Resumable { snapshot: Snapshot { manifest, chunks: chunks.collect() }, tail })
    }
}

impl Resumable {
    /// What lies behind the snapshot.
    pub(crate) fn tail(&self) -> Tail {
        Tail::of(self.tail.iter().skip(1))
    }

    /// The ledger that goes on from the snapshot.
    ///
    /// `None` when a chunk is missing or other than it was, what follows is damaged, or a repair was recorded since: it
    /// may be of damage that the snapshot knows nothing of.
    pub(crate) fn ledger(&self, identity: Identity) -> Option<Ledger> {
        let workspace = self.snapshot.decode().ok()?;
        let mut ledger = Ledger::resume(identity, workspace, self.tail.first()?).ok()?;
        ledger.follow(self.tail.clone()).ok()?;
        ledger.agrees_with_replay().then_some(ledger)
    }
}

/// All that lies in segments and journal.
#[derive(Debug, Default)]
pub(crate) struct Everything {
    /// In the order of their keys.
    pub(crate) segments: Vec<Segment>,
    /// In order.
    pub(crate) journal: Vec<StoredRecord>,
}

impl Everything {
    /// Every record byte for byte, in the order of their numbers.
    pub(crate) fn records(self) -> Vec<StoredRecord> {
        let mut records: Vec<StoredRecord> = self.segments.iter().flat_map(Segment::unpack).collect();
        records.extend(self.journal);
        // Segments lie before the journal, but for what was written back between them, and two tabs may have done that.
        records.sort_by_key(|record| record.sequence);
        records.dedup();
        records
    }

    /// The hashes that the records carry, without unpacking any. `None` when a segment cannot be read.
    pub(crate) fn claims(&self) -> Option<BTreeSet<RecordHash>> {
        let mut claims: BTreeSet<RecordHash> =
            self.journal.iter().filter_map(|record| RecordHead::claimed(&record.bytes)).map(|head| head.hash).collect();
        for segment in &self.segments {
            claims.extend(segment.heads()?.iter().map(|head| head.hash));
        }
        Some(claims)
    }
}

/// What lies in the journal behind the snapshot that counts.
pub(crate) fn behind_snapshot(current: Option<&[u8]>, journal: &[StoredRecord]) -> Tail {
    let head = current.and_then(Current::from_bytes).map_or(0, |current| current.manifest.head.sequence);
    Tail::of(journal.iter().filter(|record| record.sequence > head))
}

/// Whether a ledger that has read nothing meets a journal whose beginning was packed away meanwhile. It has to read
/// everything: what it sees does not begin with the first record.
pub(crate) fn begins_late(ledger: &Ledger, tail: &[StoredRecord]) -> bool {
    ledger.base().is_none() && tail.first().is_some_and(|record| record.sequence > 1)
}

/// The ledger on which a page goes on whose newest record is not where it was: packed away, or gone.
///
/// # Errors
///
/// [`FollowError::BaseGone`] when it is gone: `records` are all that there are.
pub(crate) fn catch_up(ledger: &Ledger, identity: Identity, records: Vec<StoredRecord>) -> Result<Ledger, FollowError> {
    let base = ledger.base_sequence();
    if ledger.base().is_none() {
        return Ok(Ledger::load(identity, records));
    }
    let mut ledger = ledger.clone();
    ledger.follow(records.into_iter().skip_while(|record| record.sequence < base).collect())?;
    Ok(ledger)
}
