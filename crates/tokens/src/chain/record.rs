//! One record of the journal as bytes.
//!
//! Layout: magic `TGJR`, version u8, number of events u32, first sequence u64, hash of the record before (32 bytes),
//! then each event with its length as u32, then SHA-256 of all that comes before. Numbers are little-endian.
//! One hash covers a whole record, so that an act on ten thousand tokens is one link of the chain.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::damage::DamageReason;
use crate::event::Event;
use crate::ids::Epoch;

const MAGIC: &[u8; 4] = b"TGJR";
const VERSION: u8 = 1;
const HASH_LENGTH: usize = 32;

/// What stands before the events: magic, version, number of events, first sequence, hash of the record before.
const BEGINNING_LENGTH: usize = 4 + 1 + 4 + 8 + HASH_LENGTH;

/// A record as a store keeps it: the sequence number of its first event, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecord {
    /// The sequence number of the first event in it, from 1.
    pub sequence: u64,
    /// The record, see the module's layout.
    pub bytes: Vec<u8>,
}

/// SHA-256 of a record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordHash([u8; 32]);

impl RecordHash {
    /// The hash of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The hash that ends the record with this body, and that of the whole record, in one pass over the body.
    pub(super) fn of_body_and_record(body: &[u8]) -> (Self, Self) {
        let body = Sha256::new_with_prefix(body);
        let own = Self(body.clone().finalize().into());
        (own, Self(body.chain_update(own.0).finalize().into()))
    }

    /// What the first record of a history links to.
    #[must_use]
    pub fn of_epoch(epoch: Epoch) -> Self {
        Self::of(epoch.as_bytes())
    }

    /// A hash that was written down as bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The hash as bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first eight digits in two groups, as they are shown in lists.
    #[must_use]
    pub fn short(&self) -> String {
        let text = self.to_string();
        let (left, rest) = text.split_at_checked(4).unwrap_or_default();
        let (right, _) = rest.split_at_checked(4).unwrap_or_default();
        format!("{left} {right}")
    }
}

impl fmt::Display for RecordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for RecordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecordHash({self})")
    }
}

/// What a record says of its place in the chain. Its events are not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordHead {
    /// The sequence number of its first event.
    pub sequence: u64,
    /// How many events it holds.
    pub events: u32,
    /// The hash of the record before, or of the epoch in the first record of a history.
    pub previous: RecordHash,
    /// Its own hash.
    pub hash: RecordHash,
}

impl RecordHead {
    /// Reads the head of a record and checks the record's own hash. Linear in the bytes.
    ///
    /// # Errors
    ///
    /// [`DamageReason::NewerFormat`] for a whole record that a newer program wrote; any other for bytes that are no
    /// whole record.
    pub fn read(bytes: &[u8]) -> Result<Self, DamageReason> {
        open(bytes).map(|(head, ..)| head)
    }

    /// What bytes claim to be, without a look at whether their hash is right: for comparing with what is known.
    /// `None` for bytes that do not begin like a record of this format.
    #[must_use]
    pub fn claimed(bytes: &[u8]) -> Option<Self> {
        let mut cursor = Cursor { rest: bytes };
        let magic = cursor.take::<4>().ok()?;
        let [version] = cursor.take::<1>().ok()?;
        let is_known = magic == *MAGIC && version == VERSION;
        let hash = carried_hash(bytes).filter(|_| is_known)?;
        head(&mut cursor, hash).ok()
    }

    /// The sequence number behind its last event.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.sequence.saturating_add(u64::from(self.events))
    }
}

/// A record that was read and whose own hash is right.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) previous: RecordHash,
    pub(super) hash: RecordHash,
    /// SHA-256 of the whole record, its own hash included.
    pub(super) sha256: RecordHash,
    pub(super) events: Vec<Event>,
}

/// The bytes of a record that was built.
pub(super) struct Encoded {
    pub(super) bytes: Vec<u8>,
    pub(super) hash: RecordHash,
    /// SHA-256 of all these bytes.
    pub(super) sha256: RecordHash,
}

/// Builds the bytes of a record.
pub(super) fn encode(first: u64, previous: RecordHash, events: &[Vec<u8>]) -> Encoded {
    let length = events.iter().map(|event| event.len() + 4).sum::<usize>();
    let mut bytes = beginning(u32::try_from(events.len()).unwrap_or(u32::MAX), first, previous, length);
    for event in events {
        bytes.extend_from_slice(&u32::try_from(event.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend_from_slice(event);
    }
    let (hash, sha256) = RecordHash::of_body_and_record(&bytes);
    bytes.extend_from_slice(&hash.0);
    Encoded { bytes, hash, sha256 }
}

fn beginning(events: u32, first: u64, previous: RecordHash, length: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(BEGINNING_LENGTH + length + HASH_LENGTH);
    bytes.extend_from_slice(MAGIC);
    bytes.push(VERSION);
    bytes.extend_from_slice(&events.to_le_bytes());
    bytes.extend_from_slice(&first.to_le_bytes());
    bytes.extend_from_slice(&previous.0);
    bytes
}

/// Takes a record apart into what it claims of its place and the bytes of its events, neither of them checked.
///
/// `None` for bytes that [`put_together`] would not make of these parts.
pub(super) fn take_apart(stored: &StoredRecord) -> Option<(RecordHead, &[u8])> {
    let head = RecordHead::claimed(&stored.bytes).filter(|head| head.sequence == stored.sequence)?;
    let end = stored.bytes.len().checked_sub(HASH_LENGTH)?;
    Some((head, stored.bytes.get(BEGINNING_LENGTH..end)?))
}

/// The record that was taken apart, byte for byte.
pub(super) fn put_together(head: &RecordHead, events: &[u8]) -> StoredRecord {
    let mut bytes = beginning(head.events, head.sequence, head.previous, events.len());
    bytes.extend_from_slice(events);
    bytes.extend_from_slice(&head.hash.0);
    StoredRecord { sequence: head.sequence, bytes }
}

/// Reads a record; any flaw is a reason, never a panic, whatever the bytes are.
pub(super) fn decode(stored: &StoredRecord) -> Result<Record, DamageReason> {
    let (head, sha256, mut cursor) = open(&stored.bytes)?;
    if head.sequence != stored.sequence {
        return Err(DamageReason::WrongPlace { claims: head.sequence });
    }
    let mut events = Vec::new();
    for index in 0..head.events {
        let length = u32::from_le_bytes(cursor.take()?) as usize;
        let event = Event::from_bytes(cursor.bytes(length)?)
            .map_err(|error| DamageReason::UnreadableEvent { index, cause: error.to_string() })?;
        events.push(event);
    }
    if events.is_empty() || !cursor.rest.is_empty() {
        return Err(DamageReason::Truncated);
    }
    Ok(Record { previous: head.previous, hash: head.hash, sha256, events })
}

/// Reads a record up to its events, and checks its hash; answers SHA-256 of the whole record as well.
fn open(bytes: &[u8]) -> Result<(RecordHead, RecordHash, Cursor<'_>), DamageReason> {
    let body_length = bytes.len().checked_sub(HASH_LENGTH).ok_or(DamageReason::Truncated)?;
    let (body, claimed) = bytes.split_at_checked(body_length).ok_or(DamageReason::Truncated)?;
    let mut cursor = Cursor { rest: body };
    if cursor.take::<4>()? != *MAGIC {
        return Err(DamageReason::NotARecord);
    }
    let [version] = cursor.take::<1>()?;
    let (hash, sha256) = RecordHash::of_body_and_record(body);
    if hash.0 != *claimed {
        return Err(DamageReason::WrongHash);
    }
    if version != VERSION {
        return Err(DamageReason::NewerFormat { version });
    }
    Ok((head(&mut cursor, hash)?, sha256, cursor))
}

/// Reads what stands between version and events.
fn head(cursor: &mut Cursor<'_>, hash: RecordHash) -> Result<RecordHead, DamageReason> {
    let events = u32::from_le_bytes(cursor.take()?);
    let sequence = u64::from_le_bytes(cursor.take()?);
    let previous = RecordHash(cursor.take()?);
    Ok(RecordHead { sequence, events, previous, hash })
}

/// How many events a damaged record claims to hold, as far as that is plausible: what is appended keeps clear of them.
pub(super) fn claimed_events(bytes: &[u8]) -> u64 {
    let count = bytes.get(5..9).and_then(|slice| slice.try_into().ok()).map_or(1, u32::from_le_bytes);
    let plausible = (1..=1_000_000).contains(&count) && bytes.len() > count as usize;
    if plausible { u64::from(count) } else { 1 }
}

/// The hash that a record carries at its end, right or not.
pub(super) fn carried_hash(bytes: &[u8]) -> Option<RecordHash> {
    bytes.last_chunk::<HASH_LENGTH>().map(|hash| RecordHash(*hash))
}

struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], DamageReason> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or(DamageReason::Truncated)?;
        self.rest = rest;
        Ok(*taken)
    }

    fn bytes(&mut self, length: usize) -> Result<&'a [u8], DamageReason> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(DamageReason::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> (Vec<u8>, RecordHash) {
        let Encoded { bytes, hash, .. } = encode(7, RecordHash::of(b"before"), &[b"{}".to_vec(), b"{}".to_vec()]);
        (bytes, hash)
    }

    #[test]
    fn both_hashes_of_one_pass_are_those_of_two() {
        for body in [b"".as_slice(), b"a body", &[7; 1_000]] {
            let (own, whole) = RecordHash::of_body_and_record(body);
            assert_eq!(own, RecordHash::of(body));
            assert_eq!(whole, RecordHash::of(&[body, own.as_bytes()].concat()));
        }
    }

    #[test]
    fn head_is_read_without_the_events() {
        // The events are none that this program knows.
        let (bytes, hash) = record();
        let head = RecordHead::read(&bytes).unwrap();
        assert_eq!(head, RecordHead { sequence: 7, events: 2, previous: RecordHash::of(b"before"), hash });
        assert_eq!(head.end(), 9);
        assert_eq!(RecordHead::claimed(&bytes), Some(head));
        assert_eq!(RecordHash::from_bytes(*hash.as_bytes()), hash);
    }

    #[test]
    fn damaged_record_still_claims_its_place() {
        let (mut bytes, _) = record();
        let head = RecordHead::read(&bytes).unwrap();
        bytes[60] ^= 1;
        assert_eq!(RecordHead::read(&bytes), Err(DamageReason::WrongHash));
        assert_eq!(RecordHead::claimed(&bytes), Some(head));
        for foreign in [b"".as_slice(), b"TGJR", b"something else that is long enough to hold a hash of its own"] {
            assert_eq!(RecordHead::claimed(foreign), None);
        }
    }

    #[test]
    fn head_of_bytes_that_were_cut_or_changed_is_refused() {
        let (bytes, _) = record();
        for length in 0..bytes.len() {
            assert!(RecordHead::read(&bytes[..length]).is_err(), "{length} bytes");
        }
        for index in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[index] ^= 1;
            assert!(RecordHead::read(&changed).is_err(), "byte {index}");
        }
    }

    #[test]
    fn whole_record_of_a_newer_program_is_told_apart() {
        let (mut bytes, _) = record();
        bytes.truncate(bytes.len() - HASH_LENGTH);
        bytes[4] = VERSION + 1;
        let hash = RecordHash::of(&bytes);
        bytes.extend_from_slice(hash.as_bytes());
        assert_eq!(RecordHead::read(&bytes), Err(DamageReason::NewerFormat { version: 2 }));
    }
}
