//! Answers from a whole snapshot as it lies there.

use std::iter;
use std::ops::Range;

use tollgate_tokens::{Token, TokenDigest, TokenUid, WorkspaceRest};

use crate::columns::{Decoder, Dictionary, Index, TokenChunk};
use crate::error::SnapshotError;
use crate::snapshot::Snapshot;

/// A snapshot of which only what is asked for is read.
///
/// Rows are the tokens in the order of their numbers, from 0. [`Snapshot::decode`] gives the same answers, slowly.
#[derive(Debug)]
pub struct View<'a> {
    rest: WorkspaceRest,
    dictionary: Dictionary<'a>,
    chunks: Vec<TokenChunk<'a>>,
    /// There is one where there are tokens.
    index: Option<Index<'a>>,
}

impl<'a> View<'a> {
    /// Opens a snapshot whose bytes are checked first: one SHA-256 for each chunk, the names in the dictionary, and the
    /// index.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`] when a chunk is not the one that the manifest lists, or makes no sense.
    pub fn open(snapshot: &'a Snapshot) -> Result<Self, SnapshotError> {
        snapshot.verify()?;
        let view = Self::open_unverified(snapshot)?;
        let digests = view.chunks.iter().flat_map(|chunk| chunk.digests);
        if view.index.as_ref().is_some_and(|index| !index.agrees_with(digests)) {
            return Err(SnapshotError::Mismatch { what: "the index has other digests than the tokens" });
        }
        Ok(view)
    }

    /// Opens a snapshot without checking its digests and its index.
    ///
    /// Costs reading the dictionary and the frame of each chunk. Bytes that were damaged may give wrong rows, or
    /// errors.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`] when a chunk makes no sense, or they do not fit together.
    pub fn open_unverified(snapshot: &'a Snapshot) -> Result<Self, SnapshotError> {
        let Some((first, others)) = snapshot.chunks.split_first() else {
            return Err(SnapshotError::ChunkCount { listed: snapshot.manifest.chunks.len(), found: 0 });
        };
        let rest = Dictionary::read_rest(first).map_err(|located| located.in_chunk(0))?;
        let dictionary = Dictionary::open(first).map_err(|located| located.in_chunk(0))?;
        let (token_chunks, last) = match others.split_last() {
            Some((last, chunks)) if snapshot.manifest.tokens > 0 => (chunks, Some(last)),
            _ => (others, None),
        };
        let mut chunks = Vec::with_capacity(token_chunks.len());
        for (number, chunk) in (1..).zip(token_chunks) {
            chunks.push(TokenChunk::open(chunk).map_err(|located| located.in_chunk(number))?);
        }
        let index = last.map(|chunk| Index::open(chunk)).transpose();
        let index = index.map_err(|located| located.in_chunk(others.len()))?;
        let view = Self { rest, dictionary, chunks, index };
        view.check_fit(snapshot)?;
        Ok(view)
    }

    /// Checks that the parts are of one workspace, as far as their sizes and names tell.
    fn check_fit(&self, Snapshot { manifest, .. }: &Snapshot) -> Result<(), SnapshotError> {
        let held = self.chunks.iter().map(TokenChunk::rows);
        let held = iter::once(0).chain(held).chain(self.index.iter().map(|_| 0));
        let listed = manifest.chunks.iter().map(|chunk| chunk.rows as usize);
        if self.token_count() as u64 != manifest.tokens || !listed.eq(held) {
            return Err(SnapshotError::miscounted());
        }
        if self.index.as_ref().map_or(0, Index::rows) != self.token_count() {
            return Err(SnapshotError::Mismatch { what: "the index has other rows than there are tokens" });
        }
        if self.rest.epoch != manifest.epoch {
            return Err(SnapshotError::Mismatch { what: "the manifest names another history than the dictionary" });
        }
        Ok(())
    }

    /// How many rows there are.
    #[must_use]
    pub fn token_count(&self) -> usize {
        self.chunks.iter().map(TokenChunk::rows).sum()
    }

    /// The workspace without its tokens: users, Local Sites and the like.
    #[must_use]
    pub const fn rest(&self) -> &WorkspaceRest {
        &self.rest
    }

    /// Some rows; those behind the end are left out.
    ///
    /// Costs the rows themselves and, in the chunk where they begin, reading over the numbers of those before.
    ///
    /// # Errors
    ///
    /// [`SnapshotError::Chunk`] when a row makes no sense.
    pub fn rows(&self, rows: Range<usize>) -> Result<Vec<Token>, SnapshotError> {
        let mut decoder = Decoder::new(&self.dictionary);
        let mut tokens = Vec::new();
        let mut first = 0;
        for (number, chunk) in (1..).zip(&self.chunks) {
            let wanted = rows.start.saturating_sub(first)..rows.end.saturating_sub(first).min(chunk.rows());
            if !wanted.is_empty() {
                let found = decoder.tokens(chunk, &wanted).map_err(|located| located.in_chunk(number))?;
                tokens.extend(found);
            }
            first += chunk.rows();
        }
        Ok(tokens)
    }

    /// The row of the token whose secret has this digest.
    ///
    /// Compares with one digest after the other, 32 bytes for each row: the slow twin of [`PartialSnapshot::find`].
    ///
    /// [`PartialSnapshot::find`]: crate::PartialSnapshot::find
    #[must_use]
    pub fn find(&self, digest: &TokenDigest) -> Option<usize> {
        let mut first = 0;
        for chunk in &self.chunks {
            let rows = chunk.digests.iter().zip(chunk.uids).position(|(stored, uid)| {
                stored == digest.as_bytes() && !self.rest.shadowed.contains(&TokenUid::from_bytes(*uid))
            });
            if let Some(row) = rows {
                return Some(first + row);
            }
            first += chunk.rows();
        }
        None
    }
}
