//! Passphrases, from the input in which they were typed to the worker that makes a key of them.
//!
//! None ever enters this program's memory: a text that did would have to be found and zeroed in every place to which
//! it was moved. What is read of an input goes from JavaScript to JavaScript.

use js_sys::{Array, JsString, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::VaultError;
use super::js_bytes::JsBytes;
use crate::cause::Cause;

/// How many characters a new passphrase has at least. There is no other rule.
pub(super) const SHORTEST_PASSPHRASE: u32 = 12;

/// One text has one form, however a keyboard composes its letters.
const NORMAL_FORM: &str = "NFC";

const VALUE: &str = "value";

#[wasm_bindgen]
extern "C" {
    /// `web-sys` encodes texts of this program only.
    #[wasm_bindgen(js_name = TextEncoder)]
    type TypedEncoder;

    #[wasm_bindgen(catch, constructor, js_class = "TextEncoder")]
    fn new() -> Result<TypedEncoder, JsValue>;

    #[wasm_bindgen(catch, method)]
    fn encode(this: &TypedEncoder, text: &JsValue) -> Result<Uint8Array, JsValue>;
}

/// A passphrase that was typed: its bytes lie outside this program's memory and are zeroed when they go.
pub struct Passphrase(JsBytes);

impl Passphrase {
    /// Takes what was typed into an input, and empties the input.
    ///
    /// # Errors
    ///
    /// [`VaultError::WrongPassphrase`] for an empty input, [`VaultError::Derivation`] where there is no such input.
    pub fn typed(id: &str) -> Result<Self, VaultError> {
        let text = typed_text(id)?;
        if text.length() == 0 {
            return Err(VaultError::WrongPassphrase);
        }
        empty_input(id);
        Self::of(&text)
    }

    /// Takes a new passphrase that was typed into two inputs, and empties both. A refused one stays, to be mended.
    ///
    /// # Errors
    ///
    /// [`VaultError::TooShort`] below 12 characters, [`VaultError::Differ`] where the inputs do,
    /// [`VaultError::Derivation`] where there are no such inputs.
    pub fn chosen(id: &str, again: &str) -> Result<Self, VaultError> {
        let (text, second) = (typed_text(id)?, typed_text(again)?);
        // Characters rather than UTF-16 units.
        if Array::from(&text).length() < SHORTEST_PASSPHRASE {
            return Err(VaultError::TooShort);
        }
        if text != second {
            return Err(VaultError::Differ);
        }
        for id in [id, again] {
            empty_input(id);
        }
        Self::of(&text)
    }

    /// A passphrase that is no secret, as in tests.
    ///
    /// # Errors
    ///
    /// [`VaultError::Derivation`] where the browser cannot encode it.
    pub fn of_text(text: &str) -> Result<Self, VaultError> {
        Self::of(&JsString::from(text))
    }

    /// Takes bytes over that came from the page.
    pub(super) fn from_js(bytes: Uint8Array) -> Self {
        Self(JsBytes::from_js(bytes))
    }

    /// The bytes.
    pub(super) fn bytes(&self) -> &JsBytes {
        &self.0
    }

    fn of(text: &JsString) -> Result<Self, VaultError> {
        let encoder = TypedEncoder::new().map_err(|thrown| failed(&thrown))?;
        let normal = text.normalize(NORMAL_FORM);
        Ok(Self::from_js(encoder.encode(&normal).map_err(|thrown| failed(&thrown))?))
    }
}

/// Empties an input, so that what was typed does not stay in the page; does nothing where there is none.
fn empty_input(id: &str) {
    if let Some(input) = input(id) {
        let _ = Reflect::set(&input, &JsValue::from_str(VALUE), &JsValue::from_str(""));
    }
}

fn typed_text(id: &str) -> Result<JsString, VaultError> {
    let missing = || VaultError::Derivation { cause: format!("there is no input `{id}`") };
    let input = input(id).ok_or_else(missing)?;
    let value = Reflect::get(&input, &JsValue::from_str(VALUE)).map_err(|thrown| failed(&thrown))?;
    value.dyn_into().map_err(|_| missing())
}

fn input(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

fn failed(thrown: &JsValue) -> VaultError {
    VaultError::Derivation { cause: Cause::of(thrown).to_string() }
}
