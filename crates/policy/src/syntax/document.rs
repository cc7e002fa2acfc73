//! A policy text, read.

use std::sync::Arc;

use super::arena::Tree;
use super::messages;
use super::parser::{self, StoredDepth};
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::span::LineIndex;

/// How many diagnostics are kept of one text; the rest is counted.
pub const MAX_DIAGNOSTICS: usize = 1_000;

/// A text, the tree that could be read from it, and what is wrong with its syntax.
#[derive(Clone, Debug)]
pub struct Document {
    tree: Arc<Tree>,
    diagnostics: Vec<Diagnostic>,
    omitted: usize,
    is_json: bool,
}

impl Document {
    /// The text as it was given.
    pub fn text(&self) -> &str {
        &self.tree.text
    }

    /// What is wrong with the syntax, errors before warnings, each group in the order of reading; at most
    /// [`MAX_DIAGNOSTICS`].
    ///
    /// If the text is not JSON, the first stands where Python's `json` module stops.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many findings were counted beyond those kept.
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// Whether Python's `json` module accepts the text.
    pub fn is_json(&self) -> bool {
        self.is_json
    }

    /// How many of the diagnostics kept are errors; they come first.
    pub(crate) fn error_count(&self) -> usize {
        self.diagnostics.partition_point(|diagnostic| diagnostic.severity == Severity::Error)
    }

    pub(crate) fn tree(&self) -> &Tree {
        &self.tree
    }
}

/// Reads a text as the server would, and goes on after every mistake.
///
/// Never fails, whatever the text: mistakes become diagnostics, and what stands around them is still read.
/// Texts longer than 4 GiB are read up to there.
///
/// Time and memory grow linearly with the text, but for the sorting of keys to find duplicates.
///
/// ```
/// use tollgate_policy::{Code, parse};
///
/// let document = parse(r#"{"resources": {},}"#);
/// assert!(!document.is_json());
/// assert_eq!(document.diagnostics()[0].code, Code::ExtraComma);
/// assert_eq!(document.diagnostics()[0].position.offset, 17);
/// ```
pub fn parse(text: &str) -> Document {
    read(text, StoredDepth::Grammar)
}

/// Reads a text like [`parse`], but with containers of every depth in the tree.
pub(crate) fn parse_deep(text: &str) -> Document {
    read(text, StoredDepth::All)
}

fn read(text: &str, depth: StoredDepth) -> Document {
    let mut errors = Sink::new(MAX_DIAGNOSTICS);
    let text: Arc<str> = Arc::from(readable(text));
    let start = if text.starts_with('\u{feff}') {
        errors.push(messages::byte_order_mark);
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let parsed = parser::read(text, start, depth, errors, Sink::new(MAX_DIAGNOSTICS));
    let is_json = parsed.errors.is_empty();
    let mut findings = parsed.errors;
    findings.append(parsed.warnings);
    let (diagnostics, omitted) = findings.into_parts();
    let mut document = Document { tree: Arc::new(parsed.tree), diagnostics, omitted, is_json };
    locate(&mut document.diagnostics, &document.tree.text);
    document
}

/// Reads `text` with all containers in the tree and no diagnostics.
pub(super) fn read_all(text: &str) -> Tree {
    let text: Arc<str> = Arc::from(readable(text));
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    parser::read(text, start, StoredDepth::All, Sink::new(0), Sink::new(0)).tree
}

fn readable(text: &str) -> &str {
    let longest = usize::try_from(u32::MAX - 1).unwrap_or(usize::MAX);
    text.get(..text.floor_char_boundary(longest)).unwrap_or(text)
}

/// Sets the position of every diagnostic from its first label.
pub(crate) fn locate(diagnostics: &mut [Diagnostic], text: &str) {
    if diagnostics.is_empty() {
        return;
    }
    let index = LineIndex::new(text);
    for diagnostic in diagnostics {
        diagnostic.locate(&index, text);
    }
}
