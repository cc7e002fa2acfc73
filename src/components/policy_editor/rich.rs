//! What a richer editor has to do to take the textarea's place.

use leptos::html::{self, ElementType};
use leptos::prelude::*;

use super::caret::EditorPlace;
use super::editor::EditorAccess;

/// Where a richer editor comes from, and how it is told what it did not do itself.
#[derive(Clone, Copy)]
pub struct RichEditor {
    /// Whether it is here.
    pub is_here: Signal<bool>,
    /// Puts it into the page; `false` where it cannot be had after all.
    pub seat: Callback<EditorSeat, bool>,
    /// Hands it a text that did not come from it.
    pub set_text: Callback<String>,
    /// Moves its caret to an offset in UTF-16 units, and the focus with it.
    pub go: Callback<u32>,
}

/// What the textarea hands over.
pub struct EditorSeat {
    /// The empty element to fill.
    pub host: <html::Div as ElementType>::Output,
    /// The text.
    pub text: String,
    /// The selection in UTF-16 units: where it begins and ends.
    pub selection: (u32, u32),
    /// Whether the textarea has the focus.
    pub is_focused: bool,
    /// Whether the text can be changed.
    pub access: EditorAccess,
    /// The name of the editor.
    pub label: String,
    /// Ids of the elements that describe it.
    pub described_by: String,
    /// Runs with the text after every change that the user made.
    pub on_text: Callback<String>,
    /// Runs with the place of the caret when it moves.
    pub on_place: Callback<EditorPlace>,
}
