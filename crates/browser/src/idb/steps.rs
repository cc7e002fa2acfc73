//! Carries the steps of a compaction out, each in a strict transaction of its own.
//!
//! None of them has the journal in its scope but the last, so that others go on appending meanwhile.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Uint8Array;
use tollgate_inventory::Head;
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction};

use super::database::{CHUNK, JOURNAL, META, SEGMENT, commit, write_transaction};
use super::records::{Reading, bytes_of, key_of, numbers, result, store_of};
use super::request::Finish;
use super::stores::{asked, chunk_key, current_in, generation, generations_below, generations_from};
use crate::cause::Cause;
use crate::compaction::{Outcome, PORTION_RECORDS, Step, portion};

/// Does a step and waits until it is durable.
pub(super) async fn run(database: &IdbDatabase, step: Step) -> Result<Outcome, Cause> {
    let done = match step {
        Step::Repack { head } => repack(database, head).await,
        Step::Sweep { below } => sweep(database, below).await,
        step => change_snapshot(database, step).await,
    };
    match done {
        // What is to be added lies there already: another tab was faster, and nothing of this was written.
        Err(cause) if cause.name == "ConstraintError" => Ok(Outcome::Nothing),
        done => done,
    }
}

/// Clears, writes or flips, if that may still be done.
async fn change_snapshot(database: &IdbDatabase, step: Step) -> Result<Outcome, Cause> {
    let transaction = write_transaction(database, &[CHUNK, META])?;
    let chunks = store_of(&transaction, CHUNK)?;
    let (meta, current_key) = current_in(&transaction)?;
    let current = asked(meta.get(&current_key))?;
    let of = if let Step::Flip { generation, .. } = &step { *generation } else { 0 };
    let counted = asked(chunks.count_with_key(&generation(of)?))?;
    let last = counted.clone();
    decide_within(&transaction, &last, move || {
        let found = bytes_of(&result(&current)?);
        let count = result(&counted)?.as_f64().unwrap_or_default() as u64;
        if !step.may_be_done(found.as_deref(), count) {
            return Ok(Outcome::Nothing);
        }
        change(&step, &chunks, (&meta, &current_key))?;
        Ok(Outcome::Done)
    })
    .await
}

fn change(step: &Step, chunks: &IdbObjectStore, current: (&IdbObjectStore, &JsValue)) -> Result<(), Cause> {
    let request = match step {
        Step::Clear { from, .. } => chunks.delete(&generations_from(*from)?),
        Step::Write { generation, index, bytes, .. } => {
            chunks.add_with_key(&Uint8Array::from(bytes.as_slice()), &chunk_key(*generation, *index))
        }
        Step::Flip { new, .. } => current.0.put_with_key(&Uint8Array::from(new.as_slice()), current.1),
        Step::Sweep { .. } | Step::Repack { .. } => return Ok(()),
    };
    asked(request).map(drop)
}

/// Deletes chunks that no longer count.
async fn sweep(database: &IdbDatabase, below: u64) -> Result<Outcome, Cause> {
    let transaction = write_transaction(database, &[CHUNK])?;
    let finish = Finish::watch(&transaction);
    asked(store_of(&transaction, CHUNK)?.delete(&generations_below(below)?))?;
    commit(&transaction);
    finish.wait().await?;
    Ok(Outcome::Done)
}

/// Moves the oldest records into a segment.
async fn repack(database: &IdbDatabase, head: Head) -> Result<Outcome, Cause> {
    let Some(last_below) = head.sequence.checked_sub(1) else { return Ok(Outcome::Nothing) };
    let transaction = write_transaction(database, &[JOURNAL, SEGMENT])?;
    let (journal, segments) = (store_of(&transaction, JOURNAL)?, store_of(&transaction, SEGMENT)?);
    let below = Reading::ask_in(&journal, &numbers(0, last_below)?, Some(PORTION_RECORDS))?;
    let anchor = asked(journal.get(&key_of(head.sequence)))?;
    let last = anchor.clone();
    decide_within(&transaction, &last, move || {
        let anchor = bytes_of(&result(&anchor)?);
        let Some(moved) = portion(&below.whole_records()?, anchor.as_deref(), &head) else {
            return Ok(Outcome::Nothing);
        };
        let (first, bytes) = (moved.segment.sequence, Uint8Array::from(moved.segment.bytes.as_slice()));
        asked(segments.add_with_key(&bytes, &key_of(first)))?;
        asked(journal.delete(&numbers(first, moved.last)?))?;
        Ok(Outcome::Moved(moved.records))
    })
    .await
}

/// Decides in the success event of the last read what is written, and waits until that is durable.
///
/// INVARIANT: between the reads and the commit nothing is awaited, or another tab's transaction could come in between.
pub(super) async fn decide_within<T: 'static>(
    transaction: &IdbTransaction,
    last: &IdbRequest,
    decide: impl FnOnce() -> Result<T, Cause> + 'static,
) -> Result<T, Cause> {
    let finish = Finish::watch(transaction);
    let slot: Rc<RefCell<Option<Result<T, Cause>>>> = Rc::default();
    let on_read: Closure<dyn FnMut()> = {
        let (transaction, slot) = (transaction.clone(), Rc::clone(&slot));
        Closure::once(move || {
            let decided = decide();
            if decided.is_ok() {
                commit(&transaction);
            } else {
                // A refusal means that the transaction is over already, which is as good.
                let _ = transaction.abort();
            }
            *slot.borrow_mut() = Some(decided);
        })
    };
    last.set_onsuccess(Some(on_read.as_ref().unchecked_ref()));
    let end = finish.wait().await;
    last.set_onsuccess(None);
    let decided = slot.borrow_mut().take();
    match (decided, end) {
        (Some(Err(cause)), _) | (_, Err(cause)) => Err(cause),
        (Some(Ok(value)), Ok(())) => Ok(value),
        (None, Ok(())) => Err(Cause::new("InvalidStateError", "the transaction ended before its read")),
    }
}
