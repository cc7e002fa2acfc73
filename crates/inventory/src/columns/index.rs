//! The last chunk: how the digest of each token begins, so that a look-up reads only the chunk that has the token.

use std::sync::Arc;

use tollgate_tokens::{Token, TokenDigest};

use super::decode::arrays;
use super::frame::{Chunk, ChunkWriter};
use super::layout::{DIGEST_START, Kind};
use crate::error::Located;

/// So many bytes tell 100,000 digests apart but for one in 40,000 look-ups.
const START: usize = 4;

/// Writes the index of all tokens, in the order of their rows.
pub(super) fn index_chunk(tokens: &[Arc<Token>]) -> Vec<u8> {
    let mut chunk = ChunkWriter::new(Kind::Index, tokens.len());
    chunk.set(DIGEST_START, tokens.iter().flat_map(|token| start(token.digest.as_bytes())).collect());
    chunk.finish()
}

fn start(digest: &[u8; 32]) -> [u8; START] {
    let [first, second, third, fourth, ..] = *digest;
    [first, second, third, fourth]
}

/// How the digests begin, of all rows.
#[derive(Debug)]
pub(crate) struct Index<'a> {
    starts: &'a [[u8; START]],
}

impl<'a> Index<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Located> {
        let chunk = Chunk::open(bytes, Kind::Index)?;
        let rows = chunk.rows();
        Ok(Self { starts: chunk.read(DIGEST_START, |cursor| arrays(&cursor, rows))? })
    }

    pub(crate) const fn rows(&self) -> usize {
        self.starts.len()
    }

    /// The rows whose digest begins as this one does, in order.
    pub(crate) fn candidates(&self, digest: &TokenDigest) -> impl Iterator<Item = usize> {
        let wanted = start(digest.as_bytes());
        self.starts.iter().enumerate().filter(move |(_, found)| **found == wanted).map(|(row, _)| row)
    }

    /// Whether these are the digests of all rows, as far as the index tells.
    pub(crate) fn agrees_with<'d>(&self, digests: impl Iterator<Item = &'d [u8; 32]>) -> bool {
        self.starts.iter().copied().eq(digests.map(start))
    }
}
