//! The journal on a real IndexedDB.
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
use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Promise, Uint8Array};
use tollgate_browser::{
    IndexedDbJournal, JournalNotice, MirrorState, OsEntropy, StartWarning, StoreKind, delete_database, identity,
    open_journal,
};
use tollgate_tokens::test_support::identity as numbered;
use tollgate_tokens::{Appended, Journal, JournalError, contract, verify};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{IdbDatabase, IdbFactory, IdbTransactionMode};

wasm_bindgen_test_configure!(run_in_browser);

async fn open(workspace: &str) -> IndexedDbJournal {
    IndexedDbJournal::open(workspace, numbered(1)).await.unwrap()
}

async fn add(journal: &impl Journal, name: &str) -> Result<Appended, JournalError> {
    journal.append(user(name)).await
}

fn names(journal: &impl Journal) -> Vec<String> {
    journal.read(|ledger| ledger.workspace().users().map(|user| user.username.to_string()).collect())
}

async fn raw(workspace: &str) -> IdbDatabase {
    let factory: IdbFactory = web_sys::window().unwrap().indexed_db().unwrap().unwrap();
    done(&factory.open(&format!("tollgate/{workspace}")).unwrap()).await.unchecked_into()
}

/// Deletes a database behind everybody's back, as a browser does when it runs short of space.
async fn evict(workspace: &str) {
    let factory: IdbFactory = web_sys::window().unwrap().indexed_db().unwrap().unwrap();
    done(&factory.delete_database(&format!("tollgate/{workspace}")).unwrap()).await;
}

/// Flips the last bit of a stored record, as a failing disk might.
async fn damage(workspace: &str, sequence: u64, mut bytes: Vec<u8>) {
    *bytes.last_mut().unwrap() ^= 1;
    put(workspace, sequence, &bytes).await;
}

/// Puts something under a number, of which nobody is told.
async fn put(workspace: &str, sequence: u64, bytes: &[u8]) {
    let database = raw(workspace).await;
    let transaction = database.transaction_with_str_and_mode("journal", IdbTransactionMode::Readwrite).unwrap();
    let store = transaction.object_store("journal").unwrap();
    let key = JsValue::from_f64(sequence as f64);
    done(&store.put_with_key(&Uint8Array::from(bytes), &key).unwrap()).await;
    database.close();
}

/// Has the transaction that is committed next aborted instead, when nothing but its end is missing.
fn abort_next() {
    let script = "{
        const { prototype } = IDBTransaction;
        const { commit } = prototype;
        prototype.commit = function () {
            prototype.commit = commit;
            this.abort();
        };
    }";
    js_sys::eval(script).unwrap();
}

fn change_witness(workspace: &str, field: &str, value: serde_json::Value) {
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    let key = format!("tollgate.witness.{workspace}");
    let mut witness: serde_json::Value = serde_json::from_str(&storage.get_item(&key).unwrap().unwrap()).unwrap();
    witness[field] = value;
    storage.set_item(&key, &witness.to_string()).unwrap();
}

#[wasm_bindgen_test]
async fn indexed_db_obeys_the_contract() {
    let run = fresh("contract");
    contract::all(async |name: &str, identity| {
        IndexedDbJournal::open(&format!("{run}-{name}"), identity).await.unwrap()
    })
    .await;
}

#[wasm_bindgen_test]
async fn journal_without_a_second_copy_says_why_and_goes_on() {
    // Beside a page of tests there is no worker's program.
    let journal = open(&fresh("no-mirror")).await;
    add(&journal, "alice").await.unwrap();
    let state = journal.mirror_state();
    assert!(matches!(&state, MirrorState::Absent { cause } if cause.contains("could not be loaded")), "{state:?}");
    assert!(journal.start_warnings().is_empty());
}

#[wasm_bindgen_test]
async fn a_new_database_has_every_store() {
    let workspace = fresh("stores");
    drop(open(&workspace).await);
    let database = raw(&workspace).await;
    let stores: Array = ["journal", "segment", "chunk", "meta"].into_iter().map(JsValue::from_str).collect();
    assert!(database.transaction_with_str_sequence(&stores).is_ok());
    assert_eq!(database.version(), 2.0);
    database.close();
}

#[wasm_bindgen_test]
async fn acts_that_wait_share_a_record() {
    let journal = open(&fresh("group")).await;
    let acts: Array = (0..100)
        .map(|index| {
            let journal = journal.clone();
            future_to_promise(async move {
                add(&journal, &format!("user-{index}")).await.unwrap();
                Ok(JsValue::UNDEFINED)
            })
        })
        .collect();
    JsFuture::from(Promise::all(&acts)).await.unwrap();
    let records = journal.records().await.unwrap();
    assert_eq!(names(&journal).len(), 100);
    assert!(records.len() < 10, "{} records", records.len());
    assert!(verify(records).is_whole());
}

#[wasm_bindgen_test]
async fn two_handles_that_write_at_the_same_time_make_one_chain() {
    const EACH: usize = 30;
    let workspace = fresh("race");
    let handles = [open(&workspace).await, open(&workspace).await];
    let lanes: Array = handles
        .iter()
        .enumerate()
        .map(|(lane, journal)| {
            let journal = journal.clone();
            future_to_promise(async move {
                for index in 0..EACH {
                    add(&journal, &format!("user-{lane}-{index}")).await.unwrap();
                }
                Ok(JsValue::UNDEFINED)
            })
        })
        .collect();
    JsFuture::from(Promise::all(&lanes)).await.unwrap();
    for journal in &handles {
        journal.refresh().await.unwrap();
        assert_eq!(names(journal).len(), 2 * EACH);
    }
    let records = handles[0].records().await.unwrap();
    assert_eq!(records.len(), 2 * EACH, "each act has a record of its own");
    assert!(verify(records).is_whole());
}

#[wasm_bindgen_test]
async fn aborted_append_is_told_and_leaves_nothing() {
    let journal = open(&fresh("aborted")).await;
    // The first append of a history reads before it decides, the second one need not.
    for (aborted, then) in [("nobody", "alice"), ("bob", "carol")] {
        let before = journal.records().await.unwrap();
        abort_next();
        assert_eq!(add(&journal, aborted).await.unwrap_err().code(), "J0103");
        assert_eq!(journal.records().await.unwrap(), before);
        add(&journal, then).await.unwrap();
    }
    assert_eq!(names(&journal), ["alice", "carol"]);
    assert!(verify(journal.records().await.unwrap()).is_whole());
}

#[wasm_bindgen_test]
async fn what_lies_under_the_next_number_is_never_written_over() {
    let workspace = fresh("taken");
    let journal = open(&workspace).await;
    add(&journal, "alice").await.unwrap();
    let next = journal.read(|ledger| ledger.next_sequence());
    put(&workspace, next, b"no record").await;
    assert_eq!(add(&journal, "bob").await.unwrap_err().code(), "J0107");
    let records = journal.records().await.unwrap();
    assert_eq!(records.len(), 2);
    assert_eq!(records[1].bytes, b"no record");
}

#[wasm_bindgen_test]
async fn news_of_another_handle_arrives_by_itself() {
    let workspace = fresh("news");
    let (left, right) = (open(&workspace).await, open(&workspace).await);
    let (sender, told) = futures_channel::oneshot::channel();
    let sender = RefCell::new(Some(sender));
    right.on_change(Box::new(move |notice| {
        if let Some(sender) = sender.take() {
            let _ = sender.send(notice);
        }
    }));
    add(&left, "alice").await.unwrap();
    assert_eq!(told.await.unwrap(), JournalNotice::News);
    assert_eq!(names(&right), ["alice"]);
}

#[wasm_bindgen_test]
async fn database_deleted_under_a_page_is_lost_and_never_begun_again() {
    let workspace = fresh("deleted");
    let journal = open(&workspace).await;
    add(&journal, "alice").await.unwrap();
    let notices: Rc<RefCell<Vec<JournalNotice>>> = Rc::default();
    let seen = Rc::clone(&notices);
    journal.on_change(Box::new(move |notice| seen.borrow_mut().push(notice)));

    evict(&workspace).await;
    for name in ["bob", "carol"] {
        assert_eq!(add(&journal, name).await.unwrap_err().code(), "J0106");
    }
    assert_eq!(names(&journal), ["alice"], "what was acknowledged can still be read and exported");
    let notices = notices.borrow();
    assert_eq!(notices.first(), Some(&JournalNotice::VersionChange));
    assert!(matches!(notices.last(), Some(JournalNotice::Closed { .. })), "{notices:?}");
}

#[wasm_bindgen_test]
async fn emptied_database_is_told_at_the_next_start() {
    let workspace = fresh("emptied");
    let journal = open(&workspace).await;
    add(&journal, "alice").await.unwrap();
    drop(journal);
    evict(&workspace).await;

    let opened = open_journal(&workspace, numbered(1)).await.unwrap();
    assert!(matches!(opened.warnings.first(), Some(StartWarning::Emptied { expected_next: 3, .. })));
    assert_eq!(opened.journal.kind(), StoreKind::IndexedDb);
    let next = identity(&workspace, &OsEntropy).unwrap();
    assert_ne!(next.replica, numbered(1).replica, "event ids of the lost history are not given out again");
}

#[wasm_bindgen_test]
async fn database_deleted_on_purpose_is_no_loss() {
    let workspace = fresh("purpose");
    let journal = open(&workspace).await;
    add(&journal, "alice").await.unwrap();
    drop(journal);
    delete_database(&workspace).await.unwrap();
    let opened = open_journal(&workspace, numbered(1)).await.unwrap();
    assert!(opened.warnings.is_empty(), "{:?}", opened.warnings);
    assert!(names(&opened.journal).is_empty());
}

#[wasm_bindgen_test]
async fn database_older_than_its_witness_is_told() {
    let workspace = fresh("older");
    let journal = open(&workspace).await;
    add(&journal, "alice").await.unwrap();
    change_witness(&workspace, "next", 9.into());
    let opened = open_journal(&workspace, numbered(1)).await.unwrap();
    let found = opened.warnings.first();
    assert!(matches!(found, Some(StartWarning::Older { expected_next: 9, found_next: 3, .. })), "{found:?}");
}

#[wasm_bindgen_test]
async fn other_history_than_the_witness_saw_is_told() {
    for (field, value) in [("epoch", "00".repeat(16)), ("hash", "00".repeat(32))] {
        let workspace = fresh("other");
        let journal = open(&workspace).await;
        add(&journal, "alice").await.unwrap();
        change_witness(&workspace, field, value.into());
        let opened = open_journal(&workspace, numbered(1)).await.unwrap();
        let found = opened.warnings.first();
        assert!(matches!(found, Some(StartWarning::OtherEpoch { .. })), "{field}: {found:?}");
    }
}

#[wasm_bindgen_test]
async fn whole_database_opens_without_a_word() {
    let workspace = fresh("whole");
    add(&open(&workspace).await, "alice").await.unwrap();
    let opened = open_journal(&workspace, numbered(1)).await.unwrap();
    assert!(opened.warnings.is_empty(), "{:?}", opened.warnings);
    assert_eq!(names(&opened.journal), ["alice"]);
}

#[wasm_bindgen_test]
async fn damaged_record_is_kept_and_the_rest_is_read_only() {
    let workspace = fresh("damaged");
    let journal = open(&workspace).await;
    add(&journal, "alice").await.unwrap();
    add(&journal, "bob").await.unwrap();
    let first = journal.records().await.unwrap().into_iter().next().unwrap();
    damage(&workspace, first.sequence, first.bytes).await;

    let again = open(&workspace).await;
    assert_eq!(again.read(|ledger| ledger.damage().count()), 1);
    assert_eq!(names(&again), ["bob"]);
    assert_eq!(add(&again, "carol").await.unwrap_err().code(), "J0107");
    assert_eq!(again.records().await.unwrap().len(), 2);
}

#[wasm_bindgen_test]
async fn newest_record_changed_under_a_page_is_lost() {
    let workspace = fresh("changed");
    let journal = open(&workspace).await;
    add(&journal, "alice").await.unwrap();
    let newest = journal.records().await.unwrap().pop().unwrap();
    damage(&workspace, newest.sequence, newest.bytes).await;
    assert_eq!(add(&journal, "bob").await.unwrap_err().code(), "J0106");
    assert_eq!(names(&journal), ["alice"]);
}
