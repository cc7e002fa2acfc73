//! Commas and colons.

use super::texts;
use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::layout::Layout;
use crate::rewrite::TextEdit;
use crate::span::{Span, to_offset};
use crate::syntax::TokenKind;

/// Puts the comma where it belongs: behind the value, and before any comment.
pub(super) fn missing_comma(layout: &Layout<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let found = layout.at(diagnostic.span().start)?;
    let edit = TextEdit { span: gap_before(layout, found), text: ",".to_owned() };
    Some(Fix::new("add `,`", vec![edit]))
}

/// The place right behind the token before `token`, or right before `token` if that one is a text without its quote.
fn gap_before(layout: &Layout<'_>, token: usize) -> Span {
    let before = layout.before(token).map(|before| (layout.kind(before), layout.span(before)));
    match before {
        Some((TokenKind::Text, span)) if !texts::is_closed(span.slice(layout.text())) => {
            Span::empty_at(layout.span(token).start)
        }
        Some((_, span)) => Span::empty_at(span.end),
        None => Span::empty_at(layout.span(token).start),
    }
}

/// Removes all commas of a run but one, and that one too where it would stand beside a bracket.
pub(super) fn extra_comma(layout: &Layout<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    /// Runs may be as long as the text, and every comma in them is a mistake of its own.
    const FARTHEST: usize = 64;
    let is_comma = |token: &usize| layout.kind(*token) == TokenKind::Comma;
    let marked = layout.at(diagnostic.labels.last()?.span.start).filter(is_comma)?;
    let mut first = marked;
    while let Some(before) = layout.before(first).filter(is_comma).filter(|_| marked - first < FARTHEST) {
        first = before;
    }
    let mut commas = vec![first];
    let mut next = layout.after(first);
    while is_comma(&next) && commas.len() < 2 * FARTHEST {
        commas.push(next);
        next = layout.after(next);
    }
    let is_first = layout.before(first).is_none_or(|before| is_opening(layout.kind(before)));
    let is_at_edge = is_first || is_closing(layout.kind(next)) || next >= layout.len();
    // A mistake that is marked at a bracket is about the comma before it, whatever else was dropped in between.
    let is_marked_at_bracket = diagnostic.labels.len() > 1;
    let keeps_one = commas.len() > 1 && !is_at_edge && !is_marked_at_bracket;
    let removed = commas.into_iter().skip(usize::from(keeps_one));
    let edits = removed.map(|comma| TextEdit { span: layout.span(comma), text: String::new() }).collect();
    Some(Fix::new("remove the comma", edits))
}

fn is_opening(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::OpenBrace | TokenKind::OpenBracket)
}

fn is_closing(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::CloseBrace | TokenKind::CloseBracket)
}

/// Puts a colon behind the key, or in the place of `=` and `=>`; where the value is missing as well, there is none.
pub(super) fn missing_colon(layout: &Layout<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let found = layout.at(diagnostic.span().start)?;
    let span = layout.span(found);
    let source = span.slice(layout.text());
    if matches!(layout.kind(found), TokenKind::Comma) || is_closing(layout.kind(found)) {
        return None;
    }
    let sign = source.len() - source.trim_start_matches(['=', '>']).len();
    let edit = if layout.kind(found) == TokenKind::Bare && source.starts_with('=') {
        TextEdit { span: Span::new(span.start, span.start + to_offset(sign)), text: ":".to_owned() }
    } else {
        TextEdit { span: gap_before(layout, found), text: ":".to_owned() }
    };
    Some(Fix::new("write `:`", vec![edit]))
}
