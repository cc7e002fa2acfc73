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

    /// What the first record of a history links to.
    #[must_use]
    pub fn of_epoch(epoch: Epoch) -> Self {
        Self::of(epoch.as_bytes())
    }

    /// Takes over a hash that was kept as bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
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

/// A record that was read and whose own hash is right.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) previous: RecordHash,
    pub(super) hash: RecordHash,
    pub(super) events: Vec<Event>,
}

/// Builds the bytes of a record.
pub(super) fn encode(first: u64, previous: RecordHash, events: &[Vec<u8>]) -> (Vec<u8>, RecordHash) {
    let mut bytes = Vec::with_capacity(64 + events.iter().map(|event| event.len() + 4).sum::<usize>());
    bytes.extend_from_slice(MAGIC);
    bytes.push(VERSION);
    bytes.extend_from_slice(&u32::try_from(events.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend_from_slice(&first.to_le_bytes());
    bytes.extend_from_slice(&previous.0);
    for event in events {
        bytes.extend_from_slice(&u32::try_from(event.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend_from_slice(event);
    }
    let hash = RecordHash::of(&bytes);
    bytes.extend_from_slice(&hash.0);
    (bytes, hash)
}

/// Reads a record; any flaw is a reason, never a panic, whatever the bytes are.
pub(super) fn decode(stored: &StoredRecord) -> Result<Record, DamageReason> {
    let body_length = stored.bytes.len().checked_sub(HASH_LENGTH).ok_or(DamageReason::Truncated)?;
    let (body, claimed) = stored.bytes.split_at_checked(body_length).ok_or(DamageReason::Truncated)?;
    let mut cursor = Cursor { rest: body };
    if cursor.take::<4>()? != *MAGIC {
        return Err(DamageReason::NotARecord);
    }
    let [version] = cursor.take::<1>()?;
    let hash = RecordHash::of(body);
    if hash.0 != *claimed {
        return Err(DamageReason::WrongHash);
    }
    if version != VERSION {
        return Err(DamageReason::NewerFormat { version });
    }
    let count = u32::from_le_bytes(cursor.take()?);
    let first = u64::from_le_bytes(cursor.take()?);
    let previous = RecordHash(cursor.take()?);
    if first != stored.sequence {
        return Err(DamageReason::WrongPlace { claims: first });
    }
    let mut events = Vec::new();
    for index in 0..count {
        let length = u32::from_le_bytes(cursor.take()?) as usize;
        let event = Event::from_bytes(cursor.bytes(length)?)
            .map_err(|error| DamageReason::UnreadableEvent { index, cause: error.to_string() })?;
        events.push(event);
    }
    if events.is_empty() || !cursor.rest.is_empty() {
        return Err(DamageReason::Truncated);
    }
    Ok(Record { previous, hash, events })
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
