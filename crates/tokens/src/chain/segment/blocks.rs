//! The blocks of a segment: each so many bytes of events, packed for itself.
//!
//! Layout of a block: its length unpacked as u32, its length packed as u32, the packed bytes.

use super::squeeze::{expand, squeeze};

/// A block is closed once it holds so many bytes.
const BLOCK_BYTES: usize = 1 << 17;

/// No block that was ever written is longer unpacked: one record is at most what one act may do.
const LONGEST: usize = 1 << 28;

/// Blocks that are being written.
#[derive(Default)]
pub(super) struct BlockWriter {
    open: Vec<u8>,
    closed: Vec<u8>,
}

impl BlockWriter {
    /// Adds a whole record's events.
    pub(super) fn add(&mut self, events: &[u8]) {
        self.open.extend_from_slice(events);
        if self.open.len() >= BLOCK_BYTES {
            self.close();
        }
    }

    /// The blocks as bytes.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.close();
        self.closed
    }

    fn close(&mut self) {
        let raw = std::mem::take(&mut self.open);
        if !raw.is_empty() {
            let packed = squeeze(&raw);
            self.closed.extend_from_slice(&length_of(&raw));
            self.closed.extend_from_slice(&length_of(&packed));
            self.closed.extend(packed);
        }
    }
}

fn length_of(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes()
}

/// Reads the events of one record after the other.
pub(super) struct BlockReader<'a> {
    rest: &'a [u8],
    /// What the present block holds; `None` when it cannot be unpacked.
    open: Option<Vec<u8>>,
    taken: usize,
    length: usize,
}

impl<'a> BlockReader<'a> {
    pub(super) const fn new(blocks: &'a [u8]) -> Self {
        Self { rest: blocks, open: None, taken: 0, length: 0 }
    }

    /// The next so many bytes; `None` when they went bad.
    pub(super) fn take(&mut self, length: usize) -> Option<&[u8]> {
        if length == 0 {
            return Some(&[]);
        }
        if self.taken >= self.length {
            self.open_next()?;
        }
        let start = self.taken;
        self.taken = start.checked_add(length)?;
        self.open.as_ref()?.get(start..self.taken)
    }

    fn open_next(&mut self) -> Option<()> {
        let (length, rest) = self.rest.split_first_chunk::<4>()?;
        let (packed_length, rest) = rest.split_first_chunk::<4>()?;
        let (packed, rest) = rest.split_at_checked(u32::from_le_bytes(*packed_length) as usize)?;
        self.rest = rest;
        self.length = u32::from_le_bytes(*length) as usize;
        self.taken = 0;
        self.open = if self.length <= LONGEST { expand(packed, self.length) } else { None };
        Some(())
    }
}
