//! Braces and brackets.

use super::{texts, words};
use crate::diagnostic::Diagnostic;
use crate::lint::finding::Fix;
use crate::lint::layout::Layout;
use crate::rewrite::TextEdit;
use crate::span::Span;
use crate::syntax::TokenKind;

/// How many brackets are added at once.
const MOST: usize = 20;

/// Closes what is open at the end, in the place of a comma that stands there.
pub(super) fn unclosed(layout: &Layout<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let open = layout.unclosed();
    let last = layout.len().checked_sub(1)?;
    let source = layout.span(last).slice(layout.text());
    let before = match layout.kind(last) {
        // What is added would become part of the text or of the comment.
        TokenKind::Text if !texts::is_closed(source) => return None,
        TokenKind::Comment if source.starts_with("/*") && !is_closed_comment(source) => return None,
        TokenKind::Comment if !source.starts_with("/*") => "\n",
        _ => "",
    };
    if open.is_empty() || open.len() > MOST {
        return None;
    }
    let closing: String = open.iter().rev().map(|opened| closing(layout, *opened)).collect();
    let comma = (layout.kind(last) == TokenKind::Comma).then(|| layout.span(last));
    let comma = comma.map(|span| TextEdit { span, text: String::new() });
    let end = TextEdit { span: diagnostic.span(), text: format!("{before}{closing}") };
    Some(Fix::new(format!("add `{closing}` at the end"), comma.into_iter().chain([end]).collect()))
}

fn is_closed_comment(source: &str) -> bool {
    source.len() >= "/**/".len() && source.ends_with("*/")
}

/// Closes what is open inside first; where nothing of its kind is open, removes it if all is closed without it, or
/// puts the right bracket in its place.
pub(super) fn mismatched(layout: &Layout<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let found = layout.at(diagnostic.span().start)?;
    let is_brace = layout.kind(found) == TokenKind::CloseBrace;
    let fits = |opened: usize| (layout.kind(opened) == TokenKind::OpenBrace) == is_brace;
    let innermost = layout.enclosing(found);
    let outward = std::iter::successors(innermost, |opened| layout.enclosing(*opened));
    let inner: Vec<usize> = outward.take(MOST).take_while(|opened| !fits(*opened)).collect();
    if inner.last().and_then(|last| layout.enclosing(*last)).is_some_and(fits) {
        let closing: String = inner.iter().map(|opened| closing(layout, *opened)).collect();
        let title = format!("add `{closing}`");
        let edit = TextEdit { span: Span::empty_at(layout.span(found).start), text: closing };
        return Some(Fix::new(title, vec![edit]));
    }
    match innermost.filter(|_| !layout.unclosed().is_empty()) {
        Some(innermost) => {
            let right = closing(layout, innermost);
            let edit = TextEdit { span: layout.span(found), text: right.to_string() };
            Some(Fix::new(format!("write `{right}`"), vec![edit]))
        }
        None => Some(Fix::new("remove it", vec![words::without(layout.text(), layout.span(found))])),
    }
}

fn closing(layout: &Layout<'_>, opened: usize) -> char {
    if layout.kind(opened) == TokenKind::OpenBrace { '}' } else { ']' }
}
