//! Hands a file to the user.

use gloo_timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::cause::Cause;

/// The browser may still read the file for a while after the click.
const KEEP_MILLIS: u32 = 60_000;

/// Why no file was offered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the file could not be offered ({cause})")]
pub struct DownloadError {
    cause: String,
}

/// Saves bytes as a file in the user's downloads, or wherever the user says.
///
/// The bytes never leave the browser. Linear in their number.
///
/// # Errors
///
/// [`DownloadError`] with the browser's reason.
pub fn save_file(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), DownloadError> {
    offer(name, media_type, bytes).map_err(|thrown| DownloadError { cause: Cause::of(&thrown).to_string() })
}

fn offer(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let nothing = || JsValue::from_str("there is no page here");
    let document = web_sys::window().and_then(|window| window.document()).ok_or_else(nothing)?;
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Timeout::new(KEEP_MILLIS, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}
