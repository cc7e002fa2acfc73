//! The editor of a policy: a textarea with its colors painted behind it, until a richer editor takes its place.

mod caret;
mod document;
mod editor;
mod paint;
mod plain;
mod rich;

pub use caret::{EditorCaret, EditorPlace};
pub use document::DocumentText;
pub use editor::{EditorAccess, PolicyEditor};
pub use paint::{EditorMark, Severity};
pub use rich::{EditorSeat, RichEditor};

pub(super) use plain::severity_icon;
