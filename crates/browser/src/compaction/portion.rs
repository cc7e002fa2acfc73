//! What a repack moves at a time.

use tollgate_inventory::Head;
use tollgate_tokens::{RecordHead, Segment, StoredRecord};

/// At most so many records make a segment.
pub(crate) const PORTION_RECORDS: u32 = 4_000;

/// A segment is closed once its records have so many bytes before they are packed.
const PORTION_BYTES: usize = 1 << 21;

/// Records on their way into a segment.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Portion {
    /// What is stored.
    pub(crate) segment: Segment,
    /// The number under which the last of them lies: what lies up to there is deleted.
    pub(crate) last: u64,
    /// How many they are.
    pub(crate) records: u64,
}

/// The next portion of the records below a snapshot's head. `below` are the oldest of them, in order, and `anchor` is
/// what lies under the head's number.
///
/// `None` when there is nothing to move.
///
/// INVARIANT: the head stays in the journal, and so does the newest record, which is the head or lies behind it. A tab
/// that stands on an older record finds another one in its place and reads everything. If the journal were empty for
/// it, it would give numbers out a second time.
pub(crate) fn portion(below: &[StoredRecord], anchor: Option<&[u8]>, head: &Head) -> Option<Portion> {
    let anchor = RecordHead::read(anchor?).ok()?;
    let is_head = anchor.sequence == head.sequence && anchor.hash == head.hash;
    let mut bytes = 0;
    let fits = |record: &&StoredRecord| {
        let fits = bytes < PORTION_BYTES && record.sequence < head.sequence;
        bytes += record.bytes.len();
        fits
    };
    let count = below.iter().take_while(fits).count();
    let records = below.get(..count).filter(|_| is_head)?;
    let last = records.last()?.sequence;
    Some(Portion { segment: Segment::pack(records)?, last, records: count as u64 })
}
