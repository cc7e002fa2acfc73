//! What the parser does after a mistake: says what is wrong, guesses what was meant, and goes on.
//!
//! The state of the parser is only ever moved to one that the author may have had in mind; a token is dropped when
//! no such state is in sight.

use super::arena::Kind;
use super::lexer::TokenKind;
use super::messages;
use super::parser::{Expected, Flow, Parser};
use crate::span::{Span, to_offset};

impl Parser<'_> {
    pub(super) fn skip_comment(&mut self) {
        self.error(self.token.span, |_, span| messages::comment(span));
        self.advance();
    }

    /// Something other than a value stands where one is needed.
    pub(super) fn recover_value(&mut self) {
        let span = self.token.span;
        match self.token.kind {
            TokenKind::SingleQuoted => {
                self.error(span, messages::single_quotes);
                self.scalar(Kind::Text);
            }
            TokenKind::Comma if self.open.is_empty() => self.drop_token(),
            TokenKind::Comma if self.in_object() => {
                self.miss_value();
                self.comma = span;
                self.advance();
                self.expected = Expected::Key;
            }
            TokenKind::Comma => {
                self.error(span, |_, span| messages::extra_comma(span, span));
                self.advance();
                self.expected = Expected::FirstValue;
            }
            TokenKind::CloseBrace | TokenKind::CloseBracket => self.close_without_value(),
            TokenKind::Colon => self.drop_token(),
            _ => {
                self.error(span, messages::not_a_value);
                self.scalar(Kind::Broken);
            }
        }
    }

    fn close_without_value(&mut self) {
        if self.open.is_empty() {
            return self.drop_token();
        }
        let fits = self.in_object() == (self.token.kind == TokenKind::CloseBrace);
        if fits && self.in_object() {
            self.miss_value();
        } else if fits {
            let comma = self.comma;
            self.error(self.token.span, |_, span| messages::extra_comma(span, comma));
        }
        self.close();
    }

    fn miss_value(&mut self) {
        let key = self.previous;
        self.error(self.token.span, |_, span| messages::missing_value(span, key));
        self.attach(Kind::Broken, Span::empty_at(self.token.span.start));
    }

    /// Something other than a key in double quotes stands where one is needed.
    pub(super) fn recover_key(&mut self) {
        let span = self.token.span;
        match self.token.kind {
            TokenKind::SingleQuoted => {
                self.error(span, messages::single_quotes);
                self.take_key();
            }
            TokenKind::Bare | TokenKind::Number | TokenKind::Null | TokenKind::True | TokenKind::False => {
                self.error(span, messages::unquoted_key);
                self.take_key();
            }
            TokenKind::Comma => {
                self.error(span, |_, span| messages::extra_comma(span, span));
                self.advance();
                self.expected = Expected::FirstKey;
            }
            TokenKind::CloseBrace => {
                let comma = self.comma;
                self.error(span, |_, span| messages::extra_comma(span, comma));
                self.close();
            }
            TokenKind::CloseBracket => self.close(),
            TokenKind::Colon => {
                self.error(span, messages::missing_key);
                self.without_key();
                self.advance();
            }
            _ => {
                self.error(span, messages::missing_key);
                self.without_key();
            }
        }
    }

    /// Something other than a colon follows a key.
    pub(super) fn recover_colon(&mut self) {
        let (span, key) = (self.token.span, self.previous);
        match self.token.kind {
            TokenKind::Comma => {
                self.error(span, |_, span| messages::missing_colon(span, key));
                self.attach(Kind::Broken, Span::empty_at(span.start));
                self.comma = span;
                self.advance();
                self.expected = Expected::Key;
            }
            TokenKind::CloseBrace => {
                self.error(span, |_, span| messages::missing_colon(span, key));
                self.attach(Kind::Broken, Span::empty_at(span.start));
                self.close();
            }
            TokenKind::CloseBracket => self.close(),
            TokenKind::Bare if span.slice(&self.tree.text).starts_with('=') => {
                self.error(span, |_, span| messages::missing_colon(span, key));
                self.advance();
                self.expected = Expected::Value;
            }
            _ => {
                self.error(span, |_, span| messages::missing_colon(span, key));
                self.expected = Expected::Value;
            }
        }
    }

    /// Something other than a comma or a closing bracket follows a value.
    pub(super) fn recover_comma(&mut self) {
        let (span, before) = (self.token.span, self.previous);
        let is_adjacent = span.start == before.end;
        match self.token.kind {
            TokenKind::Colon => self.drop_token(),
            TokenKind::Bare | TokenKind::Number if is_adjacent => {
                self.error(span, |text, span| messages::stray_characters(text, span, before));
                self.advance();
            }
            TokenKind::Number | TokenKind::Null | TokenKind::True | TokenKind::False if self.in_object() => {
                self.error(span, |_, span| messages::missing_comma(span, before));
                self.advance();
            }
            _ => {
                self.error(span, |_, span| messages::missing_comma(span, before));
                self.expected = self.after_comma();
            }
        }
    }

    fn drop_token(&mut self) {
        self.error(self.token.span, messages::unexpected);
        self.advance();
    }

    /// The text goes on after the end of the document: one mistake, however much follows.
    pub(super) fn refuse_rest(&mut self) -> Flow {
        let is_broken = self.tree.root().is_some_and(|root| root.kind() == Kind::Broken);
        if !is_broken {
            let rest = Span::new(self.token.span.start, to_offset(self.tree.text.len()));
            self.error(rest, messages::text_after_end);
        }
        Flow::Done
    }

    /// The text ends too early: one mistake, however much is open.
    pub(super) fn close_all(&mut self) -> Flow {
        let end = Span::empty_at(self.token.span.start);
        let (opened, count, closers) = (self.innermost(), self.open.len(), self.closers(20));
        match opened {
            None => self.error(end, messages::empty_text),
            Some(opened) => {
                self.error(end, |_, span| messages::unclosed_bracket(span, opened, count, &closers));
            }
        }
        if matches!(self.expected, Expected::Value | Expected::Colon) && self.in_object() {
            self.attach(Kind::Broken, end);
        }
        while self.pop(end.start).is_some() {}
        Flow::Done
    }

    /// The brackets that would close what is open, innermost first, at most `limit` of them.
    fn closers(&self, limit: usize) -> String {
        self.open.iter().rev().take(limit).map(|offset| if self.is_brace(*offset) { '}' } else { ']' }).collect()
    }
}
