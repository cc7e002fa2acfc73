//! Reads and writes records with their keys.

use js_sys::{Array, Uint8Array};
use tollgate_tokens::{RecordHead, StoredRecord};
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

use super::database::{JOURNAL, read_transaction};
use super::request::Finish;
use crate::cause::Cause;

/// Keys are numbers up to here, where a JavaScript number is still exact. Nothing of ours lies beyond, and a key of
/// another type would sort there.
pub(super) const LAST_KEY: u64 = 1 << 53;

/// Two requests of one transaction: all keys and all values of a range, in the same order.
pub(super) struct Reading {
    keys: IdbRequest,
    /// Answered after the keys, because requests of a transaction are answered in order.
    pub(super) values: IdbRequest,
}

impl Reading {
    /// Asks for every record of the journal whose first event has this number or a later one.
    pub(super) fn ask(transaction: &IdbTransaction, from: u64) -> Result<Self, Cause> {
        Self::ask_in(&store_of(transaction, JOURNAL)?, &numbers(from, LAST_KEY)?, None)
    }

    /// Asks for what lies in a store within a range of keys, and at most for so many.
    pub(super) fn ask_in(store: &IdbObjectStore, range: &JsValue, most: Option<u32>) -> Result<Self, Cause> {
        let (keys, values) = match most {
            Some(most) => {
                (store.get_all_keys_with_key_and_limit(range, most), store.get_all_with_key_and_limit(range, most))
            }
            None => (store.get_all_keys_with_key(range), store.get_all_with_key(range)),
        };
        let keys = keys.map_err(|thrown| Cause::of(&thrown))?;
        let values = values.map_err(|thrown| Cause::of(&thrown))?;
        Ok(Self { keys, values })
    }

    /// Keys and values that were read.
    pub(super) fn pairs(&self) -> Result<impl Iterator<Item = (JsValue, JsValue)> + use<>, Cause> {
        let (keys, values) = (Array::from(&result(&self.keys)?), Array::from(&result(&self.values)?));
        Ok(keys.into_iter().zip(values))
    }

    /// The records that were read. A value that is no byte array becomes an empty record, which no check of the chain
    /// lets pass.
    pub(super) fn records(&self) -> Result<Vec<StoredRecord>, Cause> {
        Ok(self.pairs()?.map(|(key, value)| record(&key, bytes_of(&value).unwrap_or_default())).collect())
    }

    /// The records that were read, up to the first value that is no byte array: what is to be moved must be all there.
    pub(super) fn whole_records(&self) -> Result<Vec<StoredRecord>, Cause> {
        Ok(self.pairs()?.map_while(|(key, value)| Some(record(&key, bytes_of(&value)?))).collect())
    }
}

/// Reads every record of the journal from a number on, in a transaction of its own.
pub(super) async fn read_from(database: &IdbDatabase, from: u64) -> Result<Vec<StoredRecord>, Cause> {
    let transaction = read_transaction(database, &[JOURNAL])?;
    let finish = Finish::watch(&transaction);
    let reading = Reading::ask(&transaction, from)?;
    finish.wait().await?;
    reading.records()
}

/// Asks for the newest record as it is known, and for one behind it, if there is any.
pub(super) fn ask_newest(transaction: &IdbTransaction, known: u64) -> Result<IdbRequest, Cause> {
    let store = store_of(transaction, JOURNAL)?;
    store.get_all_with_key_and_limit(&numbers(known, LAST_KEY)?, 2).map_err(|thrown| Cause::of(&thrown))
}

/// The record that was read; `None` where there was none, or more than one, or none that names its number, for which
/// the keys were not asked.
pub(super) fn only_record(read: &IdbRequest) -> Option<StoredRecord> {
    let mut values = Array::from(&result(read).ok()?).into_iter();
    let (newest, None) = (values.next()?, values.next()) else { return None };
    let bytes = bytes_of(&newest)?;
    let sequence = RecordHead::claimed(&bytes)?.sequence;
    Some(StoredRecord { sequence, bytes })
}

/// Adds a record under its number: never over another, which would be a fork.
pub(super) fn add(transaction: &IdbTransaction, record: &StoredRecord) -> Result<(), Cause> {
    let bytes = Uint8Array::from(record.bytes.as_slice());
    let store = store_of(transaction, JOURNAL)?;
    store.add_with_key(&bytes, &key_of(record.sequence)).map(drop).map_err(|thrown| Cause::of(&thrown))
}

/// A store within a transaction.
pub(super) fn store_of(transaction: &IdbTransaction, name: &str) -> Result<IdbObjectStore, Cause> {
    transaction.object_store(name).map_err(|thrown| Cause::of(&thrown))
}

/// What a request answered.
pub(super) fn result(request: &IdbRequest) -> Result<JsValue, Cause> {
    request.result().map_err(|thrown| Cause::of(&thrown))
}

/// Keys from one number to another, that one included.
pub(super) fn numbers(from: u64, to: u64) -> Result<JsValue, Cause> {
    IdbKeyRange::bound(&key_of(from), &key_of(to)).map(JsValue::from).map_err(|thrown| Cause::of(&thrown))
}

/// A number as a key.
pub(super) fn key_of(sequence: u64) -> JsValue {
    JsValue::from_f64(sequence as f64)
}

/// The number that a key is.
pub(super) fn number_of(key: &JsValue) -> u64 {
    key.as_f64().map_or(LAST_KEY, |number| number as u64)
}

/// The bytes of a stored value; `None` when it is no byte array.
pub(super) fn bytes_of(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

fn record(key: &JsValue, bytes: Vec<u8>) -> StoredRecord {
    StoredRecord { sequence: number_of(key), bytes }
}
