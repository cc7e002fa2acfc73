//! From text to a tree, the way Python's `json` module reads, but going on after mistakes.
//!
//! The lexer cuts the text into tokens, the parser is a loop over a stack kept on the heap, and the tree is one flat
//! array: no text, however deep or broken, can overflow the stack.

mod arena;
mod document;
mod duplicates;
mod lexer;
mod messages;
mod parser;
mod recovery;
mod render;
mod strings;

pub use document::{Document, MAX_DIAGNOSTICS, parse};

pub(crate) use arena::{Decoded, Kind, Tree, Value};
pub(crate) use document::{locate, parse_deep};
pub(crate) use lexer::{Lexer, Token, TokenKind};
pub(crate) use messages::{correction, escape_of};
pub(crate) use render::{push_compact_text, to_compact_json, to_json};
