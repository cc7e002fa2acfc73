//! The clipboard, for texts that are copied without being rendered again.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::cause::Cause;

/// Why nothing was copied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClipboardError {
    /// The page is not served securely, or the browser has no clipboard.
    #[error("this page has no access to a clipboard")]
    Missing,
    /// The browser or the user refused.
    #[error("the clipboard was refused ({cause})")]
    Refused {
        /// The browser's reason.
        cause: String,
    },
}

/// Copies a text. Must follow a press of a button, or the browser refuses.
///
/// # Errors
///
/// [`ClipboardError`] with the browser's reason.
pub async fn copy_text(text: &str) -> Result<(), ClipboardError> {
    let window = web_sys::window().ok_or(ClipboardError::Missing)?;
    let clipboard = window.navigator().clipboard();
    let value: &JsValue = clipboard.as_ref();
    if value.is_undefined() || value.is_null() {
        return Err(ClipboardError::Missing);
    }
    let copied = JsFuture::from(clipboard.write_text(text)).await;
    copied.map(drop).map_err(|thrown| ClipboardError::Refused { cause: Cause::of(&thrown).to_string() })
}
