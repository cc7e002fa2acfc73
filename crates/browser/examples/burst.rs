//! A page program for the kill test: it appends in a burst and says which appends were acknowledged.
//!
//! The test builds it, opens `?workspace=NAME&run=NUMBER` in a browser of its own, kills that browser in the middle of
//! `burst`, opens the page again and compares `names` with every acknowledgement it ever received. In some rounds
//! `compact` runs beside `burst`, so that the browser dies in the middle of a compaction as well.

use std::cell::RefCell;

use js_sys::{Array, Function, Promise};
use tollgate_browser::{Compacted, IndexedDbJournal, OsEntropy, StartWarning, SystemClock, identity};
use tollgate_inventory::{Head, Snapshot};
use tollgate_tokens::{
    Clock, Decide, Epoch, EventBody, Identity, Journal, Ledger, NewEvent, ReplicaId, UserRecord, Username,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::UrlSearchParams;

/// So many appends wait at the same time.
const LANES: u32 = 4;

thread_local! {
    static JOURNAL: RefCell<Option<IndexedDbJournal>> = const { RefCell::new(None) };
}

fn main() {}

/// Opens the workspace named in the address and answers the number that the next event gets.
///
/// # Errors
///
/// An `Error` with the journal's reason.
#[wasm_bindgen]
pub async fn open() -> Result<f64, JsValue> {
    let workspace = parameter("workspace").unwrap_or_else(|| "burst".to_owned());
    let identity = identity(&workspace, &OsEntropy).map_err(|error| thrown(&error))?;
    let journal = IndexedDbJournal::open(&workspace, identity).await.map_err(|error| thrown(&error))?;
    let next = journal.read(|ledger| ledger.next_sequence());
    JOURNAL.set(Some(journal));
    Ok(next as f64)
}

/// What the start has to say, such as that the database was lost, or came back from the second copy.
///
/// # Errors
///
/// An `Error` when the journal is not open.
#[wasm_bindgen]
pub fn warnings() -> Result<Array, JsValue> {
    let words = |warning: &StartWarning| JsValue::from_str(&format!("{warning:?}"));
    Ok(journal()?.start_warnings().iter().map(words).collect())
}

/// Appends `count` users, one act each, and calls `on_ack` with each name once its append is durable.
///
/// # Errors
///
/// An `Error` with the first reason why an append was refused.
#[wasm_bindgen]
pub async fn burst(count: u32, on_ack: Function) -> Result<(), JsValue> {
    let run = parameter("run").unwrap_or_else(|| "0".to_owned());
    let lanes: Array = (0..LANES)
        .map(|lane| {
            let (run, on_ack) = (run.clone(), on_ack.clone());
            future_to_promise(async move { append_lane(lane, count, &run, &on_ack).await })
        })
        .collect();
    JsFuture::from(Promise::all(&lanes)).await.map(drop)
}

/// Every user's name that the journal holds.
///
/// # Errors
///
/// An `Error` when the journal is not open.
#[wasm_bindgen]
pub fn names() -> Result<Array, JsValue> {
    let names = |ledger: &Ledger| {
        ledger.workspace().users().map(|user| JsValue::from_str(user.username.as_str())).collect::<Array>()
    };
    Ok(journal()?.read(names))
}

/// Checks the whole chain from its bytes: `whole`, or the first damage in words.
///
/// # Errors
///
/// An `Error` when the journal cannot be read.
#[wasm_bindgen]
pub async fn verify() -> Result<String, JsValue> {
    let records = journal()?.records().await.map_err(|error| thrown(&error))?;
    let found = tollgate_tokens::verify(records);
    Ok(found.damage.first().map_or_else(|| "whole".to_owned(), ToString::to_string))
}

/// Compacts again and again, for as long as it is let, and calls `on_done` with how often it did.
///
/// # Errors
///
/// An `Error` with the journal's reason.
#[wasm_bindgen]
pub async fn compact(most: u32, on_done: Function) -> Result<(), JsValue> {
    let journal = journal()?;
    let mut done = 0_u32;
    for _ in 0..most {
        if matches!(journal.compact_now().await.map_err(|error| thrown(&error))?, Compacted::Done { .. }) {
            done += 1;
            on_done.call1(&JsValue::UNDEFINED, &JsValue::from_f64(f64::from(done)))?;
        }
    }
    Ok(())
}

/// Whether the start went on from a snapshot.
///
/// # Errors
///
/// An `Error` when the journal is not open.
#[wasm_bindgen]
pub fn resumed() -> Result<bool, JsValue> {
    Ok(journal()?.read(Ledger::first_sequence) > 1)
}

/// Compares the state with what all entries add up to, byte for byte as snapshots: `same`, or what differs.
///
/// # Errors
///
/// An `Error` when the journal cannot be read.
#[wasm_bindgen]
pub async fn replayed() -> Result<String, JsValue> {
    let journal = journal()?;
    let records = journal.records().await.map_err(|error| thrown(&error))?;
    let nobody = Identity { replica: ReplicaId::from_bytes([0; 16]), epoch: Epoch::from_bytes([0; 16]) };
    let whole = Ledger::load(nobody, records);
    let told = journal.read(|ledger| match (snapshot(ledger), snapshot(&whole)) {
        (Some(one), Some(other)) if one == other => "same".to_owned(),
        (one, other) => format!("{one:?} is not {other:?}"),
    });
    Ok(told)
}

fn snapshot(ledger: &Ledger) -> Option<Snapshot> {
    Snapshot::encode(ledger.workspace(), Head::of(ledger)?).ok()
}

async fn append_lane(lane: u32, count: u32, run: &str, on_ack: &Function) -> Result<JsValue, JsValue> {
    let journal = journal()?;
    for index in (lane..count).step_by(LANES as usize) {
        let name = format!("user-{run}-{index}");
        let username = name.parse().map_err(|error: tollgate_tokens::ParseNameError| thrown(&error))?;
        journal.append(add(username)).await.map_err(|error| thrown(&error))?;
        on_ack.call1(&JsValue::UNDEFINED, &JsValue::from_str(&name))?;
    }
    Ok(JsValue::UNDEFINED)
}

fn add(username: Username) -> Decide {
    let user = UserRecord { username, active: true, superuser: false };
    Box::new(move |_| {
        vec![NewEvent::Here { at: SystemClock.now(), by: None, body: EventBody::UserAdded(user.clone()) }]
    })
}

fn journal() -> Result<IndexedDbJournal, JsValue> {
    let journal = JOURNAL.with_borrow(|journal| journal.clone());
    journal.ok_or_else(|| js_sys::Error::new("the journal is not open").into())
}

fn parameter(name: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

fn thrown(error: &dyn std::error::Error) -> JsValue {
    js_sys::Error::new(&error.to_string()).into()
}
