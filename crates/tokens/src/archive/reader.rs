//! Reads a workspace that was written down, and checks it as if a stranger had written it.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::chain_head::ChainHead;
use super::document::{self, Kind};
use super::error::ArchiveError;
use super::suspicion::{LARGEST_NUMBER, bytes_hold_token, holds_token, out_of_bounds};
use crate::chain::{Identity, Ledger, StoredRecord};
use crate::ids::{Epoch, ReplicaId};
use crate::scan::looks_like_token;
use crate::time::{Timestamp, iso_text};

/// What the document is called, and its newest version.
pub(super) const KIND: Kind = Kind { format: "tollgate-workspace", version: 1 };

/// A whole workspace that was written down: checked, whole, and without a secret.
#[derive(Debug, Clone)]
pub struct Archive {
    exported_at: Timestamp,
    records: Vec<StoredRecord>,
    ledger: Ledger,
}

impl Archive {
    /// The largest text that is worth reading, in bytes: more would not fit into a page's memory several times over.
    pub const MOST_BYTES: u64 = 256 << 20;

    /// Reads a whole document. Linear in the text; [`ArchiveReader`] does the same in steps.
    ///
    /// # Errors
    ///
    /// [`ArchiveError`] names what is wrong and where. It never quotes what may be a secret.
    ///
    /// ```
    /// use tollgate_tokens::Archive;
    ///
    /// let refused = Archive::read(r#"{"format": "tollgate-workspace", "version": 7}"#).unwrap_err();
    /// assert_eq!(
    ///     refused.to_string(),
    ///     "the file has version 7 of `tollgate-workspace`, and this program knows versions up to 1"
    /// );
    /// ```
    pub fn read(text: &str) -> Result<Self, ArchiveError> {
        let mut reader = ArchiveReader::new(text)?;
        while !reader.is_done() {
            reader.read_more(usize::MAX)?;
        }
        reader.finish()
    }

    /// When it was written, by the clock of whoever wrote it.
    #[must_use]
    pub fn exported_at(&self) -> Timestamp {
        self.exported_at
    }

    /// The records, in order.
    #[must_use]
    pub fn records(&self) -> &[StoredRecord] {
        &self.records
    }

    /// The chain that they make, and the state that it adds up to.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}

/// The stored shape of an archive, version 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    // Checked before, and named here so that no other field passes.
    #[serde(borrow, rename = "format")]
    _format: Cow<'a, str>,
    #[serde(rename = "version")]
    _version: u32,
    epoch: Option<Epoch>,
    #[serde(deserialize_with = "iso_text::deserialize")]
    exported_at: Timestamp,
    head: ChainHead,
    #[serde(borrow)]
    records: Vec<RecordText<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordText<'a> {
    sequence: u64,
    #[serde(borrow)]
    bytes: Cow<'a, str>,
}

/// Reads an archive in steps, so that a page can draw between them and say how far it is.
///
/// ```
/// use tollgate_tokens::{ArchiveError, ArchiveReader};
///
/// let mut reader = ArchiveReader::new(concat!(
///     r#"{"format": "tollgate-workspace", "version": 1, "epoch": null, "exported_at": "2026-11-23T12:00:00+00:00","#,
///     r#" "head": {"sequence": 0, "hash": "0000000000000000000000000000000000000000000000000000000000000000"},"#,
///     r#" "records": []}"#,
/// ))?;
/// assert!(reader.is_done());
/// assert!(matches!(reader.finish(), Err(ArchiveError::Empty)));
/// # Ok::<(), ArchiveError>(())
/// ```
pub struct ArchiveReader<'a> {
    epoch: Option<Epoch>,
    exported_at: Timestamp,
    head: ChainHead,
    waiting: std::vec::IntoIter<RecordText<'a>>,
    total: usize,
    records: Vec<StoredRecord>,
    ledger: Ledger,
}

impl<'a> ArchiveReader<'a> {
    /// Reads the text as JSON, but none of its records yet. Linear in the text.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::Document`] for what is no such document, is of a newer version, or holds a token.
    pub fn new(text: &'a str) -> Result<Self, ArchiveError> {
        let Document { epoch, exported_at, head, records, .. } = document::read(text, KIND)?;
        let nobody = Identity { replica: ReplicaId::from_bytes([0; 16]), epoch: Epoch::from_bytes([0; 16]) };
        Ok(Self {
            epoch,
            exported_at,
            head,
            total: records.len(),
            records: Vec::with_capacity(records.len()),
            waiting: records.into_iter(),
            ledger: Ledger::new(nobody),
        })
    }

    /// How many records there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.total
    }

    /// How many of them were read.
    #[must_use]
    pub fn done(&self) -> usize {
        self.records.len()
    }

    /// Whether all were read.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.waiting.len() == 0
    }

    /// Reads so many records more, or as many as there are.
    ///
    /// # Errors
    ///
    /// [`ArchiveError`] for a record that cannot be read, or an entry that must not be taken in.
    pub fn read_more(&mut self, most: usize) -> Result<(), ArchiveError> {
        for _ in 0..most {
            let Some(text) = self.waiting.next() else { break };
            self.take(&text)?;
        }
        Ok(())
    }

    /// Says whether the whole is what it says it is, once all was read.
    ///
    /// # Errors
    ///
    /// [`ArchiveError`] for what is empty, not read to its end, damaged, or other than the document says.
    pub fn finish(self) -> Result<Archive, ArchiveError> {
        if !self.is_done() {
            return Err(ArchiveError::Record { number: self.done() + 1, cause: "was not read" });
        }
        let Some(found) = self.records.last().map(ChainHead::of_record) else { return Err(ArchiveError::Empty) };
        if let Some(damage) = self.ledger.damage().next() {
            let (entry, cause) = (damage.sequence, damage.reason.to_string());
            // What the reader of an event says may quote it.
            let holds_token = looks_like_token(&cause);
            return Err(if holds_token {
                ArchiveError::LooksLikeToken { entry }
            } else {
                ArchiveError::Damaged { entry, cause }
            });
        }
        if self.ledger.workspace().epoch() != self.epoch {
            return Err(ArchiveError::OtherEpoch);
        }
        if found != self.head {
            return Err(ArchiveError::OtherHead { said: self.head.sequence, found: found.sequence });
        }
        Ok(Archive { exported_at: self.exported_at, records: self.records, ledger: self.ledger })
    }

    fn take(&mut self, text: &RecordText<'_>) -> Result<(), ArchiveError> {
        let refused = |cause| Err(ArchiveError::Record { number: self.records.len() + 1, cause });
        let Ok(bytes) = STANDARD.decode(text.bytes.as_bytes()) else {
            return refused("is not written in base 64");
        };
        let before = self.records.last().map_or(0, |record| record.sequence);
        if text.sequence <= before || text.sequence > LARGEST_NUMBER {
            return refused("lies under a number that does not follow the one before");
        }
        let record = StoredRecord { sequence: text.sequence, bytes };
        self.ledger.take_in(&record);
        self.check_entries(&record)?;
        self.records.push(record);
        Ok(())
    }

    /// Looks at what the newest record brought.
    fn check_entries(&self, record: &StoredRecord) -> Result<(), ArchiveError> {
        let mut has_entries = false;
        let newest = self.ledger.entries().rev().take_while(|entry| entry.record == record.sequence);
        for entry in newest {
            has_entries = true;
            if holds_token(&entry.event) {
                return Err(ArchiveError::LooksLikeToken { entry: entry.sequence });
            }
            if let Some(what) = out_of_bounds(&entry.event) {
                return Err(ArchiveError::OutOfBounds { entry: entry.sequence, what });
            }
        }
        if !has_entries && bytes_hold_token(&record.bytes) {
            return Err(ArchiveError::LooksLikeToken { entry: record.sequence });
        }
        Ok(())
    }
}
