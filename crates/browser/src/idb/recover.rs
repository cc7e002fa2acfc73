//! The start: what the mirror holds and the database lacks is written back before anything else is written.

use std::collections::BTreeMap;

use tollgate_tokens::{JournalError, RecordHead, StoredRecord};
use web_sys::IdbDatabase;

use super::database::{JOURNAL, commit, transaction_failed, write_back_lock, write_transaction};
use super::rare::WriteBack;
use super::records::add;
use super::request::Finish;
use super::stores::read_everything;
use crate::cause::Cause;
use crate::locks;
use crate::mirror::{Mirror, is_behind, plan, unmirrored};
use crate::open::StartWarning;

/// How often the start is tried while other tabs restore or write at the same time.
const ATTEMPTS: u32 = 5;

/// What lies in the database now, and what is to be said about it.
pub(super) struct Recovered {
    pub(super) records: Vec<StoredRecord>,
    /// What was written back, if anything was.
    pub(super) restored: Option<StartWarning>,
    /// What the mirror holds and does not fit, if anything.
    pub(super) apart: Option<StartWarning>,
    /// Whole records that no mirror file holds yet.
    pub(super) unmirrored: Vec<StoredRecord>,
}

/// What is said of a database that has everything that the mirror holds; gives the records back where it has not.
///
/// `records` was read from the database, `mirrored` from all files of the mirror, in whatever order in time.
pub(super) fn nothing_missing(
    records: Vec<StoredRecord>,
    mirror: &Mirror,
    mirrored: &[RecordHead],
) -> Result<Recovered, Vec<StoredRecord>> {
    if is_behind(&records, mirrored) {
        return Err(records);
    }
    let unmirrored = owed(mirror, &records, mirrored);
    Ok(Recovered { records, restored: None, apart: None, unmirrored })
}

/// Compares database and mirror, and writes back what is missing.
///
/// # Errors
///
/// [`JournalError::Lost`] when the mirror holds what continues the database and it cannot be written back: going on
/// without it would give its numbers away a second time.
pub(super) async fn recover(given: WriteBack<'_>) -> Result<Recovered, JournalError> {
    let WriteBack { database, records, mirror, mirrored, witness } = given;
    if let Ok(recovered) = nothing_missing(records, mirror, mirrored) {
        return Ok(recovered);
    }
    let epoch = witness.map(|witness| witness.epoch);
    let mut restored = None;
    // Until this is done no page says of a record that is in the mirror that it was not written.
    let _turn = locks::acquire(&write_back_lock(database)).await;
    for _ in 0..ATTEMPTS {
        // Another page may have taken out meanwhile what its database did not take. If this cannot be read, what is
        // missing cannot be either.
        let mirrored = &mirror.heads().await.unwrap_or_else(|_| mirrored.to_vec());
        // Read after the mirror was: a record is mirrored while its transaction runs, which this one waits for.
        let stored = read_everything(database).await.map_err(|cause| transaction_failed(&cause))?;
        let records = stored.records();
        let plan = plan(&records, mirrored, epoch);
        if plan.missing.is_empty() {
            let unmirrored = owed(mirror, &records, mirrored);
            return Ok(Recovered { records, restored, apart: told_apart(&plan.apart), unmirrored });
        }
        let copies = copies(mirror, &plan.missing).await.map_err(|cause| lost(&plan.missing, &cause))?;
        match write_back(database, &copies).await {
            Ok(()) => restored = Some(told_restored(&plan.missing, &records)),
            // Another tab did the same, or wrote something: look again.
            Err(cause) if cause.name == "ConstraintError" => {}
            Err(cause) => return Err(lost(&plan.missing, &cause.to_string())),
        }
    }
    Err(JournalError::Aborted { cause: "other tabs wrote while the second copy was read; reload the page".to_owned() })
}

/// What the mirror lacks; nothing where there is no mirror.
fn owed(mirror: &Mirror, records: &[StoredRecord], mirrored: &[RecordHead]) -> Vec<StoredRecord> {
    if mirror.is_kept() { unmirrored(records, mirrored) } else { Vec::new() }
}

/// The records as they lie in the mirror, in order.
async fn copies(mirror: &Mirror, missing: &[RecordHead]) -> Result<Vec<StoredRecord>, String> {
    let found = mirror.records().await?.into_iter();
    let mut by_hash: BTreeMap<_, _> =
        found.filter_map(|record| RecordHead::claimed(&record.bytes).map(|head| (head.hash, record))).collect();
    let copies: Vec<StoredRecord> = missing.iter().filter_map(|head| by_hash.remove(&head.hash)).collect();
    if copies.len() < missing.len() {
        return Err(format!("only {} of them could be read again", copies.len()));
    }
    Ok(copies)
}

/// Adds records to the journal as they are under their numbers, all or none, never over another.
async fn write_back(database: &IdbDatabase, records: &[StoredRecord]) -> Result<(), Cause> {
    let transaction = write_transaction(database, &[JOURNAL])?;
    let finish = Finish::watch(&transaction);
    if let Err(cause) = records.iter().try_for_each(|record| add(&transaction, record)) {
        // Otherwise the browser would commit the records before this one by itself.
        let _ = transaction.abort();
        return Err(cause);
    }
    commit(&transaction);
    finish.wait().await
}

fn told_restored(missing: &[RecordHead], before: &[StoredRecord]) -> StartWarning {
    StartWarning::Restored { records: missing.len() as u64, events: events_of(missing), left: before.len() as u64 }
}

fn told_apart(apart: &[RecordHead]) -> Option<StartWarning> {
    let first = apart.iter().map(|head| head.sequence).min()?;
    Some(StartWarning::Apart { records: apart.len() as u64, events: events_of(apart), first })
}

fn events_of(heads: &[RecordHead]) -> u64 {
    heads.iter().map(|head| u64::from(head.events)).sum()
}

fn lost(missing: &[RecordHead], cause: &str) -> JournalError {
    JournalError::Lost {
        expected: format!("{} events that are in the second copy", events_of(missing)),
        found: format!("that they cannot be written back: {cause}"),
    }
}
