//! Which file each workspace is backed up to. Only a database can keep the handle of a file, and it is one of its own
//! for all workspaces, which holds nothing of what is in them.

use js_sys::{Object, Reflect};
use tollgate_tokens::JournalError;
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbTransaction};

use super::beside::{Missing, open};
use super::database::{commit, write_transaction};
use super::request::Finish;
use crate::cause::Cause;
use crate::worker::field;

const DATABASE: &str = "tollgate-backup";
const VERSION: u32 = 1;

/// The handles, by the names of their workspaces.
const STORE: &str = "file";

const STORES: [&str; 1] = [STORE];

/// The fields of what is kept.
const HANDLE: &str = "handle";
const WRITTEN: &str = "written";

/// A handle, and when it was written to last, in microseconds since 1970.
pub(crate) struct KeptHandle {
    pub(crate) handle: JsValue,
    pub(crate) written: Option<i64>,
}

/// Keeps the handle of a workspace's file, in the place of an earlier one.
pub(crate) async fn keep_backup(workspace: &str, kept: &KeptHandle) -> Result<(), Cause> {
    let value = Object::new();
    let written = kept.written.map_or(JsValue::NULL, |micros| JsValue::from_f64(micros as f64));
    for (name, part) in [(HANDLE, &kept.handle), (WRITTEN, &written)] {
        Reflect::set(&value, &JsValue::from_str(name), part).map_err(|thrown| Cause::of(&thrown))?;
    }
    let key = JsValue::from_str(workspace);
    write(|transaction| {
        let store = transaction.object_store(STORE)?;
        store.put_with_key(&value, &key).map(drop)
    })
    .await
}

/// Forgets the file of a workspace. The file stays as it is.
pub(crate) async fn forget_backup(workspace: &str) -> Result<(), Cause> {
    let key = JsValue::from_str(workspace);
    write(|transaction| transaction.object_store(STORE)?.delete(&key).map(drop)).await
}

/// The handle of a workspace's file, if there is one.
pub(crate) async fn kept_backup(workspace: &str) -> Result<Option<KeptHandle>, Cause> {
    let Some(database) = open(DATABASE, VERSION, &STORES, Missing::Leave).await.map_err(cause_of)? else {
        return Ok(None);
    };
    let value = read(&database.0, workspace).await?;
    let handle = field(&value, HANDLE);
    let written = field(&value, WRITTEN).as_f64().map(|micros| micros as i64);
    Ok((!handle.is_undefined() && !handle.is_null()).then_some(KeptHandle { handle, written }))
}

async fn read(database: &IdbDatabase, workspace: &str) -> Result<JsValue, Cause> {
    let thrown = |thrown: JsValue| Cause::of(&thrown);
    let transaction = database.transaction_with_str(STORE).map_err(thrown)?;
    let finish = Finish::watch(&transaction);
    let store = transaction.object_store(STORE).map_err(thrown)?;
    let request = store.get(&JsValue::from_str(workspace)).map_err(thrown)?;
    finish.wait().await?;
    request.result().map_err(thrown)
}

async fn write(change: impl FnOnce(&IdbTransaction) -> Result<(), JsValue>) -> Result<(), Cause> {
    match open(DATABASE, VERSION, &STORES, Missing::Make).await.map_err(cause_of)? {
        Some(database) => change_in(&database.0, change).await,
        None => Err(Cause::new("", "the database was not made")),
    }
}

async fn change_in(
    database: &IdbDatabase,
    change: impl FnOnce(&IdbTransaction) -> Result<(), JsValue>,
) -> Result<(), Cause> {
    let transaction = write_transaction(database, &STORES)?;
    let finish = Finish::watch(&transaction);
    if let Err(thrown) = change(&transaction) {
        // A refusal means that the transaction is over already, which is as good.
        let _ = transaction.abort();
        return Err(Cause::of(&thrown));
    }
    commit(&transaction);
    finish.wait().await
}

fn cause_of(error: JournalError) -> Cause {
    Cause::new("", error.to_string())
}
