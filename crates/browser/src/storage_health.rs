//! What the browser says about keeping this site's data.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

/// What the browser estimates.
///
/// It is not a promise: Chromium answers the usage plus a fixed allowance whatever the real limit is, so there is no
/// early warning of a full disk. Only a refused write is the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpaceEstimate {
    /// Bytes that this site uses.
    pub usage_bytes: u64,
    /// Bytes that this site may use, as the browser claims.
    pub quota_bytes: u64,
}

/// Whether the browser promised to keep this site's data when it runs short of space; `None` where it cannot say.
pub async fn persisted() -> Option<bool> {
    answer(manager()?.persisted()).await?.as_bool()
}

/// Asks the browser to keep this site's data; best asked right after the user made a first change.
///
/// Chromium decides by itself, Firefox asks the user. `None` where it cannot be asked.
pub async fn persist() -> Option<bool> {
    answer(manager()?.persist()).await?.as_bool()
}

/// Estimates the space that this site uses and may use; `None` where the browser does not say.
pub async fn estimate() -> Option<SpaceEstimate> {
    let estimate: StorageEstimate = answer(manager()?.estimate()).await?.unchecked_into();
    let (usage, quota) = (estimate.get_usage()?, estimate.get_quota()?);
    Some(SpaceEstimate { usage_bytes: usage as u64, quota_bytes: quota as u64 })
}

/// `None` on pages that are not served securely: there the browser offers no storage manager.
fn manager() -> Option<StorageManager> {
    let manager = web_sys::window()?.navigator().storage();
    let value: &JsValue = manager.as_ref();
    (!value.is_undefined() && !value.is_null()).then_some(manager)
}

async fn answer(asked: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(asked.ok()?).await.ok()
}
