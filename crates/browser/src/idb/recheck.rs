//! A look at the entries before the snapshot, which a start that went on from there did not read.
//!
//! Only hashes, links and places are checked, one segment after the other. If one is wrong, the whole chain is read
//! again, as a start without a snapshot does, and the damage is known from then on.

use std::rc::{Rc, Weak};

use gloo_timers::future::TimeoutFuture;
use tollgate_tokens::{Journal as _, JournalError, LinkCheck, StoredRecord};

use super::database::transaction_failed;
use super::journal::IndexedDbJournal;
use super::shared::Shared;
use super::stores::{read_behind, read_segment};

/// How long the page has been shown when it begins.
const REST_MILLIS: u32 = 4_000;

/// The pause between segments, in which acts have their turn.
const PAUSE_MILLIS: u32 = 20;

/// Looks, and reads everything again if it has to. What cannot be read now is looked at after the next start.
pub(super) async fn recheck(shared: Weak<Shared>) {
    TimeoutFuture::new(REST_MILLIS).await;
    let Some(shared) = shared.upgrade() else { return };
    if is_whole(&shared).await == Ok(false) {
        // Should this fail, the next act says why.
        let _ = IndexedDbJournal { shared }.reload().await;
    }
}

async fn is_whole(shared: &Rc<Shared>) -> Result<bool, JournalError> {
    let workspace = shared.ledger.borrow().workspace().clone();
    let database = shared.database().await?;
    let mut check = LinkCheck::from_first_record();
    let mut accepts = |record: &StoredRecord| check.accepts_repaired(record, &workspace);
    let mut from = 0;
    loop {
        let segment = read_segment(&database, from).await.map_err(|cause| transaction_failed(&cause))?;
        if let Some(segment) = segment {
            if !segment.unpack().iter().all(&mut accepts) {
                return Ok(false);
            }
            from = segment.sequence + 1;
            TimeoutFuture::new(PAUSE_MILLIS).await;
            continue;
        }
        let behind = read_behind(&database, from).await.map_err(|cause| transaction_failed(&cause))?;
        // Nothing if another tab has packed more meanwhile.
        if let Some(journal) = behind {
            return Ok(journal.iter().all(&mut accepts));
        }
    }
}
