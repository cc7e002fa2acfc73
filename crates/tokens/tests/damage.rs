//! A damaged journal is named, kept, read-only, and never makes a token look active.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it cannot go on"
)]

use tollgate_tokens::checked::NewToken;
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, identity, memory_manager_on, noon};
use tollgate_tokens::{
    DamageReason, EventBody, Journal as _, JournalError, Ledger, Manager, MemoryJournal, MemoryStorage, NewEvent,
    Operation, StoredRecord, TokenStatus, TokenUid, verify,
};

type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

/// A journal of eight records: a user, then seven tokens.
fn journal() -> (MemoryStorage, Vec<TokenUid>) {
    journal_of(1)
}

fn journal_of(number: u8) -> (MemoryStorage, Vec<TokenUid>) {
    let storage = MemoryStorage::default();
    let manager = memory_manager_on(&storage, number);
    let uids = pollster::block_on(async {
        manager.add_user("alice".parse().unwrap(), Powers::default()).await.unwrap();
        let mut uids = Vec::new();
        for _ in 0..7 {
            uids.push(manager.generate(NewToken::for_owner("alice".parse().unwrap())).await.unwrap().uid);
        }
        uids
    });
    (storage, uids)
}

fn reopen(storage: &MemoryStorage) -> TestManager {
    memory_manager_on(storage, 1)
}

fn damage(storage: &MemoryStorage, index: usize, change: impl FnOnce(&mut StoredRecord)) {
    let mut records = storage.records();
    change(&mut records[index]);
    storage.replace(records);
}

fn status(manager: &TestManager, uid: TokenUid) -> TokenStatus {
    manager.journal().read(|ledger| ledger.workspace().token(uid).unwrap().status_at(noon()))
}

#[test]
fn every_flipped_byte_of_every_record_is_found() {
    let (storage, _) = journal();
    let whole = storage.records();
    assert!(verify(whole.clone()).is_whole());
    for index in 0..whole.len() {
        for byte in 0..whole[index].bytes.len() {
            let mut records = whole.clone();
            records[index].bytes[byte] ^= 0x20;
            let found = verify(records);
            assert!(!found.is_whole(), "record {index}, byte {byte}");
            assert_eq!(found.damage[0].sequence, whole[index].sequence, "record {index}, byte {byte}");
        }
    }
}

#[test]
fn removed_swapped_and_inserted_records_are_found() {
    let (storage, _) = journal();
    let whole = storage.records();
    let mut removed = whole.clone();
    removed.remove(3);
    let found = verify(removed);
    assert_eq!(found.damage[0].reason, DamageReason::Missing { last: whole[3].sequence });

    let mut swapped = whole.clone();
    let (left, right) = (swapped[2].bytes.clone(), swapped[3].bytes.clone());
    (swapped[2].bytes, swapped[3].bytes) = (right, left);
    assert_eq!(verify(swapped).damage.len(), 2);

    let other = MemoryStorage::default();
    let manager = memory_manager_on(&other, 2);
    for name in ["mallory", "trent"] {
        pollster::block_on(manager.add_user(name.parse().unwrap(), Powers::default())).unwrap();
    }
    let mut foreign = whole;
    foreign[1].bytes.clone_from(&other.records()[1].bytes);
    assert_eq!(verify(foreign).damage[0].reason, DamageReason::BrokenLink);
}

fn reasons(records: Vec<StoredRecord>) -> Vec<DamageReason> {
    verify(records).damage.into_iter().map(|found| found.reason).collect()
}

/// Where a record says how many events it holds.
const COUNT: usize = 5;

#[test]
fn a_wrong_count_costs_no_record_behind_it() {
    let (storage, uids) = journal();
    let whole = storage.records();
    for index in 0..whole.len() {
        for bit in 0..32 {
            let mut records = whole.clone();
            records[index].bytes[COUNT + bit / 8] ^= 1 << (bit % 8);
            assert_eq!(reasons(records.clone()), [DamageReason::WrongHash], "record {index}, bit {bit}");
            let ledger = Ledger::load(identity(1), records);
            for uid in &uids[index..] {
                let status = ledger.workspace().token(*uid).unwrap().status_at(noon());
                assert_eq!(status, TokenStatus::Active, "record {index}, bit {bit}");
            }
        }
    }
}

#[test]
fn several_wrong_counts_in_a_row_cost_only_their_own_records() {
    let (storage, uids) = journal();
    for index in [3, 4, 5] {
        damage(&storage, index, |record| record.bytes[COUNT] ^= 0x40);
    }
    assert_eq!(reasons(storage.records()), vec![DamageReason::WrongHash; 3]);
    assert_eq!(status(&reopen(&storage), uids[5]), TokenStatus::Active);
}

#[test]
fn a_newest_record_with_a_wrong_count_can_be_repaired() {
    let (storage, uids) = journal();
    damage(&storage, 7, |record| record.bytes[COUNT] ^= 0x40);
    let manager = reopen(&storage);
    pollster::block_on(manager.repair()).unwrap();
    pollster::block_on(manager.invalidate_one(uids[5], "leaked".into())).unwrap();
    let again = reopen(&storage);
    assert_eq!(again.journal().read(|ledger| ledger.damage().count()), 0);
    assert_eq!(status(&again, uids[5]), TokenStatus::Invalid);
}

#[test]
fn copies_behind_a_wrong_count_are_refused() {
    let (storage, uids) = journal();
    let twin = storage.records()[3].clone();
    damage(&storage, 3, |record| record.bytes[COUNT] ^= 0x40);
    let bad = storage.records();
    let end = bad[7].sequence + 1;
    let copies = [
        ("an earlier record again", 4, bad[2].clone(), bad[2].sequence),
        ("the damaged record as it was", 4, twin.clone(), twin.sequence),
        (
            "an earlier record under the next number",
            8,
            StoredRecord { sequence: end, ..bad[2].clone() },
            bad[2].sequence,
        ),
        ("a later record under the next number", 8, StoredRecord { sequence: end, ..bad[5].clone() }, bad[5].sequence),
    ];
    for (what, at, copy, claims) in copies {
        let mut records = bad.clone();
        records.insert(at, copy);
        assert_eq!(verify(records.clone()).events, 8, "{what}");
        let expected = [DamageReason::WrongHash, DamageReason::WrongPlace { claims }];
        assert_eq!(reasons(records.clone()), expected, "{what}");
        let ledger = Ledger::load(identity(1), records);
        assert!(ledger.workspace().token(uids[2]).is_none(), "{what}");
        assert!(ledger.workspace().token(uids[6]).is_some(), "{what}");
    }
}

#[test]
fn a_foreign_record_that_only_a_wrong_count_makes_room_for_is_doubted() {
    let (storage, uids) = journal();
    let (other, foreign) = journal_of(2);
    damage(&storage, 4, |record| record.bytes[COUNT] ^= 0x40);
    damage(&storage, 5, |record| record.bytes.clone_from(&other.records()[5].bytes));
    let manager = reopen(&storage);
    let expected = [DamageReason::WrongHash, DamageReason::BrokenLink, DamageReason::BrokenLink];
    assert_eq!(reasons(storage.records()), expected);
    assert_eq!(status(&manager, foreign[4]), TokenStatus::Uncertain);
    assert_eq!(status(&manager, uids[5]), TokenStatus::Uncertain);
    assert_eq!(status(&manager, uids[6]), TokenStatus::Active, "it follows from the one before");

    let mut cut = storage.records();
    cut.truncate(6);
    storage.replace(cut);
    assert_eq!(reasons(storage.records()), [DamageReason::WrongHash, DamageReason::BrokenLink]);
    assert_eq!(status(&reopen(&storage), foreign[4]), TokenStatus::Uncertain, "also where nothing follows");
}

#[test]
fn a_record_inside_another_is_refused_even_behind_damage() {
    let storage = MemoryStorage::default();
    let manager = memory_manager_on(&storage, 1);
    let site = |name: &str| NewEvent::Here { at: noon(), by: None, body: EventBody::SiteAdded(name.parse().unwrap()) };
    let many: Vec<NewEvent> = (0..9).map(|number| site(&format!("site-{number}"))).collect();
    pollster::block_on(manager.append(many)).unwrap();
    pollster::block_on(manager.append(vec![site("last")])).unwrap();

    let other = MemoryStorage::default();
    let foreign = memory_manager_on(&other, 2);
    for number in 0..4 {
        pollster::block_on(foreign.append(vec![site(&format!("foreign-{number}"))])).unwrap();
    }
    let mut records = storage.records();
    let junk = StoredRecord { sequence: 3, bytes: b"junk".to_vec() };
    drop(records.splice(1..1, [junk, other.records()[3].clone()]));
    let expected = [DamageReason::WrongPlace { claims: 3 }, DamageReason::WrongPlace { claims: 5 }];
    assert_eq!(reasons(records.clone()), expected);
    assert_eq!(Ledger::load(identity(1), records).workspace().sites().count(), 10);
}

#[test]
fn tokens_that_a_gap_may_touch_are_uncertain_and_later_ones_are_not() {
    let (storage, uids) = journal();
    damage(&storage, 4, |record| record.bytes[60] ^= 1);
    let manager = reopen(&storage);
    for before in &uids[..3] {
        assert_eq!(status(&manager, *before), TokenStatus::Uncertain);
    }
    for after in &uids[4..] {
        assert_eq!(status(&manager, *after), TokenStatus::Active);
    }
    let lost = manager.journal().read(|ledger| ledger.workspace().token(uids[3]).is_none());
    assert!(lost, "the token made in the damaged entry is not invented");
}

#[test]
fn a_damaged_journal_is_read_only_until_a_repair_records_the_bytes() {
    let (storage, uids) = journal();
    damage(&storage, 4, |record| record.bytes.truncate(50));
    let bad = storage.records()[4].clone();
    let manager = reopen(&storage);
    let refused = pollster::block_on(manager.invalidate_one(uids[0], "leaked".into())).unwrap_err();
    let Operation::Journal(JournalError::ReadOnly { damage }) = refused else { panic!("{refused}") };
    assert_eq!(damage, "entry 6: the record does not have the hash that it carries");

    assert_eq!(pollster::block_on(manager.repair()).unwrap(), 1);
    pollster::block_on(manager.invalidate_one(uids[0], "leaked".into())).unwrap();
    assert_eq!(storage.records()[4], bad, "the bad bytes stay where they are");

    let manager = reopen(&storage);
    assert!(pollster::block_on(manager.journal().records()).map(verify).unwrap().is_whole());
    assert_eq!(status(&manager, uids[0]), TokenStatus::Invalid);
    assert_eq!(status(&manager, uids[1]), TokenStatus::Uncertain, "a repair proves nothing about the tokens");
    assert_eq!(pollster::block_on(manager.trust(uids.clone())).unwrap(), 2);
    assert_eq!(status(&reopen(&storage), uids[1]), TokenStatus::Active);
}

#[test]
fn a_damaged_newest_record_can_be_repaired_too() {
    let (storage, uids) = journal();
    damage(&storage, 7, |record| record.bytes[3] = 0);
    let manager = reopen(&storage);
    pollster::block_on(manager.repair()).unwrap();
    pollster::block_on(manager.invalidate_one(uids[5], "leaked".into())).unwrap();
    let again = reopen(&storage);
    assert_eq!(again.journal().read(|ledger| ledger.damage().count()), 0);
    assert_eq!(status(&again, uids[5]), TokenStatus::Invalid);
}

#[test]
fn damage_changed_after_a_repair_is_damage_again() {
    let (storage, _) = journal();
    damage(&storage, 4, |record| record.bytes[60] ^= 1);
    pollster::block_on(reopen(&storage).repair()).unwrap();
    damage(&storage, 4, |record| record.bytes[61] ^= 1);
    assert_eq!(reopen(&storage).journal().read(|ledger| ledger.damage().count()), 1);
}

#[test]
fn an_event_of_a_newer_kind_is_kept_and_shown() {
    let (storage, uids) = journal();
    let manager = reopen(&storage);
    let unknown = tollgate_tokens::EventBody::Unknown {
        kind: "tokens_invalidated".into(),
        version: 7,
        json: format!(r#"{{"by":"a newer program","tokens":["{}"]}}"#, uids[0]),
    };
    let event = tollgate_tokens::NewEvent::Here { at: noon(), by: None, body: unknown.clone() };
    pollster::block_on(manager.append(vec![event])).unwrap();
    let ledger = Ledger::load(identity(1), storage.records());
    assert_eq!(ledger.entries().last().unwrap().event.body, unknown);
    assert_eq!(ledger.workspace().unknown_events(), 1);
    assert_eq!(ledger.damage().count(), 0);
    let manager = reopen(&storage);
    assert_eq!(status(&manager, uids[0]), TokenStatus::Uncertain, "it may have been invalidated");
    assert_eq!(status(&manager, uids[1]), TokenStatus::Active);
    pollster::block_on(manager.trust(vec![uids[0]])).unwrap();
    assert_eq!(status(&manager, uids[0]), TokenStatus::Active);
}

#[test]
fn arbitrary_bytes_never_panic() {
    use proptest::prelude::*;
    proptest!(|(records in prop::collection::vec((0_u64..6, prop::collection::vec(any::<u8>(), 0..200)), 0..8))| {
        let mut records = records;
        records.sort_by_key(|(sequence, _)| *sequence);
        let stored = records.into_iter().map(|(sequence, bytes)| StoredRecord { sequence, bytes });
        let found = verify(stored.clone());
        prop_assert!(found.records == 0 || !found.is_whole());
    });
}

#[test]
fn trust_given_before_damage_was_found_does_not_cover_it() {
    let (storage, uids) = journal();
    damage(&storage, 2, |record| record.bytes[60] ^= 1);
    let manager = reopen(&storage);
    pollster::block_on(manager.repair()).unwrap();
    pollster::block_on(manager.trust(vec![uids[0]])).unwrap();
    damage(&storage, 5, |record| record.bytes[60] ^= 1);
    assert_eq!(status(&reopen(&storage), uids[0]), TokenStatus::Uncertain);
}

#[test]
fn undoing_an_invalidation_brings_the_doubt_back() {
    let (storage, uids) = journal();
    damage(&storage, 4, |record| record.bytes[60] ^= 1);
    let manager = reopen(&storage);
    pollster::block_on(manager.repair()).unwrap();
    pollster::block_on(manager.invalidate_one(uids[0], "to be sure".into())).unwrap();
    assert_eq!(status(&manager, uids[0]), TokenStatus::Invalid);
    let act = manager.journal().read(|ledger| ledger.entries().next_back().unwrap().event.id);
    pollster::block_on(manager.undo(act)).unwrap();
    assert_eq!(status(&manager, uids[0]), TokenStatus::Uncertain);
}

#[test]
fn tokens_made_in_a_foreign_record_are_uncertain() {
    let (storage, _) = journal();
    let (other, uids) = journal_of(2);
    let mut records = storage.records();
    records[5].bytes.clone_from(&other.records()[5].bytes);
    storage.replace(records);
    assert_eq!(status(&reopen(&storage), uids[4]), TokenStatus::Uncertain);
}

#[test]
fn a_token_whose_making_comes_back_from_elsewhere_is_uncertain() {
    let (storage, uids) = journal();
    let is_making = |body: &EventBody| matches!(body, EventBody::TokenGenerated(made) if made.uid == uids[3]);
    let ledger = Ledger::load(identity(1), storage.records());
    let making = ledger.entries().find(|entry| is_making(&entry.event.body)).unwrap().event.clone();
    pollster::block_on(reopen(&storage).invalidate_one(uids[3], "leaked".into())).unwrap();
    damage(&storage, 4, |record| record.bytes[60] ^= 1);
    let manager = reopen(&storage);
    pollster::block_on(manager.repair()).unwrap();
    pollster::block_on(manager.append(vec![NewEvent::Adopted(making)])).unwrap();
    assert_eq!(status(&manager, uids[3]), TokenStatus::Uncertain, "it was invalidated meanwhile");
    assert_eq!(status(&reopen(&storage), uids[3]), TokenStatus::Uncertain);
}

#[test]
fn a_token_whose_owner_was_lost_can_still_be_invalidated() {
    let (storage, uids) = journal();
    damage(&storage, 0, |record| record.bytes[60] ^= 1);
    let manager = reopen(&storage);
    pollster::block_on(manager.repair()).unwrap();
    let owners = tollgate_tokens::checked::Owners::listed(["alice".parse().unwrap()]).unwrap();
    let call = tollgate_tokens::checked::InvalidateCall { owners, filter: vec![], reason: "leaked".into() };
    assert_eq!(pollster::block_on(manager.invalidate(call)).unwrap().tokens.len(), uids.len());
}
