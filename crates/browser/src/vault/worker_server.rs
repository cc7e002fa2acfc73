//! The worker's side: makes one key of one passphrase.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::VaultError;
use super::cipher::Key;
use super::kdf::{KdfParameters, SALT_BYTES, derive};
use super::passphrase::Passphrase;
use super::worker_client::{ERROR, KEY, LANES, MEMORY, Making, PASSES, PASSPHRASE, SALT};
use crate::worker::{Question, listen};

/// Makes keys of passphrases for as long as the worker lives, which the page ends after the first, and tells the page
/// that it listens.
///
/// To be called once, by the worker's program.
pub fn serve_vault() {
    listen(|question| {
        spawn_local(async move {
            match answer(&question).await {
                Ok(key) => question.answer(&[(KEY, key.into_js())]),
                Err(error) => question.answer(&[(ERROR, JsValue::from_str(&error.to_string()))]),
            }
        });
    });
}

/// Makes the key of a passphrase in this thread.
pub(super) fn key_in_thread(passphrase: Passphrase, parameters: KdfParameters) -> Making {
    Box::pin(async move { key_of(&passphrase, &parameters).await })
}

/// Every copy of passphrase and key in this program's memory is zeroed when it goes.
async fn key_of(passphrase: &Passphrase, parameters: &KdfParameters) -> Result<Key, VaultError> {
    let key = {
        let bytes = passphrase.bytes().to_bytes();
        derive(&bytes, parameters)?
    };
    Key::import(&key).await
}

async fn answer(question: &Question) -> Result<Key, VaultError> {
    let unreadable = || VaultError::Derivation { cause: "the page is of another version; reload it".to_owned() };
    let number = |name: &str| question.field(name).as_f64().map(|number| number as u32).ok_or_else(unreadable);
    let bytes = |name: &str| question.field(name).dyn_into::<Uint8Array>().map_err(|_| unreadable());
    let passphrase = Passphrase::from_js(bytes(PASSPHRASE)?);
    let mut salt = [0; SALT_BYTES];
    let sent = bytes(SALT)?;
    if sent.length() as usize != SALT_BYTES {
        return Err(unreadable());
    }
    sent.copy_to(&mut salt);
    let parameters =
        KdfParameters { memory_kib: number(MEMORY)?, passes: number(PASSES)?, lanes: number(LANES)?, salt };
    key_of(&passphrase, &parameters).await
}
