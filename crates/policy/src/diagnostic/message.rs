//! One finding, ready to be shown.

use serde::Serialize;

use super::code::{Code, Severity};
use crate::pointer::JsonPointer;
use crate::span::{LineIndex, Position, Span};

/// One finding about a policy, or about the document of a catalog.
///
/// The message is a lower-case fragment without a full stop, with the author's own words in backticks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// The kind of finding.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// The value it is about; for syntax, the innermost container read so far.
    pub pointer: JsonPointer,
    /// Where the first label starts, as people count.
    pub position: Position,
    /// The marked places, the one it is about first; never empty.
    pub labels: Vec<Label>,
    /// Something to type or to do about it.
    pub help: Option<String>,
}

/// A marked place with a few words about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The words, as a lower-case fragment.
    pub text: String,
}

impl Diagnostic {
    /// The place that the finding is about.
    pub fn span(&self) -> Span {
        self.labels.first().map(|label| label.span).unwrap_or_default()
    }

    pub(crate) fn new(code: Code, span: Span, message: impl Into<String>, label: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity(),
            message: message.into(),
            pointer: JsonPointer::root(),
            position: Position::default(),
            labels: vec![Label { span, text: label.into() }],
            help: None,
        }
    }

    pub(crate) fn at(mut self, pointer: JsonPointer) -> Diagnostic {
        self.pointer = pointer;
        self
    }

    pub(crate) fn and(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn locate(&mut self, index: &LineIndex, text: &str) {
        self.position = index.position(text, self.span().start);
    }
}

/// The author's words in backticks: one line, cut after forty characters, control characters made visible.
pub(crate) fn quoted(words: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown = String::from("`");
    let mut characters = words.chars();
    for character in characters.by_ref().take(LONGEST) {
        if character.is_control() {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    if characters.next().is_some() {
        shown.push('…');
    }
    shown.push('`');
    shown
}
