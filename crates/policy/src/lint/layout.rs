//! The tokens of a text, what encloses what, and edits that leave the neighbors as they are.
//!
//! What is removed takes its comma along; what is added follows the lines of what stands there.

use crate::rewrite::TextEdit;
use crate::span::{Span, to_offset};
use crate::syntax::{Document, Lexer, Token, TokenKind, Tree};

/// Longer texts have findings, but no fixes: nobody mends a million things one by one.
const MOST_TOKENS: usize = 1 << 20;

/// The tokens of a document, with the brackets paired as the parser pairs them.
///
/// Tokens are named by their index. A member or element is named by its first token, an object or a list by its
/// opening bracket.
#[derive(Debug)]
pub(super) struct Layout<'d> {
    tree: &'d Tree,
    tokens: Vec<Token>,
    /// For a bracket the one it belongs to, for every other token itself.
    partners: Vec<usize>,
    /// The innermost bracket that is open before each token.
    enclosing: Vec<Option<usize>>,
    /// The brackets that are never closed, the outermost first.
    unclosed: Vec<usize>,
}

impl<'d> Layout<'d> {
    /// Reads the tokens of `document`, or none if there are too many to keep; costs one walk over its text.
    pub(super) fn new(document: &'d Document) -> Layout<'d> {
        let tree = document.tree();
        let text: &'d str = &tree.text;
        let mut lexer = Lexer::new(text, if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 });
        let tokens = std::iter::from_fn(|| Some(lexer.next_token())).take_while(|token| token.kind != TokenKind::End);
        let mut tokens: Vec<Token> = tokens.take(MOST_TOKENS + 1).collect();
        if tokens.len() > MOST_TOKENS {
            tokens.clear();
        }
        let mut layout =
            Layout { tree, partners: (0..tokens.len()).collect(), tokens, enclosing: Vec::new(), unclosed: Vec::new() };
        layout.pair_brackets();
        layout
    }

    /// A closing bracket closes the innermost open one of its kind and all inside it, as in the parser.
    fn pair_brackets(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        let mut open_braces = 0;
        for (index, token) in self.tokens.iter().enumerate() {
            self.enclosing.push(open.last().copied());
            let is_object = match token.kind {
                TokenKind::OpenBrace | TokenKind::OpenBracket => {
                    open.push(index);
                    open_braces += usize::from(token.kind == TokenKind::OpenBrace);
                    continue;
                }
                TokenKind::CloseBrace => true,
                TokenKind::CloseBracket => false,
                _ => continue,
            };
            let fitting = if is_object { open_braces } else { open.len() - open_braces };
            while fitting > 0
                && let Some(opened) = open.pop()
            {
                let was_object = self.tokens.get(opened).is_some_and(|token| token.kind == TokenKind::OpenBrace);
                open_braces -= usize::from(was_object);
                if was_object == is_object {
                    self.partners.get_mut(opened).into_iter().for_each(|partner| *partner = index);
                    self.partners.get_mut(index).into_iter().for_each(|partner| *partner = opened);
                    break;
                }
            }
        }
        self.unclosed = open;
    }

    pub(super) fn text(&self) -> &'d str {
        &self.tree.text
    }

    /// The token that starts at `offset`.
    pub(super) fn at(&self, offset: u32) -> Option<usize> {
        self.tokens.binary_search_by_key(&offset, |token| token.span.start).ok()
    }

    /// What a token is; `End` beyond the last one.
    pub(super) fn kind(&self, token: usize) -> TokenKind {
        self.tokens.get(token).map_or(TokenKind::End, |token| token.kind)
    }

    /// Where a token stands; the end of the text beyond the last one.
    pub(super) fn span(&self, token: usize) -> Span {
        let end = Span::empty_at(to_offset(self.text().len()));
        self.tokens.get(token).map_or(end, |token| token.span)
    }

    /// The nearest token before `token` that is no comment.
    pub(super) fn before(&self, token: usize) -> Option<usize> {
        (0..token).rev().find(|index| self.kind(*index) != TokenKind::Comment)
    }

    /// The nearest token after `token` that is no comment; beyond the last one if there is none.
    pub(super) fn after(&self, token: usize) -> usize {
        let mut after = token + 1;
        while self.kind(after) == TokenKind::Comment {
            after += 1;
        }
        after
    }

    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The innermost bracket that is open before `token`.
    pub(super) fn enclosing(&self, token: usize) -> Option<usize> {
        self.enclosing.get(token).copied().flatten()
    }

    /// The brackets that are never closed, the outermost first.
    pub(super) fn unclosed(&self) -> &[usize] {
        &self.unclosed
    }

    /// What a key or a text means, unless it holds half a surrogate pair.
    pub(super) fn decoded(&self, token: usize) -> Option<&'d str> {
        let tree: &'d Tree = self.tree;
        tree.text_at(self.span(token)).as_str()
    }

    /// The text of a value as it is written, brackets and all.
    pub(super) fn source(&self, value: usize) -> &'d str {
        self.span_of_value(value).slice(self.text())
    }

    /// The place of a whole value.
    pub(super) fn span_of_value(&self, value: usize) -> Span {
        Span::new(self.span(value).start, self.span(self.end_of_value(value)).end)
    }

    /// The place of a member or element, from its key on.
    pub(super) fn span_of_item(&self, item: usize) -> Span {
        Span::new(self.span(item).start, self.span(self.end_of_item(item)).end)
    }

    fn end_of_value(&self, value: usize) -> usize {
        self.partners.get(value).copied().unwrap_or(value).max(value)
    }

    /// The last token of a member or element.
    fn end_of_item(&self, item: usize) -> usize {
        if self.kind(item + 1) == TokenKind::Colon { self.end_of_value(item + 2) } else { self.end_of_value(item) }
    }

    /// The members or elements of a container, in order; those that a later duplicate replaces are among them.
    pub(super) fn items(&self, open: usize) -> impl Iterator<Item = usize> {
        let close = self.end_of_value(open);
        let first = Some(open + 1).filter(|first| *first < close);
        std::iter::successors(first, move |item| Some(self.end_of_item(*item) + 2).filter(|next| *next < close))
    }

    /// The value of the first member of an object with this key.
    pub(super) fn value(&self, open: usize, key: &str) -> Option<usize> {
        self.items(open).find(|member| self.decoded(*member) == Some(key)).map(|member| member + 2)
    }

    /// Whether a member or element has no neighbors in its container.
    pub(super) fn is_only_item(&self, item: usize) -> bool {
        let follows_comma = item.checked_sub(1).is_some_and(|before| self.kind(before) == TokenKind::Comma);
        !follows_comma && self.kind(self.end_of_item(item) + 1) != TokenKind::Comma
    }

    /// Puts `json` in the place of a whole value, or of a key.
    pub(super) fn replace(&self, value: usize, json: impl Into<String>) -> TextEdit {
        TextEdit { span: self.span_of_value(value), text: json.into() }
    }

    /// Removes a member or element with one comma beside it.
    pub(super) fn remove(&self, item: usize) -> TextEdit {
        let before = item.saturating_sub(1);
        let end = self.end_of_item(item);
        let span = if self.kind(end + 1) == TokenKind::Comma {
            Span::new(self.span(item).start, self.span(end + 2).start)
        } else if self.kind(before) == TokenKind::Comma {
            Span::new(self.span(before).start, self.span(end).end)
        } else {
            Span::new(self.span(before).end, self.span(end + 1).start)
        };
        TextEdit { span, text: String::new() }
    }

    /// Removes the members or elements of a container that are not to be kept.
    pub(super) fn retain(&self, open: usize, is_kept: impl Fn(usize) -> bool) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        let mut from = self.span(open).end;
        let mut removed_from = None;
        let mut has_kept = false;
        for item in self.items(open) {
            let span = self.span_of_item(item);
            if is_kept(item) {
                edits.extend(removed_from.take().map(|start| Span::new(start, span.start)));
                (from, has_kept) = (span.end, true);
            } else {
                removed_from.get_or_insert(span.start);
            }
        }
        let close = self.span(self.end_of_value(open)).start;
        let end = if has_kept { self.end_of_last_item(open) } else { close };
        edits.extend(removed_from.map(|_| Span::new(from, end)));
        edits.into_iter().map(|span| TextEdit { span, text: String::new() }).collect()
    }

    fn end_of_last_item(&self, open: usize) -> u32 {
        self.items(open).last().map_or(self.span(open).end, |item| self.span_of_item(item).end)
    }

    /// Adds members or elements at the end of a container, on lines of their own if the first one has its own.
    pub(super) fn append(&self, open: usize, items: &[String]) -> TextEdit {
        let Some(first) = self.items(open).next() else {
            let close = self.span(self.end_of_value(open)).start;
            return TextEdit { span: Span::new(self.span(open).end, close), text: items.join(", ") };
        };
        let gap = Span::new(self.span(open).end, self.span(first).start).slice(self.text());
        let separator = if gap.contains('\n') { format!(",{gap}") } else { ", ".to_owned() };
        let text = items.iter().map(|item| format!("{separator}{item}")).collect();
        TextEdit { span: Span::empty_at(self.end_of_last_item(open)), text }
    }
}
