//! What can be wrong with an entry of the journal.

use std::sync::Arc;

use super::record::RecordHash;

/// A damaged entry: where it lies, what is wrong, and its bytes as they were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The sequence number it lies under.
    pub sequence: u64,
    /// What is wrong with it.
    pub reason: DamageReason,
    /// Its bytes; empty when the entry is missing.
    pub bytes: Arc<[u8]>,
    /// SHA-256 of those bytes.
    pub sha256: RecordHash,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DamageReason {
    /// The bytes do not begin like a record.
    #[error("the bytes are no journal record")]
    NotARecord,
    /// The bytes end too soon or go on too long.
    #[error("the record is cut short or has a wrong length inside")]
    Truncated,
    /// The bytes do not have the hash that they carry.
    #[error("the record does not have the hash that it carries")]
    WrongHash,
    /// A newer program wrote it.
    #[error("the record has format {version}, newer than this program knows")]
    NewerFormat {
        /// The format's number.
        version: u8,
    },
    /// The record says that it belongs elsewhere.
    #[error("the record claims to be entry {claims}")]
    WrongPlace {
        /// The sequence number that it claims.
        claims: u64,
    },
    /// The record does not follow from the one before.
    #[error("the record does not follow from the one before it")]
    BrokenLink,
    /// One or more entries are not there.
    #[error("entries up to {last} are missing")]
    Missing {
        /// The last sequence number that is missing.
        last: u64,
    },
    /// An event in a whole record cannot be read.
    #[error("event {index} of the record cannot be read: {cause}")]
    UnreadableEvent {
        /// Its place in the record, from 0.
        index: u32,
        /// What the reader said.
        cause: String,
    },
}

impl Damage {
    pub(super) fn new(sequence: u64, reason: DamageReason, bytes: &[u8]) -> Self {
        Self { sequence, reason, bytes: bytes.into(), sha256: RecordHash::of(bytes) }
    }
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "entry {}: {}", self.sequence, self.reason)
    }
}
