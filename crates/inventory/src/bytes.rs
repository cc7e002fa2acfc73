//! Numbers and slices, written to bytes and read from bytes that may hold anything.

use crate::error::Flaw;

/// Writes a number in groups of seven bits, the lowest first: one byte up to 127, ten at most.
pub(crate) fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Makes numbers near zero small, whatever their sign.
pub(crate) const fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

/// The number that [`zigzag`] made this one of.
pub(crate) const fn unzigzag(value: u64) -> i64 {
    ((value >> 1) as i64) ^ -((value & 1) as i64)
}

/// Bytes that are read from front to back.
#[derive(Debug, Clone)]
pub(crate) struct Cursor<'a> {
    rest: &'a [u8],
    offset: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, offset: 0 }
    }

    /// What was not read yet.
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Result<&'a [u8], Flaw> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or_else(|| self.cut_short())?;
        self.rest = rest;
        self.offset += length;
        Ok(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Flaw> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or_else(|| self.cut_short())?;
        self.rest = rest;
        self.offset += N;
        Ok(*taken)
    }

    pub(crate) fn text(&mut self, length: usize) -> Result<&'a str, Flaw> {
        std::str::from_utf8(self.bytes(length)?).map_err(|_| Flaw::Utf8)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Flaw> {
        self.array().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Flaw> {
        self.array().map(u64::from_le_bytes)
    }

    pub(crate) fn varint(&mut self) -> Result<u64, Flaw> {
        let mut value = 0_u64;
        for shift in (0..u64::BITS).step_by(7) {
            let [byte] = self.array::<1>()?;
            let bits = u64::from(byte & 0x7F);
            // The tenth byte has room for one bit only.
            if shift == 63 && bits > 1 {
                break;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Flaw::Number { offset: self.offset })
    }

    /// A number that counts bytes or entries.
    pub(crate) fn length(&mut self) -> Result<usize, Flaw> {
        let length = self.varint()?;
        usize::try_from(length).map_err(|_| Flaw::Number { offset: self.offset })
    }

    pub(crate) fn end(&self) -> Result<(), Flaw> {
        if self.is_at_end() { Ok(()) } else { Err(Flaw::TooLong { offset: self.offset }) }
    }

    pub(crate) const fn cut_short(&self) -> Flaw {
        Flaw::CutShort { offset: self.offset }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varints_are_read_as_they_were_written() {
        for value in [0, 1, 127, 128, 16_383, 16_384, u64::from(u32::MAX), u64::MAX - 1, u64::MAX] {
            let mut bytes = Vec::new();
            put_varint(&mut bytes, value);
            let mut cursor = Cursor::new(&bytes);
            assert_eq!((cursor.varint(), cursor.end()), (Ok(value), Ok(())), "{value}");
        }
        let too_large = [[0xFF_u8; 9].as_slice(), &[0x02]].concat();
        assert_eq!(Cursor::new(&too_large).varint(), Err(Flaw::Number { offset: 10 }));
        assert_eq!(Cursor::new(&[0x80]).varint(), Err(Flaw::CutShort { offset: 1 }));
    }

    #[test]
    fn zigzag_keeps_numbers_near_zero_small() {
        assert_eq!([0, -1, 1, -2].map(zigzag), [0, 1, 2, 3]);
        for value in [0, 1, -1, i64::MAX, i64::MIN] {
            assert_eq!(unzigzag(zigzag(value)), value);
        }
    }
}
