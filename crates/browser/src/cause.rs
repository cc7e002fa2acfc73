//! The real cause of a failure in JavaScript, as text that can be shown.

use std::fmt;

use wasm_bindgen::JsValue;

/// Name and message of a thrown value, such as `QuotaExceededError: the current transaction exceeded its quota`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cause {
    pub(crate) name: String,
    pub(crate) message: String,
}

impl Cause {
    /// Makes a cause in our own words.
    pub(crate) fn new(name: impl Into<String>, message: impl Into<String>) -> Self {
        Self { name: name.into(), message: message.into() }
    }

    /// Reads name and message of anything that JavaScript can throw; never throws itself.
    pub(crate) fn of(thrown: &JsValue) -> Self {
        if let Some(text) = thrown.as_string() {
            return Self::new("", text);
        }
        match (property(thrown, "name"), property(thrown, "message")) {
            (None, None) => Self::new("", format!("{thrown:?}")),
            (name, message) => Self::new(name.unwrap_or_default(), message.unwrap_or_default()),
        }
    }

    /// The store is full. Chromium has a class of its own for it, other browsers a `DOMException` of the same name.
    pub(crate) fn is_quota(&self) -> bool {
        // Old Firefox reports a full localStorage under a name of its own.
        matches!(self.name.as_str(), "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED")
    }

    /// The connection or transaction is no longer usable; a fresh connection may help.
    pub(crate) fn is_invalid_state(&self) -> bool {
        self.name == "InvalidStateError"
    }

    /// Somebody aborted the transaction; the reason is elsewhere.
    pub(crate) fn is_abort(&self) -> bool {
        self.name == "AbortError"
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.name.is_empty(), self.message.is_empty()) {
            (true, _) => f.write_str(&self.message),
            (false, true) => f.write_str(&self.name),
            (false, false) => write!(f, "{}: {}", self.name, self.message),
        }
    }
}

/// Reads a property of any JavaScript value; `None` where there is none or it is no text.
fn property(value: &JsValue, name: &str) -> Option<String> {
    js_sys::Reflect::get(value, &JsValue::from_str(name)).ok()?.as_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cause_reads_as_name_and_message() {
        assert_eq!(Cause::new("AbortError", "gone").to_string(), "AbortError: gone");
        assert_eq!(Cause::new("AbortError", "").to_string(), "AbortError");
        assert_eq!(Cause::new("", "gone").to_string(), "gone");
    }

    #[test]
    fn quota_is_recognized_by_either_name() {
        assert!(Cause::new("QuotaExceededError", "").is_quota());
        assert!(Cause::new("NS_ERROR_DOM_QUOTA_REACHED", "").is_quota());
        assert!(!Cause::new("AbortError", "").is_quota());
    }
}
