//! What a mirror file holds: records of the journal, each behind its length (u32, little-endian).
//!
//! A record carries its own hash, so a file needs no head, no index and no mark at its end: what was torn is found by
//! reading. Nothing here knows where the files lie.

use tollgate_tokens::{DamageReason, RecordHash, RecordHead};

/// A whole record in a mirror file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kept<'a> {
    /// `None` for a record that a newer program wrote.
    pub(super) head: Option<RecordHead>,
    pub(super) bytes: &'a [u8],
}

/// What was found in a mirror file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parsed<'a> {
    /// Every whole record, in the order of the file.
    pub(super) records: Vec<Kept<'a>>,
    /// How many bytes there are up to the end of the last whole record: what lies behind is a torn tail.
    pub(super) kept: usize,
}

/// Reads a file, whatever its bytes are. Linear in the bytes; one SHA-256 a record.
pub(super) fn parse(bytes: &[u8]) -> Parsed<'_> {
    let mut parsed = Parsed::default();
    let mut rest = bytes;
    while let Some((record, behind)) = next_frame(rest) {
        rest = behind;
        let head = match RecordHead::read(record) {
            Ok(head) => Some(head),
            Err(DamageReason::NewerFormat { .. }) => None,
            // A record that went bad in the middle costs none of those behind it.
            Err(_) => continue,
        };
        parsed.records.push(Kept { head, bytes: record });
        parsed.kept = bytes.len() - rest.len();
    }
    parsed
}

/// Puts records into the form that a file has.
pub(super) fn frames<'a>(records: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut frames = Vec::new();
    for record in records {
        frames.extend_from_slice(&u32::try_from(record.len()).unwrap_or(u32::MAX).to_le_bytes());
        frames.extend_from_slice(record);
    }
    frames
}

/// Writes heads as bytes, for the way from the worker to the page.
pub(super) fn pack_heads(heads: &[RecordHead]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for head in heads {
        bytes.extend_from_slice(&head.sequence.to_le_bytes());
        bytes.extend_from_slice(&head.events.to_le_bytes());
        bytes.extend_from_slice(head.previous.as_bytes());
        bytes.extend_from_slice(head.hash.as_bytes());
    }
    bytes
}

/// Reads heads again, as many as are whole.
pub(super) fn unpack_heads(mut bytes: &[u8]) -> Vec<RecordHead> {
    let mut heads = Vec::new();
    while let Some((head, rest)) = unpack_head(bytes) {
        heads.push(head);
        bytes = rest;
    }
    heads
}

fn unpack_head(bytes: &[u8]) -> Option<(RecordHead, &[u8])> {
    let (sequence, rest) = bytes.split_first_chunk()?;
    let (events, rest) = rest.split_first_chunk()?;
    let (previous, rest) = rest.split_first_chunk()?;
    let (hash, rest) = rest.split_first_chunk()?;
    let head = RecordHead {
        sequence: u64::from_le_bytes(*sequence),
        events: u32::from_le_bytes(*events),
        previous: RecordHash::from_bytes(*previous),
        hash: RecordHash::from_bytes(*hash),
    };
    Some((head, rest))
}

fn next_frame(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize)
}

#[cfg(test)]
mod tests {
    use super::super::test_support::chain;
    use super::*;

    fn file(count: usize) -> (Vec<Vec<u8>>, Vec<u8>) {
        let records: Vec<Vec<u8>> = chain(1, &vec![1; count]).into_iter().map(|record| record.bytes).collect();
        let file = frames(records.iter().map(Vec::as_slice));
        (records, file)
    }

    fn found<'a>(parsed: &Parsed<'a>) -> Vec<&'a [u8]> {
        parsed.records.iter().map(|kept| kept.bytes).collect()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let (records, file) = file(5);
        let parsed = parse(&file);
        assert_eq!(found(&parsed), records);
        assert_eq!(parsed.kept, file.len());
        assert_eq!(parsed.records[0].head, RecordHead::read(&records[0]).ok());
        assert_eq!(parse(&[]), Parsed::default());
    }

    #[test]
    fn torn_tail_is_found_wherever_the_file_was_cut() {
        let (records, file) = file(3);
        let ends: Vec<usize> = (1..=records.len()).map(|count| frames(refs(&records[..count])).len()).collect();
        for length in 0..=file.len() {
            let parsed = parse(&file[..length]);
            let whole = ends.iter().filter(|end| **end <= length).count();
            assert_eq!(found(&parsed), records[..whole], "{length} bytes");
            assert_eq!(parsed.kept, if whole == 0 { 0 } else { ends[whole - 1] }, "{length} bytes");
        }
    }

    #[test]
    fn tail_of_zeros_is_torn() {
        let (records, mut file) = file(2);
        let whole = file.len();
        file.extend([0; 1_000]);
        let parsed = parse(&file);
        assert_eq!(found(&parsed), records);
        assert_eq!(parsed.kept, whole);
    }

    #[test]
    fn record_that_went_bad_costs_none_behind_it() {
        let (records, mut file) = file(3);
        let middle = frames(refs(&records[..1])).len() + 4 + 60;
        file[middle] ^= 1;
        let parsed = parse(&file);
        assert_eq!(found(&parsed), [records[0].as_slice(), records[2].as_slice()]);
        assert_eq!(parsed.kept, file.len());
    }

    #[test]
    fn heads_are_read_as_they_were_written() {
        let (_, file) = file(4);
        let heads: Vec<RecordHead> = parse(&file).records.iter().filter_map(|kept| kept.head).collect();
        let bytes = pack_heads(&heads);
        assert_eq!(unpack_heads(&bytes), heads);
        assert_eq!(unpack_heads(&bytes[..bytes.len() - 1]), heads[..3]);
    }

    fn refs(records: &[Vec<u8>]) -> impl Iterator<Item = &[u8]> {
        records.iter().map(Vec::as_slice)
    }

    #[cfg(not(target_arch = "wasm32"))]
    mod laws {
        use proptest::prelude::*;

        use super::*;

        proptest! {
            #[test]
            fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
                let parsed = parse(&bytes);
                prop_assert!(parsed.kept <= bytes.len());
                let _ = unpack_heads(&bytes);
            }

            /// A file that is cut at its kept length and written on holds what was whole and what came after.
            #[test]
            fn file_goes_on_behind_a_cut(count in 1..6_usize, cut in 0..2_000_usize, more in 1..4_usize) {
                let (_, mut bytes) = file(count);
                bytes.truncate(cut.min(bytes.len()));
                let kept = parse(&bytes).kept;
                let before = parse(&bytes).records.len();
                bytes.truncate(kept);
                let (added, frames) = file(more);
                bytes.extend(frames);
                let parsed = parse(&bytes);
                prop_assert_eq!(parsed.kept, bytes.len());
                prop_assert_eq!(parsed.records.len(), before + added.len());
            }
        }
    }
}
