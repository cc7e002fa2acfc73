//! Base 62 numbers, the checksum made of them, and letters drawn without bias.

use crc::{CRC_32_ISO_HDLC, Crc, Table};

use crate::ports::{Entropy, EntropyError};

// A CHANGE OF THIS ALPHABET OR ITS ORDER BREAKS THE CHECKSUM OF EVERY TOKEN EVER MADE.
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// One table of 1 KB: the quicker tables of 16 KB would be a twentieth of the page, for inputs of 50 bytes.
const CRC_32: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// How many digits a checksum has.
pub(super) const CHECKSUM_DIGITS: usize = 6;

fn letter(index: u32) -> char {
    ALPHABET.get(index as usize).copied().map_or('0', char::from)
}

/// Writes a number in base 62, most significant digit first, with the digits `0-9A-Za-z`.
///
/// ```
/// assert_eq!(tollgate_tokens::base62(0), "0");
/// assert_eq!(tollgate_tokens::base62(61), "z");
/// assert_eq!(tollgate_tokens::base62(62), "10");
/// ```
#[must_use]
pub fn base62(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(letter((number % 62) as u32));
        number /= 62;
        if number == 0 {
            break;
        }
    }
    digits.into_iter().rev().collect()
}

/// The six-digit checksum of a token's entropy: its CRC-32 in base 62.
///
/// It finds typing errors and leaked tokens in a text; anyone can compute it, so it proves nothing.
///
/// ```
/// assert_eq!(tollgate_tokens::checksum("0"), "4U0xWL");
/// ```
#[must_use]
pub fn checksum(entropy: &str) -> String {
    let digits = base62(u64::from(CRC_32.checksum(entropy.as_bytes())));
    format!("{digits:0>CHECKSUM_DIGITS$}")
}

/// Draws `count` letters, each of the 62 equally likely.
///
/// Six bits are taken at a time and the two values beyond the alphabet dropped: a remainder would favor some letters.
/// Bytes are drawn in blocks, because a call for each would cost more than the letters.
pub(super) fn draw_letters(count: usize, entropy: &dyn Entropy) -> Result<String, EntropyError> {
    let mut letters = String::with_capacity(count);
    let mut missing = count;
    while missing > 0 {
        let mut block = vec![0; missing + missing / 16 + 8];
        entropy.fill(&mut block)?;
        let drawn = block.iter().map(|byte| u32::from(byte & 0b11_1111)).filter(|value| *value < 62).take(missing);
        for value in drawn {
            letters.push(letter(value));
        }
        missing = count - letters.len();
        zeroize::Zeroize::zeroize(&mut block);
    }
    Ok(letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::CountingEntropy;

    #[test]
    fn values_beyond_the_alphabet_are_dropped() {
        let drawn = draw_letters(128, &CountingEntropy::starting_at(0)).unwrap();
        assert_eq!(drawn.len(), 128);
        assert!(drawn.starts_with("0123"));
        assert!(drawn.contains("xyz012"), "62 and 63 are skipped, then the alphabet starts anew");
    }

    #[test]
    fn every_letter_is_equally_likely() {
        // Chi-square over 62 letters: 61 degrees of freedom, 0.999 quantile about 100.
        let entropy = CountingEntropy::scrambled(7);
        let drawn = draw_letters(620_000, &entropy).unwrap();
        let mut counts = [0_f64; 62];
        for byte in drawn.bytes() {
            counts[ALPHABET.iter().position(|letter| *letter == byte).unwrap()] += 1.0;
        }
        let chi: f64 = counts.iter().map(|count| (count - 10_000.0).powi(2) / 10_000.0).sum();
        assert!(chi < 110.0, "chi-square is {chi}");
    }
}
