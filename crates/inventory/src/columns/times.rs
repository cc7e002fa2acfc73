//! Numbers that grow from row to row, and instants at some distance from another one.

use std::ops::Range;

use super::packed::{Packed, packed};
use crate::bytes::{Cursor, put_varint, unzigzag, zigzag};
use crate::error::Flaw;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

const NONE: u32 = 0;
const DAYS: u32 = 1;
const SECONDS: u32 = 2;
const MICROS: u32 = 3;

/// Writes numbers as their differences, in zigzag varints.
pub(super) fn deltas(numbers: impl Iterator<Item = i64>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut before = 0_i64;
    for number in numbers {
        put_varint(&mut bytes, zigzag(number.wrapping_sub(before)));
        before = number;
    }
    bytes
}

/// Reads some rows of what [`deltas`] wrote. Those before are read over, those behind are not touched.
pub(super) fn read_deltas(mut cursor: Cursor<'_>, rows: usize, range: &Range<usize>) -> Result<Vec<i64>, Flaw> {
    let mut numbers = Vec::with_capacity(range.len());
    let mut number = 0_i64;
    for row in 0..range.end {
        number = number.wrapping_add(unzigzag(cursor.varint()?));
        if row >= range.start {
            numbers.push(number);
        }
    }
    check_end(&cursor, rows, range)?;
    Ok(numbers)
}

/// Writes instants in microseconds that lie at some distance from another one, or are none.
///
/// Layout: a packed number for each row, 0 for none; then the distances in zigzag varints: 1 in whole days, 2 in
/// seconds between the two, 3 in microseconds. Most expiries are whole days away, and take two bytes.
pub(super) fn distances(rows: impl Iterator<Item = (i64, Option<i64>)>) -> Vec<u8> {
    let (mut kinds, mut varints) = (Vec::new(), Vec::new());
    for (base, instant) in rows {
        let Some(instant) = instant else {
            kinds.push(NONE);
            continue;
        };
        let (kind, distance) = distance(base, instant);
        kinds.push(kind);
        put_varint(&mut varints, zigzag(distance));
    }
    let mut bytes = packed(&kinds, 0);
    bytes.extend(varints);
    bytes
}

fn distance(base: i64, instant: i64) -> (u32, i64) {
    let micros = instant.wrapping_sub(base);
    if micros % DAY == 0 {
        (DAYS, micros / DAY)
    } else if instant.rem_euclid(SECOND) == 0 {
        (SECONDS, instant.div_euclid(SECOND) - base.div_euclid(SECOND))
    } else {
        (MICROS, micros)
    }
}

/// Reads some rows of what [`distances`] wrote; `bases` are the other instants of just these rows.
pub(super) fn read_distances(
    mut cursor: Cursor<'_>,
    bases: &[i64],
    rows: usize,
    range: &Range<usize>,
) -> Result<Vec<Option<i64>>, Flaw> {
    let kinds = Packed::read(&mut cursor, rows)?;
    let mut instants = Vec::with_capacity(range.len());
    let mut bases = bases.iter();
    for (row, kind) in (0..range.end).zip(kinds.starting_at(0)) {
        let distance = if kind == NONE { 0 } else { unzigzag(cursor.varint()?) };
        if row >= range.start {
            let base = bases.next().copied().unwrap_or_default();
            instants.push(instant(kind, base, distance)?);
        }
    }
    check_end(&cursor, rows, range)?;
    Ok(instants)
}

fn instant(kind: u32, base: i64, distance: i64) -> Result<Option<i64>, Flaw> {
    Ok(match kind {
        NONE => None,
        DAYS => Some(base.wrapping_add(distance.wrapping_mul(DAY))),
        SECONDS => Some(base.div_euclid(SECOND).wrapping_add(distance).wrapping_mul(SECOND)),
        MICROS => Some(base.wrapping_add(distance)),
        other => return Err(Flaw::Kind { kind: other.into() }),
    })
}

/// Whoever reads the last row is at the end of the column.
fn check_end(cursor: &Cursor<'_>, rows: usize, range: &Range<usize>) -> Result<(), Flaw> {
    if range.end < rows { Ok(()) } else { cursor.end() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: i64 = 1_795_435_200_000_123;

    #[test]
    fn instants_are_read_as_they_were_written() {
        let instants = [
            (BASE, None),
            (BASE, Some(BASE)),
            (BASE, Some(BASE + 90 * DAY)),
            (BASE, Some(BASE - 3 * DAY)),
            (BASE, Some(1_800_000_000 * SECOND)),
            (BASE, Some(-5 * SECOND)),
            (BASE, Some(BASE + 1)),
            (i64::MIN, Some(i64::MAX)),
            (i64::MAX, Some(i64::MIN)),
            (0, Some(i64::MIN)),
            (-1, Some(i64::MAX)),
        ];
        let bytes = distances(instants.into_iter());
        for start in 0..=instants.len() {
            for end in start..=instants.len() {
                let bases: Vec<i64> = instants[start..end].iter().map(|(base, _)| *base).collect();
                let read = read_distances(Cursor::new(&bytes), &bases, instants.len(), &(start..end)).unwrap();
                let wanted: Vec<Option<i64>> = instants[start..end].iter().map(|(_, instant)| *instant).collect();
                assert_eq!(read, wanted);
            }
        }
    }

    #[test]
    fn whole_days_and_whole_seconds_are_short() {
        assert_eq!(distances([(BASE, Some(BASE + 90 * DAY))].into_iter()).len(), 1 + 1 + 2);
        assert_eq!(distances([(BASE, Some((BASE / SECOND + 1_000_000) * SECOND))].into_iter()).len(), 1 + 1 + 3);
        assert_eq!(distances([(BASE, None); 1_000].into_iter()).len(), 1);
    }

    #[test]
    fn differences_wrap_round() {
        let numbers = [5, i64::MIN, i64::MAX, 0];
        let bytes = deltas(numbers.into_iter());
        assert_eq!(read_deltas(Cursor::new(&bytes), 4, &(1..4)).unwrap(), numbers[1..]);
        assert!(read_deltas(Cursor::new(&bytes), 3, &(0..3)).is_err(), "a row too many");
    }
}
