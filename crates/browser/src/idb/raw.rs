//! What lies in a database, whoever wrote it: for a page that may not open it as its own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use js_sys::{Array, JSON};
use tollgate_tokens::JournalError;
use wasm_bindgen::JsValue;
use web_sys::IdbDatabase;

use super::database::{open_as_it_is, read_transaction, transaction_failed};
use super::records::{bytes_of, result, store_of};
use super::request::Finish;
use super::stores::asked;
use crate::cause::Cause;

/// Everything that lies in a workspace's database, whatever version of this page wrote it, as lines of text: the store,
/// the key in JSON, and the bytes in base 64.
///
/// For an export where [`JournalError::Newer`] keeps a page from opening the journal. Nothing is checked or changed.
/// Linear in the size of the database.
///
/// # Errors
///
/// [`JournalError`] with the browser's reason.
pub async fn raw_export(workspace: &str) -> Result<String, JournalError> {
    let database = open_as_it_is(workspace).await?;
    let lines = read_lines(&database).await;
    database.close();
    lines.map_err(|cause| transaction_failed(&cause))
}

async fn read_lines(database: &IdbDatabase) -> Result<String, Cause> {
    let there = database.object_store_names();
    let names: Vec<String> = (0..there.length()).filter_map(|index| there.item(index)).collect();
    if names.is_empty() {
        return Ok(String::new());
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let transaction = read_transaction(database, &names)?;
    let finish = Finish::watch(&transaction);
    let mut asked_for = Vec::new();
    for name in names {
        let store = store_of(&transaction, name)?;
        asked_for.push((name, asked(store.get_all_keys())?, asked(store.get_all())?));
    }
    finish.wait().await?;
    let mut lines = String::new();
    for (name, keys, values) in asked_for {
        let (keys, values) = (Array::from(&result(&keys)?), Array::from(&result(&values)?));
        for (key, value) in keys.iter().zip(values.iter()) {
            let value = bytes_of(&value).map_or_else(|| json(&value), |bytes| STANDARD.encode(bytes));
            lines.push_str(&format!("{name} {} {value}\n", json(&key)));
        }
    }
    Ok(lines)
}

fn json(value: &JsValue) -> String {
    JSON::stringify(value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}
