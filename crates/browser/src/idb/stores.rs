//! Reads several stores at once: one transaction is one consistent picture, also while another tab compacts.

use js_sys::Array;
use tollgate_tokens::{Segment, StoredRecord};
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

use super::database::{CHUNK, JOURNAL, META, SEGMENT, STORES, read_transaction};
use super::records::{LAST_KEY, Reading, bytes_of, key_of, number_of, numbers, result, store_of};
use super::request::Finish;
use crate::cause::Cause;
use crate::compaction::{Everything, Found, Picture, StoredChunk};

/// The key of the value in `meta` that says which snapshot counts.
const CURRENT: &str = "current";

/// Reads what a start needs, in one go.
pub(super) async fn read_picture(database: &IdbDatabase) -> Result<Picture, Cause> {
    let transaction = read_transaction(database, &STORES)?;
    let finish = Finish::watch(&transaction);
    let current = asked(store_of(&transaction, META)?.get(&current_key()))?;
    let chunks = Reading::ask_in(&store_of(&transaction, CHUNK)?, &generations_from(0)?, None)?;
    let segments = asked(store_of(&transaction, SEGMENT)?.count())?;
    let journal = Reading::ask(&transaction, 0)?;
    finish.wait().await?;
    let chunk = |(key, value): (JsValue, JsValue)| StoredChunk {
        generation: generation_of(&key),
        bytes: bytes_of(&value).unwrap_or_default(),
    };
    Ok(Picture {
        current: bytes_of(&result(&current)?),
        chunks: chunks.pairs()?.map(chunk).collect(),
        segments: result(&segments)?.as_f64().unwrap_or_default() as u32,
        journal: journal.records()?,
    })
}

/// Reads which snapshot counts.
pub(super) async fn read_current(database: &IdbDatabase) -> Result<Option<Vec<u8>>, Cause> {
    let transaction = read_transaction(database, &[META])?;
    let finish = Finish::watch(&transaction);
    let current = asked(store_of(&transaction, META)?.get(&current_key()))?;
    finish.wait().await?;
    Ok(bytes_of(&result(&current)?))
}

/// Reads some chunks of a generation. `None` when one is not there: another tab may have put a newer one in its place.
pub(super) async fn read_chunks(
    database: &IdbDatabase,
    generation: u64,
    numbers: &[usize],
) -> Result<Option<Vec<Vec<u8>>>, Cause> {
    let transaction = read_transaction(database, &[CHUNK])?;
    let finish = Finish::watch(&transaction);
    let store = store_of(&transaction, CHUNK)?;
    let ask = |number: &usize| asked(store.get(&chunk_key(generation, *number as u64)));
    let requests = numbers.iter().map(ask).collect::<Result<Vec<IdbRequest>, Cause>>()?;
    finish.wait().await?;
    requests.iter().map(|request| Ok(bytes_of(&result(request)?))).collect()
}

/// Reads what a compaction begins with: which snapshot counts, and the journal.
pub(super) async fn read_found(database: &IdbDatabase) -> Result<(Found, Vec<StoredRecord>), Cause> {
    let transaction = read_transaction(database, &[META, CHUNK, JOURNAL])?;
    let finish = Finish::watch(&transaction);
    let current = asked(store_of(&transaction, META)?.get(&current_key()))?;
    let chunks = asked(store_of(&transaction, CHUNK)?.get_all_keys())?;
    let journal = Reading::ask(&transaction, 0)?;
    finish.wait().await?;
    let highest = Array::from(&result(&chunks)?).iter().map(|key| generation_of(&key)).max();
    let found = Found { current: bytes_of(&result(&current)?), highest: highest.unwrap_or(0) };
    Ok((found, journal.records()?))
}

/// Reads every segment and the journal.
pub(super) async fn read_everything(database: &IdbDatabase) -> Result<Everything, Cause> {
    let transaction = read_transaction(database, &[SEGMENT, JOURNAL])?;
    let finish = Finish::watch(&transaction);
    let segments = Reading::ask_in(&store_of(&transaction, SEGMENT)?, &numbers(0, LAST_KEY)?, None)?;
    let journal = Reading::ask(&transaction, 0)?;
    finish.wait().await?;
    Ok(Everything { segments: segments_of(&segments)?, journal: journal.records()? })
}

/// Reads the first segment whose number is this one or a later one.
pub(super) async fn read_segment(database: &IdbDatabase, from: u64) -> Result<Option<Segment>, Cause> {
    let transaction = read_transaction(database, &[SEGMENT])?;
    let finish = Finish::watch(&transaction);
    let segments = Reading::ask_in(&store_of(&transaction, SEGMENT)?, &numbers(from, LAST_KEY)?, Some(1))?;
    finish.wait().await?;
    Ok(segments_of(&segments)?.into_iter().next())
}

/// Reads the journal, if no segment has this number or a later one.
pub(super) async fn read_behind(database: &IdbDatabase, from: u64) -> Result<Option<Vec<StoredRecord>>, Cause> {
    let transaction = read_transaction(database, &[SEGMENT, JOURNAL])?;
    let finish = Finish::watch(&transaction);
    let more = asked(store_of(&transaction, SEGMENT)?.count_with_key(&numbers(from, LAST_KEY)?))?;
    let journal = Reading::ask(&transaction, 0)?;
    finish.wait().await?;
    let is_last = result(&more)?.as_f64() == Some(0.0);
    is_last.then(|| journal.records()).transpose()
}

/// Records before a number.
pub(super) struct Earlier {
    pub(super) records: Vec<StoredRecord>,
    /// Whether there are none before these.
    pub(super) is_all: bool,
}

/// Reads the segments that hold about so many events before a number, and what of the journal lies there.
pub(super) async fn read_earlier(database: &IdbDatabase, before: u64, events: u64) -> Result<Earlier, Cause> {
    let Some(last) = before.checked_sub(1) else { return Ok(Earlier { records: Vec::new(), is_all: true }) };
    // Nothing is read of the segments at first but their keys. Others may add one meanwhile, so that keys and segments
    // count only if they were read together.
    let mut from = before;
    loop {
        let transaction = read_transaction(database, &[SEGMENT, JOURNAL])?;
        let finish = Finish::watch(&transaction);
        let store = store_of(&transaction, SEGMENT)?;
        let keys = asked(store.get_all_keys_with_key(&numbers(0, last)?))?;
        let segments = if from < before { Some(Reading::ask_in(&store, &numbers(from, last)?, None)?) } else { None };
        let journal = Reading::ask_in(&store_of(&transaction, JOURNAL)?, &numbers(0, last)?, None)?;
        finish.wait().await?;
        let keys: Vec<u64> = Array::from(&result(&keys)?).iter().map(|key| number_of(&key)).collect();
        let needed = first_needed(&keys, before, events);
        if needed >= from {
            let segments = segments.as_ref().map_or(Ok(Vec::new()), segments_of)?;
            let is_all = keys.first().is_none_or(|first| *first >= from);
            return Ok(Earlier { records: Everything { segments, journal: journal.records()? }.records(), is_all });
        }
        from = needed;
    }
}

/// Where the segments begin that hold so many events before a number, or as many as there are.
fn first_needed(keys: &[u64], before: u64, events: u64) -> u64 {
    let has_enough = |key: &&u64| before.saturating_sub(**key) >= events;
    keys.iter().rev().find(has_enough).or(keys.first()).copied().unwrap_or(before)
}

/// The segments that were read.
pub(super) fn segments_of(reading: &Reading) -> Result<Vec<Segment>, Cause> {
    let segment = |(key, value): (JsValue, JsValue)| Segment {
        sequence: number_of(&key),
        bytes: bytes_of(&value).unwrap_or_default(),
    };
    Ok(reading.pairs()?.map(segment).collect())
}

/// A request that was made.
pub(super) fn asked<T>(request: Result<T, JsValue>) -> Result<T, Cause> {
    request.map_err(|thrown| Cause::of(&thrown))
}

/// The store in which it says what counts, and the key of that.
pub(super) fn current_in(transaction: &IdbTransaction) -> Result<(IdbObjectStore, JsValue), Cause> {
    Ok((store_of(transaction, META)?, current_key()))
}

fn current_key() -> JsValue {
    JsValue::from_str(CURRENT)
}

/// The key of a chunk.
pub(super) fn chunk_key(generation: u64, index: u64) -> JsValue {
    Array::of2(&key_of(generation), &key_of(index)).into()
}

/// The keys of the chunks of a generation and of all above.
pub(super) fn generations_from(generation: u64) -> Result<JsValue, Cause> {
    asked(IdbKeyRange::lower_bound(&generation_key(generation)).map(JsValue::from))
}

/// The keys of the chunks of all lower generations.
pub(super) fn generations_below(generation: u64) -> Result<JsValue, Cause> {
    asked(IdbKeyRange::upper_bound_with_open(&generation_key(generation), true).map(JsValue::from))
}

/// The keys of the chunks of one generation.
pub(super) fn generation(generation: u64) -> Result<JsValue, Cause> {
    let (from, to) = (generation_key(generation), generation_key(generation.saturating_add(1)));
    asked(IdbKeyRange::bound_with_lower_open_and_upper_open(&from, &to, false, true).map(JsValue::from))
}

/// Sorts before the keys of a generation's chunks, which begin with it.
fn generation_key(generation: u64) -> JsValue {
    Array::of1(&key_of(generation)).into()
}

fn generation_of(key: &JsValue) -> u64 {
    Array::from(key).iter().next().map_or(0, |generation| number_of(&generation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(keys: &[u64], before: u64, events: u64, expected: u64) {
        assert_eq!(first_needed(keys, before, events), expected);
    }

    #[test]
    fn as_few_segments_are_read_as_hold_enough() {
        let keys = [1, 100, 200];
        check(&keys, 250, 50, 200);
        check(&keys, 250, 51, 100);
        check(&keys, 250, 1_000, 1);
        check(&keys, 250, 0, 200);
        check(&[], 250, 50, 250);
    }
}
