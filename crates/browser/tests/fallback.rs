//! The journal in a real localStorage.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what went wrong by stopping")]

mod by_hand {
    pub mod fresh;
}

use by_hand::fresh::fresh;
use tollgate_browser::{
    FALLBACK_EVENT_LIMIT, IndexedDbJournal, LocalStorageJournal, StartWarning, discard_fallback, fallback_records,
    open_journal,
};
use tollgate_tokens::test_support::{identity as numbered, noon};
use tollgate_tokens::{Decide, EventBody, EventId, Journal, NewEvent, UserRecord, contract};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Storage;

wasm_bindgen_test_configure!(run_in_browser);

fn storage() -> Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

fn users(range: std::ops::Range<u64>) -> Decide {
    Box::new(move |_| {
        range
            .clone()
            .map(|index| UserRecord {
                username: format!("user-{index}").parse().unwrap(),
                active: true,
                superuser: false,
            })
            .map(|user| NewEvent::Here { at: noon(), by: None, body: EventBody::UserAdded(user) })
            .collect()
    })
}

/// Takes all the room that is left, and gives it back when it is dropped.
struct FullStorage(usize);

impl FullStorage {
    fn fill() -> Self {
        let mut block = "x".repeat(1 << 20);
        let mut blocks = 0;
        while !block.is_empty() {
            match storage().set_item(&format!("junk-{blocks}"), &block) {
                Ok(()) => blocks += 1,
                Err(_) => block.truncate(block.len() / 2),
            }
        }
        Self(blocks)
    }
}

impl Drop for FullStorage {
    fn drop(&mut self) {
        for block in 0..self.0 {
            storage().remove_item(&format!("junk-{block}")).unwrap();
        }
    }
}

#[wasm_bindgen_test]
async fn local_storage_obeys_the_contract() {
    let run = fresh("contract");
    contract::all(async |name: &str, identity| LocalStorageJournal::open(&format!("{run}-{name}"), identity).unwrap())
        .await;
}

#[wasm_bindgen_test]
async fn act_beyond_the_limit_is_refused_whole() {
    let workspace = fresh("limit");
    let journal = LocalStorageJournal::open(&workspace, numbered(1)).unwrap();
    let refused = journal.append(users(0..FALLBACK_EVENT_LIMIT)).await.unwrap_err();
    assert_eq!(refused.to_string(), "this store holds at most 5000 events, and this act needs 5001 events");
    assert!(journal.records().await.unwrap().is_empty());
    assert_eq!(journal.read(|ledger| ledger.next_sequence()), 1);
}

#[wasm_bindgen_test]
async fn full_storage_refuses_and_keeps_what_was_there() {
    let workspace = fresh("full");
    let journal = LocalStorageJournal::open(&workspace, numbered(1)).unwrap();
    journal.append(users(0..1)).await.unwrap();
    let before = journal.records().await.unwrap();
    let full = FullStorage::fill();
    let refused = journal.append(users(1..2)).await.unwrap_err();
    assert_eq!(refused.code(), "J0101", "{refused}");
    assert_eq!(journal.records().await.unwrap(), before);
    drop(full);
    journal.append(users(1..2)).await.unwrap();
    assert_eq!(journal.records().await.unwrap().len(), 2);
    discard_fallback(&workspace).unwrap();
}

#[wasm_bindgen_test]
async fn text_that_is_no_record_is_damage() {
    let workspace = fresh("garbage");
    storage().set_item(&format!("tollgate.journal.{workspace}.000000000001"), "no base64!").unwrap();
    let journal = LocalStorageJournal::open(&workspace, numbered(1)).unwrap();
    assert_eq!(journal.read(|ledger| ledger.damage().count()), 1);
    assert_eq!(journal.append(users(0..1)).await.unwrap_err().code(), "J0107");
    discard_fallback(&workspace).unwrap();
}

#[wasm_bindgen_test]
async fn two_journals_are_told_of_and_the_second_can_be_given_up() {
    let workspace = fresh("joined");
    let fallback = LocalStorageJournal::open(&workspace, numbered(1)).unwrap();
    fallback.append(users(0..3)).await.unwrap();
    let fallback_ids: Vec<EventId> = fallback.read(|ledger| ledger.entries().map(|entry| entry.event.id).collect());
    drop(fallback);

    let opened = open_journal(&workspace, numbered(1)).await.unwrap();
    assert_eq!(opened.warnings, [StartWarning::TwoJournals { fallback_records: 1 }]);
    opened.journal.append(users(3..6)).await.unwrap();
    let shared = opened.journal.read(|ledger| ledger.entries().any(|entry| fallback_ids.contains(&entry.event.id)));
    assert!(!shared, "no event id is used in both journals");

    assert_eq!(fallback_records(&workspace).unwrap().len(), 1);
    discard_fallback(&workspace).unwrap();
    assert!(fallback_records(&workspace).unwrap().is_empty());
    let again = IndexedDbJournal::open(&workspace, numbered(1)).await.unwrap();
    assert!(again.start_warnings().is_empty());
}
