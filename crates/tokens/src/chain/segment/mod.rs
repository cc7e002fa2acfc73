//! Old records, packed: many in one value, and short, without the loss of a byte.
//!
//! Layout: magic `TGSG`, format u8, number of records u32, length of the table u32, the table, then blocks. The table
//! says of each record where it lies, its hash and the one it links to; the blocks hold the events. Numbers are
//! little-endian, those in the table varints.
//!
//! Each block is packed for itself and holds whole records, so that what goes bad costs the records around it and no
//! others. Their hashes find it, as they find all damage.

mod blocks;
mod packed;
mod squeeze;
mod table;
mod varint;

pub use packed::Segment;
