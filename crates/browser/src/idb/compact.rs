//! Compaction as a page does it: one tab at a time, step by step.

use std::rc::Rc;

use tollgate_tokens::JournalError;
use web_sys::IdbDatabase;

use super::database::transaction_failed;
use super::shared::Shared;
use super::steps::run;
use super::stores::{read_everything, read_found};
use crate::cause::Cause;
use crate::compaction::{Compacted, Compaction, as_stored};
use crate::locks;

/// Whether there must be something worth packing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Now,
    IfDue,
}

/// Compacts now, but at most so many steps.
pub(super) async fn compact(shared: &Rc<Shared>, most: u32) -> Result<Compacted, JournalError> {
    in_turn(shared, When::Now, most).await
}

/// Compacts if enough has gathered.
pub(super) async fn compact_if_due(shared: &Rc<Shared>) -> Result<Compacted, JournalError> {
    in_turn(shared, When::IfDue, u32::MAX).await
}

/// Takes the lock, so that no two tabs do the same work. Whether what they do is right never rests on it.
async fn in_turn(shared: &Rc<Shared>, when: When, most: u32) -> Result<Compacted, JournalError> {
    let lock = format!("tollgate/{}/compact", shared.workspace);
    let Some(_turn) = locks::try_acquire(&lock).await else { return Ok(Compacted::Elsewhere) };
    let database = shared.database().await?;
    match do_steps(shared, &database, when, most).await {
        // What counted before still does. Nothing is deleted to make room: the browser frees it only later.
        Err(cause) if cause.is_quota() => Ok(Compacted::NoRoom { cause: cause.to_string() }),
        compacted => compacted.map_err(|cause| transaction_failed(&cause)),
    }
}

async fn do_steps(shared: &Rc<Shared>, database: &IdbDatabase, when: When, most: u32) -> Result<Compacted, Cause> {
    let Some(mut compaction) = begin(shared, database, when).await? else { return Ok(Compacted::Nothing) };
    for _ in 0..most {
        let Some(step) = compaction.step() else { break };
        let outcome = run(database, step).await?;
        compaction.advance(outcome);
    }
    let compacted = compaction.compacted();
    if matches!(compacted, Compacted::Done { .. }) {
        shared.growth.begin_anew(compaction.counts_now());
    }
    Ok(compacted)
}

/// Reads what lies there and packs the snapshot; `None` when there is nothing to do.
async fn begin(shared: &Rc<Shared>, database: &IdbDatabase, when: When) -> Result<Option<Compaction>, Cause> {
    if shared.check_not_lost().is_err() {
        return Ok(None);
    }
    let (found, journal) = read_found(database).await?;
    if when == When::IfDue && !shared.growth.is_due(found.current.as_deref(), &journal) {
        return Ok(None);
    }
    let own = shared.ledger.borrow().clone();
    let ledger = match as_stored(&own, &journal) {
        Some(ledger) => ledger,
        None => {
            let records = read_everything(database).await?.records();
            let Ok(ledger) = own.reloaded(shared.identity.get(), records) else { return Ok(None) };
            ledger
        }
    };
    Ok(Compaction::new(found, &ledger))
}
