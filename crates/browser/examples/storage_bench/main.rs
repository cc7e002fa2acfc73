//! Our side of the bench of the store, which a page in a browser runs: `cargo xtask bench storage`.
//!
//! The page's script calls these functions and times them, as it times the peers. What goes in is made beforehand, so
//! that only the store is timed. `service.rs` makes it, for the peers as well.

mod service;

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::join;
use js_sys::{Array, Function};
use tollgate_browser::{Compacted, EarlyLook, IndexedDbJournal, MirrorState, OsEntropy, SystemClock, identity};
use tollgate_tokens::checked::TokenEdit;
use tollgate_tokens::{
    Appended, Decide, Epoch, EventBody, GeneratorRegistry, Identity, Journal as _, Ledger, Manager, NewEvent,
    ReplicaId, Token, TokenDigest, TokenTried,
};
use wasm_bindgen::prelude::*;

/// What the app does all its work with.
type Console = Manager<IndexedDbJournal, SystemClock, OsEntropy>;

thread_local! {
    static CONSOLE: RefCell<Option<Rc<Console>>> = const { RefCell::new(None) };
    /// The history that is to be taken over.
    static OTHER: RefCell<Option<Ledger>> = const { RefCell::new(None) };
    /// The acts that are to be appended, one after the other.
    static STAGED: RefCell<Vec<Vec<NewEvent>>> = const { RefCell::new(Vec::new()) };
}

fn main() {}

/// Tokens as a peer keeps them: a JSON array with one object for each index from `from` to before `to`.
///
/// # Errors
///
/// An `Error` that would be a mistake in the made-up names.
#[wasm_bindgen]
pub fn rows(from: u32, to: u32) -> Result<String, JsValue> {
    let rows = (from..to).map(|index| service::token(index).map(|token| service::row(&token)));
    let rows = rows.collect::<Result<Vec<_>, _>>().map_err(|error| thrown(&error))?;
    serde_json::to_string(&rows).map_err(|error| thrown(&error))
}

/// The digest of a token, as 64 hexadecimal digits.
///
/// # Errors
///
/// As those of [`rows`].
#[wasm_bindgen]
pub fn digest(index: u32) -> Result<String, JsValue> {
    service::token(index).map(|token| token.made.digest.to_string()).map_err(|error| thrown(&error))
}

/// Makes a history with so many tokens, as a file that is imported would hold it.
///
/// # Errors
///
/// As those of [`rows`].
#[wasm_bindgen]
pub fn prepare(tokens: u32) -> Result<(), JsValue> {
    let mut events = service::events(tokens).map_err(|error| thrown(&error))?;
    let nobody = Identity { replica: ReplicaId::from_bytes([1; 16]), epoch: Epoch::from_bytes([2; 16]) };
    let mut ledger = Ledger::new(nobody);
    let act: Decide = Box::new(move |_| std::mem::take(&mut events));
    let draft = ledger.draft(&mut [act]).map_err(|error| thrown(&error))?;
    ledger.commit(draft.ok_or_else(|| failed("the history is empty"))?);
    OTHER.set(Some(ledger));
    Ok(())
}

/// Opens a workspace, as the app does.
///
/// # Errors
///
/// An `Error` with the journal's reason.
#[wasm_bindgen]
pub async fn open(workspace: String) -> Result<(), JsValue> {
    let identity = identity(&workspace, &OsEntropy).map_err(|error| thrown(&error))?;
    let journal = IndexedDbJournal::open(&workspace, identity).await.map_err(|error| thrown(&error))?;
    keep(journal);
    Ok(())
}

/// Merges what was prepared into the workspace, as an import does, in one act; answers how many events that were.
///
/// # Errors
///
/// An `Error` with the journal's reason, or that there is no second copy.
#[wasm_bindgen]
pub async fn take_over() -> Result<f64, JsValue> {
    let other = OTHER.take().ok_or_else(|| failed("nothing was prepared"))?;
    let console = console()?;
    let appended = console.take_over(other).await.map_err(|error| thrown(&error))?;
    require_second_copy(&console)?;
    match appended {
        Appended::Record { events, .. } => Ok(f64::from(events)),
        Appended::Nothing => Err(failed("nothing was taken over")),
    }
}

/// Records that most tokens have logged in, in one act: a service as they are.
///
/// # Errors
///
/// As those of [`take_over`].
#[wasm_bindgen]
pub async fn log_in(tokens: u32) -> Result<(), JsValue> {
    let mut events = Vec::new();
    for index in 0..tokens {
        let token = service::token(index).map_err(|error| thrown(&error))?;
        let body = EventBody::TokenUsed(TokenTried { uid: token.made.uid });
        events.extend(token.used.map(|at| NewEvent::Here { at, by: None, body }));
    }
    STAGED.set(vec![events]);
    append_staged().await
}

/// Makes so many acts of so many events each, which [`append_staged`] appends. Each event changes the note of a token
/// of its own, from `first` on.
///
/// # Errors
///
/// As those of [`rows`].
#[wasm_bindgen]
pub fn stage(acts: u32, events: u32, first: u32) -> Result<(), JsValue> {
    let act = |act: u32| {
        let from = first + act * events;
        (from..from + events).map(service::note_changed).collect::<Result<Vec<NewEvent>, _>>()
    };
    let acts = (0..acts).map(act).collect::<Result<Vec<_>, _>>().map_err(|error| thrown(&error))?;
    STAGED.set(acts);
    Ok(())
}

/// Appends what was staged, one act after the other.
///
/// # Errors
///
/// As those of [`take_over`].
#[wasm_bindgen]
pub async fn append_staged() -> Result<(), JsValue> {
    let console = console()?;
    for events in STAGED.take() {
        console.append(events).await.map_err(|error| thrown(&error))?;
    }
    require_second_copy(&console)
}

/// Changes the note of one token, as its page does.
///
/// # Errors
///
/// An `Error` with the reason of the check that refused it, or of the journal.
#[wasm_bindgen]
pub async fn change(index: u32, note: String) -> Result<(), JsValue> {
    let uid = service::token(index).map_err(|error| thrown(&error))?.made.uid;
    let edit = TokenEdit { note: Some(note), ..TokenEdit::default() };
    let console = console()?;
    console.change(vec![uid], edit).await.map_err(|error| thrown(&error))?;
    require_second_copy(&console)
}

/// Packs old entries, as the app does while it rests.
///
/// # Errors
///
/// An `Error` with the journal's reason, or what else became of it.
#[wasm_bindgen]
pub async fn compact() -> Result<(), JsValue> {
    match console()?.journal().compact_now().await.map_err(|error| thrown(&error))? {
        Compacted::Done { .. } => Ok(()),
        other => Err(failed(&format!("the compaction ended as {other:?}"))),
    }
}

/// Opens a workspace as a page that starts: calls `show` with the first rows and with the row of the token that has a
/// digest, as soon as a few chunks of the snapshot give them, and answers that row again when everything is open.
///
/// # Errors
///
/// An `Error` with the journal's reason, or that the start did not go on from a snapshot.
#[wasm_bindgen]
pub async fn start(workspace: String, count: u32, digest: String, show: Function) -> Result<JsValue, JsValue> {
    let digest = digest.parse::<TokenDigest>().map_err(|error| thrown(&error))?;
    let identity = identity(&workspace, &OsEntropy).map_err(|error| thrown(&error))?;
    let look = async |look: &EarlyLook| {
        if let Some((rows, found)) = first_look(look, count as usize, &digest).await {
            // What the page's own script throws is seen there: it was not shown anything.
            let _ = show.call2(&JsValue::UNDEFINED, &rows, &found);
        }
    };
    let journal = IndexedDbJournal::open_showing(&workspace, identity, look).await.map_err(|error| thrown(&error))?;
    if journal.read(Ledger::first_sequence) == 1 {
        return Err(failed("the start did not go on from a snapshot"));
    }
    let found = journal.read(|ledger| ledger.workspace().token_by_digest(&digest).map(|token| cells(token)));
    keep(journal);
    found.ok_or_else(|| failed("no token has this digest"))
}

/// How many bytes the records have that begin from one number to before another, as they were before they were packed.
///
/// # Errors
///
/// An `Error` with the journal's reason.
#[wasm_bindgen]
pub async fn unpacked(from: f64, to: f64) -> Result<f64, JsValue> {
    let records = console()?.journal().records().await.map_err(|error| thrown(&error))?;
    let wanted = records.iter().filter(|record| (from as u64..to as u64).contains(&record.sequence));
    Ok(wanted.map(|record| record.bytes.len() as f64).sum())
}

/// The first rows and the one of a digest. Both are asked for at once: what the one decodes, the other reads meanwhile.
async fn first_look(look: &EarlyLook, count: usize, digest: &TokenDigest) -> Option<(JsValue, JsValue)> {
    let (rows, found) = join(look.rows(0..count), look.find(digest)).await;
    let (rows, found) = (rows?, found?);
    Some((rows.iter().map(cells).collect::<Array>().into(), cells(&found)))
}

/// What a row shows: number, owner, note and expiry.
fn cells(token: &Token) -> JsValue {
    let expires = token.expires.map(|at| at.timestamp_millis().to_string()).unwrap_or_default();
    let cells = [token.number.to_string(), token.owner.to_string(), token.note.clone(), expires];
    cells.iter().map(|cell| JsValue::from_str(cell)).collect::<Array>().into()
}

fn keep(journal: IndexedDbJournal) {
    let (clock, entropy) = (Rc::new(SystemClock), Rc::new(OsEntropy));
    CONSOLE.set(Some(Rc::new(Manager::new(journal, clock, entropy, GeneratorRegistry::built_in()))));
}

fn console() -> Result<Rc<Console>, JsValue> {
    CONSOLE.with_borrow(Option::clone).ok_or_else(|| failed("the journal is not open"))
}

/// What is timed must have gone into both copies.
fn require_second_copy(console: &Console) -> Result<(), JsValue> {
    match console.journal().mirror_state() {
        MirrorState::Kept { owed: 0, .. } => Ok(()),
        other => Err(failed(&format!("the second copy is {other:?}"))),
    }
}

fn thrown(error: &dyn std::error::Error) -> JsValue {
    failed(&error.to_string())
}

fn failed(reason: &str) -> JsValue {
    js_sys::Error::new(reason).into()
}
