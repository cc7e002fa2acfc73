//! Bytes in JavaScript's memory, on their way between this program and WebCrypto.

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

/// Bytes outside this program's memory that are zeroed when they go.
pub(super) struct JsBytes(Uint8Array);

impl JsBytes {
    /// Takes bytes over; nobody else may hold them.
    pub(super) fn from_js(bytes: Uint8Array) -> Self {
        Self(bytes)
    }

    /// A copy of bytes of this program.
    pub(super) fn copied(bytes: &[u8]) -> Self {
        Self(Uint8Array::from(bytes))
    }

    /// The bytes, for an interface that takes them.
    pub(super) fn as_js(&self) -> &Uint8Array {
        &self.0
    }

    /// The bytes as a value that can be sent.
    pub(super) fn to_js_value(&self) -> JsValue {
        self.0.clone().into()
    }

    /// A copy in this program's memory, zeroed when it goes: made at its full length, as bytes that grow leave copies.
    pub(super) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(vec![0; self.0.length() as usize]);
        self.0.copy_to(&mut bytes);
        bytes
    }
}

impl Drop for JsBytes {
    fn drop(&mut self) {
        self.0.fill(0, 0, self.0.length());
    }
}
