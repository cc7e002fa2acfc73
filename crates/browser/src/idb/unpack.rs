//! The way back of a repack: records of a segment become records of the journal.

use web_sys::IdbDatabase;

use super::database::{JOURNAL, SEGMENT, write_transaction};
use super::records::{LAST_KEY, Reading, add, key_of, numbers, result, store_of};
use super::steps::decide_within;
use super::stores::{asked, segments_of};
use crate::cause::Cause;

/// Unpacks the newest segment into the journal, if that is empty: its end was cut off, and the newest record that is left
/// was packed. Whoever appends looks for that record in the journal.
///
/// The records stay what they are, byte for byte, and in the same order. One strict transaction: all of it or nothing.
pub(super) async fn unpack_newest(database: &IdbDatabase) -> Result<(), Cause> {
    let transaction = write_transaction(database, &[JOURNAL, SEGMENT])?;
    let segments = store_of(&transaction, SEGMENT)?;
    let count = asked(store_of(&transaction, JOURNAL)?.count())?;
    let read = Reading::ask_in(&segments, &numbers(0, LAST_KEY)?, None)?;
    let (writing, last) = (transaction.clone(), read.values.clone());
    decide_within(&transaction, &last, move || {
        // Another tab may have put something there meanwhile.
        if result(&count)?.as_f64() != Some(0.0) {
            return Ok(());
        }
        let Some(newest) = segments_of(&read)?.into_iter().next_back() else { return Ok(()) };
        asked(segments.delete(&key_of(newest.sequence)))?;
        newest.unpack().iter().try_for_each(|record| add(&writing, record))
    })
    .await
}
