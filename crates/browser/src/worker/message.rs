//! Messages between page and worker: JavaScript objects with a few fields, so that what is big is copied only once.

use wasm_bindgen::prelude::*;

/// Numbers a question and its answer.
pub(super) const ID: &str = "id";

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

/// Makes a message of a number and named fields.
pub(super) fn numbered(id: JsValue, fields: &[(&str, JsValue)]) -> Result<JsValue, JsValue> {
    let message = message(fields)?;
    js_sys::Reflect::set(&message, &JsValue::from_str(ID), &id)?;
    Ok(message)
}

/// A field of a message; undefined where there is none.
pub(crate) fn field(message: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(message, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}
