//! What stands around the columns of a chunk.
//!
//! Layout: magic `TGSC`, format u8, kind u8, number of columns u8, a zero, number of rows u32; then for each column
//! where it ends as u64, counted from the beginning of the first; then the columns. Numbers are little-endian.
//! So one column is found without reading the others.

use super::layout::{Column, Kind};
use crate::bytes::Cursor;
use crate::error::{Flaw, Located};
use crate::manifest::FORMAT;

const MAGIC: &[u8; 4] = b"TGSC";
const HEADER: usize = 12;

/// A chunk that is being written; columns that are never set stay empty.
pub(super) struct ChunkWriter {
    kind: Kind,
    rows: u32,
    columns: Vec<Vec<u8>>,
}

impl ChunkWriter {
    pub(super) fn new(kind: Kind, rows: usize) -> Self {
        Self { kind, rows: u32::try_from(rows).unwrap_or(u32::MAX), columns: vec![Vec::new(); kind.columns()] }
    }

    pub(super) fn set(&mut self, column: Column, bytes: Vec<u8>) {
        if let Some(slot) = self.columns.get_mut(column.place) {
            *slot = bytes;
        }
    }

    pub(super) fn finish(self) -> Vec<u8> {
        let body: usize = self.columns.iter().map(|column| column.len() + 8).sum();
        let mut bytes = Vec::with_capacity(HEADER + body);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&[FORMAT, self.kind.tag(), self.columns.len() as u8, 0]);
        bytes.extend_from_slice(&self.rows.to_le_bytes());
        let mut end = 0_u64;
        for column in &self.columns {
            end += column.len() as u64;
            bytes.extend_from_slice(&end.to_le_bytes());
        }
        for column in self.columns {
            bytes.extend(column);
        }
        bytes
    }
}

/// A chunk whose columns were found but not read.
#[derive(Debug)]
pub(super) struct Chunk<'a> {
    rows: usize,
    columns: Vec<&'a [u8]>,
}

impl<'a> Chunk<'a> {
    pub(super) fn open(bytes: &'a [u8], kind: Kind) -> Result<Self, Located> {
        Self::read_frame(bytes, kind).map_err(|flaw| Located { part: "frame", flaw })
    }

    fn read_frame(bytes: &'a [u8], kind: Kind) -> Result<Self, Flaw> {
        let mut cursor = Cursor::new(bytes);
        let begins_well = cursor.array::<4>()? == *MAGIC;
        if !begins_well || cursor.array::<4>()? != [FORMAT, kind.tag(), kind.columns() as u8, 0] {
            return Err(Flaw::Beginning);
        }
        let rows = cursor.u32()? as usize;
        let mut lengths = Vec::with_capacity(kind.columns());
        let mut start = 0_u64;
        for _ in 0..kind.columns() {
            let end = cursor.u64()?;
            let length = end.checked_sub(start).and_then(|length| usize::try_from(length).ok());
            lengths.push(length.ok_or_else(|| cursor.cut_short())?);
            start = end;
        }
        let columns = lengths.into_iter().map(|length| cursor.bytes(length)).collect::<Result<_, _>>()?;
        cursor.end()?;
        Ok(Self { rows, columns })
    }

    /// How many rows the chunk says that it has. Only the columns tell whether that is so.
    pub(super) const fn rows(&self) -> usize {
        self.rows
    }

    /// Reads one column; a flaw is told with its name.
    pub(super) fn read<T>(
        &self,
        column: Column,
        read: impl FnOnce(Cursor<'a>) -> Result<T, Flaw>,
    ) -> Result<T, Located> {
        let bytes = self.columns.get(column.place).copied().unwrap_or_default();
        read(Cursor::new(bytes)).map_err(|flaw| Located { part: column.name, flaw })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::layout::{NOTE, UID};

    #[test]
    fn a_column_is_found_without_the_others() {
        let mut writer = ChunkWriter::new(Kind::Tokens, 3);
        writer.set(NOTE, b"notes".to_vec());
        writer.set(UID, b"uids".to_vec());
        let bytes = writer.finish();
        let chunk = Chunk::open(&bytes, Kind::Tokens).unwrap();
        assert_eq!(chunk.rows(), 3);
        assert_eq!(chunk.read(NOTE, |cursor| Ok(cursor.rest())).unwrap(), b"notes");
        assert_eq!(chunk.read(UID, |cursor| Ok(cursor.rest())).unwrap(), b"uids");
        let error = chunk.read(NOTE, |cursor| cursor.end()).unwrap_err().in_chunk(2);
        assert_eq!(error.to_string(), "chunk 2 cannot be read, in its note: it goes on behind its end, at offset 0");
        assert!(Chunk::open(&bytes, Kind::Dictionary).is_err());
    }
}
