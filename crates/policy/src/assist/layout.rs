//! An even layout: two spaces for each level, and what is short and shallow on one line.

use crate::syntax::{Lexer, TokenKind, parse};

/// How many columns a line may have that holds a whole container.
const WIDTH: usize = 80;

/// How many containers may stand in each other on one line: a rule set and its lists.
const SHALLOW: usize = 2;

/// Deeper texts are left alone: their indentation would be longer than themselves.
const DEEPEST: usize = 32;

/// The same document in an even layout; only the space between its parts changes.
///
/// The answer is none if the text is not JSON, or nests deeper than 32 containers.
/// Laying out twice changes nothing more.
///
/// Costs a few walks over the text.
///
/// ```
/// use tollgate_policy::assist::lay_out;
///
/// let text = r#"{"resources":{"*":{"allow":["GET"],"block":["*"]}}}"#;
/// let even = "{\n  \"resources\": {\n    \"*\": { \"allow\": [\"GET\"], \"block\": [\"*\"] }\n  }\n}\n";
/// assert_eq!(lay_out(text).as_deref(), Some(even));
/// assert_eq!(lay_out("{"), None);
/// ```
pub fn lay_out(text: &str) -> Option<String> {
    if !parse(text).is_json() {
        return None;
    }
    let mut writer = Writer { text: String::with_capacity(text.len() * 2), line_start: 0, open: Vec::new() };
    pieces(text)?.into_iter().for_each(|piece| writer.write(piece));
    writer.text.push('\n');
    Some(writer.text)
}

/// A token, and what stands in it if it opens a container.
struct Piece<'t> {
    kind: TokenKind,
    text: &'t str,
    /// The columns of the container on one line.
    length: usize,
    /// How many containers stand in each other, itself included.
    height: usize,
    is_empty: bool,
}

fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut lexer = Lexer::new(text, 0);
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let token = lexer.next_token();
        let slice = token.span.slice(text);
        match token.kind {
            TokenKind::End => return Some(pieces),
            TokenKind::OpenBrace | TokenKind::OpenBracket => open.push(pieces.len()),
            _ => {}
        }
        if open.len() > DEEPEST {
            return None;
        }
        pieces.push(Piece { kind: token.kind, text: slice, length: 0, height: 0, is_empty: false });
        let is_spaced =
            matches!(token.kind, TokenKind::OpenBrace | TokenKind::CloseBrace | TokenKind::Comma | TokenKind::Colon);
        for (depth, container) in open.iter().enumerate() {
            if let Some(container) = pieces.get_mut(*container) {
                container.length += slice.chars().count() + usize::from(is_spaced);
                container.height = container.height.max(open.len() - depth);
            }
        }
        if let TokenKind::CloseBrace | TokenKind::CloseBracket = token.kind
            && let Some(opened) = open.pop()
        {
            let is_empty = opened + 2 == pieces.len();
            pieces.get_mut(opened).into_iter().for_each(|container| container.is_empty = is_empty);
        }
    }
}

struct Writer {
    text: String,
    /// Where the present line begins, in bytes.
    line_start: usize,
    open: Vec<Lines>,
}

/// How an open container is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    None,
    One,
    Several,
}

impl Writer {
    fn write(&mut self, piece: Piece<'_>) {
        match piece.kind {
            TokenKind::OpenBrace | TokenKind::OpenBracket => self.begin(&piece),
            TokenKind::CloseBrace | TokenKind::CloseBracket => self.end(&piece),
            TokenKind::Comma if self.open.last() == Some(&Lines::Several) => {
                self.text.push(',');
                self.new_line();
            }
            TokenKind::Comma => self.text.push_str(", "),
            TokenKind::Colon => self.text.push_str(": "),
            _ => self.text.push_str(piece.text),
        }
    }

    fn begin(&mut self, piece: &Piece<'_>) {
        let column = self.text.len() - self.line_start;
        let fits = piece.height <= SHALLOW && column + piece.length <= WIDTH;
        let lines = match self.open.last() {
            _ if piece.is_empty => Lines::None,
            Some(Lines::One) => Lines::One,
            _ if fits => Lines::One,
            _ => Lines::Several,
        };
        self.open.push(lines);
        self.text.push_str(piece.text);
        match lines {
            Lines::Several => self.new_line(),
            Lines::One if piece.kind == TokenKind::OpenBrace => self.text.push(' '),
            Lines::One | Lines::None => {}
        }
    }

    fn end(&mut self, piece: &Piece<'_>) {
        match self.open.pop() {
            Some(Lines::Several) => self.new_line(),
            Some(Lines::One) if piece.kind == TokenKind::CloseBrace => self.text.push(' '),
            _ => {}
        }
        self.text.push_str(piece.text);
    }

    fn new_line(&mut self) {
        self.text.push('\n');
        self.line_start = self.text.len();
        let depth = self.open.iter().filter(|lines| **lines == Lines::Several).count();
        (0..depth).for_each(|_| self.text.push_str("  "));
    }
}
