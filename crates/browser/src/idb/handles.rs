//! Which file each workspace is backed up to. Only a database can keep the handle of a file, and it is one of its own,
//! because it outlives no workspace and holds nothing of one.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Event, IdbDatabase, IdbTransaction};

use super::database::{commit, create_stores, factory, write_transaction};
use super::request::{Finish, request_error};
use crate::answer::Answer;
use crate::cause::Cause;
use crate::worker::field;

const DATABASE: &str = "tollgate-backup";
const VERSION: u32 = 1;

/// The handles, by the names of their workspaces.
const STORE: &str = "file";

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
    let database = open().await?;
    let read = read(&database, workspace).await;
    database.close();
    let value = read?;
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
    let database = open().await?;
    let changed = change_in(&database, change).await;
    database.close();
    changed
}

async fn change_in(
    database: &IdbDatabase,
    change: impl FnOnce(&IdbTransaction) -> Result<(), JsValue>,
) -> Result<(), Cause> {
    let transaction = write_transaction(database, &[STORE])?;
    let finish = Finish::watch(&transaction);
    if let Err(thrown) = change(&transaction) {
        // A refusal means that the transaction is over already, which is as good.
        let _ = transaction.abort();
        return Err(Cause::of(&thrown));
    }
    commit(&transaction);
    finish.wait().await
}

/// Opens the database, for one transaction: nobody else has to wait for it.
async fn open() -> Result<IdbDatabase, Cause> {
    let factory = factory().map_err(|error| Cause::new("", error.to_string()))?;
    let request = factory.open_with_u32(DATABASE, VERSION).map_err(|thrown| Cause::of(&thrown))?;
    let (answer, opened) = Answer::new();
    let upgrade: Closure<dyn FnMut(Event)> = Closure::new(|event: Event| create_stores(&event, &[STORE]));
    let success: Closure<dyn FnMut()> = {
        let (request, answer) = (request.clone(), answer.clone());
        Closure::new(move || {
            let opened = request.result().map(|database| database.unchecked_into::<IdbDatabase>());
            let _ = answer.give(opened.map_err(|thrown| Cause::of(&thrown)));
        })
    };
    let error: Closure<dyn FnMut(Event)> = Closure::new(move |event: Event| {
        event.prevent_default();
        let cause = request_error(&event).unwrap_or_else(|| Cause::new("", "the database could not be opened"));
        let _ = answer.give(Err(cause));
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    request.set_onsuccess(Some(success.as_ref().unchecked_ref()));
    request.set_onerror(Some(error.as_ref().unchecked_ref()));
    let database = opened.await.unwrap_or_else(|_| Err(Cause::new("", "the database did not answer")));
    request.set_onupgradeneeded(None);
    request.set_onsuccess(None);
    request.set_onerror(None);
    database
}
