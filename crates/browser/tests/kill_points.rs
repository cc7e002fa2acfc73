//! A page dies at a point that is known, on a real IndexedDB: the next one reads, writes and dies as well, and the one
//! after that finds everything that was ever acknowledged.
//!
//! `tests/e2e/kill` does the same by killing a browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test says what went wrong by stopping")]

mod by_hand {
    pub mod fresh;
    pub mod request;
    pub mod user;
}

use by_hand::fresh::fresh;
use by_hand::request::done;
use by_hand::user::user;
use js_sys::{Promise, Uint8Array};
use tollgate_browser::{Compacted, IndexedDbJournal};
use tollgate_inventory::{Head, Snapshot};
use tollgate_tokens::test_support::identity as numbered;
use tollgate_tokens::{Journal, Ledger, StoredRecord, verify};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

wasm_bindgen_test_configure!(run_in_browser);

/// The stores that a database of version 1 had at least, and those that it had when it was left behind.
const ONE_STORE: &[&str] = &["journal"];
const ALL_STORES: &[&str] = &["journal", "segment", "chunk", "meta"];

/// A compaction without tokens: clear, the one chunk, flip, sweep, a segment, and a look that finds no more.
const STEPS: u32 = 6;

async fn open(workspace: &str) -> IndexedDbJournal {
    let journal = IndexedDbJournal::open(workspace, numbered(1)).await.unwrap();
    assert!(journal.start_warnings().is_empty(), "{:?}", journal.start_warnings());
    journal
}

async fn add(journal: &IndexedDbJournal, what: &str, records: usize) {
    for index in 0..records {
        journal.append(user(&format!("{what}-{index}"))).await.unwrap();
    }
}

/// The records are these, their chain is whole, and the state is what they add up to, byte for byte as a snapshot.
async fn assert_whole(journal: &IndexedDbJournal, records: &[StoredRecord]) {
    let found = journal.records().await.unwrap();
    assert_eq!(found, records);
    assert!(verify(found.clone()).is_whole());
    let encoded = |ledger: &Ledger| Head::of(ledger).map(|head| Snapshot::encode(ledger.workspace(), head).unwrap());
    let replayed = encoded(&Ledger::load(numbered(1), found));
    assert_eq!(journal.read(encoded), replayed);
}

/// What comes after a page that died, told by what it had acknowledged.
async fn assert_goes_on(workspace: &str, acknowledged: &[StoredRecord]) {
    let second = open(workspace).await;
    assert_whole(&second, acknowledged).await;
    add(&second, "second", 1).await;
    drop(second);
    let third = open(workspace).await;
    let records = third.records().await.unwrap();
    assert!(records.starts_with(acknowledged) && records.len() == acknowledged.len() + 1);
    assert_whole(&third, &records).await;
    // What the dead left behind is in nobody's way.
    assert!(matches!(third.compact_now().await.unwrap(), Compacted::Done { .. }));
    drop(third);
    let last = open(workspace).await;
    assert!(last.read(Ledger::first_sequence) > 1 || records.len() == 1, "it goes on from the snapshot");
    assert_whole(&last, &records).await;
}

/// What is there when a compaction begins.
#[derive(Debug, Clone, Copy)]
enum Before {
    NoSnapshot,
    OlderSnapshot,
    /// What another attempt left behind that died after so many steps.
    DeadAttempt(u32),
}

/// A page packs, and dies after so many steps.
async fn dies_after(steps: u32, before: Before) {
    let workspace = fresh("packing");
    let journal = open(&workspace).await;
    add(&journal, "first", 5).await;
    match before {
        Before::NoSnapshot => {}
        Before::OlderSnapshot => {
            journal.compact_now().await.unwrap();
            add(&journal, "later", 3).await;
        }
        Before::DeadAttempt(steps) => assert_eq!(journal.compact_steps(steps).await.unwrap(), Compacted::Stopped),
    }
    let acknowledged = journal.records().await.unwrap();
    journal.compact_steps(steps).await.unwrap();
    drop(journal);
    assert_goes_on(&workspace, &acknowledged).await;
}

#[wasm_bindgen_test]
async fn a_page_may_die_after_any_step_of_a_compaction() {
    let mut points = Vec::new();
    for before in [Before::NoSnapshot, Before::OlderSnapshot] {
        points.extend((0..=STEPS).map(|steps| (steps, before)));
    }
    for begun in 1..STEPS {
        points.extend([1, 3, 5].map(|steps| (steps, Before::DeadAttempt(begun))));
    }
    console_log!("a page dies at {} points of a compaction", points.len());
    assert!(points.len() >= 26);
    for (steps, before) in points {
        console_log!("after {steps} steps, {before:?}");
        dies_after(steps, before).await;
    }
}

fn factory() -> IdbFactory {
    web_sys::window().unwrap().indexed_db().unwrap().unwrap()
}

/// Waits for a request that fails.
async fn failed(request: &IdbRequest) {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&reject));
        request.set_onerror(Some(&resolve));
    });
    JsFuture::from(promise).await.unwrap();
}

fn make_stores(database: &IdbDatabase, stores: &[&str]) {
    for store in stores {
        database.create_object_store(store).unwrap();
    }
}

/// Opens a database with a version that it does not have yet; `upgrade` gets the request.
fn upgraded(workspace: &str, version: u32, upgrade: impl Fn(&IdbOpenDbRequest) + 'static) -> IdbOpenDbRequest {
    let request: IdbOpenDbRequest = factory().open_with_u32(&format!("tollgate/{workspace}"), version).unwrap();
    let opening = request.clone();
    let on_upgrade = Closure::<dyn FnMut()>::new(move || upgrade(&opening));
    request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
    on_upgrade.forget();
    request
}

fn database_of(request: &IdbOpenDbRequest) -> IdbDatabase {
    request.result().unwrap().unchecked_into()
}

/// Makes a database as version 1 left it behind.
async fn version_1(workspace: &str, stores: &'static [&'static str], records: &[StoredRecord]) {
    let request = upgraded(workspace, 1, move |request| make_stores(&database_of(request), stores));
    let database: IdbDatabase = done(&request).await.unchecked_into();
    let transaction = database.transaction_with_str_and_mode("journal", IdbTransactionMode::Readwrite).unwrap();
    let store = transaction.object_store("journal").unwrap();
    for record in records {
        let key = JsValue::from_f64(record.sequence as f64);
        done(&store.add_with_key(&Uint8Array::from(record.bytes.as_slice()), &key).unwrap()).await;
    }
    database.close();
}

/// A page takes a database over, and dies when it has made so many stores: nothing of that stays.
async fn dies_in_upgrade(workspace: &str, made: usize) {
    let request = upgraded(workspace, 2, move |request| {
        let database = database_of(request);
        let there = database.object_store_names();
        let missing: Vec<&str> = ALL_STORES.iter().copied().filter(|store| !there.contains(store)).collect();
        make_stores(&database, missing.get(..made).unwrap());
        request.transaction().unwrap().abort().unwrap();
    });
    failed(&request).await;
}

#[wasm_bindgen_test]
async fn a_page_may_die_at_any_store_of_an_upgrade() {
    let records = {
        let source = open(&fresh("source")).await;
        add(&source, "first", 4).await;
        source.records().await.unwrap()
    };
    for (stores, missing) in [(ONE_STORE, 3), (ALL_STORES, 0)] {
        for made in 0..=missing {
            let workspace = fresh("upgrade");
            version_1(&workspace, stores, &records).await;
            dies_in_upgrade(&workspace, made).await;
            assert_goes_on(&workspace, &records).await;
        }
    }
    for made in 0..=ALL_STORES.len() {
        let workspace = fresh("new");
        dies_in_upgrade(&workspace, made).await;
        assert_goes_on(&workspace, &[]).await;
    }
}
