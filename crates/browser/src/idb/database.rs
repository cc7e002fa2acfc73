//! Opening and deleting a workspace's database, and the two kinds of transaction on it.

use js_sys::Array;
use tollgate_tokens::JournalError;
use wasm_bindgen::prelude::*;
use web_sys::{Event, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbTransaction};

use super::request::request_error;
use super::vault;
use crate::answer::Answer;
use crate::cause::Cause;
use crate::mirror;
use crate::preferences;
use crate::witness;

/// Where the records of the journal lie, by the number of their first event.
pub(super) const JOURNAL: &str = "journal";

/// Where old records lie that were packed together, by the number of the first event of them.
pub(super) const SEGMENT: &str = "segment";

/// Where the chunks of snapshots lie, by generation and number.
pub(super) const CHUNK: &str = "chunk";

/// Where it says which snapshot counts.
pub(super) const META: &str = "meta";

/// All stores: keys out of line, no auto-increment, because an aborted append would leave a gap.
pub(super) const STORES: [&str; 4] = [JOURNAL, SEGMENT, CHUNK, META];

/// Since version 2 old records may lie in segments. A page that knows version 1 alone would miss them and take their
/// place for damage, so it must not open this one.
const VERSION: u32 = 2;

#[wasm_bindgen]
extern "C" {
    /// `web-sys` has no stable binding for the options of a transaction.
    type DurableDatabase;

    #[wasm_bindgen(catch, method, js_name = transaction)]
    fn transaction(
        this: &DurableDatabase,
        stores: &JsValue,
        mode: &str,
        options: &JsValue,
    ) -> Result<IdbTransaction, JsValue>;

    /// `web-sys` calls `commit` deprecated after an old draft of the standard; it is in the present one.
    type CommittableTransaction;

    #[wasm_bindgen(catch, method)]
    fn commit(this: &CommittableTransaction) -> Result<(), JsValue>;
}

pub(super) type Opening = Result<IdbDatabase, JournalError>;

/// Opens a workspace's database, making the stores that it does not have: all of them when it is new.
pub(super) async fn open(workspace: &str) -> Opening {
    let request =
        factory()?.open_with_u32(&name_of(workspace), VERSION).map_err(|thrown| refused(Cause::of(&thrown)))?;
    check_stores(opened(request).await?)
}

/// Opens a workspace's database as it is, whatever version it has, for somebody who only looks.
pub(super) async fn open_as_it_is(workspace: &str) -> Opening {
    let request = factory()?.open(&name_of(workspace)).map_err(|thrown| refused(Cause::of(&thrown)))?;
    opened(request).await
}

async fn opened(request: IdbOpenDbRequest) -> Opening {
    let (answer, opened) = Answer::new();

    let upgrade: Closure<dyn FnMut(Event)> = Closure::new(|event: Event| create_stores(&event, &STORES));
    let success = on_success(&request, answer.clone());
    let error = on_error(answer.clone());
    let blocked: Closure<dyn FnMut()> = Closure::new(move || {
        let cause = "another tab holds an older version of the database open".to_owned();
        let _ = answer.give(Err(JournalError::Blocked { cause }));
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    request.set_onsuccess(Some(success.as_ref().unchecked_ref()));
    request.set_onerror(Some(error.as_ref().unchecked_ref()));
    request.set_onblocked(Some(blocked.as_ref().unchecked_ref()));

    let database = opened.await.unwrap_or_else(|_| Err(refused(Cause::new("", "the database did not answer"))));
    if matches!(database, Err(JournalError::Blocked { .. })) {
        request.set_onblocked(None);
        // The request goes on by itself: it may still have to make the stores, and closes what it opened too late.
        for closure in [upgrade, success, error] {
            closure.forget();
        }
    }
    database
}

/// Deletes a workspace's database on purpose, and with it the vault, the second copy and what this browser remembers of
/// it, so that the next start does not take it for a loss. Waits until it is gone.
///
/// Every open journal on it lets go by itself and tells its listeners. The localStorage journal, if any, stays.
///
/// # Errors
///
/// [`JournalError::Unavailable`] where there is no IndexedDB; [`JournalError::Failed`] with the browser's reason, also
/// when only the second copy is still there.
pub async fn delete_database(workspace: &str) -> Result<(), JournalError> {
    delete(&name_of(workspace)).await?;
    vault::delete(workspace).await?;
    witness::forget(workspace);
    preferences::forget_replica(workspace);
    // Last, because the open tabs let go of their files when the database goes.
    mirror::empty(workspace).await.map_err(|cause| failed(&cause))
}

/// Deletes a database, which may not be there, and waits until it is gone.
pub(super) async fn delete(name: &str) -> Result<(), JournalError> {
    let request = factory()?.delete_database(name).map_err(|thrown| failed(&Cause::of(&thrown)))?;
    let (answer, deleted) = Answer::new();
    let success: Closure<dyn FnMut()> = {
        let answer = answer.clone();
        Closure::new(move || {
            let _ = answer.give(Ok(()));
        })
    };
    let error: Closure<dyn FnMut(Event)> = Closure::new(move |event: Event| {
        let cause = request_error(&event).unwrap_or_else(|| Cause::new("", "the database could not be deleted"));
        let _ = answer.give(Err(failed(&cause)));
    });
    request.set_onsuccess(Some(success.as_ref().unchecked_ref()));
    request.set_onerror(Some(error.as_ref().unchecked_ref()));
    let result = deleted.await.unwrap_or_else(|_| Err(failed(&Cause::new("", "the database did not answer"))));
    request.set_onsuccess(None);
    request.set_onerror(None);
    result
}

/// A transaction that changes these stores, and that is durable when it completes.
pub(super) fn write_transaction(database: &IdbDatabase, stores: &[&str]) -> Result<IdbTransaction, Cause> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &JsValue::from_str("durability"), &JsValue::from_str("strict"))
        .map_err(|thrown| Cause::of(&thrown))?;
    let durable: &DurableDatabase = database.unchecked_ref();
    durable.transaction(&names(stores), "readwrite", &options).map_err(|thrown| Cause::of(&thrown))
}

/// One consistent picture of these stores.
pub(super) fn read_transaction(database: &IdbDatabase, stores: &[&str]) -> Result<IdbTransaction, Cause> {
    database.transaction_with_str_sequence(&names(stores)).map_err(|thrown| Cause::of(&thrown))
}

fn names(stores: &[&str]) -> JsValue {
    stores.iter().map(|store| JsValue::from_str(store)).collect::<Array>().into()
}

/// Asks for the commit at once instead of at the end of the turn.
pub(super) fn commit(transaction: &IdbTransaction) {
    let transaction: &CommittableTransaction = transaction.unchecked_ref();
    // A refusal means that the transaction is over already, and its own event says how.
    let _ = transaction.commit();
}

/// Maps a failure of a transaction to what the journal's port knows.
pub(super) fn transaction_failed(cause: &Cause) -> JournalError {
    let text = cause.to_string();
    match cause {
        _ if cause.is_quota() => JournalError::Full { cause: text },
        _ if cause.is_invalid_state() => JournalError::Closed { cause: text },
        _ if cause.is_abort() || cause.name == "ConstraintError" => JournalError::Aborted { cause: text },
        _ => failed(cause),
    }
}

fn failed(cause: &Cause) -> JournalError {
    JournalError::Failed { cause: cause.to_string() }
}

/// Maps a failure to open. Private windows and disabled storage answer with various names, and all mean the same.
pub(super) fn refused(cause: Cause) -> JournalError {
    let text = cause.to_string();
    match cause.name.as_str() {
        _ if cause.is_quota() => JournalError::Full { cause: text },
        "VersionError" => JournalError::Newer { cause: text },
        _ => JournalError::Unavailable { cause: text },
    }
}

pub(super) fn factory() -> Result<IdbFactory, JournalError> {
    let found = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("indexedDB"))
        .map_err(|thrown| refused(Cause::of(&thrown)))?;
    if found.is_null() || found.is_undefined() {
        return Err(refused(Cause::new("", "this browser has no IndexedDB")));
    }
    Ok(found.unchecked_into())
}

/// The lock under which a start writes back what the mirror holds, and under which a page takes a record out of the
/// mirror that its database did not take: otherwise the one could write back what the other says was not written.
pub(super) fn write_back_lock(database: &IdbDatabase) -> String {
    format!("{}/write-back", database.name())
}

fn name_of(workspace: &str) -> String {
    format!("tollgate/{workspace}")
}

pub(super) fn on_success(request: &IdbOpenDbRequest, answer: Answer<Opening>) -> Closure<dyn FnMut(Event)> {
    let request = request.clone();
    Closure::new(move |_: Event| {
        let opened = match request.result() {
            Ok(database) => Ok(database.unchecked_into::<IdbDatabase>()),
            Err(thrown) => Err(refused(Cause::of(&thrown))),
        };
        // Nobody waits any more: a connection that nobody owns would block every later upgrade.
        if let Err(Ok(unwanted)) = answer.give(opened) {
            unwanted.close();
        }
    })
}

pub(super) fn on_error(answer: Answer<Opening>) -> Closure<dyn FnMut(Event)> {
    Closure::new(move |event: Event| {
        event.prevent_default();
        let cause = request_error(&event).unwrap_or_else(|| Cause::new("", "the database could not be opened"));
        let _ = answer.give(Err(refused(cause)));
    })
}

/// Migrates any earlier version: what is there stays as it is, and the stores that are missing are made.
///
/// Keys are out of line, and nothing counts by itself, because an aborted append would leave a gap.
pub(super) fn create_stores(event: &Event, stores: &[&str]) {
    let Some(request) = event.target().and_then(|target| target.dyn_into::<IdbOpenDbRequest>().ok()) else { return };
    let Ok(database) = request.result() else { return };
    let database: IdbDatabase = database.unchecked_into();
    let there = database.object_store_names();
    let mut missing = stores.iter().filter(|store| !there.contains(store));
    let made = missing.try_for_each(|store| database.create_object_store(store).map(drop));
    if let (Err(_), Some(upgrade)) = (made, request.transaction()) {
        // Half a database must not survive; the open request then fails with the browser's reason.
        let _ = upgrade.abort();
    }
}

/// Refuses a database of the right name and version that somebody else made.
fn check_stores(database: IdbDatabase) -> Opening {
    match read_transaction(&database, &STORES) {
        Ok(_) => Ok(database),
        Err(cause) => {
            database.close();
            Err(refused(cause))
        }
    }
}
