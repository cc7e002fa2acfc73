//! Messages between page and worker: JavaScript objects with a few fields, so that big texts are copied only once.

use wasm_bindgen::prelude::*;

/// Numbers a question and its answer.
pub(super) const ID: &str = "id";

/// The text to check.
pub(super) const TEXT: &str = "text";

/// The report, as JSON.
pub(super) const ANSWER: &str = "answer";

/// The worker's first message: it listens now.
pub(super) const READY: &str = "ready";

/// Makes a message of named fields.
pub(super) fn message(fields: &[(&str, JsValue)]) -> Result<JsValue, JsValue> {
    let message = js_sys::Object::new();
    for (name, value) in fields {
        js_sys::Reflect::set(&message, &JsValue::from_str(name), value)?;
    }
    Ok(message.into())
}

/// A field of a message; undefined where there is none.
pub(super) fn field(message: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(message, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}
