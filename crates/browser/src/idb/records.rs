//! Reads records with their keys.

use js_sys::{Array, Uint8Array};
use tollgate_tokens::StoredRecord;
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

use super::database::{JOURNAL, read_transaction};
use super::request::Finish;
use crate::cause::Cause;

/// Keys are numbers up to here, where a JavaScript number is still exact. Nothing of ours lies beyond, and a key of
/// another type would sort there.
const LAST_KEY: u64 = 1 << 53;

/// Two requests of one transaction: all keys and all values from a number on, in the same order.
pub(super) struct Reading {
    keys: IdbRequest,
    /// Answered after the keys, because requests of a transaction are answered in order.
    pub(super) values: IdbRequest,
}

impl Reading {
    /// Asks for every record whose first event has this number or a later one.
    pub(super) fn ask(transaction: &IdbTransaction, from: u64) -> Result<Self, Cause> {
        let store = journal_of(transaction)?;
        let range = IdbKeyRange::bound(&key_of(from), &key_of(LAST_KEY)).map_err(|thrown| Cause::of(&thrown))?;
        let keys = store.get_all_keys_with_key(&range).map_err(|thrown| Cause::of(&thrown))?;
        let values = store.get_all_with_key(&range).map_err(|thrown| Cause::of(&thrown))?;
        Ok(Self { keys, values })
    }

    /// What was read. A value that is no byte array becomes an empty record, which no check of the chain lets pass.
    pub(super) fn records(&self) -> Result<Vec<StoredRecord>, Cause> {
        let keys = Array::from(&self.keys.result().map_err(|thrown| Cause::of(&thrown))?);
        let values = Array::from(&self.values.result().map_err(|thrown| Cause::of(&thrown))?);
        Ok(keys.iter().zip(values.iter()).map(|(key, value)| record(&key, &value)).collect())
    }
}

/// Reads every record from a number on, in a transaction of its own. Number 0 reads the whole journal.
pub(super) async fn read_from(database: &IdbDatabase, from: u64) -> Result<Vec<StoredRecord>, Cause> {
    let transaction = read_transaction(database)?;
    let finish = Finish::watch(&transaction);
    let reading = Reading::ask(&transaction, from)?;
    finish.wait().await?;
    reading.records()
}

/// Adds a record under its number: never over another, which would be a fork.
pub(super) fn add(transaction: &IdbTransaction, record: &StoredRecord) -> Result<(), Cause> {
    let bytes = Uint8Array::from(record.bytes.as_slice());
    let store = journal_of(transaction)?;
    store.add_with_key(&bytes, &key_of(record.sequence)).map(drop).map_err(|thrown| Cause::of(&thrown))
}

fn journal_of(transaction: &IdbTransaction) -> Result<IdbObjectStore, Cause> {
    transaction.object_store(JOURNAL).map_err(|thrown| Cause::of(&thrown))
}

fn key_of(sequence: u64) -> JsValue {
    JsValue::from_f64(sequence as f64)
}

fn record(key: &JsValue, value: &JsValue) -> StoredRecord {
    let sequence = key.as_f64().map_or(LAST_KEY, |number| number as u64);
    let bytes = value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default();
    StoredRecord { sequence, bytes }
}
