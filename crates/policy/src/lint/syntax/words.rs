//! Words where JSON has none, and what does not belong into a policy at all.

use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::layout::Layout;
use crate::presets::quoted;
use crate::rewrite::TextEdit;
use crate::span::{Span, to_offset};
use crate::syntax::{TokenKind, correction};

/// How many words and numbers that are glued together are removed at once.
const MOST: usize = 64;

/// Writes the value that was meant by a bare word; removes what is glued to a value, and stray colons and brackets.
pub(super) fn not_json(layout: &Layout<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let found = layout.at(diagnostic.span().start)?;
    let before = layout.before(found);
    let is_behind_value = before.is_some_and(|before| ends_value(layout.kind(before)));
    match layout.kind(found) {
        TokenKind::Bare | TokenKind::Number if is_behind_value && is_glued_word(layout, found) => {
            let words = (found..).take_while(|token| is_glued_word(layout, *token));
            let last = words.take(MOST).last()?;
            let span = Span::new(layout.span(found).start, layout.span(last).end);
            Some(Fix::new("remove it", vec![without(layout.text(), span)]))
        }
        TokenKind::Bare => {
            let word = layout.span(found).slice(layout.text());
            let json = correction(word).unwrap_or_else(|| quoted(word.trim_matches('\'')));
            Some(replacement(layout, found, json))
        }
        // A key is missing before this colon, and nobody knows which.
        TokenKind::Colon if is_at_key(layout, found) => None,
        TokenKind::Colon | TokenKind::Comma | TokenKind::Number => Some(removal(layout, found)),
        TokenKind::CloseBrace | TokenKind::CloseBracket => Some(removal(layout, found)),
        _ => None,
    }
}

/// Whether a word or number stands right behind the token before it.
fn is_glued_word(layout: &Layout<'_>, token: usize) -> bool {
    let is_word = matches!(layout.kind(token), TokenKind::Bare | TokenKind::Number);
    is_word && token.checked_sub(1).is_some_and(|before| layout.span(before).end == layout.span(token).start)
}

fn ends_value(kind: TokenKind) -> bool {
    !matches!(kind, TokenKind::OpenBrace | TokenKind::OpenBracket | TokenKind::Colon | TokenKind::Comma)
}

/// Whether a key must stand before `token`.
fn is_at_key(layout: &Layout<'_>, token: usize) -> bool {
    let is_in_object = layout.enclosing(token).is_some_and(|opened| layout.kind(opened) == TokenKind::OpenBrace);
    let before = layout.before(token).map(|before| layout.kind(before));
    is_in_object && matches!(before, Some(TokenKind::OpenBrace | TokenKind::Comma))
}

fn removal(layout: &Layout<'_>, token: usize) -> Fix {
    Fix::new("remove it", vec![without(layout.text(), layout.span(token))])
}

fn replacement(layout: &Layout<'_>, token: usize, json: String) -> Fix {
    Fix::new(title(&json), vec![TextEdit { span: layout.span(token), text: json }])
}

/// The title of a fix that writes `json`, which is only shown if it is short.
pub(super) fn title(json: &str) -> String {
    const SHOWN: usize = 40;
    if json.len() <= SHOWN { format!("write `{json}`") } else { "use double quotes".to_owned() }
}

/// Removes a stretch of the text; a space takes its place where its neighbors would grow together.
pub(super) fn without(text: &str, span: Span) -> TextEdit {
    let is_apart = |character: Option<char>| {
        character.is_none_or(|character| character.is_whitespace() || "{}[]:,\"".contains(character))
    };
    let before = Span::new(0, span.start).slice(text);
    let after = Span::new(span.end, to_offset(text.len())).slice(text);
    let is_safe = is_apart(before.chars().next_back()) || is_apart(after.chars().next());
    TextEdit { span, text: if is_safe { String::new() } else { " ".to_owned() } }
}

/// Removes every byte order mark that the text starts with.
pub(super) fn byte_order_mark(layout: &Layout<'_>) -> Option<Fix> {
    let text = layout.text();
    let marks = text.len() - text.trim_start_matches('\u{feff}').len();
    let edit = TextEdit { span: Span::new(0, to_offset(marks)), text: String::new() };
    Some(Fix::new("remove it", vec![edit]))
}

/// Puts a key in double quotes.
pub(super) fn unquoted_key(layout: &Layout<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let found = layout.at(diagnostic.span().start)?;
    let word = layout.span(found).slice(layout.text());
    Some(replacement(layout, found, quoted(word.trim_matches('\''))))
}

/// Removes a comment and the spaces before it, and its line if nothing else stands there.
pub(super) fn comment(layout: &Layout<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let text = layout.text();
    let span = diagnostic.span();
    let before = Span::new(0, span.start).slice(text);
    let after = Span::new(span.end, to_offset(text.len())).slice(text);
    let blank = before.len() - before.trim_end_matches([' ', '\t']).len();
    let start = span.start - to_offset(blank);
    let ends_line = after.starts_with(['\n', '\r']) || after.is_empty();
    let starts_line = before.trim_end_matches([' ', '\t']).ends_with('\n');
    let edit = match after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n')) {
        Some(rest) if starts_line => {
            TextEdit { span: Span::new(start, to_offset(text.len() - rest.len())), text: String::new() }
        }
        _ if ends_line => TextEdit { span: Span::new(start, span.end), text: String::new() },
        _ => without(text, span),
    };
    Some(Fix::new("remove the comment", vec![edit]))
}

/// Removes all that follows.
pub(super) fn text_after_end(diagnostic: &Diagnostic) -> Option<Fix> {
    Some(Fix::new("remove what follows", vec![TextEdit { span: diagnostic.span(), text: String::new() }]))
}
