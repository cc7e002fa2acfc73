//! Small numbers in as few bits as the largest of them needs.
//!
//! Layout: the width in bits as u8, 0 to 32, then the numbers one behind the other, lowest bits first.
//! A column of nothing but zeros takes one byte, and any row is found without reading those before it.

use crate::bytes::Cursor;
use crate::error::Flaw;

/// Writes numbers with at least this many bits each.
pub(super) fn packed(numbers: &[u32], least_width: u32) -> Vec<u8> {
    let largest = numbers.iter().copied().max().unwrap_or(0);
    let width = (u32::BITS - largest.leading_zeros()).max(least_width);
    let mut bytes = vec![width as u8];
    let (mut pending, mut filled) = (0_u64, 0);
    for number in numbers {
        pending |= u64::from(*number) << filled;
        filled += width;
        while filled >= 8 {
            bytes.push(pending as u8);
            pending >>= 8;
            filled -= 8;
        }
    }
    if filled > 0 {
        bytes.push(pending as u8);
    }
    bytes
}

/// Numbers as [`packed`] wrote them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packed<'a> {
    width: usize,
    bits: &'a [u8],
    count: usize,
}

impl<'a> Packed<'a> {
    pub(super) fn read(cursor: &mut Cursor<'a>, count: usize) -> Result<Self, Flaw> {
        let [width] = cursor.array::<1>()?;
        if u32::from(width) > u32::BITS {
            return Err(Flaw::Kind { kind: width.into() });
        }
        let width = usize::from(width);
        let bits = count.checked_mul(width).ok_or_else(|| cursor.cut_short())?;
        Ok(Self { width, bits: cursor.bytes(bits.div_ceil(8))?, count })
    }

    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// One number; 0 behind the end.
    pub(super) fn at(&self, index: usize) -> u32 {
        if index >= self.count {
            return 0;
        }
        let first = index * self.width;
        let mut word = [0_u8; 8];
        for (byte, stored) in word.iter_mut().zip(self.bits.iter().skip(first / 8)) {
            *byte = *stored;
        }
        let mask = (1_u64 << self.width) - 1;
        ((u64::from_le_bytes(word) >> (first % 8)) & mask) as u32
    }

    /// The numbers from one on.
    pub(super) fn starting_at(self, first: usize) -> impl Iterator<Item = u32> + use<'a> {
        (first..self.count).map(move |index| self.at(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_width_is_read_as_it_was_written() {
        for width in 0..=32_usize {
            let largest = ((1_u64 << width) - 1) as u32;
            let numbers: Vec<u32> = (0..40_u32).map(|index| index.wrapping_mul(0x9E37_79B9) & largest).collect();
            let bytes = packed(&[numbers.as_slice(), &[largest]].concat(), 0);
            assert_eq!(bytes.len(), 1 + (41_usize * width).div_ceil(8));
            let mut cursor = Cursor::new(&bytes);
            let read = Packed::read(&mut cursor, 41).unwrap();
            assert_eq!(cursor.end(), Ok(()));
            assert_eq!(read.starting_at(0).take(40).collect::<Vec<_>>(), numbers);
            assert_eq!((read.at(40), read.at(41)), (largest, 0));
        }
    }

    #[test]
    fn a_count_that_the_bytes_cannot_hold_is_refused() {
        let bytes = packed(&[1, 2, 3], 0);
        assert!(Packed::read(&mut Cursor::new(&bytes), 5).is_err());
        assert!(Packed::read(&mut Cursor::new(&bytes), usize::MAX).is_err());
        assert_eq!(Packed::read(&mut Cursor::new(&[33]), 0).unwrap_err(), Flaw::Kind { kind: 33 });
    }
}
