//! Errors as JavaScript gets them: whole, never as a text to be parsed.

use std::fmt;

use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::finding::LabelShape;

/// What was wrong, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorShape {
    /// The stable code.
    pub code: &'static str,
    /// What was wrong, as a lower-case fragment.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The marked places, if the error is about a text.
    pub labels: Vec<LabelShape>,
}

impl ErrorShape {
    /// A call that is not of the right shape.
    pub(crate) fn undecodable(cause: &impl fmt::Display) -> Self {
        Self {
            code: "A0101",
            message: format!("the call cannot be read: {cause}"),
            help: "compare the argument with the TypeScript types of this function".to_owned(),
            labels: Vec::new(),
        }
    }

    /// An answer that does not fit JavaScript.
    pub(crate) fn unencodable(cause: &impl fmt::Display) -> Self {
        Self {
            code: "A0102",
            message: format!("the answer cannot be handed over: {cause}"),
            help: "please report this with the call that caused it".to_owned(),
            labels: Vec::new(),
        }
    }

    /// An `Error` that has every field of this one. Never fails: what cannot be set is left out.
    pub(crate) fn to_js(&self) -> JsValue {
        let error = js_sys::Error::new(&self.message);
        error.set_name("TollgateError");
        let labels = serde_wasm_bindgen::to_value(&self.labels).unwrap_or(JsValue::UNDEFINED);
        let fields = [("code", self.code.into()), ("help", JsValue::from_str(&self.help)), ("labels", labels)];
        for (name, value) in fields {
            let _ = js_sys::Reflect::set(&error, &JsValue::from_str(name), &value);
        }
        error.into()
    }
}
