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
    /// A call that is not of the right shape. Values that the cause quotes are left out: one may be a secret.
    pub(crate) fn undecodable(cause: &impl fmt::Display) -> Self {
        Self {
            code: "A0101",
            message: format!("the call cannot be read: {}", without_values(&cause.to_string())),
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

    /// A call before the engine was started.
    pub(crate) fn not_started() -> Self {
        Self {
            code: "A0103",
            message: "the engine is not there yet".to_owned(),
            help: "call again when the root element of the page has `data-loaded=\"whole\"`".to_owned(),
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

/// A cause without what stands between its first and its last double quote; names of fields stand in backticks.
fn without_values(cause: &str) -> String {
    match (cause.split_once('"'), cause.rsplit_once('"')) {
        (Some((before, _)), Some((_, behind))) => format!("{before}\"…\"{behind}"),
        _ => cause.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cause: &str, expected: &str) {
        assert_eq!(ErrorShape::undecodable(&cause).message, format!("the call cannot be read: {expected}"));
    }

    #[test]
    fn no_value_is_quoted() {
        check(
            r#"invalid type: string "rbp_secret", expected struct CheckTokenCall"#,
            r#"invalid type: string "…", expected struct CheckTokenCall"#,
        );
        check(
            r#"invalid type: JsValue(Object({"text":"rbp_\"secret"})), expected a string"#,
            r#"invalid type: JsValue(Object({"…"})), expected a string"#,
        );
        check("missing field `token`", "missing field `token`");
    }
}
