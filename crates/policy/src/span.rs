//! Where things stand in a text: byte spans for programs, lines and columns for people.

use serde::Serialize;

/// A stretch of a text, from `start` up to but not including `end`, in bytes of its UTF-8 form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to but not including `end`.
    pub const fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// The empty span before the byte at `offset`.
    pub const fn empty_at(offset: u32) -> Span {
        Span { start: offset, end: offset }
    }

    /// The length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether nothing lies inside.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The part of `text` that this span marks, or nothing if it does not fit that text.
    ///
    /// ```
    /// use tollgate_policy::Span;
    ///
    /// assert_eq!(Span::new(1, 3).slice("abcd"), "bc");
    /// assert_eq!(Span::new(3, 9).slice("abcd"), "");
    /// ```
    pub fn slice(self, text: &str) -> &str {
        text.get(to_index(self.start)..to_index(self.end)).unwrap_or("")
    }

    pub(crate) fn from_indices(start: usize, end: usize) -> Span {
        Span { start: to_offset(start), end: to_offset(end) }
    }
}

/// A place in a text as people and Python's `json` module count it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Position {
    /// Line, from 1; only a line feed ends a line.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
    /// Code points before this place in the whole text, from 0.
    pub offset: u32,
}

/// The position of the byte at `byte_offset`; past the end means the end.
///
/// Costs one walk over the text before it; for many look-ups in one text use [`LineIndex`].
///
/// ```
/// use tollgate_policy::position;
///
/// let place = position("é\nab", 4);
/// assert_eq!((place.line, place.column, place.offset), (2, 2, 3));
/// ```
pub fn position(text: &str, byte_offset: u32) -> Position {
    let before = text.as_bytes().get(..to_index(byte_offset)).unwrap_or(text.as_bytes());
    Mark::START.after(before).position()
}

/// How many UTF-16 units stand before the byte at `byte_offset`: the offset that browsers count in.
///
/// Costs one walk over the text before it.
///
/// ```
/// assert_eq!(tollgate_policy::utf16_offset("😀x", 4), 2);
/// ```
pub fn utf16_offset(text: &str, byte_offset: u32) -> u32 {
    let before = text.get(..to_index(byte_offset)).unwrap_or(text);
    to_offset(before.chars().map(char::len_utf16).sum())
}

/// The byte before which `utf16` UTF-16 units stand: the other way round from [`utf16_offset`].
///
/// Past the end means the end, and the middle of a pair means the byte behind it.
/// Costs one walk over the text before it.
///
/// ```
/// assert_eq!(tollgate_policy::byte_offset("😀x", 2), 4);
/// ```
pub fn byte_offset(text: &str, utf16: u32) -> u32 {
    let mut passed = 0;
    for (index, character) in text.char_indices() {
        if passed >= utf16 {
            return to_offset(index);
        }
        passed += to_offset(character.len_utf16());
    }
    to_offset(text.len())
}

/// Finds positions in one text quickly, however long its lines are.
///
/// Building it costs one walk over the text and one mark for every 256 bytes; a look-up reads at most 256 bytes.
#[derive(Clone, Debug)]
pub struct LineIndex {
    marks: Vec<Mark>,
}

impl LineIndex {
    const STEP: usize = 256;

    /// Walks over `text` once and sets the marks.
    pub fn new(text: &str) -> LineIndex {
        let mut marks = Vec::with_capacity(text.len() / LineIndex::STEP + 2);
        let mut here = Mark::START;
        for chunk in text.as_bytes().chunks(LineIndex::STEP) {
            marks.push(here);
            here = here.after(chunk);
        }
        marks.push(here);
        LineIndex { marks }
    }

    /// The UTF-16 units before the byte at `byte_offset` of the text this index was built for, as browsers count.
    ///
    /// ```
    /// use tollgate_policy::{LineIndex, utf16_offset};
    ///
    /// let text = "one\n😀two";
    /// assert_eq!(LineIndex::new(text).utf16_offset(text, 9), utf16_offset(text, 9));
    /// ```
    pub fn utf16_offset(&self, text: &str, byte_offset: u32) -> u32 {
        let mark = self.mark(text, byte_offset);
        mark.characters + mark.pairs
    }

    /// The position of the byte at `byte_offset` of the text this index was built for; past the end means the end.
    ///
    /// ```
    /// use tollgate_policy::{LineIndex, position};
    ///
    /// let text = "one\ntwo";
    /// assert_eq!(LineIndex::new(text).position(text, 5), position(text, 5));
    /// ```
    pub fn position(&self, text: &str, byte_offset: u32) -> Position {
        self.mark(text, byte_offset).position()
    }

    fn mark(&self, text: &str, byte_offset: u32) -> Mark {
        let offset = to_index(byte_offset).min(text.len());
        let nearest = offset / LineIndex::STEP;
        let mark = self.marks.get(nearest).copied().unwrap_or(Mark::START);
        let rest = text.as_bytes().get(nearest * LineIndex::STEP..offset).unwrap_or_default();
        mark.after(rest)
    }
}

/// The counts up to one byte of a text.
#[derive(Clone, Copy, Debug)]
struct Mark {
    characters: u32,
    /// How many of the characters are two units in UTF-16.
    pairs: u32,
    line: u32,
    line_start: u32,
}

impl Mark {
    const START: Mark = Mark { characters: 0, pairs: 0, line: 1, line_start: 0 };

    fn after(mut self, bytes: &[u8]) -> Mark {
        for &byte in bytes {
            // Every byte that does not continue a character starts one.
            if byte & 0b1100_0000 != 0b1000_0000 {
                self.characters += 1;
            }
            self.pairs += u32::from(byte >= 0b1111_0000);
            if byte == b'\n' {
                self.line += 1;
                self.line_start = self.characters;
            }
        }
        self
    }

    fn position(self) -> Position {
        Position { line: self.line, column: self.characters - self.line_start + 1, offset: self.characters }
    }
}

/// A length or index as a span's offset; texts beyond 4 GiB are cut before they get here.
pub(crate) fn to_offset(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// A span's offset as an index.
pub(crate) fn to_index(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn index_and_walk_agree_at_every_byte() {
        let text = "a\r\né😀\n".repeat(200);
        let index = LineIndex::new(&text);
        for offset in 0..=to_offset(text.len()) + 3 {
            assert_eq!(index.position(&text, offset), position(&text, offset), "byte {offset}");
        }
    }

    #[test]
    fn units_and_bytes_are_counted_into_each_other() {
        let text = "a\r\né😀\n".repeat(100);
        let index = LineIndex::new(&text);
        for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let byte = to_offset(byte);
            let units = utf16_offset(&text, byte);
            assert_eq!(index.utf16_offset(&text, byte), units, "byte {byte}");
            assert_eq!(byte_offset(&text, units), byte, "unit {units}");
        }
        assert_eq!(byte_offset("a", 9), 1);
    }

    #[test]
    fn only_a_line_feed_ends_a_line() {
        let text = "a\rb\u{2028}c\u{b}d\ne";
        assert_eq!(position(text, to_offset(text.len())).line, 2);
    }
}
