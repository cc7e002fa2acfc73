//! Reads texts in double quotes, as Python's strict decoder does.
//!
//! The problems of one text come in the order in which Python would meet them, the first at the place where it
//! would stop.

use super::arena::Decoded;
use crate::span::{Span, to_offset};

/// What is wrong inside a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// A raw control character.
    Control(Span),
    /// A backslash that starts no escape.
    Escape(Span),
    /// Four hexadecimal digits are missing after `\u`; starts at the `u`, where Python points.
    Unicode(Span),
    /// The text never ends; the whole of it.
    Unclosed(Span),
    /// The text is still open where its line ends; the line feed or carriage return.
    OpenAtLineEnd(Span),
}

impl Problem {
    pub(crate) fn span(self) -> Span {
        match self {
            Problem::Control(span)
            | Problem::Escape(span)
            | Problem::Unicode(span)
            | Problem::Unclosed(span)
            | Problem::OpenAtLineEnd(span) => span,
        }
    }
}

/// The end of a text and, if it holds escapes or mistakes, what it means.
#[derive(Debug)]
pub(crate) struct Scanned {
    pub(crate) end: usize,
    pub(crate) decoded: Option<Decoded>,
}

/// Reads the text whose opening quote stands at `start`, putting what is wrong with it into `problems`.
///
/// `units` is room to work in, lent so that it is not made anew for every text.
pub(crate) fn scan(text: &str, start: usize, problems: &mut Vec<Problem>, units: &mut Vec<u16>) -> Scanned {
    let inside = text.get(start + 1..).unwrap_or("");
    let stop = inside.bytes().position(|byte| byte == b'"' || byte == b'\\' || byte < 0x20);
    match stop.and_then(|stop| Some((stop, *inside.as_bytes().get(stop)?))) {
        Some((stop, b'"')) => Scanned { end: start + stop + 2, decoded: None },
        _ => {
            let (plain, _) = inside.split_at_checked(stop.unwrap_or(inside.len())).unwrap_or((inside, ""));
            units.clear();
            units.extend(plain.encode_utf16());
            let mut slow = Slow { text, start, at: start + 1 + plain.len(), units, problems };
            slow.finish();
            Scanned { end: slow.at, decoded: Some(decode(slow.units)) }
        }
    }
}

fn decode(units: &[u16]) -> Decoded {
    // Room for a replaced half or two, which take more bytes than most units.
    let mut text = String::with_capacity(units.len() + 8);
    let mut is_whole = true;
    for character in char::decode_utf16(units.iter().copied()) {
        is_whole &= character.is_ok();
        text.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    if is_whole { Decoded::Text(text.into()) } else { Decoded::Lone { exact: units.into(), lossy: text.into() } }
}

/// Reads a text with escapes or mistakes, character by character.
struct Slow<'t> {
    text: &'t str,
    start: usize,
    at: usize,
    /// Escapes of both halves of a pair end up side by side here, which joins them.
    units: &'t mut Vec<u16>,
    problems: &'t mut Vec<Problem>,
}

impl Slow<'_> {
    fn finish(&mut self) {
        while let Some(character) = self.peek() {
            match character {
                '"' => {
                    self.at += 1;
                    return;
                }
                '\\' => self.escape(),
                // A quote is forgotten far more often than a line is broken inside a text.
                '\n' | '\r' => {
                    self.problems.push(Problem::OpenAtLineEnd(Span::from_indices(self.at, self.at + 1)));
                    return;
                }
                control if u32::from(control) < 0x20 => {
                    self.problems.push(Problem::Control(Span::from_indices(self.at, self.at + 1)));
                    self.take(control);
                }
                other => self.take(other),
            }
        }
        self.problems.push(Problem::Unclosed(Span::from_indices(self.start, self.at)));
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn take(&mut self, character: char) {
        self.at += character.len_utf8();
        self.units.extend_from_slice(character.encode_utf16(&mut [0; 2]));
    }

    fn escape(&mut self) {
        let backslash = self.at;
        self.at += 1;
        let Some(escaped) = self.peek() else { return };
        let meaning = match escaped {
            '"' | '\\' | '/' => escaped,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unicode_escape(),
            other => {
                self.problems.push(Problem::Escape(Span::from_indices(backslash, self.at + other.len_utf8())));
                self.units.push(u16::from(b'\\'));
                return;
            }
        };
        self.at += 1;
        self.units.extend_from_slice(meaning.encode_utf16(&mut [0; 2]));
    }

    fn unicode_escape(&mut self) {
        let u = self.at;
        self.at += 1;
        let digits = self.text.get(self.at..self.at + 4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        // Python wants at least one more character behind the digits before it looks at them.
        let is_last = self.at + 4 >= self.text.len();
        match digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
            Some(unit) if !is_last => {
                self.at += 4;
                self.units.push(unit);
            }
            _ => {
                let end = self.text.len().min(self.at + 4);
                let end = (u + 1..=end).rev().find(|end| self.text.is_char_boundary(*end)).unwrap_or(u + 1);
                self.problems.push(Problem::Unicode(Span::new(to_offset(u), to_offset(end))));
                self.units.push(0xFFFD);
            }
        }
    }
}
