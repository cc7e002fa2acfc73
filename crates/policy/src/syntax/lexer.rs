//! Cuts a text into tokens.
//!
//! Literals and numbers are matched by prefix, as Python does: `nulll` is `null` and a stray `l`.

use super::arena::Decoded;
use super::strings::{self, Problem};
use crate::span::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Colon,
    Comma,
    Text,
    Number,
    Null,
    True,
    False,
    /// A text in single quotes, closed on its line.
    SingleQuoted,
    /// `// …`, `# …` or `/* … */`.
    Comment,
    /// A run of characters that is none of the above.
    Bare,
    End,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

/// The literals of Python's reader; the last three are numbers to it.
const LITERALS: [(&str, TokenKind); 6] = [
    ("null", TokenKind::Null),
    ("true", TokenKind::True),
    ("false", TokenKind::False),
    ("NaN", TokenKind::Number),
    ("Infinity", TokenKind::Number),
    ("-Infinity", TokenKind::Number),
];

#[derive(Debug)]
pub(crate) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// What is wrong inside the newest token, if it is a text.
    pub(crate) problems: Vec<Problem>,
    /// What the newest token means, if it is a text with escapes.
    pub(crate) decoded: Option<Decoded>,
    /// Where texts are decoded, one after the other.
    units: Vec<u16>,
}

impl<'t> Lexer<'t> {
    pub(crate) fn new(text: &'t str, start: usize) -> Lexer<'t> {
        Lexer { text, at: start, problems: Vec::new(), decoded: None, units: Vec::new() }
    }

    pub(crate) fn next_token(&mut self) -> Token {
        self.problems.clear();
        self.decoded = None;
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(self.at) {
            self.at += 1;
        }
        let start = self.at;
        let (kind, end) = match bytes.get(start) {
            None => (TokenKind::End, start),
            Some(b'{') => (TokenKind::OpenBrace, start + 1),
            Some(b'}') => (TokenKind::CloseBrace, start + 1),
            Some(b'[') => (TokenKind::OpenBracket, start + 1),
            Some(b']') => (TokenKind::CloseBracket, start + 1),
            Some(b':') => (TokenKind::Colon, start + 1),
            Some(b',') => (TokenKind::Comma, start + 1),
            Some(b'"') => {
                let scanned = strings::scan(self.text, start, &mut self.problems, &mut self.units);
                self.decoded = scanned.decoded;
                (TokenKind::Text, scanned.end)
            }
            Some(_) => self.word(start),
        };
        self.at = end;
        Token { kind, span: Span::from_indices(start, end) }
    }

    /// What the newest token means: a text without its quotes, anything else as it stands.
    pub(crate) fn meaning(&self, token: Token) -> String {
        let raw = token.span.slice(self.text);
        let inside = |quote: char| raw.strip_prefix(quote).map(|rest| rest.strip_suffix(quote).unwrap_or(rest));
        match (&self.decoded, token.kind) {
            (Some(Decoded::Text(text) | Decoded::Lone { lossy: text, .. }), _) => text.to_string(),
            (None, TokenKind::Text) => inside('"').unwrap_or(raw).to_owned(),
            (None, TokenKind::SingleQuoted) => inside('\'').unwrap_or(raw).to_owned(),
            _ => raw.to_owned(),
        }
    }

    /// Whether the newest token, if it is a text, has its closing quote.
    pub(crate) fn is_closed(&self) -> bool {
        !self.problems.iter().any(|problem| matches!(problem, Problem::Unclosed(_) | Problem::OpenAtLineEnd(_)))
    }

    fn word(&self, start: usize) -> (TokenKind, usize) {
        let rest = self.text.get(start..).unwrap_or("");
        if let Some((literal, kind)) = LITERALS.iter().find(|(literal, _)| rest.starts_with(literal)) {
            return (*kind, start + literal.len());
        }
        let number = number_length(rest.as_bytes());
        if number > 0 {
            return (TokenKind::Number, start + number);
        }
        if let Some(length) = comment_length(rest) {
            return (TokenKind::Comment, start + length);
        }
        if let Some(length) = single_quoted_length(rest) {
            return (TokenKind::SingleQuoted, start + length);
        }
        (TokenKind::Bare, start + bare_length(rest))
    }
}

/// How many bytes at the start of `bytes` form a number; 0 if none do.
fn number_length(bytes: &[u8]) -> usize {
    let digits_from = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let whole = match bytes.get(sign) {
        Some(b'0') => 1,
        Some(b'1'..=b'9') => digits_from(sign),
        _ => return 0,
    };
    let mut length = sign + whole;
    if bytes.get(length) == Some(&b'.') {
        let fraction = digits_from(length + 1);
        if fraction > 0 {
            length += 1 + fraction;
        }
    }
    if let Some(b'e' | b'E') = bytes.get(length) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let exponent = digits_from(length + 1 + sign);
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    length
}

fn comment_length(rest: &str) -> Option<usize> {
    if let Some(inside) = rest.strip_prefix("/*") {
        return Some(inside.find("*/").map_or(rest.len(), |end| end + 4));
    }
    let is_line_comment = rest.starts_with("//") || rest.starts_with('#');
    is_line_comment.then(|| rest.find(['\n', '\r']).unwrap_or(rest.len()))
}

fn single_quoted_length(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let mut is_escaped = false;
    for (index, byte) in inside.bytes().enumerate() {
        match byte {
            b'\n' | b'\r' => return None,
            b'\'' if !is_escaped => return Some(index + 2),
            _ => is_escaped = byte == b'\\' && !is_escaped,
        }
    }
    None
}

/// Up to the next white space, bracket, colon, comma, double quote or comment; at least one character.
fn bare_length(rest: &str) -> usize {
    let mut previous = '\0';
    for (index, character) in rest.char_indices().skip(1) {
        if matches!(character, ' ' | '\t' | '\n' | '\r' | '{' | '}' | '[' | ']' | ':' | ',' | '"') {
            return index;
        }
        if previous == '/' && matches!(character, '/' | '*') {
            return index - 1;
        }
        previous = character;
    }
    rest.len()
}
