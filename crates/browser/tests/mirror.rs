//! The files of the mirror, in a worker: only there may a page write and flush at once.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what went wrong by stopping")]

mod by_hand {
    pub mod fresh;
}

use by_hand::fresh::fresh;
use std::collections::BTreeSet;

use tollgate_browser::MirrorFiles;
use tollgate_tokens::test_support::{identity as numbered, noon};
use tollgate_tokens::{Decide, EventBody, Ledger, NewEvent, RecordHash, RecordHead, UserRecord};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// A chain of so many records.
fn chain(records: usize) -> Vec<Vec<u8>> {
    let mut ledger = Ledger::new(numbered(1));
    (0..records)
        .map(|index| {
            let user =
                UserRecord { username: format!("user-{index}").parse().unwrap(), active: true, superuser: false };
            let body = EventBody::UserAdded(user);
            let act: Decide = Box::new(move |_| vec![NewEvent::Here { at: noon(), by: None, body: body.clone() }]);
            let draft = ledger.draft(&mut [act]).unwrap().unwrap();
            let bytes = draft.record.bytes.clone();
            ledger.commit(draft);
            bytes
        })
        .collect()
}

fn frame(record: &[u8]) -> Vec<u8> {
    let length = u32::try_from(record.len()).unwrap().to_le_bytes();
    [length.as_slice(), record].concat()
}

async fn open(workspace: &str) -> MirrorFiles {
    MirrorFiles::open(workspace).await.unwrap()
}

/// The numbers of all records in all files, in order.
async fn numbers(files: &MirrorFiles) -> Vec<u64> {
    let mut numbers: Vec<u64> = files.heads().await.unwrap().iter().map(|head| head.sequence).collect();
    numbers.sort_unstable();
    numbers
}

fn number(record: &[u8]) -> u64 {
    RecordHead::read(record).unwrap().sequence
}

#[wasm_bindgen_test]
async fn records_are_there_when_the_file_is_taken_again() {
    let (workspace, records) = (fresh("again"), chain(3));
    let files = open(&workspace).await;
    assert!(numbers(&files).await.is_empty());
    for record in &records {
        files.append(&frame(record)).unwrap();
    }
    drop(files);
    let files = open(&workspace).await;
    let all: Vec<u8> = records.iter().flat_map(|record| frame(record)).collect();
    assert_eq!(files.read_all().await.unwrap(), all);
}

#[wasm_bindgen_test]
async fn second_tab_takes_a_file_of_its_own_and_reads_both() {
    let (workspace, records) = (fresh("tabs"), chain(3));
    let (left, right) = (open(&workspace).await, open(&workspace).await);
    assert_ne!(left.own_name(), right.own_name());
    left.append(&frame(&records[0])).unwrap();
    right.append(&frame(&records[1])).unwrap();
    let both = [number(&records[0]), number(&records[1])];
    assert_eq!(numbers(&left).await, both);
    assert_eq!(numbers(&right).await, both);

    drop(left);
    let third = open(&workspace).await;
    third.append(&frame(&records[2])).unwrap();
    assert_eq!(numbers(&right).await.len(), 3);
}

#[wasm_bindgen_test]
async fn torn_tail_is_cut_before_anything_is_written_behind_it() {
    let (workspace, records) = (fresh("torn"), chain(3));
    let files = open(&workspace).await;
    let torn = frame(&records[1]);
    files.append(&frame(&records[0])).unwrap();
    files.append(&torn[..torn.len() - 5]).unwrap();
    drop(files);

    let files = open(&workspace).await;
    assert_eq!(numbers(&files).await, [number(&records[0])]);
    files.append(&frame(&records[2])).unwrap();
    drop(files);
    let expected = [number(&records[0]), number(&records[2])];
    assert_eq!(numbers(&open(&workspace).await).await, expected);
}

#[wasm_bindgen_test]
async fn emptying_spares_what_another_tab_holds() {
    let (workspace, records) = (fresh("empty"), chain(2));
    assert_eq!(MirrorFiles::empty(&workspace).await, Ok(0), "nothing was ever there");
    let (left, right) = (open(&workspace).await, open(&workspace).await);
    left.append(&frame(&records[0])).unwrap();
    right.append(&frame(&records[1])).unwrap();
    drop(right);
    assert_eq!(MirrorFiles::empty(&workspace).await, Ok(1));
    assert_eq!(numbers(&left).await, [number(&records[0])]);
    drop(left);
    assert_eq!(MirrorFiles::empty(&workspace).await, Ok(0));
    assert!(numbers(&open(&workspace).await).await.is_empty());
}

/// The hash of one record.
fn only(record: &[u8]) -> BTreeSet<RecordHash> {
    BTreeSet::from([RecordHead::read(record).unwrap().hash])
}

#[wasm_bindgen_test]
async fn records_are_taken_out_of_every_file_that_nobody_else_holds() {
    let (workspace, records) = (fresh("discard"), chain(4));
    let all: Vec<u64> = records.iter().map(|record| number(record)).collect();
    let (left, right) = (open(&workspace).await, open(&workspace).await);
    for record in &records[..3] {
        left.append(&frame(record)).unwrap();
    }
    right.append(&frame(&records[1])).unwrap();
    right.append(&frame(&records[3])).unwrap();

    let out = only(&records[1]);
    assert_eq!(left.discard(&out).await, Ok(1), "the other tab has a copy");
    assert_eq!(numbers(&left).await, all);
    drop(right);
    assert_eq!(left.discard(&out).await, Ok(0));
    assert_eq!(numbers(&left).await, [all[0], all[2], all[3]]);
    assert_eq!(left.discard(&out).await, Ok(0), "there is nothing left to be done");

    left.append(&frame(&records[1])).unwrap();
    drop(left);
    assert_eq!(numbers(&open(&workspace).await).await, all, "what is written on is found again");
}

#[wasm_bindgen_test]
async fn last_record_is_taken_out_and_none_is_no_trouble() {
    let (workspace, records) = (fresh("last"), chain(2));
    let files = open(&workspace).await;
    assert_eq!(files.discard(&only(&records[0])).await, Ok(0), "an empty file");
    for record in &records {
        files.append(&frame(record)).unwrap();
    }
    assert_eq!(files.discard(&only(&records[1])).await, Ok(0));
    assert_eq!(files.discard(&only(&records[0])).await, Ok(0));
    assert_eq!(files.read_all().await, Ok(Vec::new()));
    files.append(&frame(&records[1])).unwrap();
    assert_eq!(files.read_all().await, Ok(frame(&records[1])));
}

#[wasm_bindgen_test]
async fn retracted_record_is_gone_for_every_tab_and_the_file_goes_on() {
    let (workspace, records) = (fresh("retracted"), chain(4));
    let all: Vec<u64> = records.iter().map(|record| number(record)).collect();
    let (left, right) = (open(&workspace).await, open(&workspace).await);
    right.append(&frame(&records[0])).unwrap();
    for record in &records[1..3] {
        left.append(&frame(record)).unwrap();
    }
    left.retract(&only(&records[2])).unwrap();
    assert_eq!(numbers(&right).await, all[..2]);
    left.retract(&only(&records[2])).unwrap();
    left.retract(&only(&records[0])).unwrap();
    assert_eq!(numbers(&left).await, all[..2], "what is in another file stays");

    // What was copied meanwhile stands behind it and stays.
    left.append(&frame(&records[2])).unwrap();
    left.append(&frame(&records[3])).unwrap();
    left.retract(&only(&records[2])).unwrap();
    drop(left);
    let again = open(&workspace).await;
    assert_eq!(numbers(&again).await, [all[0], all[1], all[3]]);
    again.append(&frame(&records[2])).unwrap();
    assert_eq!(numbers(&again).await, all, "it may be written after all");
}

#[wasm_bindgen_test]
async fn workspaces_have_folders_of_their_own() {
    let records = chain(1);
    let (here, there) = (open(&fresh("here")).await, open(&fresh("there")).await);
    here.append(&frame(&records[0])).unwrap();
    assert!(numbers(&there).await.is_empty());
}
