//! The one transaction that appends, and the mirror that is written meanwhile.
//!
//! Mostly nobody else wrote since this page last did. So it decides before the transaction, asks for everything at once,
//! and commits if the read shows that it was right; otherwise it begins anew, reads, and decides again.
//!
//! A record goes to the mirror as soon as nothing but the disk can refuse it. So the mirror may hold, for moments or
//! after a kill, what nobody was told anything of. What the database did not take leaves the mirror again before anybody
//! is told that.

use std::cell::RefCell;
use std::rc::Rc;
use std::slice;

use tollgate_tokens::{Decide, Draft, DraftError, FollowError, JournalError, Ledger, Refreshed, StoredRecord};
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbRequest, IdbTransaction};

use super::database::{JOURNAL, commit, transaction_failed, write_back_lock, write_transaction};
use super::records::{Reading, add, ask_newest, only_record};
use super::request::Finish;
use super::shared::Shared;
use crate::cause::Cause;
use crate::compaction::begins_late;
use crate::locks;
use crate::mirror::Sent;

/// The acts of one group; kept outside, because a retry decides them again.
pub(super) type Acts = Rc<RefCell<Vec<Decide>>>;

/// A group that is durable in the database.
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
    /// What is still on its way into the mirror.
    pub(super) sent: Sent,
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
    sent: Sent,
}

/// Decides, adds and waits for `complete`: at once where this page was the last to write, else after it has read on.
pub(super) async fn append(
    shared: &Rc<Shared>,
    database: &IdbDatabase,
    acts: &Acts,
) -> Result<Committed, AppendFailure> {
    let ledger = shared.ledger.borrow().clone();
    if shared.is_alone.get()
        && ledger.base().is_some()
        && let Some(committed) = append_at_once(shared, database, ledger.clone(), acts).await?
    {
        return Ok(committed);
    }
    let committed = append_behind(shared, database, ledger, acts).await?;
    // Where others write as well, an attempt would mostly be in vain.
    shared.is_alone.set(committed.news == Refreshed::Unchanged);
    Ok(committed)
}

/// Decides on what this page knows, and asks for the read and for the add in one go. `None` where the read then shows
/// that somebody else wrote, or anything that is not as it was known: nothing was written, and the way that reads first
/// finds out what it is.
///
/// INVARIANT: it is committed in the read's success event or not at all. The read is asked for before the add, so that
/// it does not see that.
async fn append_at_once(
    shared: &Rc<Shared>,
    database: &IdbDatabase,
    mut ledger: Ledger,
    acts: &Acts,
) -> Result<Option<Committed>, AppendFailure> {
    // That there is nothing to append, or that nothing may be, is said only of the newest state.
    let Ok(Some(draft)) = ledger.draft(&mut acts.borrow_mut()) else { return Ok(None) };
    let transaction = write_transaction(database, &[JOURNAL])?;
    let finish = Finish::watch(&transaction);
    let read = ask_newest(&transaction, ledger.base_sequence())?;
    add(&transaction, &draft.record)?;

    let decide = {
        let (shared, transaction, read) = (Rc::clone(shared), transaction.clone(), read.clone());
        move || {
            let newest = only_record(&read).map(|newest| ledger.follow(vec![newest]));
            if newest != Some(Ok(Refreshed::Unchanged)) {
                return Err(Raced);
            }
            commit(&transaction);
            let sent = shared.second_copy.send(slice::from_ref(&draft.record));
            Ok(Decided { ledger, news: Refreshed::Unchanged, fresh: Vec::new(), draft: Some(draft), sent })
        }
    };
    match when_read(&transaction, finish, &read, decide).await {
        (Some(Ok(decided)), Ok(())) => Ok(Some(decided.complete())),
        (Some(Ok(decided)), Err(cause)) => take_back(shared, database, decided, cause).await.map(Some),
        (Some(Err(Raced)) | None, Err(_)) => Ok(None),
        // Without a name, so that nothing is tried again: what was added may be there.
        (Some(Err(Raced)) | None, Ok(())) => Err(Cause::new("", "the transaction ended before its read").into()),
    }
}

/// The store is not as this page knows it.
struct Raced;

/// Follows, decides, adds and waits for `complete`.
///
/// INVARIANT: between the read's success event and `commit` nothing is awaited, or the transaction would commit by itself
/// with another tab's write in between.
async fn append_behind(
    shared: &Rc<Shared>,
    database: &IdbDatabase,
    ledger: Ledger,
    acts: &Acts,
) -> Result<Committed, AppendFailure> {
    let transaction = write_transaction(database, &[JOURNAL])?;
    let finish = Finish::watch(&transaction);
    let reading = Rc::new(Reading::ask(&transaction, ledger.base_sequence())?);
    let decide = {
        let (shared, acts) = (Rc::clone(shared), Rc::clone(acts));
        let (transaction, reading) = (transaction.clone(), Rc::clone(&reading));
        move || decide_and_add(&shared, &transaction, &reading, ledger, &acts)
    };
    match when_read(&transaction, finish, &reading.values, decide).await {
        (Some(Err(failure)), _) => Err(failure),
        (Some(Ok(decided)), Err(cause)) => take_back(shared, database, decided, cause).await,
        (None, Err(cause)) => Err(AppendFailure::Storage(cause)),
        (Some(Ok(decided)), Ok(())) => Ok(decided.complete()),
        (None, Ok(())) => Err(Cause::new("InvalidStateError", "the transaction ended before its read").into()),
    }
}

/// Decides in the success event of a read, and waits for the end of the transaction, which a failure aborts. Answers what
/// was decided, if it came to that, and how the transaction ended.
async fn when_read<E: 'static>(
    transaction: &IdbTransaction,
    finish: Finish,
    read: &IdbRequest,
    decide: impl FnOnce() -> Result<Decided, E> + 'static,
) -> (Option<Result<Decided, E>>, Result<(), Cause>) {
    let step: Rc<RefCell<Option<Result<Decided, E>>>> = Rc::default();
    let on_read: Closure<dyn FnMut()> = {
        let (transaction, step) = (transaction.clone(), Rc::clone(&step));
        Closure::once(move || {
            let decided = decide();
            if decided.is_err() {
                // A refusal means that the transaction is over already, which is as good.
                let _ = transaction.abort();
            }
            *step.borrow_mut() = Some(decided);
        })
    };
    read.set_onsuccess(Some(on_read.as_ref().unchecked_ref()));
    let end = finish.wait().await;
    read.set_onsuccess(None);
    let decided = step.borrow_mut().take();
    (decided, end)
}

/// The part that runs inside the read's success event.
fn decide_and_add(
    shared: &Shared,
    transaction: &IdbTransaction,
    reading: &Reading,
    mut ledger: Ledger,
    acts: &RefCell<Vec<Decide>>,
) -> Result<Decided, AppendFailure> {
    let (read, base) = (reading.records()?, ledger.base_sequence());
    if begins_late(&ledger, &read) {
        return Err(AppendFailure::BaseGone(FollowError::BaseGone { sequence: 1 }));
    }
    let fresh: Vec<StoredRecord> = read.iter().filter(|record| record.sequence > base).cloned().collect();
    let news = ledger.follow(read).map_err(AppendFailure::BaseGone)?;
    let draft = ledger.draft(&mut acts.borrow_mut()).map_err(AppendFailure::ReadOnly)?;
    if let Some(draft) = &draft {
        add(transaction, &draft.record)?;
    }
    commit(transaction);
    // After the commit was asked for: a page that dies here leaves as little as can be in the mirror alone.
    let mut mirrored = shared.second_copy.unannounced(&fresh, 0);
    mirrored.extend(draft.as_ref().map(|draft| draft.record.clone()));
    let sent = shared.second_copy.send(&mirrored);
    Ok(Decided { ledger, news, fresh, draft, sent })
}

/// Takes the record of a transaction that was aborted out of the mirror, before anybody is told.
///
/// INVARIANT: what was told as not written is never written back.
async fn take_back(
    shared: &Rc<Shared>,
    database: &IdbDatabase,
    decided: Decided,
    cause: Cause,
) -> Result<Committed, AppendFailure> {
    let record = decided.draft.as_ref().map(|draft| draft.record.clone());
    let Some(record) = record.filter(|_| decided.sent.is_some()) else { return Err(cause.into()) };
    let _turn = locks::acquire(&write_back_lock(database)).await;
    // A start of another tab may have found the record in the mirror: then it is as durable as if this page had done it.
    let read = shared.read_tail(record.sequence).await;
    if read.is_ok_and(|read| read.first() == Some(&record)) {
        return Ok(decided.complete());
    }
    match shared.second_copy.retract(decided.sent, &record).await {
        Ok(()) => Err(cause.into()),
        // Without a name, so that nothing is tried again beside what was left.
        Err(left) => {
            let told = format!("{cause}; it may be there after the next start, for the second copy has it: {left}");
            Err(Cause::new("", told).into())
        }
    }
}

impl Decided {
    /// Only now may the ledger show the draft.
    fn complete(self) -> Committed {
        let Self { mut ledger, news, fresh, draft, sent } = self;
        let Some(draft) = draft else {
            return Committed { ledger, news, fresh, record: None, events_per_act: Vec::new(), sent };
        };
        let record = Some(draft.record.clone());
        let events_per_act = draft.events_per_act.clone();
        ledger.commit(draft);
        Committed { ledger, news, fresh, record, events_per_act, sent }
    }
}
