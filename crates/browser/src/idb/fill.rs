//! Makes the mirror whole: what lies in the database alone is copied into this tab's file.
//!
//! That is the history from before there was a mirror, what a tab could not mirror any more when it was killed, and
//! what was in a file that went bad.

use gloo_timers::future::TimeoutFuture;
use tollgate_tokens::{Journal as _, StoredRecord};

use super::journal::IndexedDbJournal;
use super::second_copy::SecondCopy;
use crate::locks;
use crate::mirror::unmirrored;

/// Up to so many bytes are copied in one go and before anything else: no act is acknowledged on top of what is not
/// mirrored.
const AT_ONCE_BYTES: usize = 1 << 20;

/// More than that waits until the page has come to rest.
const REST_MILLIS: u32 = 2_000;

/// So many bytes are written in one go, between which acts have their turn.
const PORTION_BYTES: usize = 1 << 18;

/// Copies what no file of the mirror holds. One tab at a time copies much.
pub(super) async fn fill(journal: IndexedDbJournal, lock: String, owed: Vec<StoredRecord>) {
    let second_copy = journal.second_copy();
    second_copy.owe(&owed);
    if owed.iter().map(|record| record.bytes.len()).sum::<usize>() <= AT_ONCE_BYTES {
        second_copy.keep(&owed).await;
        return second_copy.owe(&[]);
    }
    drop(owed);
    TimeoutFuture::new(REST_MILLIS).await;
    let _turn = locks::acquire(&lock).await;
    let Some(mirror) = second_copy.mirror() else { return };
    // Another tab may have copied all of it meanwhile. What cannot be read now is copied at the next start.
    if let (Ok(mirrored), Ok(records)) = (mirror.heads().await, journal.records().await) {
        copy(second_copy, &unmirrored(&records, &mirrored)).await;
    }
}

async fn copy(second_copy: &SecondCopy, records: &[StoredRecord]) {
    let mut rest = records;
    while let Some((portion, behind)) = rest.split_at_checked(portion_length(rest)) {
        second_copy.keep(portion).await;
        second_copy.owe(behind);
        rest = behind;
        TimeoutFuture::new(0).await;
    }
    second_copy.owe(rest);
}

/// How many records make a portion: at least one, so that one too large for a portion is copied as well.
fn portion_length(records: &[StoredRecord]) -> usize {
    let mut bytes = 0;
    let fits = |record: &&StoredRecord| {
        bytes += record.bytes.len();
        bytes <= PORTION_BYTES
    };
    records.iter().take_while(fits).count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lengths: &[usize], expected: usize) {
        let record = |length: &usize| StoredRecord { sequence: 1, bytes: vec![0; *length] };
        let records: Vec<StoredRecord> = lengths.iter().map(record).collect();
        assert_eq!(portion_length(&records), expected);
    }

    #[test]
    fn portion_is_small_and_never_empty() {
        check(&[1, 2, 3], 3);
        check(&[PORTION_BYTES, 1], 1);
        check(&[PORTION_BYTES + 1, 1], 1);
        check(&[PORTION_BYTES / 2, PORTION_BYTES / 2, 1], 2);
    }
}
