//! The table of a segment: what each record says of its place, and how long its events are.
//!
//! Layout of an entry, in varints but for the hashes: its kind; how far its number is from the end of the entry before,
//! so that it is 0 in a chain without gaps; then for a record its number of events, the hash that it links to if that
//! is not the one of the entry before, its own hash, and the length of its events; for other bytes their length.

use super::varint;
use crate::chain::record::{RecordHash, RecordHead, StoredRecord, put_together, take_apart};

/// Links to the entry before.
const LINKED: u64 = 0;
/// Names the record that it links to.
const ALONE: u64 = 1;
/// Bytes that are no record, which a repair has recorded.
const ODD: u64 = 2;

/// An entry: what its bytes are put together of, but for the events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    kind: Kind,
    /// How many bytes of the blocks are its.
    pub(super) length: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Record(RecordHead),
    Odd { sequence: u64 },
}

impl Place {
    /// The place of a stored record, and the bytes that go into a block.
    pub(super) fn of(stored: &StoredRecord) -> (Self, &[u8]) {
        let odd = (Kind::Odd { sequence: stored.sequence }, stored.bytes.as_slice());
        let (kind, bytes) = take_apart(stored).map_or(odd, |(head, events)| (Kind::Record(head), events));
        (Self { kind, length: bytes.len() }, bytes)
    }

    /// The record itself. Without its events it is damaged, but still claims its place.
    pub(super) fn record(&self, bytes: Option<&[u8]>) -> StoredRecord {
        let bytes = bytes.unwrap_or_default();
        match self.kind {
            Kind::Record(head) => put_together(&head, bytes),
            Kind::Odd { sequence } => StoredRecord { sequence, bytes: bytes.to_vec() },
        }
    }

    /// What the record claims of its place; nothing for bytes that are no record.
    pub(super) const fn head(&self) -> Option<RecordHead> {
        match self.kind {
            Kind::Record(head) => Some(head),
            Kind::Odd { .. } => None,
        }
    }

    const fn sequence(&self) -> u64 {
        match self.kind {
            Kind::Record(head) => head.sequence,
            Kind::Odd { sequence } => sequence,
        }
    }
}

/// What an entry is told against: the end and the hash of the one before.
#[derive(Default)]
struct Before {
    end: u64,
    hash: Option<RecordHash>,
}

impl Before {
    fn of(place: &Place) -> Self {
        let end = place.head().map_or_else(|| place.sequence().wrapping_add(1), |head| head.end());
        Self { end, hash: place.head().map(|head| head.hash) }
    }
}

/// Writes the table.
pub(super) fn write(places: &[Place]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut before = Before::default();
    for place in places {
        let gap = place.sequence().wrapping_sub(before.end);
        match place.kind {
            Kind::Record(head) => {
                let is_linked = before.hash == Some(head.previous);
                varint::put(&mut out, if is_linked { LINKED } else { ALONE });
                varint::put(&mut out, gap);
                varint::put(&mut out, head.events.into());
                if !is_linked {
                    out.extend_from_slice(head.previous.as_bytes());
                }
                out.extend_from_slice(head.hash.as_bytes());
            }
            Kind::Odd { .. } => {
                varint::put(&mut out, ODD);
                varint::put(&mut out, gap);
            }
        }
        varint::put(&mut out, place.length as u64);
        before = Before::of(place);
    }
    out
}

/// Reads so many entries; `None` when the bytes are no table of that many.
pub(super) fn read(mut bytes: &[u8], count: u32) -> Option<Vec<Place>> {
    let mut places = Vec::new();
    let mut before = Before::default();
    for _ in 0..count {
        let place = read_place(&mut bytes, &before)?;
        before = Before::of(&place);
        places.push(place);
    }
    bytes.is_empty().then_some(places)
}

fn read_place(rest: &mut &[u8], before: &Before) -> Option<Place> {
    let kind = varint::take(rest)?;
    let sequence = varint::take(rest)?.wrapping_add(before.end);
    let kind = match kind {
        LINKED | ALONE => {
            let events = u32::try_from(varint::take(rest)?).ok()?;
            let previous = if kind == LINKED { before.hash? } else { take_hash(rest)? };
            Kind::Record(RecordHead { sequence, events, previous, hash: take_hash(rest)? })
        }
        ODD => Kind::Odd { sequence },
        _ => return None,
    };
    Some(Place { kind, length: varint::take_length(rest)? })
}

fn take_hash(rest: &mut &[u8]) -> Option<RecordHash> {
    let (hash, behind) = rest.split_first_chunk::<32>()?;
    *rest = behind;
    Some(RecordHash::from_bytes(*hash))
}
