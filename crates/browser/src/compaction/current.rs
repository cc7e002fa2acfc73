//! The value `current` of the store `meta`: which snapshot counts.

use tollgate_inventory::Manifest;

/// Which generation of chunks counts, and its manifest. As bytes: the generation as u64, little-endian, and the
/// manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Current {
    pub(crate) generation: u64,
    pub(crate) manifest: Manifest,
}

impl Current {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        [self.generation.to_le_bytes().as_slice(), &self.manifest.to_bytes()].concat()
    }

    /// `None` for anything else, and for what a program of another format wrote.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (generation, manifest) = bytes.split_first_chunk::<8>()?;
        let manifest = Manifest::from_bytes(manifest).ok()?;
        Some(Self { generation: u64::from_le_bytes(*generation), manifest })
    }
}

#[cfg(test)]
mod tests {
    use tollgate_inventory::Head;
    use tollgate_tokens::RecordHash;

    use super::*;

    #[test]
    fn it_is_read_as_it_was_written_and_not_otherwise() {
        let head = Head { sequence: 7, hash: RecordHash::of(b"seven"), next_sequence: 9 };
        let manifest = Manifest { head, epoch: None, tokens: 0, chunks: Vec::new() };
        let current = Current { generation: 3, manifest };
        let bytes = current.to_bytes();
        assert_eq!(Current::from_bytes(&bytes), Some(current));
        for length in 0..bytes.len() {
            assert_eq!(Current::from_bytes(&bytes[..length]), None, "{length} bytes");
        }
    }
}
