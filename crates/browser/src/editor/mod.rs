//! The policy editor: a module of its own beside the program, loaded where it is used.
//!
//! `editor/src/index.ts` is the other side of this interface. What the editor offers and says is not known here: it
//! asks whoever mounts it.

mod handle;
mod kept_text;
mod module;
mod options;
mod shape;

pub use handle::Editor;
pub use module::{EditorError, EditorModule, EditorParent};
pub use options::EditorOptions;
pub use shape::{EditorEdit, EditorFinding, EditorFix, EditorOffer, EditorSeverity, EditorWords};
