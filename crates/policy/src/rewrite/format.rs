//! Writing a document over lines, for people.

use crate::syntax::{Lexer, Token, TokenKind, parse};

/// How many containers deep a document is written over lines: as deep as policies reach.
///
/// What lies deeper stays on one line, so that no text can be made to grow beyond measure.
const DEEPEST: usize = 5;

/// The longest line that a list is written on.
const WIDTH: usize = 80;

const INDENT: &str = "  ";

/// The same document with two spaces of indentation a level, and lists of methods on one line if they fit.
///
/// Nothing but white space is changed: keys, duplicates, escapes and numbers stay as they are spelled.
/// A line feed at the end stays, and none is added.
/// The answer is none if the text is not JSON.
///
/// Costs two walks over the text.
///
/// ```
/// use tollgate_policy::rewrite::format;
///
/// let formatted = format(r#"{"resources":{"*":{"allow":["GET","PUT"]}}}"#).ok_or("not JSON")?;
/// assert_eq!(formatted, r#"{
///   "resources": {
///     "*": {
///       "allow": ["GET", "PUT"]
///     }
///   }
/// }"#);
/// # Ok::<(), &str>(())
/// ```
pub fn format(text: &str) -> Option<String> {
    if !parse(text).is_json() {
        return None;
    }
    let tokens = tokens(text);
    let mut page = Page { text, written: String::with_capacity(text.len() * 2), line_start: 0, open: Vec::new() };
    let mut rest = tokens.as_slice();
    while let [token, behind @ ..] = rest {
        rest = page.write(*token, behind);
    }
    if text.ends_with('\n') {
        page.written.push('\n');
    }
    Some(page.written)
}

fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer::new(text, 0);
    let next = || Some(lexer.next_token()).filter(|token| token.kind != TokenKind::End);
    std::iter::from_fn(next).collect()
}

/// A document that is being written.
struct Page<'t> {
    text: &'t str,
    written: String,
    line_start: usize,
    open: Vec<Shape>,
}

/// How a container is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    OnOneLine,
    OverLines,
}

impl Page<'_> {
    /// Writes a token, and says what is left of those behind it.
    fn write<'k>(&mut self, token: Token, behind: &'k [Token]) -> &'k [Token] {
        match token.kind {
            TokenKind::OpenBrace | TokenKind::OpenBracket => return self.open(token, behind),
            TokenKind::CloseBrace | TokenKind::CloseBracket => {
                if self.open.pop() == Some(Shape::OverLines) {
                    self.start_line();
                }
                self.push(token);
            }
            TokenKind::Comma if self.open.last() == Some(&Shape::OverLines) => {
                self.push(token);
                self.start_line();
            }
            TokenKind::Comma => self.written.push_str(", "),
            TokenKind::Colon => self.written.push_str(": "),
            _ => self.push(token),
        }
        behind
    }

    /// Begins a container; an empty one is written whole.
    fn open<'k>(&mut self, token: Token, behind: &'k [Token]) -> &'k [Token] {
        self.push(token);
        if let [closer, rest @ ..] = behind
            && matches!(closer.kind, TokenKind::CloseBrace | TokenKind::CloseBracket)
        {
            self.push(*closer);
            return rest;
        }
        // Asked first, since measuring a line is only cheap where lines are broken.
        let is_bound = self.open.len() >= DEEPEST || self.open.last() == Some(&Shape::OnOneLine);
        if is_bound || (token.kind == TokenKind::OpenBracket && self.fits(behind)) {
            self.open.push(Shape::OnOneLine);
        } else {
            self.open.push(Shape::OverLines);
            self.start_line();
        }
        behind
    }

    /// Whether a list goes on one line: it holds no containers, and the line does not get too long.
    fn fits(&self, behind: &[Token]) -> bool {
        let mut width = self.written.get(self.line_start..).unwrap_or_default().chars().count();
        for token in behind {
            width += match token.kind {
                TokenKind::OpenBrace | TokenKind::OpenBracket => return false,
                TokenKind::Comma => 2,
                _ => token.span.slice(self.text).chars().count(),
            };
            if width > WIDTH || token.kind == TokenKind::CloseBracket {
                break;
            }
        }
        width <= WIDTH
    }

    fn push(&mut self, token: Token) {
        self.written.push_str(token.span.slice(self.text));
    }

    fn start_line(&mut self) {
        self.written.push('\n');
        self.line_start = self.written.len();
        self.written.push_str(&INDENT.repeat(self.open.len()));
    }
}
