//! Texts cut at their numbers, so that texts which differ only in ids share all but the ids.
//!
//! A text is a row of pieces. Each begins with a varint whose two lowest bits say its kind: 0 is a piece of text that
//! follows, with its length in bytes; 1 is an entry of the dictionary's list of shared parts; 2 is a number, which
//! stands for its digits. `build farm, linux 3` takes two bytes where other notes begin alike, and a policy for one
//! repository takes three after the first of its kind.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::bytes::{Cursor, put_varint};
use crate::error::Flaw;

const OWN: u64 = 0;
const SHARED: u64 = 1;
const NUMBER: u64 = 2;

/// Longer runs of digits would not fit beside the kind.
const MOST_DIGITS: usize = 18;

/// Naming a shorter part would save nothing.
const SHORTEST_PART: usize = 3;

/// The most bytes of texts that one decoding gives out: far more than a page could hold. A few bytes can name a long
/// part again and again, so bytes of a stranger need a limit.
const MOST_TEXT: usize = 1 << 30;

enum Piece<'t> {
    Literal(&'t str),
    Number(u64),
}

/// Cuts a text where digits begin and end. Digits that a number would not give back, such as `007`, stay text.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let changes = |character: char| character.is_ascii_digit() != first.is_ascii_digit();
        let length = rest.find(changes).unwrap_or(rest.len());
        let (run, behind) = rest.split_at_checked(length)?;
        rest = behind;
        Some(number(run).map_or(Piece::Literal(run), Piece::Number))
    })
}

fn number(run: &str) -> Option<u64> {
    let has_one_spelling = run == "0" || !run.starts_with('0');
    if has_one_spelling && run.len() <= MOST_DIGITS { run.parse().ok() } else { None }
}

/// Counts how many of the texts each part is in.
#[derive(Default)]
pub(super) struct PartCounts<'t> {
    uses: BTreeMap<&'t str, u32>,
}

impl<'t> PartCounts<'t> {
    pub(super) fn add(&mut self, text: &'t str) {
        for piece in pieces(text) {
            if let Piece::Literal(part) = piece
                && part.len() >= SHORTEST_PART
            {
                *self.uses.entry(part).or_default() += 1;
            }
        }
    }

    /// The parts that are used more than once, the most used first: those have the shortest numbers.
    pub(super) fn shared(self) -> Parts<'t> {
        let mut used: Vec<(&str, u32)> = self.uses.into_iter().filter(|(_, uses)| *uses > 1).collect();
        used.sort_by_key(|(_, uses)| Reverse(*uses));
        let list: Vec<&str> = used.into_iter().map(|(part, _)| part).collect();
        let numbers = list.iter().copied().zip(0_u64..).collect();
        Parts { list, numbers }
    }
}

/// The parts that texts share, and their numbers.
pub(super) struct Parts<'t> {
    list: Vec<&'t str>,
    numbers: BTreeMap<&'t str, u64>,
}

impl Parts<'_> {
    pub(super) fn list(&self) -> &[&str] {
        &self.list
    }

    /// Writes a text, whole where cutting it makes it longer.
    pub(super) fn text(&self, text: &str) -> Vec<u8> {
        let mut cut = Vec::new();
        for piece in pieces(text) {
            match piece {
                Piece::Number(number) => put_varint(&mut cut, head(number, NUMBER)),
                Piece::Literal(part) => match self.numbers.get(part) {
                    Some(number) => put_varint(&mut cut, head(*number, SHARED)),
                    None => put_own(&mut cut, part),
                },
            }
        }
        let mut whole = Vec::new();
        put_own(&mut whole, text);
        if whole.len() < cut.len() { whole } else { cut }
    }
}

fn put_own(out: &mut Vec<u8>, text: &str) {
    put_varint(out, head(text.len() as u64, OWN));
    out.extend_from_slice(text.as_bytes());
}

const fn head(value: u64, kind: u64) -> u64 {
    (value << 2) | kind
}

/// Reads texts, up to a limit on all of them together.
pub(super) struct Texts<'d> {
    parts: &'d [&'d str],
    left: usize,
}

impl<'d> Texts<'d> {
    pub(super) const fn new(parts: &'d [&'d str]) -> Self {
        Self { parts, left: MOST_TEXT }
    }

    /// Counts memory that is about to be used.
    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), Flaw> {
        self.left = self.left.checked_sub(bytes).ok_or(Flaw::TooMuchText { limit: MOST_TEXT })?;
        Ok(())
    }

    /// Reads a text that takes up all of these bytes.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<String, Flaw> {
        let parts = self.parts;
        let mut cursor = Cursor::new(bytes);
        let mut text = String::new();
        while !cursor.is_at_end() {
            let head = cursor.varint()?;
            let value = head >> 2;
            match head & 3 {
                OWN => {
                    let length = usize::try_from(value).map_err(|_| cursor.cut_short())?;
                    self.push(&mut text, cursor.text(length)?)?;
                }
                SHARED => {
                    let part = usize::try_from(value).ok().and_then(|index| parts.get(index));
                    let part = part.ok_or(Flaw::Index { index: value, size: parts.len() })?;
                    self.push(&mut text, part)?;
                }
                NUMBER => self.push(&mut text, &value.to_string())?,
                kind => return Err(Flaw::Kind { kind }),
            }
        }
        Ok(text)
    }

    fn push(&mut self, text: &mut String, more: &str) -> Result<(), Flaw> {
        self.spend(more.len())?;
        text.push_str(more);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn lengths(texts: &[&str]) -> Vec<usize> {
        let mut counts = PartCounts::default();
        for text in texts {
            counts.add(text);
        }
        let parts = counts.shared();
        texts
            .iter()
            .map(|text| {
                let bytes = parts.text(text);
                assert_eq!(Texts::new(parts.list()).read(&bytes).as_deref(), Ok(*text));
                bytes.len()
            })
            .collect()
    }

    #[test]
    fn texts_that_differ_in_numbers_share_the_rest() {
        assert_eq!(lengths(&["build farm, linux 3", "build farm, linux 41"]), [2, 3]);
        let policy = |id: u32| format!(r#"{{"repository": {{"{id}": {{"allow": ["GET"]}}}}}}"#);
        assert_eq!(lengths(&[&policy(7), &policy(32), &policy(20_000)]), [3, 4, 5]);
    }

    #[test]
    fn a_text_alone_costs_little_more_than_itself() {
        let uuid = "3f2a9c1d-77b0-4e15-9a6e-0d1c2b3a4f5e";
        assert_eq!(lengths(&["", "nightly", "größe", uuid]), [0, 8, 8, 2 + uuid.len()]);
    }

    #[test]
    fn digits_that_a_number_would_not_give_back_stay_text() {
        let odd = ["007", "0", "00", "x0y", "999999999999999999", "1000000000000000000", "99999999999999999999999"];
        lengths(&odd);
        lengths(&["٣٤", "+5", "-5", "1.50", "5x", "x5"]);
    }

    #[test]
    fn a_few_bytes_cannot_ask_for_endless_text() {
        let part = "x".repeat(1 << 20);
        let parts = [part.as_str()];
        let mut texts = Texts { parts: &parts, left: 3 << 20 };
        let four_times = [SHARED as u8; 4];
        assert_eq!(texts.read(&four_times), Err(Flaw::TooMuchText { limit: MOST_TEXT }));
    }
}
