//! The one transaction that appends.

use std::cell::RefCell;
use std::rc::Rc;

use tollgate_tokens::{Decide, Draft, DraftError, FollowError, JournalError, Ledger, Refreshed, StoredRecord};
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbTransaction};

use super::database::{JOURNAL, commit, transaction_failed, write_transaction};
use super::records::{Reading, add};
use super::request::Finish;
use crate::cause::Cause;
use crate::compaction::begins_late;

/// The acts of one group; kept outside, because a retry decides them again.
pub(super) type Acts = Rc<RefCell<Vec<Decide>>>;

/// A group that is durable.
pub(super) struct Committed {
    /// The ledger with what others wrote and with this group.
    pub(super) ledger: Ledger,
    /// Whether others had written anything.
    pub(super) news: Refreshed,
    /// What others had written: this group is built on it.
    pub(super) fresh: Vec<StoredRecord>,
    /// The group's own record; `None` when no act had anything to append.
    pub(super) record: Option<StoredRecord>,
    /// How many events each act appended, in order; empty when none did.
    pub(super) events_per_act: Vec<u32>,
}

/// Why nothing of a group was written.
pub(super) enum AppendFailure {
    /// The record that the ledger stands on is not in the store as it was.
    BaseGone(FollowError),
    /// The ledger is damaged.
    ReadOnly(DraftError),
    /// The browser's reason.
    Storage(Cause),
}

impl From<Cause> for AppendFailure {
    fn from(cause: Cause) -> Self {
        Self::Storage(cause)
    }
}

impl From<AppendFailure> for JournalError {
    fn from(failure: AppendFailure) -> Self {
        match failure {
            AppendFailure::BaseGone(gone) => Self::Closed { cause: gone.to_string() },
            AppendFailure::ReadOnly(error) => error.into(),
            AppendFailure::Storage(cause) => transaction_failed(&cause),
        }
    }
}

/// What the read's success handler made; it counts only once the transaction completes.
struct Decided {
    ledger: Ledger,
    news: Refreshed,
    fresh: Vec<StoredRecord>,
    draft: Option<Draft>,
}

/// Follows, decides, adds and waits for `complete`.
///
/// INVARIANT: between the read's success event and `commit` nothing is awaited, or the transaction would commit by itself
/// with another tab's write in between.
pub(super) async fn append(database: &IdbDatabase, ledger: Ledger, acts: &Acts) -> Result<Committed, AppendFailure> {
    let transaction = write_transaction(database, &[JOURNAL])?;
    let finish = Finish::watch(&transaction);
    let reading = Rc::new(Reading::ask(&transaction, ledger.base_sequence())?);
    let step: Rc<RefCell<Option<Result<Decided, AppendFailure>>>> = Rc::default();

    let on_read: Closure<dyn FnMut()> = {
        let (transaction, reading, acts, step) =
            (transaction.clone(), Rc::clone(&reading), Rc::clone(acts), Rc::clone(&step));
        Closure::once(move || {
            let decided = decide_and_add(&transaction, &reading, ledger, &acts);
            if decided.is_err() {
                // A refusal means that the transaction is over already, which is as good.
                let _ = transaction.abort();
            }
            *step.borrow_mut() = Some(decided);
        })
    };
    reading.values.set_onsuccess(Some(on_read.as_ref().unchecked_ref()));
    let end = finish.wait().await;
    reading.values.set_onsuccess(None);

    let decided = step.borrow_mut().take();
    match (decided, end) {
        (Some(Err(failure)), _) => Err(failure),
        (_, Err(cause)) => Err(AppendFailure::Storage(cause)),
        (Some(Ok(decided)), Ok(())) => Ok(decided.complete()),
        (None, Ok(())) => Err(Cause::new("InvalidStateError", "the transaction ended before its read").into()),
    }
}

/// The part that runs inside the read's success event.
fn decide_and_add(
    transaction: &IdbTransaction,
    reading: &Reading,
    mut ledger: Ledger,
    acts: &RefCell<Vec<Decide>>,
) -> Result<Decided, AppendFailure> {
    let (read, base) = (reading.records()?, ledger.base_sequence());
    if begins_late(&ledger, &read) {
        return Err(AppendFailure::BaseGone(FollowError::BaseGone { sequence: 1 }));
    }
    let fresh = read.iter().filter(|record| record.sequence > base).cloned().collect();
    let news = ledger.follow(read).map_err(AppendFailure::BaseGone)?;
    let draft = ledger.draft(&mut acts.borrow_mut()).map_err(AppendFailure::ReadOnly)?;
    if let Some(draft) = &draft {
        add(transaction, &draft.record)?;
    }
    commit(transaction);
    Ok(Decided { ledger, news, fresh, draft })
}

impl Decided {
    /// Only now may the ledger show the draft.
    fn complete(self) -> Committed {
        let Self { mut ledger, news, fresh, draft } = self;
        let Some(draft) = draft else {
            return Committed { ledger, news, fresh, record: None, events_per_act: Vec::new() };
        };
        let record = Some(draft.record.clone());
        let events_per_act = draft.events_per_act.clone();
        ledger.commit(draft);
        Committed { ledger, news, fresh, record, events_per_act }
    }
}
