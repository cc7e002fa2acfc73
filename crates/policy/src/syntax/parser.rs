//! The parser: one loop over the tokens, with the open containers on a stack of its own.
//!
//! **Invariant:** each step consumes a token or moves on to a state that does, so the loop ends after at most two
//! steps per token. The first mistake it reports stands where Python's reader stops; what it does after a mistake
//! is in `recovery`.

use std::sync::Arc;

use super::arena::{Decoded, Kind, Node, NodeId, Tree};
use super::duplicates;
use super::lexer::{Lexer, Token, TokenKind};
use super::messages;
use crate::diagnostic::{Diagnostic, Sink};
use crate::pointer::JsonPointer;
use crate::span::{Span, to_index};

/// How deep containers are kept in the tree; deeper ones are read and checked all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StoredDepth {
    /// As deep as the grammar of policies reaches: the lists of methods.
    Grammar,
    All,
}

impl StoredDepth {
    fn containers(self) -> usize {
        match self {
            StoredDepth::Grammar => 5,
            StoredDepth::All => usize::MAX,
        }
    }
}

/// The deepest nesting that the server's reader survives, in containers.
pub(super) const SERVER_DEPTH: usize = 990;

#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) tree: Tree,
    pub(super) errors: Sink,
    pub(super) warnings: Sink,
}

/// Reads `text`, which starts at byte `start` after any byte order mark.
pub(super) fn read(text: Arc<str>, start: usize, depth: StoredDepth, errors: Sink, warnings: Sink) -> Parsed {
    let source = Arc::clone(&text);
    let mut lexer = Lexer::new(&source, start);
    let token = lexer.next_token();
    let mut parser = Parser {
        lexer,
        token,
        previous: Span::empty_at(token.span.start),
        comma: Span::empty_at(0),
        expected: Expected::Value,
        key: Span::empty_at(0),
        open: Vec::new(),
        open_braces: 0,
        building: Vec::new(),
        opaque: None,
        depth: depth.containers(),
        tree: Tree::new(text),
        errors,
        warnings,
        last_error: None,
        is_too_deep: false,
    };
    while parser.step() == Flow::Continue {}
    Parsed { tree: parser.tree, errors: parser.errors, warnings: parser.warnings }
}

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Value,
    /// A value, or the end of the list that was just opened.
    FirstValue,
    Key,
    /// A key, or the end of the object that was just opened.
    FirstKey,
    Colon,
    /// A comma, or the end of the container.
    Comma,
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    Continue,
    Done,
}

/// A container that is being filled.
#[derive(Clone, Copy, Debug)]
struct Building {
    node: NodeId,
    last_child: Option<NodeId>,
    children: u32,
}

#[derive(Debug)]
pub(super) struct Parser<'t> {
    lexer: Lexer<'t>,
    pub(super) token: Token,
    /// The token before the present one.
    pub(super) previous: Span,
    /// The newest comma.
    pub(super) comma: Span,
    pub(super) expected: Expected,
    key: Span,
    /// Where each open container starts; the byte there says which kind it is.
    pub(super) open: Vec<u32>,
    open_braces: usize,
    /// The outermost of the open containers, as many as are stored.
    building: Vec<Building>,
    /// The container whose inside is being skipped.
    opaque: Option<NodeId>,
    depth: usize,
    pub(super) tree: Tree,
    errors: Sink,
    warnings: Sink,
    last_error: Option<u32>,
    is_too_deep: bool,
}

impl Parser<'_> {
    fn step(&mut self) -> Flow {
        match (self.token.kind, self.expected) {
            (TokenKind::Comment, _) => self.skip_comment(),
            (TokenKind::End, Expected::End) => return Flow::Done,
            (_, Expected::End) => return self.refuse_rest(),
            (TokenKind::End, _) => return self.close_all(),
            (_, Expected::Value | Expected::FirstValue) => self.value(),
            (_, Expected::Key | Expected::FirstKey) => self.key(),
            (_, Expected::Colon) => self.colon(),
            (_, Expected::Comma) => self.comma(),
        }
        Flow::Continue
    }

    fn value(&mut self) {
        match self.token.kind {
            TokenKind::Text => self.text_value(),
            TokenKind::Number => self.scalar(Kind::Number),
            TokenKind::Null => self.scalar(Kind::Null),
            TokenKind::True => self.scalar(Kind::True),
            TokenKind::False => self.scalar(Kind::False),
            TokenKind::OpenBrace | TokenKind::OpenBracket => self.open(),
            TokenKind::CloseBracket if self.expected == Expected::FirstValue => self.close(),
            _ => self.recover_value(),
        }
    }

    fn key(&mut self) {
        match self.token.kind {
            TokenKind::Text => {
                self.report_text();
                self.take_key();
            }
            TokenKind::CloseBrace if self.expected == Expected::FirstKey => self.close(),
            _ => self.recover_key(),
        }
    }

    fn colon(&mut self) {
        if self.token.kind == TokenKind::Colon {
            self.advance();
            self.expected = Expected::Value;
        } else {
            self.recover_colon();
        }
    }

    fn comma(&mut self) {
        match self.token.kind {
            TokenKind::Comma => {
                self.comma = self.token.span;
                self.advance();
                self.expected = self.after_comma();
            }
            TokenKind::CloseBrace | TokenKind::CloseBracket => self.close(),
            _ => self.recover_comma(),
        }
    }

    pub(super) fn advance(&mut self) {
        self.previous = self.token.span;
        self.token = self.lexer.next_token();
    }

    pub(super) fn scalar(&mut self, kind: Kind) {
        self.attach(kind, self.token.span);
        self.advance();
        self.after_value();
    }

    pub(super) fn text_value(&mut self) {
        self.report_text();
        if self.is_stored()
            && let Some(decoded) = self.lexer.decoded.take()
        {
            self.tree.push_decoded(self.token.span.start, decoded);
        }
        self.scalar(Kind::Text);
    }

    /// Takes the present token as the key of the next member.
    pub(super) fn take_key(&mut self) {
        if self.is_stored()
            && let Some(decoded) = self.lexer.decoded.take()
        {
            self.tree.push_decoded(self.token.span.start, decoded);
        }
        self.key = self.token.span;
        self.advance();
        self.expected = Expected::Colon;
    }

    /// Goes on as if the next member had an empty key.
    pub(super) fn without_key(&mut self) {
        self.key = Span::empty_at(self.token.span.start);
        self.expected = Expected::Value;
    }

    pub(super) fn after_value(&mut self) {
        self.expected = if self.open.is_empty() { Expected::End } else { Expected::Comma };
    }

    pub(super) fn after_comma(&self) -> Expected {
        if self.in_object() { Expected::Key } else { Expected::Value }
    }

    /// Whether the innermost open container is an object.
    pub(super) fn in_object(&self) -> bool {
        self.open.last().is_some_and(|offset| self.is_brace(*offset))
    }

    /// The opening brace or bracket of the innermost open container.
    pub(super) fn innermost(&self) -> Option<Span> {
        self.open.last().map(|start| Span::new(*start, start + 1))
    }

    pub(super) fn is_brace(&self, offset: u32) -> bool {
        self.tree.text.as_bytes().get(to_index(offset)) == Some(&b'{')
    }

    /// Whether what is read now becomes part of the tree.
    fn is_stored(&self) -> bool {
        self.building.len() == self.open.len()
    }

    pub(super) fn attach(&mut self, kind: Kind, span: Span) -> Option<NodeId> {
        if !self.is_stored() {
            return None;
        }
        let key = if self.in_object() { self.key } else { Span::empty_at(span.start) };
        let id = self.tree.push(Node::new(kind, span, key));
        let Some(parent) = self.building.last_mut() else {
            self.tree.set_root(id);
            return Some(id);
        };
        let parent_node = parent.node;
        let elder = parent.last_child.replace(id);
        parent.children += 1;
        match elder {
            Some(elder) => self.tree.update(elder, |node| node.next = Some(id)),
            None => self.tree.update(parent_node, |node| node.first_child = Some(id)),
        }
        Some(id)
    }

    pub(super) fn open(&mut self) {
        let is_object = self.token.kind == TokenKind::OpenBrace;
        let is_kept = self.open.len() < self.depth;
        let kind = match (is_kept, is_object) {
            (false, _) => Kind::Opaque,
            (true, true) => Kind::Object,
            (true, false) => Kind::Array,
        };
        let node = self.attach(kind, self.token.span);
        self.open.push(self.token.span.start);
        self.open_braces += usize::from(is_object);
        match node {
            Some(node) if is_kept => self.building.push(Building { node, last_child: None, children: 0 }),
            Some(node) => self.opaque = Some(node),
            None => {}
        }
        if self.open.len() > SERVER_DEPTH && !self.is_too_deep {
            self.is_too_deep = true;
            let span = self.token.span;
            self.warnings.push(|| messages::nesting_too_deep(span).at(pointer(&self.building, &self.tree)));
        }
        self.expected = if is_object { Expected::FirstKey } else { Expected::FirstValue };
        self.advance();
    }

    /// Closes the innermost container that the present token fits, and with it all inside.
    pub(super) fn close(&mut self) {
        let closes_object = self.token.kind == TokenKind::CloseBrace;
        let fitting = if closes_object { self.open_braces } else { self.open.len() - self.open_braces };
        let opened = self.innermost();
        if self.in_object() != closes_object || opened.is_none() {
            self.error(self.token.span, |text, span| messages::mismatched_bracket(text, span, opened));
        }
        if fitting == 0 {
            return self.advance();
        }
        while let Some(closed_object) = self.pop(self.token.span.end) {
            if closed_object == closes_object {
                break;
            }
        }
        self.advance();
        self.after_value();
    }

    /// Ends the innermost container at `end` and says whether it was an object.
    pub(super) fn pop(&mut self, end: u32) -> Option<bool> {
        let start = self.open.pop()?;
        let was_object = self.is_brace(start);
        self.open_braces -= usize::from(was_object);
        if self.building.len() > self.open.len() {
            if was_object {
                self.resolve_duplicates();
            }
            if let Some(closed) = self.building.pop() {
                self.tree.update(closed.node, |node| node.span.end = end);
            }
        } else if self.is_stored()
            && let Some(opaque) = self.opaque.take()
        {
            self.tree.update(opaque, |node| node.span.end = end);
        }
        Some(was_object)
    }

    /// Leaves each key of the innermost stored object there once.
    fn resolve_duplicates(&mut self) {
        let Some(object) = self.building.last().map(|building| building.node) else { return };
        let all_replaced = duplicates::resolve(&mut self.tree, object);
        if all_replaced.is_empty() {
            return;
        }
        let tree = &self.tree;
        let pointer = pointer(&self.building, tree);
        for replaced in all_replaced {
            self.warnings.push(|| {
                let (first, last) = (tree.node(replaced.member).key, tree.node(replaced.by).key);
                let key = tree.text_at(first).lossy();
                messages::duplicate_key(key, first, last).at(pointer.child(key))
            });
        }
    }

    /// Reports what is wrong or odd inside the present text.
    pub(super) fn report_text(&mut self) {
        for problem in std::mem::take(&mut self.lexer.problems) {
            let opening = self.token.span;
            self.error(problem.span(), |text, _| messages::text_problem(text, problem, opening));
        }
        if let Some(Decoded::Lone { lossy, .. }) = &self.lexer.decoded {
            let span = self.token.span;
            self.warnings.push(|| messages::lone_surrogate(lossy, span).at(pointer(&self.building, &self.tree)));
        }
    }

    /// Reports a mistake at `span`, unless one that starts there is reported already.
    pub(super) fn error(&mut self, span: Span, make: impl FnOnce(&str, Span) -> Diagnostic) {
        if self.last_error.replace(span.start) == Some(span.start) {
            return;
        }
        let text: &str = &self.tree.text;
        self.errors.push(|| make(text, span).at(pointer(&self.building, &self.tree)));
    }
}

/// The innermost stored container. Only made for findings that are kept.
fn pointer(building: &[Building], tree: &Tree) -> JsonPointer {
    const DEEPEST: usize = 8;
    let mut pointer = JsonPointer::root();
    for (parent, child) in building.iter().zip(building.iter().skip(1)).take(DEEPEST) {
        if tree.node(parent.node).kind == Kind::Object {
            pointer.push(tree.text_at(tree.node(child.node).key).lossy());
        } else {
            pointer.push(&parent.children.saturating_sub(1).to_string());
        }
    }
    pointer
}
