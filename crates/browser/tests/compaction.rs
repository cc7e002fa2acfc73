//! Compaction on a real IndexedDB: what each step leaves behind, and what a start makes of it.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what went wrong by stopping")]

mod by_hand {
    pub mod fresh;
    pub mod request;
    pub mod user;
}

use by_hand::fresh::fresh;
use by_hand::request::done;
use by_hand::user::user;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Promise, Uint8Array};
use tollgate_browser::{Compacted, IndexedDbJournal, StartWarning, raw_export};
use tollgate_inventory::{Head, Snapshot};
use tollgate_tokens::test_support::identity as numbered;
use tollgate_tokens::{Decide, Journal, JournalError, Ledger, StoredRecord, contract, verify};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbTransaction, IdbTransactionMode,
};

wasm_bindgen_test_configure!(run_in_browser);

async fn open(workspace: &str) -> IndexedDbJournal {
    IndexedDbJournal::open(workspace, numbered(1)).await.unwrap()
}

/// A journal of so many records.
async fn filled(workspace: &str, records: usize) -> IndexedDbJournal {
    let journal = open(workspace).await;
    for index in 0..records {
        journal.append(user(&format!("user-{index}"))).await.unwrap();
    }
    journal
}

fn is_resumed(journal: &impl Journal) -> bool {
    journal.read(Ledger::first_sequence) > 1
}

fn names(journal: &impl Journal) -> Vec<String> {
    journal.read(|ledger| ledger.workspace().users().map(|user| user.username.to_string()).collect())
}

/// Compacts at most so many steps. The browser gives a lock back a moment after it was let go.
async fn compact_steps(journal: &IndexedDbJournal, most: u32) -> Compacted {
    loop {
        match journal.compact_steps(most).await.unwrap() {
            Compacted::Elsewhere => TimeoutFuture::new(10).await,
            compacted => return compacted,
        }
    }
}

/// A start shows what reading everything shows, byte for byte as a snapshot, and every record is as it was.
async fn assert_whole(journal: &impl Journal, records: &[StoredRecord]) {
    let found = journal.records().await.unwrap();
    assert_eq!(found, records);
    assert!(verify(found.clone()).is_whole());
    let encoded = |ledger: &Ledger| Snapshot::encode(ledger.workspace(), Head::of(ledger).unwrap()).unwrap();
    let replayed = encoded(&Ledger::load(numbered(1), found));
    assert_eq!(journal.read(encoded), replayed);
}

fn factory() -> IdbFactory {
    web_sys::window().unwrap().indexed_db().unwrap().unwrap()
}

/// Waits until a transaction is over: before that, nobody else can upgrade its database.
async fn complete(transaction: &IdbTransaction) {
    let promise = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    JsFuture::from(promise).await.unwrap();
}

async fn raw(workspace: &str) -> IdbDatabase {
    done(&factory().open(&format!("tollgate/{workspace}")).unwrap()).await.unchecked_into()
}

/// The stores that a database of version 1 had at least, and those that it had when it was left behind.
const ONE_STORE: &[&str] = &["journal"];
const ALL_STORES: &[&str] = &["journal", "segment", "chunk", "meta"];

/// Makes a database of some version by hand, with these stores.
async fn made_by_hand(workspace: &str, version: u32, stores: &'static [&'static str]) -> IdbDatabase {
    let request: IdbOpenDbRequest = factory().open_with_u32(&format!("tollgate/{workspace}"), version).unwrap();
    let opening = request.clone();
    let upgrade = Closure::<dyn FnMut()>::new(move || {
        let database: IdbDatabase = opening.result().unwrap().unchecked_into();
        for store in stores {
            database.create_object_store(store).unwrap();
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    done(&request).await.unchecked_into()
}

/// Does something with a store behind everybody's back.
async fn with_store(workspace: &str, store: &str, act: impl AsyncFn(IdbObjectStore)) {
    let database = raw(workspace).await;
    let transaction = database.transaction_with_str_and_mode(store, IdbTransactionMode::Readwrite).unwrap();
    act(transaction.object_store(store).unwrap()).await;
    database.close();
}

async fn count(workspace: &str, store: &str) -> u32 {
    let database = raw(workspace).await;
    let transaction = database.transaction_with_str(store).unwrap();
    let counted = done(&transaction.object_store(store).unwrap().count().unwrap()).await;
    database.close();
    counted.as_f64().unwrap() as u32
}

/// Flips the last bit of every value of a store, as a failing disk might.
async fn damage(workspace: &str, store: &str) {
    with_store(workspace, store, async |store: IdbObjectStore| {
        let keys = Array::from(&done(&store.get_all_keys().unwrap()).await);
        for key in keys.iter() {
            let mut bytes = done(&store.get(&key).unwrap()).await.unchecked_into::<Uint8Array>().to_vec();
            *bytes.last_mut().unwrap() ^= 1;
            done(&store.put_with_key(&Uint8Array::from(bytes.as_slice()), &key).unwrap()).await;
        }
    })
    .await;
}

/// Removes the records of the journal from a number on, and opens it in a browser that does not remember them.
async fn opened_without_end(workspace: &str, from: u64) -> IndexedDbJournal {
    with_store(workspace, "journal", async |store: IdbObjectStore| {
        let end = IdbKeyRange::lower_bound(&JsValue::from_f64(from as f64)).unwrap();
        done(&store.delete(&end).unwrap()).await;
    })
    .await;
    let witness = format!("tollgate.witness.{workspace}");
    web_sys::window().unwrap().local_storage().unwrap().unwrap().remove_item(&witness).unwrap();
    open(workspace).await
}

#[wasm_bindgen_test]
async fn a_start_goes_on_from_the_snapshot_and_nothing_is_gone() {
    let workspace = fresh("resume");
    let journal = filled(&workspace, 12).await;
    let records = journal.records().await.unwrap();
    assert_eq!(journal.compact_now().await.unwrap(), Compacted::Done { records: 11, segments: 1 });
    assert_whole(&journal, &records).await;
    assert_eq!((count(&workspace, "journal").await, count(&workspace, "segment").await), (1, 1));

    let again = open(&workspace).await;
    assert!(is_resumed(&again) && again.start_warnings().is_empty());
    assert_whole(&again, &records).await;
    again.append(user("after")).await.unwrap();
    // The first page stands on the anchor, and goes on as well.
    journal.append(user("first-page")).await.unwrap();
    let third = open(&workspace).await;
    assert!(is_resumed(&third));
    assert_eq!(names(&third).len(), 14);
    assert!(verify(third.records().await.unwrap()).is_whole());
}

#[wasm_bindgen_test]
async fn each_step_may_be_the_last_one() {
    let steps = {
        let journal = filled(&fresh("steps"), 5).await;
        let mut steps = 0;
        while compact_steps(&journal, steps).await == Compacted::Stopped {
            steps += 1;
        }
        steps
    };
    assert!(steps >= 6, "{steps} steps");
    for most in 0..=steps {
        let workspace = fresh("killed");
        let journal = filled(&workspace, 5).await;
        let records = journal.records().await.unwrap();
        compact_steps(&journal, most).await;
        drop(journal);
        let again = open(&workspace).await;
        assert_whole(&again, &records).await;
        // What was left behind is in nobody's way.
        assert!(matches!(compact_steps(&again, u32::MAX).await, Compacted::Done { .. }));
        assert_eq!(count(&workspace, "chunk").await, 1, "one dictionary, no tokens; after {most} steps");
        let resumed = open(&workspace).await;
        assert!(is_resumed(&resumed), "after {most} steps");
        assert_whole(&resumed, &records).await;
    }
}

#[wasm_bindgen_test]
async fn a_changed_chunk_costs_time_only() {
    for store in ["chunk", "meta"] {
        let workspace = fresh("changed");
        let journal = filled(&workspace, 5).await;
        journal.compact_now().await.unwrap();
        let records = journal.records().await.unwrap();
        drop(journal);
        damage(&workspace, store).await;
        let again = open(&workspace).await;
        assert!(!is_resumed(&again), "{store}");
        assert_whole(&again, &records).await;
        again.compact_now().await.unwrap();
        assert!(is_resumed(&open(&workspace).await), "{store}");
    }
}

#[wasm_bindgen_test]
async fn an_end_that_was_cut_off_is_told_as_far_as_the_snapshot_knows_it() {
    let workspace = fresh("cut");
    let journal = filled(&workspace, 6).await;
    journal.compact_now().await.unwrap();
    journal.append(user("behind")).await.unwrap();
    let records = journal.records().await.unwrap();
    drop(journal);
    let (head, behind) = (records[5].sequence, records[6].sequence);
    let again = opened_without_end(&workspace, behind).await;
    assert!(is_resumed(&again) && again.start_warnings().is_empty(), "of what came later it knows nothing");
    drop(again);
    let cut = [StartWarning::BehindSnapshot { expected_next: behind, found_next: head }];
    let again = opened_without_end(&workspace, head).await;
    assert_eq!(again.start_warnings(), cut);
    assert_eq!(again.records().await.unwrap(), records[..5]);
    drop(again);
    let again = opened_without_end(&workspace, head).await;
    assert_eq!(again.start_warnings(), cut, "until something is written");
    again.append(user("instead")).await.unwrap();
    assert!(verify(again.records().await.unwrap()).is_whole() && names(&again).len() == 6);
    again.compact_now().await.unwrap();
    drop(again);
    let again = opened_without_end(&workspace, u64::MAX).await;
    assert!(is_resumed(&again) && again.start_warnings().is_empty());
}

#[wasm_bindgen_test]
async fn a_damaged_segment_is_found_by_reading_everything_and_can_be_repaired() {
    let workspace = fresh("segment");
    let journal = filled(&workspace, 5).await;
    journal.compact_now().await.unwrap();
    drop(journal);
    damage(&workspace, "segment").await;
    let again = open(&workspace).await;
    assert!(is_resumed(&again) && again.read(|ledger| ledger.damage().next().is_none()));
    assert!(!verify(again.records().await.unwrap()).is_whole());
    again.reload().await.unwrap();
    assert!(again.read(|ledger| ledger.damage().next().is_some()));
    assert_eq!(again.append(user("refused")).await.unwrap_err().code(), "J0107");
    assert_eq!(again.compact_now().await.unwrap(), Compacted::Nothing);
}

#[wasm_bindgen_test]
async fn entries_before_the_snapshot_are_read_when_they_are_asked_for() {
    let workspace = fresh("earlier");
    let journal = filled(&workspace, 6).await;
    let all: Vec<u64> = journal.read(|ledger| ledger.entries().map(|entry| entry.sequence).collect());
    journal.compact_now().await.unwrap();
    journal.append(user("later")).await.unwrap();
    journal.compact_now().await.unwrap();
    assert_eq!(count(&workspace, "segment").await, 2);
    let again = open(&workspace).await;
    let first = again.read(Ledger::first_sequence);
    let sequences = async |before, most| {
        let found = again.earlier(before, most).await.unwrap();
        found.iter().map(|entry| entry.sequence).collect::<Vec<u64>>()
    };
    assert_eq!(sequences(first, 100).await, all);
    assert_eq!(sequences(first, 2).await, all[all.len() - 2..]);
    assert_eq!(sequences(3, 1).await, [2]);
}

#[wasm_bindgen_test]
async fn two_pages_append_while_one_compacts() {
    let workspace = fresh("beside");
    let (left, right) = (filled(&workspace, 3).await, open(&workspace).await);
    for round in 0..6 {
        let (one, other) = (left.clone(), right.clone());
        let appended = wasm_bindgen_futures::future_to_promise(async move {
            for index in 0..3 {
                one.append(user(&format!("left-{round}-{index}"))).await.unwrap();
                other.append(user(&format!("right-{round}-{index}"))).await.unwrap();
            }
            Ok(JsValue::UNDEFINED)
        });
        left.compact_now().await.unwrap();
        JsFuture::from(appended).await.unwrap();
    }
    let third = open(&workspace).await;
    assert_eq!(names(&third).len(), 3 + 36);
    let records = third.records().await.unwrap();
    assert_whole(&third, &records).await;
    right.refresh().await.unwrap();
    assert_eq!(names(&right), names(&third));
}

#[wasm_bindgen_test]
async fn a_journal_that_packs_itself_obeys_the_contract() {
    struct Packing(IndexedDbJournal);

    impl Journal for Packing {
        async fn append(&self, decide: Decide) -> Result<tollgate_tokens::Appended, JournalError> {
            let appended = self.0.append(decide).await;
            self.0.compact_now().await.unwrap();
            appended
        }

        async fn refresh(&self) -> Result<tollgate_tokens::Refreshed, JournalError> {
            self.0.refresh().await
        }

        async fn records(&self) -> Result<Vec<StoredRecord>, JournalError> {
            self.0.records().await
        }

        async fn earlier(&self, before: u64, most: usize) -> Result<Vec<tollgate_tokens::Entry>, JournalError> {
            self.0.earlier(before, most).await
        }

        async fn reload(&self) -> Result<tollgate_tokens::Refreshed, JournalError> {
            self.0.reload().await
        }

        fn read<R>(&self, read: impl FnOnce(&Ledger) -> R) -> R {
            self.0.read(read)
        }
    }

    let run = fresh("contract");
    contract::all(async |name: &str, identity| {
        Packing(IndexedDbJournal::open(&format!("{run}-{name}"), identity).await.unwrap())
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_database_of_version_1_is_taken_over_whole() {
    for stores in [ONE_STORE, ALL_STORES] {
        let source = fresh("source");
        let records = filled(&source, 4).await.records().await.unwrap();
        let workspace = fresh("version-1");
        let database = made_by_hand(&workspace, 1, stores).await;
        let transaction = database.transaction_with_str_and_mode("journal", IdbTransactionMode::Readwrite).unwrap();
        let store = transaction.object_store("journal").unwrap();
        for record in &records {
            let key = JsValue::from_f64(record.sequence as f64);
            done(&store.add_with_key(&Uint8Array::from(record.bytes.as_slice()), &key).unwrap()).await;
        }
        complete(&transaction).await;
        database.close();

        let journal = open(&workspace).await;
        assert_whole(&journal, &records).await;
        journal.append(user("after")).await.unwrap();
        journal.compact_now().await.unwrap();
        assert!(is_resumed(&open(&workspace).await));
        let database = raw(&workspace).await;
        assert_eq!((database.version(), database.object_store_names().length()), (2.0, 4));
        database.close();
    }
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_version_is_refused_and_can_be_saved_as_it_lies() {
    let workspace = fresh("version-3");
    let database = made_by_hand(&workspace, 3, &["journal", "something"]).await;
    let transaction = database.transaction_with_str_and_mode("journal", IdbTransactionMode::Readwrite).unwrap();
    let store = transaction.object_store("journal").unwrap();
    done(&store.add_with_key(&Uint8Array::from(b"of a newer kind".as_slice()), &JsValue::from_f64(7.0)).unwrap()).await;
    database.close();

    let refused = IndexedDbJournal::open(&workspace, numbered(1)).await.err().unwrap();
    assert!(matches!(refused, JournalError::Newer { .. }), "{refused}");
    assert_eq!(refused.code(), "J0110");
    assert_eq!(raw_export(&workspace).await.unwrap(), "journal 7 b2YgYSBuZXdlciBraW5k\n");
    let database = raw(&workspace).await;
    assert_eq!(database.version(), 3.0, "it is as it was");
    database.close();
}
