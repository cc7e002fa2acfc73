//! What an editor begins with, and whom it tells and asks.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{JsString, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::kept_text::{KeptText, Replacement};
use super::shape::{EditorOffer, EditorWords, json};
use crate::long_text::long_text;

/// Answers something about a text.
pub type OfText<A> = Box<dyn Fn(&str) -> A>;

/// Answers something about a place of a text.
pub type OfPlace<A> = Box<dyn Fn(&str, u32) -> A>;

/// What an editor begins with, and whom it tells and asks.
///
/// Offsets are in UTF-16 units, lines and columns count from 1, columns in code points.
/// What it asks has to answer at once.
pub struct EditorOptions {
    /// The text.
    pub text: String,
    /// The selection: where it was begun, and where the caret is.
    pub selection: (u32, u32),
    /// Whether it takes the focus.
    pub is_focused: bool,
    /// Nothing is asked about texts of more UTF-16 units: handing them over would stop the typing.
    pub longest_asked: u32,
    /// Whether the text can only be read.
    pub is_read_only: bool,
    /// Its name.
    pub label: String,
    /// Ids of the elements that describe it, with spaces between them.
    pub described_by: String,
    /// Hears the text after every change that its user made.
    pub on_text: Box<dyn Fn(String)>,
    /// Hears line and column of the caret.
    pub on_place: Box<dyn Fn(u32, u32)>,
    /// What may be written at an offset of a text, the likeliest first.
    pub complete: OfPlace<Vec<EditorOffer>>,
    /// What stands at an offset of a text does.
    pub hover: OfPlace<Option<EditorWords>>,
    /// A text in an even layout, if it has one.
    pub format: OfText<Option<String>>,
}

/// Keeps what the module calls, for as long as the editor lives.
pub(super) struct Callbacks {
    /// The text as the editor has it.
    pub(super) kept: Rc<RefCell<KeptText>>,
    on_change: Closure<dyn Fn(u32, u32, JsString, u32) -> bool>,
    on_text: Closure<dyn Fn(JsString)>,
    on_place: Closure<dyn Fn(u32, u32)>,
    complete: Closure<dyn Fn(String, u32) -> String>,
    hover: Closure<dyn Fn(String, u32) -> String>,
    format: Closure<dyn Fn(String) -> Option<String>>,
}

impl EditorOptions {
    /// The options as the module takes them, and what has to be kept beside them.
    pub(super) fn into_js(self) -> Result<(Object, Callbacks), JsValue> {
        let Self { on_text, on_place, complete, hover, format, .. } = self;
        let (on_text, kept) = (Rc::new(on_text), Rc::new(RefCell::new(KeptText::default())));
        kept.borrow_mut().put(&self.text);
        let callbacks = Callbacks {
            on_change: on_change(Rc::clone(&kept), Rc::clone(&on_text)),
            on_text: Closure::new({
                let kept = Rc::clone(&kept);
                move |text: JsString| {
                    let text = long_text(&text);
                    kept.borrow_mut().put(&text);
                    on_text(text);
                }
            }),
            kept,
            on_place: Closure::new(on_place),
            complete: Closure::new(move |text: String, offset: u32| json(&complete(&text, offset))),
            hover: Closure::new(move |text: String, offset: u32| json(&hover(&text, offset))),
            format: Closure::new(move |text: String| format(&text)),
        };
        let fields = [
            ("text", JsValue::from_str(&self.text)),
            ("anchor", JsValue::from(self.selection.0)),
            ("head", JsValue::from(self.selection.1)),
            ("isFocused", JsValue::from_bool(self.is_focused)),
            ("longestAsked", JsValue::from(self.longest_asked)),
            ("isReadOnly", JsValue::from_bool(self.is_read_only)),
            ("label", JsValue::from_str(&self.label)),
            ("describedBy", JsValue::from_str(&self.described_by)),
            ("onChange", callbacks.on_change.as_ref().clone()),
            ("onText", callbacks.on_text.as_ref().clone()),
            ("onPlace", callbacks.on_place.as_ref().clone()),
            ("complete", callbacks.complete.as_ref().clone()),
            ("hover", callbacks.hover.as_ref().clone()),
            ("format", callbacks.format.as_ref().clone()),
        ];
        let options = Object::new();
        for (name, value) in fields {
            Reflect::set(&options, &JsValue::from_str(name), &value)?;
        }
        Ok((options, callbacks))
    }
}

/// Hears one replacement and the length of the text after it; `false` asks for the whole text.
fn on_change(
    kept: Rc<RefCell<KeptText>>,
    on_text: Rc<Box<dyn Fn(String)>>,
) -> Closure<dyn Fn(u32, u32, JsString, u32) -> bool> {
    Closure::new(move |from: u32, to: u32, inserted: JsString, length: u32| {
        let replacement = Replacement { from, to, inserted: long_text(&inserted), length };
        // Whoever hears the text may hand one over at once.
        let text = kept.borrow_mut().replace(&replacement);
        let is_known = text.is_some();
        if let Some(text) = text {
            on_text(text);
        }
        is_known
    })
}
