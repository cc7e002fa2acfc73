//! A segment as a store keeps it.

use super::blocks::{BlockReader, BlockWriter};
use super::table::{self, Place};
use crate::chain::record::{RecordHead, StoredRecord};

const MAGIC: &[u8; 4] = b"TGSG";
const FORMAT: u8 = 1;

/// Records that lie together, packed. Unpacked they are what they were, byte for byte.
///
/// ```
/// use tollgate_tokens::test_support::memory_manager_on;
/// use tollgate_tokens::{MemoryStorage, Segment};
///
/// let storage = MemoryStorage::default();
/// let manager = memory_manager_on(&storage, 1);
/// pollster::block_on(manager.add_site("acme".parse()?))?;
/// pollster::block_on(manager.add_site("labs".parse()?))?;
/// let segment = Segment::pack(&storage.records()).ok_or("there are records")?;
/// assert_eq!(segment.sequence, 1);
/// assert_eq!(segment.unpack(), storage.records());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The sequence number of the first event in it: the key that it lies under.
    pub sequence: u64,
    /// The segment, see the layout in the module's documentation.
    pub bytes: Vec<u8>,
}

impl Segment {
    /// Packs records, which are in the order of their numbers. Linear in their bytes.
    ///
    /// `None` when there are none, or when what was packed would not come back as it was: whoever packs means to give
    /// the records themselves up.
    #[must_use]
    pub fn pack(records: &[StoredRecord]) -> Option<Self> {
        let sequence = records.first()?.sequence;
        let mut blocks = BlockWriter::default();
        let mut places = Vec::with_capacity(records.len());
        for record in records {
            let (place, bytes) = Place::of(record);
            places.push(place);
            blocks.add(bytes);
        }
        let table = table::write(&places);
        let mut bytes = MAGIC.to_vec();
        bytes.push(FORMAT);
        bytes.extend_from_slice(&u32::try_from(places.len()).ok()?.to_le_bytes());
        bytes.extend_from_slice(&u32::try_from(table.len()).ok()?.to_le_bytes());
        bytes.extend(table);
        bytes.extend(blocks.finish());
        let segment = Self { sequence, bytes };
        (segment.unpack() == records).then_some(segment)
    }

    /// The records. Linear in their bytes; nothing is checked.
    ///
    /// Never fails, whatever the bytes are: what went bad becomes damaged records, and bytes that are no segment one
    /// record that no check of the chain lets pass.
    #[must_use]
    pub fn unpack(&self) -> Vec<StoredRecord> {
        let Some((places, blocks)) = self.open() else {
            return vec![StoredRecord { sequence: self.sequence, bytes: self.bytes.clone() }];
        };
        let mut blocks = BlockReader::new(blocks);
        places.into_iter().map(|place| place.record(blocks.take(place.length))).collect()
    }

    /// What the records claim of their places, without unpacking them. `None` for bytes that are no segment.
    #[must_use]
    pub fn heads(&self) -> Option<Vec<RecordHead>> {
        let (places, _) = self.open()?;
        Some(places.iter().filter_map(Place::head).collect())
    }

    /// The table, and the blocks behind it.
    fn open(&self) -> Option<(Vec<Place>, &[u8])> {
        let (magic, rest) = self.bytes.split_first_chunk::<4>()?;
        let ([format], rest) = rest.split_first_chunk::<1>()?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let (table_length, rest) = rest.split_first_chunk::<4>()?;
        if magic != MAGIC || *format != FORMAT {
            return None;
        }
        let (table, blocks) = rest.split_at_checked(u32::from_le_bytes(*table_length) as usize)?;
        Some((table::read(table, u32::from_le_bytes(*count))?, blocks))
    }
}
