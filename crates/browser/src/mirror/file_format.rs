//! What a mirror file holds: records of the journal, each behind its length (u32, little-endian).
//!
//! A record carries its own hash, so a file needs no head, no index and no mark at its end: what was torn is found by
//! reading. Nothing here knows where the files lie.

use std::collections::BTreeSet;

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

/// What has to be written to take records out of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Without {
    /// Up to here the file stays as it is.
    pub(super) from: usize,
    /// What follows from there on, and nothing behind it.
    pub(super) rest: Vec<u8>,
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

/// A file without the records of these hashes; `None` where it holds none of them. A torn tail goes as well.
///
/// Linear in the bytes; one SHA-256 a record.
pub(super) fn without(bytes: &[u8], hashes: &BTreeSet<RecordHash>) -> Option<Without> {
    let whole = bytes.get(..parse(bytes).kept)?;
    let mut found: Option<Without> = None;
    let mut behind = whole;
    while let Some((record, next)) = next_frame(behind) {
        let goes = RecordHead::claimed(record).is_some_and(|head| hashes.contains(&head.hash));
        match &mut found {
            Some(without) if !goes => without.rest.extend(frames([record])),
            None if goes => found = Some(Without { from: whole.len() - behind.len(), rest: Vec::new() }),
            Some(_) | None => {}
        }
        behind = next;
    }
    found
}

/// Writes hashes as bytes, for the way from the page to the worker.
pub(super) fn pack_hashes(hashes: &BTreeSet<RecordHash>) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

/// Reads hashes again, as many as are whole.
pub(super) fn unpack_hashes(mut bytes: &[u8]) -> BTreeSet<RecordHash> {
    let mut hashes = BTreeSet::new();
    while let Some((hash, rest)) = bytes.split_first_chunk() {
        hashes.insert(RecordHash::from_bytes(*hash));
        bytes = rest;
    }
    hashes
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

    #[test]
    fn hashes_are_read_as_they_were_written() {
        let (_, file) = file(3);
        let hashes: BTreeSet<RecordHash> = hashes(&file).into_iter().collect();
        assert_eq!(unpack_hashes(&pack_hashes(&hashes)), hashes);
        assert_eq!(unpack_hashes(&pack_hashes(&hashes)[1..]).len(), 2);
    }

    /// The file as it is after these of its records were taken out.
    fn taken_out(file: &[u8], hashes: &BTreeSet<RecordHash>) -> Vec<u8> {
        match without(file, hashes) {
            Some(Without { from, rest }) => [&file[..from], &rest].concat(),
            None => file.to_vec(),
        }
    }

    #[test]
    fn what_is_taken_out_is_gone_and_everything_else_stays() {
        let (records, file) = file(5);
        let all = hashes(&file);
        for bits in 0..1_usize << records.len() {
            let is_out = |index: usize| (bits >> index) & 1 == 1;
            let out = (0..records.len()).filter(|index| is_out(*index)).map(|index| all[index]).collect();
            let stays = records.iter().enumerate().filter(|(index, _)| !is_out(*index));
            let expected = frames(stays.map(|(_, record)| record.as_slice()));
            assert_eq!(taken_out(&file, &out), expected, "{bits:b}");
        }
    }

    #[test]
    fn what_stands_before_the_first_that_goes_is_never_written() {
        let (records, file) = file(4);
        let last = BTreeSet::from([hashes(&file)[3]]);
        let before = frames(refs(&records[..3])).len();
        assert_eq!(without(&file, &last), Some(Without { from: before, rest: Vec::new() }));
        let stranger = BTreeSet::from([RecordHash::of(b"another history")]);
        assert_eq!(without(&file, &stranger), None);
        assert_eq!(without(&[], &last), None);
    }

    #[test]
    fn records_that_nobody_can_read_stay_and_a_torn_tail_goes() {
        let (records, mut file) = file(3);
        let first = BTreeSet::from([hashes(&file)[0]]);
        let middle = frames(refs(&records[..1])).len() + 4 + 60;
        file[middle] ^= 1;
        let rest = file[frames(refs(&records[..1])).len()..].to_vec();
        file.extend([7; 9]);
        assert_eq!(without(&file, &first), Some(Without { from: 0, rest }));
    }

    fn hashes(file: &[u8]) -> Vec<RecordHash> {
        parse(file).records.iter().filter_map(|kept| kept.head).map(|head| head.hash).collect()
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
                prop_assert_eq!(without(&bytes, &unpack_hashes(&bytes)), None);
            }

            /// Whatever is appended and taken out again, in whatever order.
            #[test]
            fn what_was_taken_out_is_never_found_and_everything_else_always(
                steps in proptest::collection::vec((0..5_usize, any::<bool>()), 0..40),
            ) {
                let (records, all) = file(5);
                let all = hashes(&all);
                let (mut bytes, mut there): (Vec<u8>, Vec<usize>) = (Vec::new(), Vec::new());
                for (index, goes) in steps {
                    if goes {
                        bytes = taken_out(&bytes, &BTreeSet::from([all[index]]));
                        there.retain(|found| *found != index);
                    } else {
                        bytes.extend(frames([records[index].as_slice()]));
                        there.push(index);
                    }
                }
                let expected: Vec<&[u8]> = there.iter().map(|index| records[*index].as_slice()).collect();
                prop_assert_eq!(found(&parse(&bytes)), expected);
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
