//! What a snapshot says of itself: where in the journal it ends, and which chunks it has.

use std::cmp::Ordering;
use std::fmt;

use sha2::{Digest as _, Sha256};
use tollgate_tokens::{Epoch, Ledger, RecordHash};

use crate::bytes::Cursor;
use crate::error::{Flaw, SnapshotError};

const MAGIC: &[u8; 4] = b"TGSM";

/// The version of the manifest and of the chunks.
pub(crate) const FORMAT: u8 = 3;

/// The end of a journal as far as it was folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The key of the newest record: the sequence number of its first event.
    pub sequence: u64,
    /// That record's hash.
    pub hash: RecordHash,
    /// The number that the next event gets.
    pub next_sequence: u64,
}

impl Head {
    /// The end of a chain as far as it was read.
    ///
    /// `None` when there is no record, or damage that no repair has recorded: what such a chain adds up to depends on
    /// more than its events, so it gets no snapshot.
    #[must_use]
    pub fn of(ledger: &Ledger) -> Option<Self> {
        let base = ledger.base().filter(|_| ledger.damage().next().is_none())?;
        Some(Self { sequence: base.sequence, hash: base.hash, next_sequence: ledger.next_sequence() })
    }
}

/// SHA-256 of a chunk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ChunkDigest([u8; 32]);

impl ChunkDigest {
    /// The digest of a chunk's bytes.
    #[must_use]
    pub fn of(chunk: &[u8]) -> Self {
        Self(Sha256::digest(chunk).into())
    }
}

impl fmt::Debug for ChunkDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChunkDigest(")?;
        for byte in self.0 {
            write!(f, "{byte:02x}")?;
        }
        f.write_str(")")
    }
}

/// A chunk as the manifest lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedChunk {
    /// SHA-256 of its bytes.
    pub digest: ChunkDigest,
    /// How many tokens lie in it; none in the dictionary and in the index.
    pub rows: u32,
}

/// What a snapshot says of itself.
///
/// As bytes: magic `TGSM`, format u8, sequence u64, next sequence u64, hash of the head (32 bytes), 1 or 0 for whether
/// there is an epoch, the epoch (16 bytes), number of tokens u64, for each chunk its digest (32 bytes) and its number of
/// tokens u32, and SHA-256 of all that comes before. Numbers are little-endian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The entry that the snapshot was folded up to.
    pub head: Head,
    /// The history's name; `None` before its first event.
    pub epoch: Option<Epoch>,
    /// How many tokens there are.
    pub tokens: u64,
    /// The chunks, in their order; the first is the dictionary, and the last the index where there are tokens.
    pub chunks: Vec<ListedChunk>,
}

impl Manifest {
    /// The manifest as bytes; the same manifest always gives the same.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let Self { head, epoch, tokens, chunks } = self;
        let mut bytes = MAGIC.to_vec();
        bytes.push(FORMAT);
        bytes.extend(head.sequence.to_le_bytes());
        bytes.extend(head.next_sequence.to_le_bytes());
        bytes.extend(head.hash.as_bytes());
        bytes.push(u8::from(epoch.is_some()));
        bytes.extend(epoch.map_or([0; 16], |epoch| *epoch.as_bytes()));
        bytes.extend(tokens.to_le_bytes());
        for chunk in chunks {
            bytes.extend(chunk.digest.0);
            bytes.extend(chunk.rows.to_le_bytes());
        }
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        bytes.extend(hash);
        bytes
    }

    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// [`SnapshotError::ManifestHash`] when a byte is not what was written, [`SnapshotError::NewerFormat`],
    /// [`SnapshotError::OlderFormat`], or [`SnapshotError::Manifest`] when the bytes are no manifest.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SnapshotError> {
        let unreadable = |cause| SnapshotError::Manifest { cause };
        let Some((body, carried)) = bytes.split_last_chunk::<32>() else {
            return Err(unreadable(Flaw::CutShort { offset: bytes.len() }));
        };
        let mut cursor = Cursor::new(body);
        if cursor.array::<4>().map_err(unreadable)? != *MAGIC {
            return Err(unreadable(Flaw::Beginning));
        }
        let hash: [u8; 32] = Sha256::digest(body).into();
        if hash != *carried {
            return Err(SnapshotError::ManifestHash);
        }
        let [version] = cursor.array::<1>().map_err(unreadable)?;
        match version.cmp(&FORMAT) {
            Ordering::Greater => Err(SnapshotError::NewerFormat { version }),
            Ordering::Less => Err(SnapshotError::OlderFormat { version }),
            Ordering::Equal => Self::read(cursor).map_err(unreadable),
        }
    }

    fn read(mut cursor: Cursor<'_>) -> Result<Self, Flaw> {
        let (sequence, next_sequence) = (cursor.u64()?, cursor.u64()?);
        let head = Head { sequence, hash: RecordHash::from_bytes(cursor.array()?), next_sequence };
        let [has_epoch] = cursor.array::<1>()?;
        let epoch = Epoch::from_bytes(cursor.array()?);
        let tokens = cursor.u64()?;
        let mut chunks = Vec::new();
        while !cursor.is_at_end() {
            chunks.push(ListedChunk { digest: ChunkDigest(cursor.array()?), rows: cursor.u32()? });
        }
        let epoch = match has_epoch {
            0 => None,
            1 => Some(epoch),
            other => return Err(Flaw::Kind { kind: other.into() }),
        };
        Ok(Self { head, epoch, tokens, chunks })
    }

    /// Checks that the journal holds the record that the snapshot was folded up to. Everything behind it is still to be
    /// folded.
    ///
    /// # Errors
    ///
    /// [`SnapshotError::OtherHead`]: the snapshot is of another history and must be thrown away.
    pub fn check_head(&self, sequence: u64, hash: RecordHash) -> Result<(), SnapshotError> {
        if self.head.sequence == sequence && self.head.hash == hash {
            Ok(())
        } else {
            Err(SnapshotError::OtherHead { sequence: self.head.sequence })
        }
    }

    /// Which chunk is the index: the last, where there are tokens.
    pub(crate) const fn index(&self) -> Option<usize> {
        if self.tokens == 0 { None } else { self.chunks.len().checked_sub(1) }
    }

    /// Checks that these are the chunks that the manifest lists.
    ///
    /// # Errors
    ///
    /// [`SnapshotError::ChunkCount`], or [`SnapshotError::ChunkDigest`] with the first that differs.
    pub(crate) fn check_chunks(&self, chunks: &[Vec<u8>]) -> Result<(), SnapshotError> {
        if self.chunks.len() != chunks.len() {
            return Err(SnapshotError::ChunkCount { listed: self.chunks.len(), found: chunks.len() });
        }
        match self.chunks.iter().zip(chunks).position(|(listed, chunk)| listed.digest != ChunkDigest::of(chunk)) {
            Some(chunk) => Err(SnapshotError::ChunkDigest { chunk }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(bytes: &[u8], rows: u32) -> ListedChunk {
        ListedChunk { digest: ChunkDigest::of(bytes), rows }
    }

    fn manifest() -> Manifest {
        Manifest {
            head: Head { sequence: 7, hash: RecordHash::of(b"seven"), next_sequence: 12 },
            epoch: Some(Epoch::from_bytes([3; 16])),
            tokens: 5,
            chunks: vec![listed(b"dictionary", 0), listed(b"tokens", 5), listed(b"index", 0)],
        }
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        for manifest in [manifest(), Manifest { epoch: None, chunks: vec![], ..manifest() }] {
            assert_eq!(Manifest::from_bytes(&manifest.to_bytes()), Ok(manifest));
        }
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_found() {
        let bytes = manifest().to_bytes();
        for cut in 0..bytes.len() {
            assert!(Manifest::from_bytes(&bytes[..cut]).is_err(), "cut at {cut}");
        }
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(Manifest::from_bytes(&flipped).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn another_head_is_refused() {
        let manifest = manifest();
        assert_eq!(manifest.check_head(7, RecordHash::of(b"seven")), Ok(()));
        let error = manifest.check_head(7, RecordHash::of(b"another")).unwrap_err();
        assert_eq!(error.to_string(), "the snapshot was folded up to another entry 7 than the journal holds");
    }

    #[test]
    fn a_newer_and_an_older_format_are_named() {
        let of_format = |version: u8| {
            let mut bytes = manifest().to_bytes();
            bytes.truncate(bytes.len() - 32);
            bytes[4] = version;
            let hash: [u8; 32] = Sha256::digest(&bytes).into();
            bytes.extend(hash);
            Manifest::from_bytes(&bytes)
        };
        assert_eq!(of_format(FORMAT + 1), Err(SnapshotError::NewerFormat { version: FORMAT + 1 }));
        assert_eq!(of_format(FORMAT - 1), Err(SnapshotError::OlderFormat { version: FORMAT - 1 }));
        assert_eq!(of_format(FORMAT), Ok(manifest()));
    }
}
