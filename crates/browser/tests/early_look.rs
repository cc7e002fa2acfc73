//! What can be seen of a snapshot on a real IndexedDB before its journal is open.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what went wrong by stopping")]

mod by_hand {
    pub mod fresh;
    pub mod request;
}

use by_hand::fresh::fresh;
use by_hand::request::done;
use std::cell::{Cell, RefCell};

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Uint8Array};
use tollgate_browser::{Compacted, EarlyLook, Glance, IndexedDbJournal, RareParts};
use tollgate_tokens::test_support::{identity as numbered, noon};
use tollgate_tokens::{
    Decide, EventBody, Fingerprint, Journal, Ledger, NewEvent, Token, TokenDigest, TokenGenerated, TokenUid,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransactionMode};

wasm_bindgen_test_configure!(run_in_browser);

const TOKENS: u8 = 9;

fn digest(number: u8) -> TokenDigest {
    TokenDigest::of(&number.to_string())
}

/// Makes a token; its number is one of 1 to 9.
fn token(number: u8) -> Decide {
    let made = TokenGenerated {
        uid: TokenUid::from_bytes([number; 16]),
        number: number.into(),
        owner: "ci-bot".parse().unwrap(),
        digest: digest(number),
        fingerprint: Fingerprint::default(),
        generator: "vendor_checksum".parse().unwrap(),
        note: format!("token {number}"),
        policy: "{}".to_owned(),
        extra_data: serde_json::json!({}),
        expires: None,
        local_site: None,
        auto_generated: false,
        valid: true,
        policy_source: None,
        overrides: None,
    };
    let body = EventBody::TokenGenerated(Box::new(made));
    Box::new(move |_| vec![NewEvent::Here { at: noon(), by: None, body: body.clone() }])
}

/// A journal with nine tokens and a snapshot of them.
async fn packed(workspace: &str) -> IndexedDbJournal {
    let journal = IndexedDbJournal::open(workspace, numbered(1)).await.unwrap();
    for number in 1..=TOKENS {
        journal.append(token(number)).await.unwrap();
    }
    journal.compact_now().await.unwrap();
    journal
}

/// Opens a workspace, and answers whether it went on from a snapshot and what a look at it before that gave.
async fn opened<T>(workspace: &str, look: impl AsyncFnOnce(&EarlyLook) -> T) -> (bool, Option<T>) {
    let seen = RefCell::new(None);
    let show = async |early: &EarlyLook| {
        let found = look(early).await;
        seen.replace(Some(found));
    };
    let journal = IndexedDbJournal::open_showing(workspace, numbered(1), show).await.unwrap();
    assert_eq!(journal.read(|ledger| ledger.workspace().token_count()), usize::from(TOKENS), "whatever was seen");
    (journal.read(Ledger::first_sequence) > 1, seen.take())
}

/// What everything that can be asked answers: the notes of some tokens, of the newest, and of one that is looked up.
async fn everything(early: &EarlyLook) -> (Option<Vec<String>>, Option<Vec<String>>, Option<String>) {
    let notes = |tokens: Vec<Token>| tokens.into_iter().map(|token| token.note).collect::<Vec<String>>();
    let found = early.find(&digest(4)).await.map(|token| token.note);
    (early.rows(0..2).await.map(notes), early.newest(2).await.map(notes), found)
}

/// Does something with each chunk behind everybody's back; its number in the snapshot comes with its key and its bytes.
async fn with_chunks(workspace: &str, act: impl AsyncFn(IdbObjectStore, JsValue, u32, Vec<u8>)) {
    let factory = web_sys::window().unwrap().indexed_db().unwrap().unwrap();
    let opened = done(&factory.open(&format!("tollgate/{workspace}")).unwrap()).await;
    let database: IdbDatabase = opened.unchecked_into();
    let transaction = database.transaction_with_str_and_mode("chunk", IdbTransactionMode::Readwrite).unwrap();
    let store = transaction.object_store("chunk").unwrap();
    for key in Array::from(&done(&store.get_all_keys().unwrap()).await).iter() {
        let number = Array::from(&key).get(1).as_f64().unwrap() as u32;
        let bytes = done(&store.get(&key).unwrap()).await.unchecked_into::<Uint8Array>().to_vec();
        act(store.clone(), key, number, bytes).await;
    }
    database.close();
}

#[wasm_bindgen_test]
async fn a_first_look_is_shown_before_the_journal_is_open() {
    let workspace = fresh("look");
    let empty = IndexedDbJournal::open(&workspace, numbered(1)).await.unwrap();
    let shown = Cell::new(false);
    let show = async |_: &EarlyLook| shown.set(true);
    drop(IndexedDbJournal::open_showing(&workspace, numbered(1), show).await.unwrap());
    assert!(!shown.get(), "there is no snapshot yet");
    drop(empty);

    drop(packed(&workspace).await);
    let (resumed, seen) = opened(&workspace, everything).await;
    let notes = |numbers: [u8; 2]| Some(numbers.map(|number| format!("token {number}")).to_vec());
    assert!(resumed);
    assert_eq!(seen, Some((notes([1, 2]), notes([8, 9]), Some("token 4".to_owned()))));
}

#[wasm_bindgen_test]
async fn every_token_is_found_early_and_an_unknown_one_is_not() {
    let workspace = fresh("find");
    drop(packed(&workspace).await);
    let look = async |early: &EarlyLook| {
        for number in 1..=TOKENS {
            let found = early.find(&digest(number)).await;
            assert_eq!(found.map(|token| token.number), Some(number.into()));
        }
        let unknown = early.find(&TokenDigest::of("of no token")).await;
        let behind = early.rows(9..20).await;
        (early.token_count(), unknown.is_none(), behind.map(|rows| rows.len()))
    };
    assert_eq!(opened(&workspace, look).await, (true, Some((9, true, Some(0)))));
}

#[wasm_bindgen_test]
async fn what_is_damaged_or_gone_is_not_seen_and_harms_nothing() {
    for chunk in 0..3 {
        for is_gone in [false, true] {
            let workspace = fresh("damaged");
            drop(packed(&workspace).await);
            with_chunks(&workspace, async |store: IdbObjectStore, key: JsValue, number: u32, bytes: Vec<u8>| {
                if number != chunk {
                    return;
                }
                if is_gone {
                    done(&store.delete(&key).unwrap()).await;
                } else {
                    let cut = Uint8Array::from(&bytes[..bytes.len() / 2]);
                    done(&store.put_with_key(&cut, &key).unwrap()).await;
                }
            })
            .await;
            let (resumed, seen) = opened(&workspace, everything).await;
            let (rows, newest, found) = seen.unwrap();
            assert!(!resumed && found.is_none(), "chunk {chunk}, gone: {is_gone}");
            // The index is not needed to show rows.
            assert_eq!((rows.is_some(), newest.is_some()), (chunk == 2, chunk == 2), "chunk {chunk}, gone: {is_gone}");
        }
    }
}

#[wasm_bindgen_test]
async fn another_tab_may_pack_in_between() {
    let workspace = fresh("between");
    let other = packed(&workspace).await;
    let look = async |early: &EarlyLook| {
        let before = early.newest(1).await.map(|tokens| tokens.len());
        // The browser gives a lock back a moment after it was let go.
        while other.compact_now().await.unwrap() == Compacted::Elsewhere {
            TimeoutFuture::new(10).await;
        }
        // Those of this chunk are known; the index of that generation is gone.
        (before, early.newest(1).await.map(|tokens| tokens.len()), early.find(&digest(4)).await)
    };
    assert_eq!(opened(&workspace, look).await, (true, Some((Some(1), Some(1), None))));
}

#[wasm_bindgen_test]
async fn a_glance_is_shown_in_a_program_in_parts_and_does_without_them() {
    let workspace = fresh("glance");
    drop(packed(&workspace).await);
    for is_loaded in [true, false] {
        let shown = RefCell::new(None);
        let load = async || if is_loaded { Ok(RareParts::here()) } else { Err("not there".to_owned()) };
        let show = (3, |glance: Glance| drop(shown.replace(Some(glance))));
        let journal = IndexedDbJournal::open_in_parts(&workspace, numbered(1), load, show).await.unwrap();
        assert_eq!(journal.read(Ledger::first_sequence) > 1, is_loaded);
        let numbers = |glance: Glance| glance.newest.iter().map(|token| token.number).collect::<Vec<u64>>();
        assert_eq!(shown.take().map(numbers), is_loaded.then(|| vec![7, 8, 9]));
    }
}
