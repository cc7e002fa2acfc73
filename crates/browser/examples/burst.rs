//! A page program for the kill tests: it appends in a burst and says which appends were acknowledged.
//!
//! The tests build it, open `?workspace=NAME&run=NUMBER` in a browser of their own, kill that browser in the middle of
//! `burst`, open the page again and compare `names` with every acknowledgement they ever received. In some rounds
//! `compact` runs beside `burst`, so that the browser dies in the middle of a compaction as well; `compactSteps` dies at
//! a certain step. `act` and `fill` write large records, of which all events are there or none: `names` and `tokens`
//! count them.

use std::cell::RefCell;

use js_sys::{Array, Function, Promise};
use tollgate_browser::{Compacted, IndexedDbJournal, OsEntropy, StartWarning, SystemClock, identity};
use tollgate_inventory::{Head, Snapshot};
use tollgate_tokens::{
    Clock, Decide, Epoch, EventBody, Fingerprint, Identity, Journal, Ledger, NewEvent, ParseNameError, ReplicaId,
    TokenDigest, TokenGenerated, TokenUid, UserRecord, Username,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::UrlSearchParams;

/// So many appends wait at the same time, unless another number is asked for.
const LANES: u32 = 4;

/// The length of a note: so much that a snapshot of some thousand tokens has several chunks.
const NOTE_LENGTH: usize = 1_000;

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
    burst_in(LANES, 0, count, on_ack).await
}

/// The same with another number of appends that wait at the same time, and with names from `first` on.
///
/// # Errors
///
/// An `Error` with the first reason why an append was refused.
#[wasm_bindgen(js_name = burstIn)]
pub async fn burst_in(lanes: u32, first: u32, count: u32, on_ack: Function) -> Result<(), JsValue> {
    let lanes: Array = (0..lanes)
        .map(|lane| {
            let (indexes, on_ack) = ((first + lane..first + count).step_by(lanes as usize), on_ack.clone());
            future_to_promise(async move { append_lane(indexes, &on_ack).await })
        })
        .collect();
    JsFuture::from(Promise::all(&lanes)).await.map(drop)
}

/// Appends `count` users in one act, `act-RUN-0` and so on, and calls `on_ack` with `act-RUN` once all are durable.
///
/// # Errors
///
/// An `Error` with the reason why the act was refused.
#[wasm_bindgen]
pub async fn act(count: u32, on_ack: Function) -> Result<(), JsValue> {
    let name = format!("act-{}", run());
    let users: Result<Vec<NewEvent>, JsValue> = (0..count).map(|index| added(&format!("{name}-{index}"))).collect();
    append(&name, users?, &on_ack).await
}

/// Appends acts of so many tokens each, and calls `on_ack` with the name of each act once it is durable: `fill-RUN-0`
/// and so on. The notes of its tokens begin with `fill-RUN-0-0` and so on, and are long.
///
/// # Errors
///
/// An `Error` with the first reason why an act was refused.
#[wasm_bindgen]
pub async fn fill(acts: u32, tokens: u32, on_ack: Function) -> Result<(), JsValue> {
    for act in 0..acts {
        let name = format!("fill-{}-{act}", run());
        let made = (0..tokens).map(|index| generated(&format!("{name}-{index}"), u64::from(act * tokens + index) + 1));
        let made: Result<Vec<NewEvent>, JsValue> = made.collect();
        append(&name, made?, &on_ack).await?;
    }
    Ok(())
}

/// The first word of every token's note.
///
/// # Errors
///
/// An `Error` when the journal is not open.
#[wasm_bindgen]
pub fn tokens() -> Result<Array, JsValue> {
    let words = |ledger: &Ledger| {
        let notes = ledger.workspace().tokens().map(|token| token.note.split(' ').next().unwrap_or_default());
        notes.map(JsValue::from_str).collect::<Array>()
    };
    Ok(journal()?.read(words))
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

/// Does at most so many transactions of a compaction, and says what became of it.
///
/// # Errors
///
/// An `Error` with the journal's reason.
#[wasm_bindgen(js_name = compactSteps)]
pub async fn compact_steps(most: u32) -> Result<String, JsValue> {
    let compacted = journal()?.compact_steps(most).await.map_err(|error| thrown(&error))?;
    Ok(format!("{compacted:?}"))
}

/// How the second copy stands.
///
/// # Errors
///
/// An `Error` when the journal is not open.
#[wasm_bindgen]
pub fn mirror() -> Result<String, JsValue> {
    Ok(format!("{:?}", journal()?.mirror_state()))
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
        (one, other) if one == other => "same".to_owned(),
        (one, other) => format!("{one:?} is not {other:?}"),
    });
    Ok(told)
}

fn snapshot(ledger: &Ledger) -> Option<Snapshot> {
    Snapshot::encode(ledger.workspace(), Head::of(ledger)?).ok()
}

async fn append_lane(indexes: impl Iterator<Item = u32>, on_ack: &Function) -> Result<JsValue, JsValue> {
    for index in indexes {
        let name = format!("user-{}-{index}", run());
        append(&name, vec![added(&name)?], on_ack).await?;
    }
    Ok(JsValue::UNDEFINED)
}

/// Appends an act, and calls `on_ack` with its name once it is durable.
async fn append(name: &str, events: Vec<NewEvent>, on_ack: &Function) -> Result<(), JsValue> {
    let act: Decide = Box::new(move |_| events.clone());
    journal()?.append(act).await.map_err(|error| thrown(&error))?;
    on_ack.call1(&JsValue::UNDEFINED, &JsValue::from_str(name)).map(drop)
}

fn added(name: &str) -> Result<NewEvent, JsValue> {
    let username: Username = name.parse().map_err(|error: ParseNameError| thrown(&error))?;
    Ok(here(EventBody::UserAdded(UserRecord { username, active: true, superuser: false })))
}

fn generated(name: &str, number: u64) -> Result<NewEvent, JsValue> {
    let uid = TokenUid::draw(&OsEntropy).map_err(|error| thrown(&error))?;
    let letters = noise(number, NOTE_LENGTH.saturating_sub(name.len() + 1));
    let token = TokenGenerated {
        uid,
        number,
        owner: "owner".parse().map_err(|error: ParseNameError| thrown(&error))?,
        digest: TokenDigest::of(name),
        fingerprint: Fingerprint::default(),
        generator: "vendor_checksum".parse().map_err(|error: ParseNameError| thrown(&error))?,
        note: format!("{name} {letters}"),
        policy: "{}".to_owned(),
        extra_data: serde_json::json!({}),
        expires: None,
        local_site: None,
        auto_generated: false,
        valid: true,
        policy_source: None,
        overrides: None,
    };
    Ok(here(EventBody::TokenGenerated(Box::new(token))))
}

fn here(body: EventBody) -> NewEvent {
    NewEvent::Here { at: SystemClock.now(), by: None, body }
}

/// Letters that no packing makes much shorter.
fn noise(seed: u64, length: usize) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let letters = (0..length).map(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b'a' + (state % 26) as u8)
    });
    letters.collect()
}

/// What the names of this page carry.
fn run() -> String {
    parameter("run").unwrap_or_else(|| "0".to_owned())
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
