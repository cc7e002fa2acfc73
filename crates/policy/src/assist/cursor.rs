//! Where an offset stands in a text that may be half written.
//!
//! The text is read token by token and not as a tree: what stands before the offset says where it is, whatever is wrong
//! or missing behind it.

use crate::ids::PolicyId;
use crate::policy::{ListName, Place};
use crate::span::Span;
use crate::syntax::{Lexer, Token, TokenKind};

/// The innermost container that is open at an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Around {
    /// None: the policy itself stands here.
    Nothing,
    /// The policy.
    Policy,
    /// What stands under `resources`.
    Resources,
    /// The section of one resource.
    Section(PolicyId),
    /// A rule set.
    Rules(Place),
    /// A list of methods.
    List(Place, ListName),
    /// A container without meaning.
    Elsewhere,
}

/// What stands, or would be written, at an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Key,
    /// A value, with the key before it.
    Value(Option<String>),
    Element,
    /// Nothing that could be written without a comma or a colon first.
    Nothing,
}

/// A text, or what stands in the place of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) span: Span,
    pub(super) meaning: String,
}

/// An offset and what is around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) around: Around,
    pub(super) role: Role,
    /// The word that the offset stands in.
    pub(super) word: Option<Word>,
    /// The other keys or elements of the container.
    pub(super) others: Vec<String>,
    /// Whether a colon follows.
    pub(super) has_colon: bool,
}

impl Cursor {
    /// Where something would be written at `offset`: behind the quote of a text that is closed, the text is done.
    pub(super) fn writing(text: &str, offset: u32) -> Cursor {
        find(text, offset, |word, is_closed| {
            word.start < offset && (offset < word.end || (offset == word.end && !is_closed))
        })
    }

    /// What stands at `offset`, the ends of a word included.
    pub(super) fn reading(text: &str, offset: u32) -> Cursor {
        find(text, offset, |word, _| word.start <= offset && offset <= word.end)
    }
}

fn find(text: &str, offset: u32, is_in: impl Fn(Span, bool) -> bool) -> Cursor {
    let mut reader = Reader::new(text);
    loop {
        let token = reader.lexer.next_token();
        let is_closed = match token.kind {
            TokenKind::Text => reader.lexer.is_closed(),
            kind => kind == TokenKind::SingleQuoted,
        };
        if is_word(token.kind) && is_in(token.span, is_closed) {
            return reader.stop_in(token);
        }
        let is_remark = token.kind == TokenKind::Comment && token.span.start < offset && offset <= token.span.end;
        if is_remark || token.kind == TokenKind::End || token.span.start >= offset {
            let role = if is_remark { Role::Nothing } else { reader.role() };
            return reader.stop_before(token, role);
        }
        reader.take(token);
    }
}

fn is_word(kind: TokenKind) -> bool {
    match kind {
        TokenKind::Text
        | TokenKind::SingleQuoted
        | TokenKind::Bare
        | TokenKind::Number
        | TokenKind::Null
        | TokenKind::True
        | TokenKind::False => true,
        TokenKind::OpenBrace
        | TokenKind::CloseBrace
        | TokenKind::OpenBracket
        | TokenKind::CloseBracket
        | TokenKind::Colon
        | TokenKind::Comma
        | TokenKind::Comment
        | TokenKind::End => false,
    }
}

/// What comes next in an open container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Key,
    Colon,
    Value,
    Comma,
}

/// An open container.
#[derive(Debug)]
struct Open {
    is_object: bool,
    /// The key that it stands under.
    entry: Option<String>,
    expected: Expected,
    /// The newest key.
    key: Option<String>,
    /// Its keys or elements so far.
    names: Vec<String>,
}

impl Open {
    fn new(is_object: bool, entry: Option<String>) -> Open {
        let expected = if is_object { Expected::Key } else { Expected::Value };
        Open { is_object, entry, expected, key: None, names: Vec::new() }
    }
}

struct Reader<'t> {
    lexer: Lexer<'t>,
    /// The outermost is the text itself, as a list that is never closed.
    open: Vec<Open>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Reader<'t> {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Reader { lexer: Lexer::new(text, start), open: vec![Open::new(false, None)] }
    }

    /// Takes the newest token in.
    fn take(&mut self, token: Token) {
        match token.kind {
            TokenKind::OpenBrace | TokenKind::OpenBracket => self.open(token.kind == TokenKind::OpenBrace),
            TokenKind::CloseBrace | TokenKind::CloseBracket => self.close(token.kind == TokenKind::CloseBrace),
            TokenKind::Colon => self.expect(|open| if open.is_object { Expected::Value } else { open.expected }),
            TokenKind::Comma => self.expect(|open| if open.is_object { Expected::Key } else { Expected::Value }),
            TokenKind::Comment | TokenKind::End => {}
            _ => {
                let meaning = self.lexer.meaning(token);
                self.word(meaning);
            }
        }
    }

    fn expect(&mut self, next: impl FnOnce(&Open) -> Expected) {
        if let Some(open) = self.open.last_mut() {
            open.expected = next(open);
        }
    }

    fn open(&mut self, is_object: bool) {
        let under = self.open.last().filter(|open| open.is_object && open.expected == Expected::Value);
        let entry = under.and_then(|open| open.key.clone());
        self.open.push(Open::new(is_object, entry));
    }

    /// Closes the innermost container of the kind, and with it all inside.
    fn close(&mut self, is_object: bool) {
        let fitting = self.open.iter().rposition(|open| open.is_object == is_object).filter(|at| *at > 0);
        if let Some(at) = fitting {
            self.open.truncate(at);
            self.expect(|_| Expected::Comma);
        }
    }

    fn word(&mut self, meaning: String) {
        let Some(open) = self.open.last_mut() else { return };
        match (open.is_object, open.expected) {
            (true, Expected::Value) => open.expected = Expected::Comma,
            // A comma may be missing before a key, and a value after the one before it.
            (true, _) => {
                open.key = Some(meaning.clone());
                open.names.push(meaning);
                open.expected = Expected::Colon;
            }
            (false, _) => {
                open.names.push(meaning);
                open.expected = Expected::Comma;
            }
        }
    }

    /// What would be written here.
    fn role(&self) -> Role {
        let Some(open) = self.open.last() else { return Role::Nothing };
        match (open.is_object, open.expected) {
            (true, Expected::Key) => Role::Key,
            (true, Expected::Value) => Role::Value(open.key.clone()),
            (false, Expected::Value) if self.open.len() == 1 => Role::Value(None),
            (false, Expected::Value) => Role::Element,
            _ => Role::Nothing,
        }
    }

    /// What a word is here, even where a comma or a colon is missing before it.
    fn role_of_word(&self) -> Role {
        match (self.role(), self.open.last()) {
            (Role::Nothing, Some(open)) if open.is_object => Role::Key,
            (Role::Nothing, Some(_)) if self.open.len() > 1 => Role::Element,
            (role, _) => role,
        }
    }

    fn around(&self) -> Around {
        self.open.iter().skip(1).fold(Around::Nothing, inside)
    }

    fn stop_in(mut self, token: Token) -> Cursor {
        let word = Word { span: token.span, meaning: self.lexer.meaning(token) };
        let (around, role) = (self.around(), self.role_of_word());
        self.take(token);
        if matches!(role, Role::Key | Role::Element)
            && let Some(open) = self.open.last_mut()
        {
            // The word itself is none of the others.
            open.names.pop();
        }
        let next = self.lexer.next_token();
        let has_colon = next.kind == TokenKind::Colon;
        Cursor { around, role, word: Some(word), others: self.others(next), has_colon }
    }

    fn stop_before(self, next: Token, role: Role) -> Cursor {
        let around = self.around();
        let has_colon = next.kind == TokenKind::Colon;
        Cursor { around, role, word: None, others: self.others(next), has_colon }
    }

    /// The names in the innermost container, from its beginning to its end.
    fn others(mut self, next: Token) -> Vec<String> {
        let depth = self.open.len();
        let before = self.open.last().map(|open| open.names.clone()).unwrap_or_default();
        let mut token = next;
        loop {
            let closes = matches!(token.kind, TokenKind::CloseBrace | TokenKind::CloseBracket);
            if token.kind == TokenKind::End || (closes && self.open.len() == depth) {
                break;
            }
            self.take(token);
            if self.open.len() < depth {
                // A bracket that fits none further in has closed this one as well.
                return before;
            }
            token = self.lexer.next_token();
        }
        // What is still open further in stands behind it.
        self.open.into_iter().nth(depth.saturating_sub(1)).map_or(before, |open| open.names)
    }
}

fn inside(around: Around, open: &Open) -> Around {
    match (around, open.entry.as_deref(), open.is_object) {
        (Around::Nothing, _, true) => Around::Policy,
        (Around::Policy, Some("resources"), true) => Around::Resources,
        (Around::Resources, Some("*"), true) => Around::Rules(Place::Everything),
        (Around::Resources, Some(policy_id), true) => Around::Section(policy_id.into()),
        (Around::Section(policy_id), Some("*"), true) => Around::Rules(Place::Resource { policy_id }),
        (Around::Section(policy_id), Some(item_id), true) => {
            Around::Rules(Place::Item { policy_id, item_id: item_id.into() })
        }
        (Around::Rules(place), Some("allow"), false) => Around::List(place, ListName::Allow),
        (Around::Rules(place), Some("block"), false) => Around::List(place, ListName::Block),
        _ => Around::Elsewhere,
    }
}
