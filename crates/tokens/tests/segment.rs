//! Records that are packed come back byte for byte, whatever they hold, and what went bad is damage like any other.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it cannot go on")]

use proptest::prelude::*;
use tollgate_policy::presets;
use tollgate_tokens::checked::NewToken;
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::memory_manager_on;
use tollgate_tokens::{MemoryStorage, RecordHead, Segment, StoredRecord, TokenUid, verify};

/// A service with so many tokens, some of which were invalidated.
fn service(tokens: usize) -> Vec<StoredRecord> {
    let storage = MemoryStorage::default();
    let manager = memory_manager_on(&storage, 1);
    manager.set_actor(Some("dana.okafor".to_owned()));
    pollster::block_on(async {
        for owner in ["ci-bot", "jenkins", "m.silva"] {
            manager.add_user(owner.parse().unwrap(), Powers::default()).await.unwrap();
        }
        for index in 0..tokens {
            let owner = ["ci-bot", "jenkins", "m.silva"][index % 3].parse().unwrap();
            let policy = match index % 4 {
                0 => presets::full_access().to_owned(),
                1 => presets::read_only().to_owned(),
                2 => presets::post_reviews(),
                _ => presets::one_repository(&(index % 800).to_string().as_str().into()),
            };
            let note = format!("build farm, linux {}", index % 300);
            let made = manager.generate(NewToken { note, policy, ..NewToken::for_owner(owner) }).await.unwrap();
            if index % 8 == 0 {
                let reason = format!("printed in build log {index}");
                manager.invalidate_one(made.uid, reason).await.unwrap();
            }
        }
    });
    storage.records()
}

fn packed(records: &[StoredRecord]) -> Segment {
    Segment::pack(records).unwrap()
}

#[test]
fn an_event_takes_at_most_250_bytes() {
    let records = service(800);
    let events = verify(records.clone()).events;
    let raw: usize = records.iter().map(|record| record.bytes.len()).sum();
    let segment = packed(&records);
    let per_event = segment.bytes.len() as f64 / events as f64;
    println!("{per_event:.1} bytes for each of {events} events, {:.1} unpacked", raw as f64 / events as f64);
    assert!(per_event <= 250.0, "{per_event} bytes for each event");
    assert_eq!(segment.unpack(), records);
}

#[test]
fn a_segment_says_where_its_records_lie_without_unpacking_them() {
    let records = service(20);
    let segment = packed(&records[3..]);
    assert_eq!(segment.sequence, records[3].sequence);
    let heads: Vec<RecordHead> = records[3..].iter().map(|record| RecordHead::read(&record.bytes).unwrap()).collect();
    assert_eq!(segment.heads(), Some(heads));
    assert_eq!(Segment::pack(&[]), None);
    let foreign = Segment { sequence: 7, bytes: b"no segment".to_vec() };
    assert_eq!(foreign.heads(), None);
    assert_eq!(foreign.unpack(), [StoredRecord { sequence: 7, bytes: b"no segment".to_vec() }]);
}

#[test]
fn one_act_on_many_tokens_is_packed_as_well() {
    let storage = MemoryStorage::default();
    let manager = memory_manager_on(&storage, 1);
    let tokens: Vec<TokenUid> = (0..3_000_u32)
        .map(|index| TokenUid::from_bytes(u128::from(index).wrapping_mul(u128::MAX / 7).to_be_bytes()))
        .collect();
    let act = tollgate_tokens::EventBody::TokensTrusted(tollgate_tokens::TokensTrusted { tokens, overrides: None });
    let event = tollgate_tokens::NewEvent::Here { at: manager.now(), by: None, body: act };
    pollster::block_on(manager.append(vec![event])).unwrap();
    let records = storage.records();
    assert_eq!(packed(&records).unpack(), records);
}

#[test]
fn records_that_do_not_follow_and_bytes_that_are_none_are_packed_as_they_lie() {
    let mut records = service(4);
    records.remove(2);
    records[1].bytes[60] ^= 1;
    records[2].bytes.truncate(30);
    records[3].bytes.clear();
    records.push(StoredRecord { sequence: 5, bytes: b"TGJR and something else".to_vec() });
    assert_eq!(packed(&records).unpack(), records);
}

#[test]
fn a_changed_byte_costs_records_and_is_found_by_their_hashes() {
    let records = service(6);
    let whole = packed(&records);
    for byte in 0..whole.bytes.len() {
        let mut changed = whole.clone();
        changed.bytes[byte] ^= 1 << (byte % 8);
        let unpacked = changed.unpack();
        assert!(unpacked == records || !verify(unpacked).is_whole(), "byte {byte}");
    }
    for length in 0..whole.bytes.len() {
        let cut = Segment { sequence: 1, bytes: whole.bytes[..length].to_vec() };
        assert!(!verify(cut.unpack()).is_whole(), "{length} bytes");
    }
}

#[test]
fn what_goes_bad_in_one_block_costs_none_of_the_others() {
    let records = service(600);
    let mut segment = packed(&records);
    let last = segment.bytes.len() - 1;
    segment.bytes[last - 20] ^= 0xFF;
    let unpacked = segment.unpack();
    assert_eq!(unpacked.len(), records.len());
    assert_eq!(unpacked[..100], records[..100]);
    let found = verify(unpacked);
    assert!(!found.is_whole());
    assert!(found.damage.iter().all(|damage| damage.sequence > 100), "only what is near is damaged");
    let numbers: Vec<u64> = found.damage.iter().map(|damage| damage.sequence).collect();
    assert!(numbers.is_sorted(), "each is named in its own place: {numbers:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_come_back(
        pieces in prop::collection::vec((0_u64..1 << 53, prop::collection::vec(any::<u8>(), 0..200)), 1..20),
    ) {
        let records: Vec<StoredRecord> =
            pieces.into_iter().map(|(sequence, bytes)| StoredRecord { sequence, bytes }).collect();
        prop_assert_eq!(packed(&records).unpack(), records);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), begins_well in any::<bool>()) {
        let bytes = if begins_well { [b"TGSG\x01".as_slice(), &bytes].concat() } else { bytes };
        let segment = Segment { sequence: 1, bytes };
        drop(segment.heads());
        drop(segment.unpack());
    }
}
