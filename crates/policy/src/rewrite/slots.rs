//! The members of one object or the elements of one list, as they stand in the text.
//!
//! The tree of a document leaves out members that a later duplicate replaced; an edit has to know of them, or what it
//! removes would come back.
//! Everything here is about texts that Python's `json` module accepts.

use std::borrow::Cow;

use super::text_edit::TextEdit;
use crate::pointer::JsonPointer;
use crate::span::{Span, to_index};
use crate::syntax::{Decoded, Document, Lexer, Token, TokenKind};

/// A member of an object, or an element of a list.
#[derive(Clone, Debug)]
pub(super) struct Slot<'t> {
    /// The key; none in lists, and where a lone surrogate makes it equal to no text.
    pub(super) key: Option<Cow<'t, str>>,
    /// Where the key stands; empty in lists.
    pub(super) key_span: Span,
    /// Where the value stands.
    pub(super) value: Span,
    /// What the value says, if it is a text without lone surrogates.
    pub(super) text: Option<Cow<'t, str>>,
}

impl Slot<'_> {
    /// The key and the value.
    pub(super) fn span(&self) -> Span {
        Span::new(self.key_span.start, self.value.end)
    }
}

/// An object or a list with what stands in it.
#[derive(Clone, Debug)]
pub(super) struct Container<'t> {
    pub(super) text: &'t str,
    pub(super) is_object: bool,
    /// What stands between the brackets.
    pub(super) inside: Span,
    pub(super) slots: Vec<Slot<'t>>,
}

impl<'t> Container<'t> {
    /// Reads the value at `value`; none if it is no container.
    ///
    /// Costs a walk over the value.
    pub(super) fn read(text: &'t str, value: Span) -> Option<Container<'t>> {
        let mut lexer = Lexer::new(text, to_index(value.start));
        let is_object = match lexer.next_token().kind {
            TokenKind::OpenBrace => true,
            TokenKind::OpenBracket => false,
            _ => return None,
        };
        let mut slots = Vec::new();
        loop {
            let token = lexer.next_token();
            match token.kind {
                TokenKind::CloseBrace | TokenKind::CloseBracket | TokenKind::End => {
                    let inside = Span::new(value.start + 1, token.span.start);
                    return Some(Container { text, is_object, inside, slots });
                }
                TokenKind::Comma => {}
                _ => slots.push(slot(text, &mut lexer, token, is_object)),
            }
        }
    }

    /// The container at `pointer`.
    pub(super) fn at(document: &'t Document, pointer: &JsonPointer) -> Option<Container<'t>> {
        let steps: Vec<String> = pointer.tokens().collect();
        Container::descend(document, &steps)
    }

    /// The container that the value at `pointer` stands in, and the last step to that value.
    pub(super) fn around(document: &'t Document, pointer: &JsonPointer) -> Option<(Container<'t>, String)> {
        let mut steps: Vec<String> = pointer.tokens().collect();
        let last = steps.pop()?;
        Some((Container::descend(document, &steps)?, last))
    }

    fn descend(document: &'t Document, steps: &[String]) -> Option<Container<'t>> {
        if !document.is_json() {
            return None;
        }
        let text = document.text();
        let mut value = document.tree().root()?.span();
        for step in steps {
            let container = Container::read(text, value)?;
            value = container.slots.get(container.find(step)?)?.value;
        }
        Container::read(text, value)
    }

    /// Which slot `step` leads to; of several members with one key the last, since that one counts.
    pub(super) fn find(&self, step: &str) -> Option<usize> {
        if self.is_object {
            return self.slots.iter().rposition(|slot| slot.key.as_deref() == Some(step));
        }
        let index: usize = step.parse().ok()?;
        (index < self.slots.len() && index.to_string() == step).then_some(index)
    }

    /// Every slot that `step` leads to, duplicates included, in order.
    pub(super) fn find_all(&self, step: &str) -> Vec<usize> {
        if !self.is_object {
            return self.find(step).into_iter().collect();
        }
        let slots = self.slots.iter().enumerate();
        slots.filter(|(_, slot)| slot.key.as_deref() == Some(step)).map(|(index, _)| index).collect()
    }

    /// What stands between the opening bracket and the first slot.
    pub(super) fn opening(&self) -> &'t str {
        let end = self.slots.first().map_or(self.inside.end, |slot| slot.span().start);
        Span::new(self.inside.start, end).slice(self.text)
    }

    /// What stands between the last slot and the closing bracket.
    pub(super) fn closing(&self) -> &'t str {
        let start = self.slots.last().map_or(self.inside.start, |slot| slot.span().end);
        Span::new(start, self.inside.end).slice(self.text)
    }

    /// What stands between two neighbors, the comma included.
    pub(super) fn gap(&self, one: &Slot<'t>, next: &Slot<'t>) -> &'t str {
        Span::new(one.span().end, next.span().start).slice(self.text)
    }

    /// The edits that take away the slots with these indices, which are in order and unique.
    ///
    /// A slot goes with the comma and the white space before it; the first one, with those behind it.
    pub(super) fn without(&self, indices: &[usize]) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        for run in indices.chunk_by(|one, next| one + 1 == *next) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let before = first.checked_sub(1).and_then(|before| self.slots.get(before));
            let behind = self.slots.get(last + 1);
            let (Some(first), Some(last)) = (self.slots.get(*first), self.slots.get(*last)) else { continue };
            let span = match (before, behind) {
                (Some(before), _) => Span::new(before.span().end, last.span().end),
                (None, Some(behind)) => Span::new(first.span().start, behind.span().start),
                (None, None) => self.inside,
            };
            edits.push(TextEdit { span, text: String::new() });
        }
        edits
    }
}

/// Reads a slot whose first token is `first`.
fn slot<'t>(text: &'t str, lexer: &mut Lexer<'_>, first: Token, is_object: bool) -> Slot<'t> {
    let (mut key, mut key_span, mut token) = (None, Span::empty_at(first.span.start), first);
    if is_object {
        key = decoded(text, first, lexer.decoded.take());
        key_span = first.span;
        let _colon = lexer.next_token();
        token = lexer.next_token();
    }
    let is_text = token.kind == TokenKind::Text;
    let says = if is_text { decoded(text, token, lexer.decoded.take()) } else { None };
    let value = Span::new(token.span.start, end_of_value(lexer, token));
    Slot { key, key_span, value, text: says }
}

/// Goes on to the last token of the value that `first` begins, and says where it ends.
fn end_of_value(lexer: &mut Lexer<'_>, first: Token) -> u32 {
    let mut token = first;
    let mut depth = 0_usize;
    loop {
        match token.kind {
            TokenKind::OpenBrace | TokenKind::OpenBracket => depth += 1,
            TokenKind::CloseBrace | TokenKind::CloseBracket => depth = depth.saturating_sub(1),
            TokenKind::End => return token.span.end,
            _ => {}
        }
        if depth == 0 {
            return token.span.end;
        }
        token = lexer.next_token();
    }
}

/// What a text in double quotes says; none if it holds a lone surrogate.
fn decoded(text: &str, token: Token, escapes: Option<Decoded>) -> Option<Cow<'_, str>> {
    match escapes {
        None => token.span.slice(text).strip_prefix('"')?.strip_suffix('"').map(Cow::Borrowed),
        Some(Decoded::Text(says)) => Some(Cow::Owned(says.into_string())),
        Some(Decoded::Lone { .. }) => None,
    }
}
