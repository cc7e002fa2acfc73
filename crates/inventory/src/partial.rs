//! Answers from a few chunks, for a page that shows something before the whole snapshot was read.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;
use std::ops::Range;

use tollgate_tokens::{Token, TokenDigest, TokenUid};

use crate::columns::{Decoder, Dictionary, Index, TokenChunk};
use crate::error::SnapshotError;
use crate::manifest::Manifest;

/// The chunk that every answer with tokens takes.
const DICTIONARY: usize = 0;

/// An answer, or what it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Partly<T> {
    /// The answer.
    Known(T),
    /// The numbers of chunks that are to be added before it is asked again; there is at least one.
    Needs(Vec<usize>),
}

/// A snapshot of which only some chunks are at hand.
///
/// It says which others an answer takes, and whoever has them adds them and asks again. Nothing of it is checked: bytes
/// that were damaged may give wrong answers, or errors. [`View`](crate::View) gives the same answers from the whole.
///
/// ```
/// use tollgate_inventory::{Head, PartialSnapshot, Partly, Snapshot};
/// use tollgate_tokens::{RecordHash, TokenDigest, Workspace};
///
/// let head = Head { sequence: 1, hash: RecordHash::of(b"the newest record"), next_sequence: 2 };
/// let Snapshot { manifest, .. } = Snapshot::encode(&Workspace::default(), head)?;
/// let part = PartialSnapshot::new(manifest);
/// assert_eq!(part.find(&TokenDigest::of("a secret"))?, Partly::Known(None));
/// # Ok::<(), tollgate_inventory::SnapshotError>(())
/// ```
#[derive(Debug, Clone)]
pub struct PartialSnapshot {
    manifest: Manifest,
    /// The row behind the last one of each chunk.
    ends: Vec<usize>,
    chunks: BTreeMap<usize, Vec<u8>>,
}

/// Where a row lies.
struct Place {
    row: usize,
    chunk: usize,
    /// Counted from the first row of the chunk.
    within: usize,
}

impl PartialSnapshot {
    /// A snapshot without any of its chunks.
    #[must_use]
    pub fn new(manifest: Manifest) -> Self {
        let ends = manifest.chunks.iter().scan(0_usize, |end, listed| {
            *end = end.saturating_add(listed.rows as usize);
            Some(*end)
        });
        let ends = ends.collect();
        Self { manifest, ends, chunks: BTreeMap::new() }
    }

    /// Adds the chunk with this number, or puts it in the place of the one that is there.
    pub fn add(&mut self, chunk: usize, bytes: Vec<u8>) {
        self.chunks.insert(chunk, bytes);
    }

    /// How many rows the whole snapshot has.
    #[must_use]
    pub fn token_count(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Some rows; those behind the end are left out. Takes the dictionary and the chunks with these rows.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`] when one of these chunks makes no sense, or has other rows than the manifest says.
    pub fn rows(&self, rows: Range<usize>) -> Result<Partly<Vec<Token>>, SnapshotError> {
        let wanted: Vec<(usize, Range<usize>)> = self.ranges(&rows).collect();
        if wanted.is_empty() {
            return Ok(Partly::Known(Vec::new()));
        }
        if let Some(missing) = self.missing(iter::once(DICTIONARY).chain(wanted.iter().map(|(chunk, _)| *chunk))) {
            return Ok(Partly::Needs(missing));
        }
        let dictionary = Dictionary::open(self.bytes(DICTIONARY)).map_err(|located| located.in_chunk(DICTIONARY))?;
        let mut decoder = Decoder::new(&dictionary);
        let mut tokens = Vec::new();
        for (number, range) in &wanted {
            let chunk = self.token_chunk(*number)?;
            tokens.extend(decoder.tokens(&chunk, range).map_err(|located| located.in_chunk(*number))?);
        }
        Ok(Partly::Known(tokens))
    }

    /// The row of the token whose secret has this digest. Takes the index, and if a digest begins like that the
    /// dictionary and the chunk with its row.
    ///
    /// # Errors
    ///
    /// As those of [`rows`](Self::rows).
    pub fn find(&self, digest: &TokenDigest) -> Result<Partly<Option<usize>>, SnapshotError> {
        let Some(index) = self.manifest.index() else { return Ok(Partly::Known(None)) };
        if let Some(missing) = self.missing(iter::once(index)) {
            return Ok(Partly::Needs(missing));
        }
        let starts = Index::open(self.bytes(index)).map_err(|located| located.in_chunk(index))?;
        let candidates: Vec<Place> = starts.candidates(digest).filter_map(|row| self.place(row)).collect();
        if candidates.is_empty() {
            return Ok(Partly::Known(None));
        }
        if let Some(missing) = self.missing(iter::once(DICTIONARY).chain(candidates.iter().map(|place| place.chunk))) {
            return Ok(Partly::Needs(missing));
        }
        let shadowed =
            Dictionary::read_shadowed(self.bytes(DICTIONARY)).map_err(|located| located.in_chunk(DICTIONARY))?;
        for Place { row, chunk, within } in candidates {
            let chunk = self.token_chunk(chunk)?;
            let is_found = chunk.digests.get(within) == Some(digest.as_bytes());
            let uid = chunk.uids.get(within).copied().map(TokenUid::from_bytes);
            if is_found && uid.is_some_and(|uid| !shadowed.contains(&uid)) {
                return Ok(Partly::Known(Some(row)));
            }
        }
        Ok(Partly::Known(None))
    }

    /// The rows of each chunk, counted from its first one, that are among these.
    fn ranges(&self, rows: &Range<usize>) -> impl Iterator<Item = (usize, Range<usize>)> {
        let starts = iter::once(0).chain(self.ends.iter().copied());
        let within =
            move |start: usize, end: usize| rows.start.saturating_sub(start)..rows.end.min(end).saturating_sub(start);
        let ranges = starts.zip(&self.ends).map(move |(start, end)| within(start, *end));
        ranges.enumerate().filter(|(_, range)| !range.is_empty())
    }

    fn place(&self, row: usize) -> Option<Place> {
        let chunk = self.ends.partition_point(|end| *end <= row);
        let start = chunk.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        (chunk < self.ends.len()).then(|| Place { row, chunk, within: row.saturating_sub(start) })
    }

    /// Which of these chunks are not at hand; `None` when all are.
    fn missing(&self, wanted: impl Iterator<Item = usize>) -> Option<Vec<usize>> {
        let missing: BTreeSet<usize> = wanted.filter(|chunk| !self.chunks.contains_key(chunk)).collect();
        (!missing.is_empty()).then(|| missing.into_iter().collect())
    }

    fn bytes(&self, chunk: usize) -> &[u8] {
        self.chunks.get(&chunk).map(Vec::as_slice).unwrap_or_default()
    }

    fn token_chunk(&self, number: usize) -> Result<TokenChunk<'_>, SnapshotError> {
        let chunk = TokenChunk::open(self.bytes(number)).map_err(|located| located.in_chunk(number))?;
        let listed = self.manifest.chunks.get(number).map(|listed| listed.rows as usize);
        if listed == Some(chunk.rows()) { Ok(chunk) } else { Err(SnapshotError::miscounted()) }
    }
}
