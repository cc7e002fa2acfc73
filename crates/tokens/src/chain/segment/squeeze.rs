//! Bytes made shorter by what repeats in them: the events of a journal have most of their words in common, and what
//! they have for themselves is digits.
//!
//! Layout: one part after the other. Each begins with a varint, whose two lowest bits are its kind and the others its
//! length: 0 for so many bytes as they are; 1 for so many pairs of hexadecimal digits, a byte each; 2 for so many bytes
//! that stood before, with the distance behind it as a varint.

use super::varint;

const PLAIN: u64 = 0;
const DIGITS: u64 = 1;
const REPEAT: u64 = 2;

/// What repeats for less than this is not worth its place.
const SHORTEST_REPEAT: usize = 6;

/// A run of digits that is worth being packed.
const SHORTEST_RUN: usize = 8;

const SLOT_BITS: u32 = 15;

/// Packs bytes. Linear, but for bytes that repeat themselves, which cost a comparison more.
pub(super) fn squeeze(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    // Where the same few bytes stood last, counted from 1.
    let mut places = vec![0_usize; 1 << SLOT_BITS];
    let (mut at, mut told) = (0, 0);
    while let Some(begins) = raw.get(at..).and_then(|rest| rest.first_chunk::<SHORTEST_REPEAT>()) {
        let earlier = places.get_mut(slot(begins)).map_or(0, |place| std::mem::replace(place, at + 1));
        let length = earlier.checked_sub(1).map_or(0, |earlier| common(raw, earlier, at));
        if length < SHORTEST_REPEAT {
            at += 1;
            continue;
        }
        put_new(&mut out, raw.get(told..at).unwrap_or_default());
        put_head(&mut out, REPEAT, length);
        varint::put(&mut out, (at + 1 - earlier) as u64);
        at += length;
        told = at;
    }
    put_new(&mut out, raw.get(told..).unwrap_or_default());
    out
}

/// What [`squeeze`] made these bytes of; `None` when it made them of nothing that has this length.
pub(super) fn expand(mut packed: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut raw = Vec::new();
    while !packed.is_empty() {
        let head = varint::take(&mut packed)?;
        let count = usize::try_from(head >> 2).ok()?;
        // Nobody gets more memory than was asked for.
        let room = length.checked_sub(raw.len())?;
        match head & 3 {
            PLAIN => raw.extend_from_slice(take(&mut packed, count)?),
            DIGITS if count <= room / 2 => {
                for pair in take(&mut packed, count)? {
                    raw.extend([digit(pair >> 4), digit(pair & 15)]);
                }
            }
            REPEAT if count <= room => repeat(&mut raw, varint::take_length(&mut packed)?, count)?,
            _ => return None,
        }
    }
    (raw.len() == length).then_some(raw)
}

/// A place in the table of what stood where, for the bytes that begin something.
fn slot(begins: &[u8; SHORTEST_REPEAT]) -> usize {
    let value = begins.iter().fold(0_u64, |value, byte| (value << 8) | u64::from(*byte));
    // Fibonacci hashing: the upper bits of the product depend on all bits of the value.
    (value.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - SLOT_BITS)) as usize
}

/// How many bytes are the same from two places on.
fn common(raw: &[u8], earlier: usize, later: usize) -> usize {
    let (earlier, later) = (raw.get(earlier..).unwrap_or_default(), raw.get(later..).unwrap_or_default());
    earlier.iter().zip(later).take_while(|(one, other)| one == other).count()
}

fn put_head(out: &mut Vec<u8>, kind: u64, length: usize) {
    varint::put(out, ((length as u64) << 2) | kind);
}

/// Writes bytes that stood nowhere before.
fn put_new(out: &mut Vec<u8>, mut rest: &[u8]) {
    while !rest.is_empty() {
        let (plain, behind) = rest.split_at_checked(length_before_run(rest)).unwrap_or((rest, &[]));
        if !plain.is_empty() {
            put_head(out, PLAIN, plain.len());
            out.extend_from_slice(plain);
        }
        let run = behind.iter().take_while(|byte| value(**byte).is_some()).count();
        let (pairs, odd) = behind.get(..run).unwrap_or_default().as_chunks::<2>();
        if !pairs.is_empty() {
            put_head(out, DIGITS, pairs.len());
            let packed = pairs.iter().map(|[high, low]| (value(*high).unwrap_or(0) << 4) | value(*low).unwrap_or(0));
            out.extend(packed);
        }
        rest = behind.get(run - odd.len()..).unwrap_or_default();
    }
}

/// How many bytes stand before the first long run of digits.
fn length_before_run(bytes: &[u8]) -> usize {
    let mut run = 0;
    for (before, byte) in bytes.iter().enumerate() {
        run = if value(*byte).is_some() { run + 1 } else { 0 };
        if run == SHORTEST_RUN {
            return before + 1 - SHORTEST_RUN;
        }
    }
    bytes.len()
}

/// The value of a lower-case hexadecimal digit.
const fn value(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

const fn digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + value - 10 }
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, behind) = rest.split_at_checked(count)?;
    *rest = behind;
    Some(taken)
}

fn repeat(raw: &mut Vec<u8>, distance: usize, count: usize) -> Option<()> {
    let start = raw.len().checked_sub(distance)?;
    if distance >= count {
        raw.extend_from_within(start..start + count);
        return Some(());
    }
    // What is repeated reaches into what is being written.
    for place in start..start + count {
        let byte = *raw.get(place)?;
        raw.push(byte);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(raw: &[u8], most: usize) {
        let packed = squeeze(raw);
        assert_eq!(expand(&packed, raw.len()).as_deref(), Some(raw));
        assert!(packed.len() <= most, "{} bytes of {}", packed.len(), raw.len());
    }

    #[test]
    fn what_repeats_is_told_once() {
        check(b"", 0);
        check(b"abc", 4);
        check(&b"xy".repeat(500), 8);
        check(&b"one word, another word, ".repeat(40), 40);
    }

    #[test]
    fn digits_take_half_of_their_room() {
        let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        check(digest.as_bytes(), 34);
        check(format!("\"digest\":\"{digest}\"").as_bytes(), 47);
        check(b"1795435200000123", 10);
        check(b"an odd number of them: 012345678", 31);
        check(b"DEADBEEFDEADBEEF", 17);
    }

    #[test]
    fn a_few_bytes_cannot_ask_for_endless_memory() {
        let mut packed = vec![4, b'x'];
        put_head(&mut packed, REPEAT, 1 << 40);
        varint::put(&mut packed, 1);
        assert_eq!(expand(&packed, 1 << 20), None);
        assert_eq!(expand(&[0xFF; 9], 1 << 20), None);
    }

    proptest! {
        #[test]
        fn anything_comes_back(words in prop::collection::vec("([a-z\":,]{1,9}|[0-9a-f]{0,40}|\\PC{0,5})", 0..60)) {
            let raw = words.concat().into_bytes();
            prop_assert_eq!(expand(&squeeze(&raw), raw.len()), Some(raw));
        }

        #[test]
        fn no_bytes_make_it_panic(packed in prop::collection::vec(any::<u8>(), 0..200), length in 0_usize..5_000) {
            prop_assert!(expand(&packed, length).is_none_or(|raw| raw.len() == length));
        }
    }
}
