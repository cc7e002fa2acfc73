//! Putting another history in the place of this one, in one strict transaction.

use std::cell::RefCell;
use std::rc::Rc;

use tollgate_tokens::{Epoch, Identity, JournalError, Ledger, Refreshed, StoredRecord};
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbTransaction};

use super::append::AppendFailure;
use super::database::{STORES, commit, write_transaction};
use super::journal::IndexedDbJournal;
use super::records::{Reading, add};
use super::request::Finish;
use super::shared::{Shared, Work};
use crate::cause::Cause;
use crate::entropy::OsEntropy;
use crate::{mirror, preferences};

const MEANWHILE: &str = "another tab wrote meanwhile: look again at what would change";

impl IndexedDbJournal {
    /// Puts other records in the place of those that are there: all or nothing, in one strict transaction.
    ///
    /// Refused if another tab wrote what this one has not read. When it is done this page takes nothing more and must be
    /// loaded again, and so must the other tabs, which are told. The second copy is emptied first, and filled again by
    /// the next start: otherwise that start would write back what was replaced.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the real cause; then the database is as it was.
    pub async fn replace(&self, records: Vec<StoredRecord>) -> Result<(), JournalError> {
        self.ask(|reply| Work::turn(reply, move |shared| shared.replace(records))).await
    }
}

impl Shared {
    async fn replace(self: Rc<Self>, records: Vec<StoredRecord>) -> Result<(), JournalError> {
        self.check_not_lost()?;
        let replica = preferences::renew_replica(&self.workspace, &OsEntropy)
            .map_err(|error| JournalError::Failed { cause: error.to_string() })?;
        let identity = Identity { replica, epoch: Epoch::from_bytes([0; 16]) };
        let replacement = Ledger::load(identity, records.iter().cloned());
        self.tell_tabs();
        self.second_copy.close();
        mirror::empty(&self.workspace).await.map_err(|cause| JournalError::Failed { cause: cause.to_string() })?;

        // Dropped before the await: a clone is cheap.
        let present = self.ledger.borrow().clone();
        self.witness.suspend();
        let replaced = match self.database().await {
            Ok(database) => replace_in(&database, present.clone(), records).await.map_err(JournalError::from),
            Err(error) => Err(error),
        };
        self.witness.note(if replaced.is_ok() { &replacement } else { &present });
        if let Err(error) = replaced {
            self.enqueue(Work::Refresh(None));
            return Err(error);
        }
        let expected = format!("{} events", present.next_sequence().saturating_sub(1));
        let found = "the history that took their place: reload the page".to_owned();
        self.lost.replace(Some(JournalError::Lost { expected, found }));
        self.tell_tabs();
        Ok(())
    }

    fn tell_tabs(&self) {
        if let Some(tabs) = self.tabs.get() {
            tabs.tell_replaced();
        }
    }
}

/// Reads on, clears every store, adds, and waits for `complete`.
///
/// INVARIANT: between the read's success event and `commit` nothing is awaited, or another tab could write in between
/// what would be cleared unseen.
async fn replace_in(database: &IdbDatabase, ledger: Ledger, records: Vec<StoredRecord>) -> Result<(), AppendFailure> {
    let transaction = write_transaction(database, &STORES)?;
    let finish = Finish::watch(&transaction);
    let reading = Rc::new(Reading::ask(&transaction, ledger.base_sequence())?);
    let step: Rc<RefCell<Option<Result<(), AppendFailure>>>> = Rc::default();

    let on_read: Closure<dyn FnMut()> = {
        let (transaction, reading, step) = (transaction.clone(), Rc::clone(&reading), Rc::clone(&step));
        Closure::once(move || {
            let put = clear_and_add(&transaction, &reading, ledger, &records);
            if put.is_err() {
                // A refusal means that the transaction is over already, which is as good.
                let _ = transaction.abort();
            }
            *step.borrow_mut() = Some(put);
        })
    };
    reading.values.set_onsuccess(Some(on_read.as_ref().unchecked_ref()));
    let end = finish.wait().await;
    reading.values.set_onsuccess(None);

    let put = step.borrow_mut().take();
    match (put, end) {
        (Some(Err(failure)), _) => Err(failure),
        (_, Err(cause)) => Err(AppendFailure::Storage(cause)),
        (Some(Ok(())), Ok(())) => Ok(()),
        (None, Ok(())) => Err(Cause::new("InvalidStateError", "the transaction ended before its read").into()),
    }
}

/// The part that runs inside the read's success event.
fn clear_and_add(
    transaction: &IdbTransaction,
    reading: &Reading,
    mut ledger: Ledger,
    records: &[StoredRecord],
) -> Result<(), AppendFailure> {
    // Where the newest record known here was packed away, others wrote, too.
    if ledger.follow(reading.records()?) != Ok(Refreshed::Unchanged) {
        return Err(Cause::new("AbortError", MEANWHILE).into());
    }
    for name in STORES {
        let store = transaction.object_store(name).map_err(|thrown| Cause::of(&thrown))?;
        store.clear().map_err(|thrown| Cause::of(&thrown))?;
    }
    for record in records {
        add(transaction, record)?;
    }
    commit(transaction);
    Ok(())
}
