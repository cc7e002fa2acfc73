//! Byte strings of any length, and columns of which each row is a byte string of its own or one of a shared list.

use std::ops::Range;

use super::packed::{Packed, packed};
use crate::bytes::{Cursor, put_varint};
use crate::error::Flaw;

/// Writes byte strings: how many as varint, their packed lengths, then all of them one behind the other.
pub(super) fn list<'i>(items: impl Iterator<Item = &'i [u8]> + Clone) -> Vec<u8> {
    let lengths: Vec<u32> = items.clone().map(|item| item.len() as u32).collect();
    let mut bytes = Vec::new();
    put_varint(&mut bytes, lengths.len() as u64);
    // At least one bit for each, so that a count is never larger than the bytes that follow can justify.
    bytes.extend(packed(&lengths, 1));
    for item in items {
        bytes.extend_from_slice(item);
    }
    bytes
}

/// Byte strings as [`list`] wrote them.
#[derive(Debug, Clone, Copy)]
pub(super) struct List<'a> {
    lengths: Packed<'a>,
    items: &'a [u8],
}

impl<'a> List<'a> {
    pub(super) fn read(cursor: &mut Cursor<'a>) -> Result<Self, Flaw> {
        let count = cursor.length()?;
        let lengths = Packed::read(cursor, count)?;
        if lengths.width() == 0 {
            return Err(Flaw::Kind { kind: 0 });
        }
        let total = lengths.starting_at(0).fold(0_usize, |total, length| total.saturating_add(length as usize));
        Ok(Self { lengths, items: cursor.bytes(total)? })
    }

    /// The byte strings from one on.
    pub(super) fn starting_at(self, first: usize) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let before: usize = self.lengths.starting_at(0).take(first).map(|length| length as usize).sum();
        let mut rest = self.items.get(before..).unwrap_or_default();
        self.lengths.starting_at(first).map(move |length| {
            let (item, behind) = rest.split_at_checked(length as usize).unwrap_or_default();
            rest = behind;
            item
        })
    }
}

/// Where a row's byte string is: its own, or one of a list that the dictionary holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place<B> {
    /// In the column itself.
    Own(B),
    /// In the dictionary, under this number.
    Shared(u32),
}

impl Place<Vec<u8>> {
    pub(super) fn borrowed(&self) -> Place<&[u8]> {
        match self {
            Self::Own(bytes) => Place::Own(bytes.as_slice()),
            Self::Shared(index) => Place::Shared(*index),
        }
    }
}

impl<'a> Place<&'a [u8]> {
    /// The row's byte string.
    pub(super) fn bytes(self, shared: &[&'a [u8]]) -> Result<&'a [u8], Flaw> {
        match self {
            Self::Own(bytes) => Ok(bytes),
            Self::Shared(index) => entry(shared, index),
        }
    }
}

/// Writes a column: a packed number for each row, 0 for its own and the shared ones from 1; then the list of own ones.
pub(super) fn places(rows: &[Place<&[u8]>]) -> Vec<u8> {
    let numbers: Vec<u32> = rows
        .iter()
        .map(|place| match place {
            Place::Own(_) => 0,
            Place::Shared(index) => index + 1,
        })
        .collect();
    let mut bytes = packed(&numbers, 0);
    let own = rows.iter().filter_map(|place| match place {
        Place::Own(bytes) => Some(*bytes),
        Place::Shared(_) => None,
    });
    bytes.extend(list(own));
    bytes
}

/// Reads some rows of a column that [`places`] wrote.
pub(super) fn read_places<'a>(
    mut cursor: Cursor<'a>,
    rows: usize,
    range: &Range<usize>,
) -> Result<Vec<Place<&'a [u8]>>, Flaw> {
    let numbers = Packed::read(&mut cursor, rows)?;
    let own = List::read(&mut cursor)?;
    cursor.end()?;
    let own_before = numbers.starting_at(0).take(range.start).filter(|number| *number == 0).count();
    let mut own = own.starting_at(own_before);
    let wanted = numbers.starting_at(range.start).take(range.len());
    wanted
        .map(|number| match number.checked_sub(1) {
            Some(index) => Ok(Place::Shared(index)),
            None => own.next().map(Place::Own).ok_or_else(|| cursor.cut_short()),
        })
        .collect()
}

/// The entry of a list that a row names.
pub(super) fn entry<T: Clone>(list: &[T], index: u32) -> Result<T, Flaw> {
    list.get(index as usize).cloned().ok_or(Flaw::Index { index: index.into(), size: list.len() })
}

/// The same where 0 is none and the entries count from 1.
pub(super) fn optional_entry<T: Clone>(list: &[T], number: u32) -> Result<Option<T>, Flaw> {
    number.checked_sub(1).map(|index| entry(list, index)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_in_the_middle_find_their_own_bytes() {
        let rows: [Place<&[u8]>; 6] = [
            Place::Own(b"one"),
            Place::Shared(0),
            Place::Own(b""),
            Place::Own(b"three"),
            Place::Shared(70_000),
            Place::Own(b"five"),
        ];
        let bytes = places(&rows);
        for start in 0..=rows.len() {
            for end in start..=rows.len() {
                let read = read_places(Cursor::new(&bytes), rows.len(), &(start..end)).unwrap();
                assert_eq!(read, rows[start..end]);
            }
        }
    }

    #[test]
    fn a_list_claims_no_more_than_its_bytes_hold() {
        let mut huge = Vec::new();
        put_varint(&mut huge, u64::MAX);
        huge.push(0);
        assert!(List::read(&mut Cursor::new(&huge)).is_err());
        let empty_texts = list([[].as_slice(); 3].into_iter());
        let read = List::read(&mut Cursor::new(&empty_texts)).unwrap();
        assert_eq!(read.starting_at(1).count(), 2);
    }
}
