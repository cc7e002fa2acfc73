//! Another history in the place of a journal, in every store.
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

use js_sys::Uint8Array;
use tollgate_browser::{
    AnyJournal, FALLBACK_EVENT_LIMIT, IndexedDbJournal, JournalNotice, LocalStorageJournal, OsEntropy, Replaced,
    discard_fallback, fallback_records, identity, open_journal, wipe,
};
use tollgate_tokens::test_support::{identity as numbered, noon};
use tollgate_tokens::{
    Appended, Decide, EventBody, Journal, JournalError, Ledger, MemoryJournal, MemoryStorage, NewEvent, ReplicaId,
    StoredRecord, UserRecord, verify,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{IdbDatabase, IdbFactory, IdbTransactionMode};

wasm_bindgen_test_configure!(run_in_browser);

async fn add(journal: &impl Journal, name: &str) -> Result<Appended, JournalError> {
    journal.append(user(name)).await
}

/// What comes behind some records, one record for each user.
fn behind(mut ledger: Ledger, names: &[&str]) -> Vec<StoredRecord> {
    let next = |name: &&str| {
        let draft = ledger.draft(&mut [user(name)]).unwrap().unwrap();
        let record = draft.record.clone();
        ledger.commit(draft);
        record
    };
    names.iter().map(next).collect()
}

/// A history of its own.
fn history(number: u8, names: &[&str]) -> Vec<StoredRecord> {
    behind(Ledger::new(numbered(number)), names)
}

fn names(journal: &impl Journal) -> Vec<String> {
    journal.read(|ledger| ledger.workspace().users().map(|user| user.username.to_string()).collect())
}

fn newest_replica(journal: &impl Journal) -> ReplicaId {
    journal.read(|ledger| ledger.entries().next_back().unwrap().event.id.replica)
}

async fn open(workspace: &str) -> IndexedDbJournal {
    IndexedDbJournal::open(workspace, numbered(1)).await.unwrap()
}

/// Opens a workspace as a page does that is loaded again: it misses nothing, and has these records.
async fn reloaded(workspace: &str, records: &[StoredRecord]) -> AnyJournal {
    let opened = open_journal(workspace, identity(workspace, &OsEntropy).unwrap()).await.unwrap();
    assert!(opened.warnings.is_empty(), "{:?}", opened.warnings);
    assert_eq!(opened.journal.records().await.unwrap(), records);
    opened.journal
}

/// Puts the first two records of a journal in its place, and loads the page again.
async fn go_back(workspace: &str, journal: IndexedDbJournal) {
    let earlier = journal.records().await.unwrap()[..2].to_vec();
    journal.replace(earlier.clone()).await.unwrap();
    drop(journal);
    reloaded(workspace, &earlier).await;
}

/// Writes a record as another tab would, of which nobody is told.
async fn write_unannounced(workspace: &str, record: &StoredRecord) {
    let factory: IdbFactory = web_sys::window().unwrap().indexed_db().unwrap().unwrap();
    let database: IdbDatabase = done(&factory.open(&format!("tollgate/{workspace}")).unwrap()).await.unchecked_into();
    let transaction = database.transaction_with_str_and_mode("journal", IdbTransactionMode::Readwrite).unwrap();
    let store = transaction.object_store("journal").unwrap();
    let key = JsValue::from_f64(record.sequence as f64);
    done(&store.put_with_key(&Uint8Array::from(record.bytes.as_slice()), &key).unwrap()).await;
    database.close();
}

#[wasm_bindgen_test]
async fn replaced_database_holds_the_other_records_and_goes_on_after_a_reload() {
    let other = history(7, &["carol", "dana", "eve"]);
    for before in [&["alice"][..], &["alice", "bob", "frank", "grace", "heidi"], &[]] {
        let workspace = fresh("replaced");
        let journal = open(&workspace).await;
        for name in before {
            add(&journal, name).await.unwrap();
        }
        journal.replace(other.clone()).await.unwrap();
        assert_eq!(add(&journal, "late").await.unwrap_err().code(), "J0106", "the page is to be loaded again");
        drop(journal);

        let journal = reloaded(&workspace, &other).await;
        add(&journal, "next").await.unwrap();
        assert_eq!(names(&journal), ["carol", "dana", "eve", "next"]);
        let replica = newest_replica(&journal);
        assert!(replica != numbered(1).replica && replica != numbered(7).replica, "no event id is used twice");
        assert!(verify(journal.records().await.unwrap()).is_whole());
    }
}

#[wasm_bindgen_test]
async fn beginning_of_the_same_history_takes_its_place_and_what_came_later_stays_away() {
    let workspace = fresh("earlier");
    let journal = open(&workspace).await;
    for name in ["alice", "bob", "carol"] {
        add(&journal, name).await.unwrap();
    }
    go_back(&workspace, journal).await;
}

#[wasm_bindgen_test]
async fn snapshot_of_what_was_replaced_misses_nothing() {
    let workspace = fresh("packed");
    let journal = open(&workspace).await;
    for name in ["alice", "bob", "carol", "dana"] {
        add(&journal, name).await.unwrap();
    }
    journal.compact_now().await.unwrap();
    go_back(&workspace, journal).await;
}

#[wasm_bindgen_test]
async fn other_tabs_are_told_and_take_nothing_more() {
    let workspace = fresh("told");
    let (left, right) = (open(&workspace).await, open(&workspace).await);
    add(&left, "alice").await.unwrap();
    right.refresh().await.unwrap();
    let (sender, told) = futures_channel::oneshot::channel();
    let sender = RefCell::new(Some(sender));
    right.on_change(Box::new(move |notice| {
        if notice == JournalNotice::Replaced
            && let Some(sender) = sender.take()
        {
            let _ = sender.send(());
        }
    }));
    left.replace(history(7, &["carol"])).await.unwrap();
    told.await.unwrap();
    assert_eq!(add(&right, "bob").await.unwrap_err().code(), "J0106");
    assert_eq!(names(&right), ["alice"], "what it knew can still be read and exported");
}

#[wasm_bindgen_test]
async fn nothing_is_replaced_that_was_not_read() {
    let workspace = fresh("meanwhile");
    let journal = open(&workspace).await;
    add(&journal, "alice").await.unwrap();
    let known = journal.read(Ledger::clone);
    let unseen = behind(known, &["bob"]);
    write_unannounced(&workspace, &unseen[0]).await;

    let refused = journal.replace(history(7, &["carol"])).await.unwrap_err();
    assert_eq!(refused.code(), "J0103", "{refused}");
    assert!(refused.to_string().contains("another tab wrote meanwhile"), "{refused}");
    add(&journal, "dana").await.unwrap();
    assert_eq!(names(&journal), ["alice", "bob", "dana"]);
    let opened = open_journal(&workspace, numbered(1)).await.unwrap();
    assert!(opened.warnings.is_empty(), "{:?}", opened.warnings);
}

#[wasm_bindgen_test]
async fn replaced_fallback_holds_the_other_records_and_goes_on_as_another_replica() {
    let workspace = fresh("fallback");
    let other = history(7, &["carol", "dana"]);
    let journal = LocalStorageJournal::open(&workspace, numbered(1)).unwrap();
    for name in ["alice", "bob", "frank"] {
        add(&journal, name).await.unwrap();
    }
    journal.replace(other.clone()).await.unwrap();
    assert_eq!(add(&journal, "late").await.unwrap_err().code(), "J0106");
    assert_eq!(fallback_records(&workspace).unwrap(), other);

    let again = LocalStorageJournal::open(&workspace, numbered(1)).unwrap();
    add(&again, "next").await.unwrap();
    assert_ne!(newest_replica(&again), numbered(7).replica, "no event id is used twice");
    drop(again);
    let again = LocalStorageJournal::open(&workspace, numbered(1)).unwrap();
    let before = newest_replica(&again);
    add(&again, "and-next").await.unwrap();
    assert_eq!(newest_replica(&again), before, "it keeps its id");
    discard_fallback(&workspace).unwrap();
}

#[wasm_bindgen_test]
async fn fallback_keeps_what_it_has_when_the_other_history_does_not_fit() {
    let workspace = fresh("too-large");
    let journal = LocalStorageJournal::open(&workspace, numbered(1)).unwrap();
    add(&journal, "alice").await.unwrap();
    let before = journal.records().await.unwrap();
    let many: Decide = Box::new(|_| {
        let user =
            |index| UserRecord { username: format!("user-{index}").parse().unwrap(), active: true, superuser: false };
        let event = |index| NewEvent::Here { at: noon(), by: None, body: EventBody::UserAdded(user(index)) };
        (0..FALLBACK_EVENT_LIMIT).map(event).collect()
    });
    let draft = Ledger::new(numbered(7)).draft(&mut [many]).unwrap().unwrap();
    assert_eq!(journal.replace(vec![draft.record]).await.unwrap_err().code(), "J0108");
    assert_eq!(journal.records().await.unwrap(), before);
    add(&journal, "bob").await.unwrap();
    discard_fallback(&workspace).unwrap();
}

#[wasm_bindgen_test]
async fn journal_in_memory_is_replaced_in_place() {
    let memory = MemoryJournal::open(&MemoryStorage::default(), numbered(1));
    let journal = AnyJournal::Memory(Rc::new(memory));
    add(&journal, "alice").await.unwrap();
    let replaced = journal.replace(history(7, &["carol"])).await.unwrap();
    assert_eq!(replaced, Replaced::InPlace);
    add(&journal, "bob").await.unwrap();
    assert_eq!(names(&journal), ["bob", "carol"]);
    assert_eq!(wipe("memory", &journal).await.unwrap(), Replaced::InPlace);
    assert!(journal.records().await.unwrap().is_empty());
}

#[wasm_bindgen_test]
async fn wiped_workspace_is_gone_from_every_store_without_a_warning() {
    let workspace = fresh("wiped");
    let fallback = LocalStorageJournal::open(&workspace, numbered(1)).unwrap();
    add(&fallback, "from-between").await.unwrap();
    drop(fallback);
    let opened = open_journal(&workspace, numbered(1)).await.unwrap();
    add(&opened.journal, "alice").await.unwrap();
    assert_eq!(wipe(&workspace, &opened.journal).await.unwrap(), Replaced::Reload);
    drop(opened);
    let opened = open_journal(&workspace, numbered(1)).await.unwrap();
    assert!(opened.warnings.is_empty(), "{:?}", opened.warnings);
    assert!(names(&opened.journal).is_empty());
}

#[wasm_bindgen_test]
async fn without_a_second_copy_nothing_is_apart() {
    // There is no program of a worker beside these tests.
    let journal = open(&fresh("apart")).await;
    add(&journal, "alice").await.unwrap();
    for refused in [journal.apart_export().await.map(drop), journal.discard_apart().await.map(drop)] {
        let words = refused.unwrap_err().to_string();
        assert!(words.contains("there is no second copy"), "{words}");
    }
    let memory = AnyJournal::Memory(Rc::new(MemoryJournal::open(&MemoryStorage::default(), numbered(1))));
    assert_eq!(memory.apart_export().await, Ok(String::new()));
    assert_eq!(memory.discard_apart().await, Ok(0));
}
