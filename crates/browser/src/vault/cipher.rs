//! AES-256-GCM by WebCrypto, with a key that cannot be read back.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, CryptoKey, SubtleCrypto};

use super::VaultError;
use super::js_bytes::JsBytes;
use super::record::{NONCE_BYTES, Sealed};
use crate::cause::Cause;

const ALGORITHM: &str = "AES-GCM";

/// How WebCrypto says that sealed bytes do not open: changed, or sealed with another key or for something else.
const DOES_NOT_OPEN: &str = "OperationError";

/// A key that the browser holds. It cannot be read, here or anywhere.
#[derive(Clone)]
pub(super) struct Key(CryptoKey);

impl Key {
    /// Hands a key to the browser, for good.
    pub(super) async fn import(bytes: &[u8]) -> Result<Self, VaultError> {
        let raw = JsBytes::copied(bytes);
        let usages: Array = ["encrypt", "decrypt"].into_iter().map(JsValue::from_str).collect();
        let imported = subtle()?.import_key_with_str("raw", raw.as_js(), ALGORITHM, false, &usages);
        let key = answer(imported).await.map_err(|cause| failed(&cause))?;
        Self::from_js(key).ok_or_else(|| failed(&Cause::new("", "the browser made no key")))
    }

    /// The key in a message; `None` where there is another thing.
    pub(super) fn from_js(value: JsValue) -> Option<Self> {
        value.dyn_into().ok().map(Self)
    }

    /// The key as a value that can be sent; what arrives is a handle, too.
    pub(super) fn into_js(self) -> JsValue {
        self.0.into()
    }

    /// Seals bytes. What they are bound to has to be named again to open them.
    ///
    /// INVARIANT: a nonce is never used twice with one key, so each call gets one that was just drawn.
    pub(super) async fn seal(
        &self,
        nonce: [u8; NONCE_BYTES],
        bound_to: &[u8],
        open: &JsBytes,
    ) -> Result<Sealed, VaultError> {
        let sealing =
            subtle()?.encrypt_with_object_and_js_u8_array(&parameters(&nonce, bound_to), &self.0, open.as_js());
        let sealed = answer(sealing).await.map_err(|cause| failed(&cause))?;
        Ok(Sealed { nonce, bytes: Uint8Array::new(&sealed).to_vec() })
    }

    /// Opens sealed bytes; `None` where they do not open with this key and what they are said to be bound to.
    pub(super) async fn open(&self, bound_to: &[u8], sealed: &Sealed) -> Result<Option<JsBytes>, VaultError> {
        let bytes = Uint8Array::from(sealed.bytes.as_slice());
        let opening =
            subtle()?.decrypt_with_object_and_js_u8_array(&parameters(&sealed.nonce, bound_to), &self.0, &bytes);
        match answer(opening).await {
            Ok(open) => Ok(Some(JsBytes::from_js(Uint8Array::new(&open)))),
            Err(cause) if cause.name == DOES_NOT_OPEN => Ok(None),
            Err(cause) => Err(failed(&cause)),
        }
    }
}

fn parameters(nonce: &[u8; NONCE_BYTES], bound_to: &[u8]) -> AesGcmParams {
    let parameters = AesGcmParams::new_with_u8_array(ALGORITHM, &Uint8Array::from(nonce.as_slice()));
    parameters.set_additional_data_u8_array(&Uint8Array::from(bound_to));
    parameters
}

/// The same in a page and in a worker. A page that is not served securely has none.
fn subtle() -> Result<SubtleCrypto, VaultError> {
    let field = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &JsValue::from_str(name)).ok();
    let found = field(&js_sys::global(), "crypto").and_then(|crypto| field(&crypto, "subtle"));
    let found = found.filter(|subtle| !subtle.is_undefined() && !subtle.is_null());
    let missing = || failed(&Cause::new("", "it has no WebCrypto, or this page is not served securely"));
    found.map(JsCast::unchecked_into).ok_or_else(missing)
}

async fn answer(asked: Result<Promise, JsValue>) -> Result<JsValue, Cause> {
    let promise = asked.map_err(|thrown| Cause::of(&thrown))?;
    JsFuture::from(promise).await.map_err(|thrown| Cause::of(&thrown))
}

fn failed(cause: &Cause) -> VaultError {
    VaultError::Crypto { cause: cause.to_string() }
}
