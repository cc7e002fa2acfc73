//! An editor in the page.

use wasm_bindgen::prelude::*;

use super::module::EditorError;
use super::options::Callbacks;
use super::shape::{EditorEdit, EditorFinding, json};
use crate::cause::Cause;

#[wasm_bindgen]
extern "C" {
    /// `Handle` in `editor/src/shapes.ts`.
    pub(super) type EditorHandle;

    #[wasm_bindgen(catch, method)]
    fn text(this: &EditorHandle) -> Result<String, JsValue>;

    #[wasm_bindgen(catch, method, js_name = setText)]
    fn set_text(this: &EditorHandle, text: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, method, js_name = setFindings)]
    fn set_findings(this: &EditorHandle, findings: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, method, js_name = setReadOnly)]
    fn set_read_only(this: &EditorHandle, is_read_only: bool) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, method, js_name = applyEdits)]
    fn apply_edits(this: &EditorHandle, edits: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, method)]
    fn select(this: &EditorHandle, anchor: u32, head: u32) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, method)]
    fn focus(this: &EditorHandle) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, method)]
    fn destroy(this: &EditorHandle) -> Result<(), JsValue>;
}

/// An editor in the page; it is removed when this is dropped.
pub struct Editor {
    handle: EditorHandle,
    callbacks: Callbacks,
}

impl Editor {
    pub(super) fn new(handle: EditorHandle, callbacks: Callbacks) -> Self {
        Self { handle, callbacks }
    }

    /// The text as it is now.
    ///
    /// # Errors
    ///
    /// [`EditorError::Failed`] with the module's own reason, here as below.
    pub fn text(&self) -> Result<String, EditorError> {
        self.handle.text().map_err(failed)
    }

    /// Takes a text over that did not come from the editor, which tells nobody of it.
    ///
    /// What is alike at both ends stays as it is, and the caret with it; it can be undone.
    ///
    /// # Errors
    ///
    /// As [`Editor::text`].
    pub fn set_text(&self, text: &str) -> Result<(), EditorError> {
        self.callbacks.kept.borrow_mut().put(text);
        self.handle.set_text(text).map_err(failed)
    }

    /// Shows what is to be said about the present text, in place of what was said before.
    ///
    /// # Errors
    ///
    /// As [`Editor::text`].
    pub fn set_findings(&self, findings: &[EditorFinding]) -> Result<(), EditorError> {
        self.handle.set_findings(&json(&findings)).map_err(failed)
    }

    /// Says whether the text can only be read.
    ///
    /// # Errors
    ///
    /// As [`Editor::text`].
    pub fn set_read_only(&self, is_read_only: bool) -> Result<(), EditorError> {
        self.handle.set_read_only(is_read_only).map_err(failed)
    }

    /// Makes replacements in the present text as its user would: they can be undone in one step, and are told.
    ///
    /// # Errors
    ///
    /// As [`Editor::text`], also where they do not fit the text.
    pub fn apply_edits(&self, edits: &[EditorEdit]) -> Result<(), EditorError> {
        self.handle.apply_edits(&json(&edits)).map_err(failed)
    }

    /// Selects from one offset to another, where the caret stands then, and takes the focus.
    ///
    /// # Errors
    ///
    /// As [`Editor::text`].
    pub fn select(&self, anchor: u32, head: u32) -> Result<(), EditorError> {
        self.handle.select(anchor, head).map_err(failed)
    }

    /// Takes the focus.
    ///
    /// # Errors
    ///
    /// As [`Editor::text`].
    pub fn focus(&self) -> Result<(), EditorError> {
        self.handle.focus().map_err(failed)
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // Nobody is left who could do anything about it.
        let _ = self.handle.destroy();
    }
}

fn failed(thrown: JsValue) -> EditorError {
    EditorError::Failed { cause: Cause::of(&thrown).to_string() }
}
