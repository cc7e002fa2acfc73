//! The page's side: a worker for one key, which ends as soon as it has given it.

use std::pin::Pin;

use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;

use super::VaultError;
use super::cipher::Key;
use super::kdf::KdfParameters;
use super::passphrase::Passphrase;
use crate::cause::Cause;
use crate::trusted_types::VAULT_WORKER_FILE;
use crate::worker::{LinkError, WorkerLink, field};

/// The passphrase, as bytes.
pub(super) const PASSPHRASE: &str = "passphrase";

/// The salt, as bytes.
pub(super) const SALT: &str = "salt";

/// Memory in KiB, passes and lanes, as numbers.
pub(super) const MEMORY: &str = "memory";
pub(super) const PASSES: &str = "passes";
pub(super) const LANES: &str = "lanes";

/// The key, as a handle that the browser copies.
pub(super) const KEY: &str = "key";

/// Why there is no key, in words.
pub(super) const ERROR: &str = "error";

/// A worker that is silent for so long is given up: the slowest machine needs some seconds.
const PATIENCE_MILLIS: u32 = 120_000;

/// A key that is being made.
pub(super) type Making = Pin<Box<dyn Future<Output = Result<Key, VaultError>>>>;

/// Makes a key in a worker of its own. The worker ends with the answer, and its memory, through which the passphrase
/// went, with it.
pub(super) fn key_by_worker(passphrase: Passphrase, parameters: KdfParameters) -> Making {
    Box::pin(async move {
        let link = WorkerLink::new(VAULT_WORKER_FILE);
        let number = |value: u32| JsValue::from_f64(f64::from(value));
        let answer = link.ask(&[
            (PASSPHRASE, passphrase.bytes().to_js_value()),
            (SALT, Uint8Array::from(parameters.salt.as_slice()).into()),
            (MEMORY, number(parameters.memory_kib)),
            (PASSES, number(parameters.passes)),
            (LANES, number(parameters.lanes)),
        ]);
        let silent = link.clone();
        let patience = Timeout::new(PATIENCE_MILLIS, move || {
            silent.end(&LinkError::Failed(Cause::new("", "it did not answer in time")));
        });
        let answer = answer.await;
        drop(patience);
        link.end(&LinkError::Ended);
        // Zeroed only now: the question may have waited for the worker to listen.
        drop(passphrase);
        let answer = answer?;
        match field(&answer, ERROR).as_string() {
            Some(cause) => Err(VaultError::Derivation { cause }),
            None => Key::from_js(field(&answer, KEY)).ok_or_else(no_key),
        }
    })
}

fn no_key() -> VaultError {
    VaultError::Derivation { cause: "the worker is of another version; reload the page".to_owned() }
}
