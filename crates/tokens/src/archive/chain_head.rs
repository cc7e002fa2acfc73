//! Where a chain ends, as documents name it.

use serde::{Deserialize, Serialize};

use crate::chain::{Ledger, RecordHash, RecordHead, StoredRecord};

/// The end of a chain: its newest entry, and the hash that all before it goes into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainHead {
    /// The number of the newest entry.
    pub sequence: u64,
    /// The hash of the record that holds it.
    #[serde(with = "hash_text")]
    pub hash: RecordHash,
}

impl ChainHead {
    /// The end of a chain as far as it was read; `None` of an empty one.
    #[must_use]
    pub fn of(ledger: &Ledger) -> Option<Self> {
        let sequence = ledger.next_sequence().saturating_sub(1);
        ledger.base().map(|base| Self { sequence, hash: base.hash })
    }

    /// The end of a chain whose newest record this is. A damaged one counts as one entry.
    pub(super) fn of_record(record: &StoredRecord) -> Self {
        match RecordHead::read(&record.bytes) {
            Ok(head) if head.sequence == record.sequence => {
                Self { sequence: head.end().saturating_sub(1), hash: head.hash }
            }
            _ => Self { sequence: record.sequence, hash: RecordHash::of(&record.bytes) },
        }
    }
}

/// A hash as 64 hexadecimal digits.
pub(super) mod hash_text {
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::chain::RecordHash;

    pub(crate) fn serialize<S: Serializer>(hash: &RecordHash, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(hash)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RecordHash, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut bytes = [0; 32];
        match hex::decode_to_slice(&text, &mut bytes) {
            Ok(()) => Ok(RecordHash::from_bytes(bytes)),
            Err(_) => Err(D::Error::custom("a hash is 64 hexadecimal digits")),
        }
    }
}
