//! The database of a vault: sealed bytes under names, apart from the journal's.
//!
//! It is opened for each turn and closed again, so that whoever deletes it waits for nobody. It is made by the first
//! write, and reading never makes it: a workspace without a vault has no such database.

use std::collections::BTreeMap;

use js_sys::{Array, Uint8Array};
use tollgate_tokens::JournalError;
use wasm_bindgen::prelude::*;
use web_sys::{IdbObjectStore, IdbTransaction};

use super::beside::{Missing, Opened, open};
use super::database::{self, commit, read_transaction, refused, transaction_failed, write_transaction};
use super::request::Finish;
use crate::cause::Cause;

const VERSION: u32 = 1;

/// Where the header lies, under [`HEADER`].
const META: &str = "meta";

/// Where sealed secrets lie, by the name of their token.
const SECRETS: &str = "secrets";

const HEADER: &str = "vault";

const STORES: [&str; 2] = [META, SECRETS];

/// Everything that lies in a vault, as it lies there.
pub(crate) struct Stored {
    /// How the vault is sealed.
    pub(crate) header: Vec<u8>,
    /// Sealed secrets by name.
    pub(crate) secrets: BTreeMap<String, Vec<u8>>,
}

/// Something to write.
pub(crate) enum Change {
    /// Puts the header in place of another.
    Header(Vec<u8>),
    /// Puts a sealed secret in place of another.
    Secret(String, Vec<u8>),
    /// Removes a sealed secret, if it is there.
    Remove(String),
}

/// Reads everything; `None` where there is no vault.
///
/// # Errors
///
/// [`JournalError`] with the browser's reason.
pub(crate) async fn read(workspace: &str) -> Result<Option<Stored>, JournalError> {
    match open(&name_of(workspace), VERSION, &STORES, Missing::Leave).await? {
        Some(database) => read_all(&database).await.map_err(|cause| transaction_failed(&cause)),
        None => Ok(None),
    }
}

/// Writes all changes or none, and waits until they are durable.
///
/// # Errors
///
/// [`JournalError`] with the browser's reason.
pub(crate) async fn write(workspace: &str, changes: &[Change]) -> Result<(), JournalError> {
    match open(&name_of(workspace), VERSION, &STORES, Missing::Make).await? {
        Some(database) => write_all(&database, changes).await.map_err(|cause| transaction_failed(&cause)),
        None => Err(refused(Cause::new("", "the database was not made"))),
    }
}

/// Deletes the database, which may not be there, and waits until it is gone.
///
/// # Errors
///
/// [`JournalError`] with the browser's reason.
pub(crate) async fn delete(workspace: &str) -> Result<(), JournalError> {
    database::delete(&name_of(workspace)).await
}

async fn read_all(database: &Opened) -> Result<Option<Stored>, Cause> {
    let transaction = read_transaction(&database.0, &STORES)?;
    let finish = Finish::watch(&transaction);
    let secrets = store(&transaction, SECRETS)?;
    let header = store(&transaction, META)?.get(&JsValue::from_str(HEADER)).map_err(|thrown| Cause::of(&thrown))?;
    let keys = secrets.get_all_keys().map_err(|thrown| Cause::of(&thrown))?;
    let values = secrets.get_all().map_err(|thrown| Cause::of(&thrown))?;
    finish.wait().await?;
    let keys = Array::from(&keys.result().map_err(|thrown| Cause::of(&thrown))?);
    let values = Array::from(&values.result().map_err(|thrown| Cause::of(&thrown))?);
    let header = header.result().map_err(|thrown| Cause::of(&thrown))?;
    // A database that was made and got no header yet holds nothing either.
    let Some(header) = bytes_of(&header) else { return Ok(None) };
    let secret = |(key, value): (JsValue, JsValue)| Some((key.as_string()?, bytes_of(&value).unwrap_or_default()));
    Ok(Some(Stored { header, secrets: keys.iter().zip(values.iter()).filter_map(secret).collect() }))
}

async fn write_all(database: &Opened, changes: &[Change]) -> Result<(), Cause> {
    let transaction = write_transaction(&database.0, &STORES)?;
    let finish = Finish::watch(&transaction);
    if let Err(cause) = changes.iter().try_for_each(|change| ask(&transaction, change)) {
        // Otherwise the browser would commit the changes before this one by itself.
        let _ = transaction.abort();
        return Err(cause);
    }
    commit(&transaction);
    finish.wait().await
}

fn ask(transaction: &IdbTransaction, change: &Change) -> Result<(), Cause> {
    let put = |store: &IdbObjectStore, name: &str, bytes: &[u8]| {
        store.put_with_key(&Uint8Array::from(bytes), &JsValue::from_str(name))
    };
    let asked = match change {
        Change::Header(bytes) => put(&store(transaction, META)?, HEADER, bytes),
        Change::Secret(name, bytes) => put(&store(transaction, SECRETS)?, name, bytes),
        Change::Remove(name) => store(transaction, SECRETS)?.delete(&JsValue::from_str(name)),
    };
    asked.map(drop).map_err(|thrown| Cause::of(&thrown))
}

fn store(transaction: &IdbTransaction, name: &str) -> Result<IdbObjectStore, Cause> {
    transaction.object_store(name).map_err(|thrown| Cause::of(&thrown))
}

/// Bytes as they lie in the database; `None` for anything else.
fn bytes_of(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

fn name_of(workspace: &str) -> String {
    format!("tollgate-vault-{workspace}")
}
