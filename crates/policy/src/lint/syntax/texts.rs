//! Quotes, escapes, and what stands between quotes.

use super::words;
use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::layout::Layout;
use crate::presets::quoted;
use crate::rewrite::TextEdit;
use crate::span::{Span, to_offset};
use crate::syntax::escape_of;

/// Writes the text in double quotes.
pub(super) fn single_quotes(layout: &Layout<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let source = diagnostic.span().slice(layout.text());
    let inside = source.strip_prefix('\'')?.strip_suffix('\'')?;
    let mut json = String::from("\"");
    let mut characters = inside.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('\'') => json.push('\''),
                Some(escaped) => json.extend(['\\', escaped]),
                None => json.push_str("\\\\"),
            },
            other => json.push_str(&escaped(other.encode_utf8(&mut [0; 4]))),
        }
    }
    json.push('"');
    Some(Fix::new(words::title(&json), vec![TextEdit { span: diagnostic.span(), text: json }]))
}

/// A text as it is written between double quotes.
fn escaped(text: &str) -> String {
    let json = quoted(text);
    json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or_default().to_owned()
}

/// Adds the quote: behind the first word if what follows looks like JSON, else at the end of the line.
pub(super) fn unclosed(layout: &Layout<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let text = layout.text();
    // Of a text that is open where its line ends, the second label marks its quote.
    let (start, end) = match diagnostic.labels.as_slice() {
        [line_end, quote, ..] => (quote.span.start, line_end.span.start),
        _ => (diagnostic.span().start, diagnostic.span().end),
    };
    let inside = Span::new(start + 1, end).slice(text);
    let word = inside.len() - inside.trim_start_matches(is_of_word).len();
    let length = if word > 0 && !inside.contains('"') { word } else { inside.trim_end_matches([' ', '\t']).len() };
    let kept = inside.get(..length)?;
    if ends_in_escape(kept) {
        return None;
    }
    let edit = TextEdit { span: Span::empty_at(start + 1 + to_offset(length)), text: "\"".to_owned() };
    Some(Fix::new("add `\"`", vec![edit]))
}

/// Whether a text in double quotes ends with its quote.
pub(super) fn is_closed(source: &str) -> bool {
    let inside = source.strip_prefix('"').and_then(|inside| inside.strip_suffix('"'));
    inside.is_some_and(|inside| !ends_in_escape(inside))
}

/// Whether a quote that follows would be part of the text.
fn ends_in_escape(inside: &str) -> bool {
    let backslashes = inside.len() - inside.trim_end_matches('\\').len();
    !backslashes.is_multiple_of(2)
}

fn is_of_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '*' | '.')
}

/// Writes the escape for a control character.
pub(super) fn control_character(layout: &Layout<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let escape = escape_of(diagnostic.span().slice(layout.text()));
    Some(Fix::new(format!("write `{escape}`"), vec![TextEdit { span: diagnostic.span(), text: escape }]))
}

/// Makes the backslash stand for itself.
pub(super) fn bad_escape(diagnostic: &Diagnostic) -> Option<Fix> {
    let edit = TextEdit { span: Span::empty_at(diagnostic.span().start), text: "\\".to_owned() };
    Some(Fix::new("write `\\\\`", vec![edit]))
}
