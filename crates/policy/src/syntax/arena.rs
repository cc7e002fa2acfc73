//! The tree of a document: one flat array of nodes that point into the text.

use std::num::NonZeroU32;
use std::sync::Arc;

use crate::span::{Span, to_index, to_offset};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    True,
    False,
    Number,
    Text,
    Array,
    Object,
    /// A container deeper than policies reach, of which only the span is kept.
    Opaque,
    /// Something that is not JSON, kept so that its neighbors stay in place.
    Broken,
}

/// The name of a node within its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId(NonZeroU32);

impl NodeId {
    fn from_index(index: usize) -> NodeId {
        NodeId(NonZeroU32::MIN.saturating_add(to_offset(index)))
    }

    fn index(self) -> usize {
        to_index(self.0.get() - 1)
    }
}

/// One value, with the key before it if it is a member of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
    pub(crate) key: Span,
    pub(crate) first_child: Option<NodeId>,
    pub(crate) next: Option<NodeId>,
    /// Whether it took the place of an earlier member with the same key.
    pub(crate) replaces_another: bool,
}

static NOTHING: Node = Node::new(Kind::Broken, Span::empty_at(0), Span::empty_at(0));

impl Node {
    pub(crate) const fn new(kind: Kind, span: Span, key: Span) -> Node {
        Node { kind, span, key, first_child: None, next: None, replaces_another: false }
    }
}

/// What a text with escapes means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decoded {
    Text(Box<str>),
    /// A text with half a surrogate pair, exactly and with U+FFFD in its place.
    Lone {
        exact: Box<[u16]>,
        lossy: Box<str>,
    },
}

/// A text of the document, decoded.
///
/// A text with a lone surrogate equals no Rust text, and another such text only if all its units are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum JsonText<'d> {
    Plain(&'d str),
    Lone { exact: &'d [u16], lossy: &'d str },
}

impl<'d> JsonText<'d> {
    /// The text, unless it holds a lone surrogate.
    pub(crate) fn as_str(self) -> Option<&'d str> {
        match self {
            JsonText::Plain(text) => Some(text),
            JsonText::Lone { .. } => None,
        }
    }

    /// The text for people to see.
    pub(crate) fn lossy(self) -> &'d str {
        match self {
            JsonText::Plain(text) => text,
            JsonText::Lone { lossy, .. } => lossy,
        }
    }
}

/// A text and the tree that was read from it.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    pub(crate) text: Arc<str>,
    nodes: Vec<Node>,
    /// Texts with escapes or mistakes, in the order in which they start.
    decoded: Vec<Decoded>,
    /// Where each of those texts starts; apart from them, so that a search stays within little memory.
    decoded_starts: Vec<u32>,
    root: Option<NodeId>,
}

impl Tree {
    pub(crate) fn new(text: Arc<str>) -> Tree {
        Tree { text, nodes: Vec::new(), decoded: Vec::new(), decoded_starts: Vec::new(), root: None }
    }

    pub(crate) fn push(&mut self, node: Node) -> NodeId {
        let id = NodeId::from_index(self.nodes.len());
        self.nodes.push(node);
        id
    }

    pub(crate) fn push_decoded(&mut self, start: u32, decoded: Decoded) {
        self.decoded_starts.push(start);
        self.decoded.push(decoded);
    }

    pub(crate) fn set_root(&mut self, root: NodeId) {
        self.root.get_or_insert(root);
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        self.nodes.get(id.index()).unwrap_or(&NOTHING)
    }

    pub(crate) fn update(&mut self, id: NodeId, change: impl FnOnce(&mut Node)) {
        if let Some(node) = self.nodes.get_mut(id.index()) {
            change(node);
        }
    }

    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(id).first_child, |child| self.node(*child).next)
    }

    /// The decoded text of a literal or a bare word at `span`.
    ///
    /// Costs a search among the texts with escapes if it may be one of them.
    pub(crate) fn text_at(&self, span: Span) -> JsonText<'_> {
        let raw = span.slice(&self.text);
        let inner = ['"', '\''].into_iter().find_map(|quote| raw.strip_prefix(quote)?.strip_suffix(quote));
        match inner {
            Some(inner) if self.decoded.is_empty() || is_plain(inner) => JsonText::Plain(inner),
            _ => self.decoded_at(span.start).unwrap_or(JsonText::Plain(inner.unwrap_or(raw))),
        }
    }

    fn decoded_at(&self, start: u32) -> Option<JsonText<'_>> {
        let found = self.decoded_starts.binary_search(&start).ok()?;
        Some(match self.decoded.get(found)? {
            Decoded::Text(text) => JsonText::Plain(text),
            Decoded::Lone { exact, lossy } => JsonText::Lone { exact, lossy },
        })
    }

    /// The value the document consists of; none if nothing could be read at all.
    pub(crate) fn root(&self) -> Option<Value<'_>> {
        self.root.map(|id| Value { tree: self, id })
    }
}

/// Whether what stands between two quotes means what it says: only the rest was decoded.
fn is_plain(inner: &str) -> bool {
    inner.bytes().all(|byte| byte != b'\\' && byte >= 0x20)
}

/// A value of a tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value<'d> {
    tree: &'d Tree,
    id: NodeId,
}

impl<'d> Value<'d> {
    fn node(self) -> &'d Node {
        self.tree.node(self.id)
    }

    pub(crate) fn kind(self) -> Kind {
        self.node().kind
    }

    pub(crate) fn span(self) -> Span {
        self.node().span
    }

    /// The place of the key before this member.
    pub(crate) fn key_span(self) -> Span {
        self.node().key
    }

    pub(crate) fn key(self) -> JsonText<'d> {
        self.tree.text_at(self.node().key)
    }

    /// The decoded text of a value of kind text.
    pub(crate) fn text(self) -> JsonText<'d> {
        self.tree.text_at(self.node().span)
    }

    /// The members or elements, in order, without those that a later duplicate replaced.
    pub(crate) fn children(self) -> impl Iterator<Item = Value<'d>> {
        let tree = self.tree;
        std::iter::successors(tree.node(self.id).first_child, move |child| tree.node(*child).next)
            .map(move |id| Value { tree, id })
    }

    pub(crate) fn is_empty(self) -> bool {
        self.node().first_child.is_none()
    }

    pub(crate) fn get(self, key: &str) -> Option<Value<'d>> {
        self.children().find(|member| member.key().as_str() == Some(key))
    }

    /// Whether an earlier member with the same key would count if this one were not there.
    pub(crate) fn replaces_another(self) -> bool {
        self.node().replaces_another
    }

    /// The first character, to mark a container without marking all of it.
    pub(crate) fn mark(self) -> Span {
        let span = self.span();
        match self.kind() {
            Kind::Array | Kind::Object | Kind::Opaque => Span::new(span.start, span.end.min(span.start + 1)),
            _ => span,
        }
    }

    /// What this value is, in words.
    pub(crate) fn in_words(self) -> &'static str {
        match self.kind() {
            Kind::Null => "null",
            Kind::True | Kind::False => "a boolean",
            Kind::Number => "a number",
            Kind::Text => "a text",
            Kind::Array => "a list",
            Kind::Object => "an object",
            Kind::Opaque => "a list or an object",
            Kind::Broken => "something that is not JSON",
        }
    }
}
