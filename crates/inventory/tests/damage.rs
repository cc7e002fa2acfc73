//! A damaged snapshot is named, chunk and cause, and never makes anything panic, not even with digests that are right.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it cannot go on"
)]

#[path = "early/feed.rs"]
mod feed;

use std::sync::LazyLock;

use feed::answer;
use proptest::prelude::*;
use tollgate_inventory::{ChunkDigest, Flaw, Head, PartialSnapshot, Snapshot, SnapshotError, View};
use tollgate_policy::presets;
use tollgate_tokens::checked::NewToken;
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::memory_manager;
use tollgate_tokens::{Journal as _, TokenDigest};

/// A snapshot of nine tokens, in which each column has something.
fn snapshot() -> &'static Snapshot {
    static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(make_snapshot);
    &SNAPSHOT
}

fn make_snapshot() -> Snapshot {
    let manager = memory_manager();
    pollster::block_on(async {
        manager.add_site("acme".parse().unwrap()).await.unwrap();
        for name in ["ci-bot", "dana"] {
            manager.add_user(name.parse().unwrap(), Powers::default()).await.unwrap();
        }
        let mut uids = Vec::new();
        for index in 0..9_i64 {
            let owner = if index % 2 == 0 { "ci-bot" } else { "dana" };
            let extra_data = serde_json::json!({"client_name": format!("host-{index}"), "list": [index, 0.5, null]});
            let call = NewToken {
                note: if index < 6 { format!("build farm, linux {index}") } else { "nightly".to_owned() },
                policy: presets::one_repository(&(index / 2).to_string().as_str().into()),
                expires: (index > 3).then(|| manager.now() + chrono::TimeDelta::days(index)),
                local_site: (index == 4).then(|| "acme".parse().unwrap()),
                extra_data: extra_data.as_object().cloned().unwrap(),
                ..NewToken::for_owner(owner.parse().unwrap())
            };
            uids.push(manager.generate(call).await.unwrap().uid);
        }
        for uid in &uids[..3] {
            manager.invalidate_one(*uid, "printed in log 12".into()).await.unwrap();
        }
    });
    manager.journal().read(|ledger| Snapshot::encode(ledger.workspace(), Head::of(ledger).unwrap()).unwrap())
}

/// The same with other bytes in one chunk, and a digest that is right for them.
fn with_chunk(snapshot: &Snapshot, chunk: usize, bytes: Vec<u8>) -> Snapshot {
    let mut changed = snapshot.clone();
    changed.manifest.chunks[chunk].digest = ChunkDigest::of(&bytes);
    changed.chunks[chunk] = bytes;
    changed
}

/// Asks all that can be asked. Any answer will do, but there must be one.
fn ask_everything(snapshot: &Snapshot) {
    drop(snapshot.decode());
    if let Ok(view) = View::open_unverified(snapshot) {
        drop(view.rows(0..3));
        drop(view.rows(5..usize::MAX));
        assert_eq!(view.find(&TokenDigest::of("of no token")), None);
    }
    let mut part = PartialSnapshot::new(snapshot.manifest.clone());
    let found = answer(snapshot, &mut part, |part| part.find(&TokenDigest::of("of no token")));
    assert!(!matches!(found, Ok(Some(_))));
    drop(answer(snapshot, &mut part, |part| part.rows(0..3)));
    drop(answer(snapshot, &mut part, |part| part.rows(5..usize::MAX)));
    if let Ok(whole) = View::open_unverified(self::snapshot()).and_then(|view| view.rows(0..9)) {
        drop(answer(snapshot, &mut part, |part| part.find(&whole[4].digest)));
    }
}

#[test]
fn every_cut_and_every_flipped_bit_is_found_by_the_digest() {
    let whole = snapshot();
    assert_eq!(whole.chunks.len(), 3);
    for chunk in 0..whole.chunks.len() {
        let length = whole.chunks[chunk].len();
        for cut in 0..length {
            let mut damaged = whole.clone();
            damaged.chunks[chunk].truncate(cut);
            assert_eq!(damaged.decode().unwrap_err(), SnapshotError::ChunkDigest { chunk }, "cut at {cut}");
        }
        for byte in 0..length {
            let mut damaged = whole.clone();
            damaged.chunks[chunk][byte] ^= 1 << (byte % 8);
            assert_eq!(damaged.decode().unwrap_err(), SnapshotError::ChunkDigest { chunk }, "byte {byte}");
        }
    }
}

#[test]
fn chunks_that_are_missing_or_changed_places_are_found() {
    let whole = snapshot();
    let mut missing = whole.clone();
    missing.chunks.pop();
    assert_eq!(missing.decode().unwrap_err(), SnapshotError::ChunkCount { listed: 3, found: 2 });

    let mut swapped = whole.clone();
    swapped.chunks.swap(0, 1);
    assert_eq!(swapped.decode().unwrap_err(), SnapshotError::ChunkDigest { chunk: 0 });
    swapped.manifest.chunks.swap(0, 1);
    let wrong_kind = SnapshotError::Chunk { chunk: 0, part: "frame", cause: Flaw::Beginning };
    assert_eq!(swapped.decode().unwrap_err(), wrong_kind);

    let mut twice = whole.clone();
    twice.chunks.insert(1, twice.chunks[1].clone());
    twice.manifest.chunks.insert(1, twice.manifest.chunks[1]);
    let error = twice.decode().unwrap_err().to_string();
    assert_eq!(
        error,
        "the parts of the snapshot do not fit together: the manifest counts other tokens than the chunks hold"
    );
    twice.manifest.tokens *= 2;
    let error = twice.decode().unwrap_err().to_string();
    assert_eq!(error, "the parts of the snapshot do not fit together: the index has other rows than there are tokens");
    let index = twice_as_long(&twice.chunks[3]);
    let error = with_chunk(&twice, 3, index).decode().unwrap_err().to_string();
    assert_eq!(
        error,
        "the parts of the snapshot do not fit together: tokens do not stand in the order of their numbers"
    );

    let mut other = whole.clone();
    other.manifest.chunks[1].rows -= 1;
    assert!(other.decode().unwrap_err().to_string().ends_with("counts other tokens than the chunks hold"));
    assert!(PartialSnapshot::new(other.manifest.clone()).token_count() == 8);

    let mut other = whole.clone();
    other.manifest.epoch = None;
    let error = other.decode().unwrap_err().to_string();
    assert_eq!(
        error,
        "the parts of the snapshot do not fit together: the manifest names another history than the dictionary"
    );
}

/// The same index once more behind itself: its rows stand at 8, their end at 12, and they begin at 20.
fn twice_as_long(index: &[u8]) -> Vec<u8> {
    let rows = (index.len() - 20) / 4;
    let mut twice = [index, &index[20..]].concat();
    twice[8..12].copy_from_slice(&(2 * rows as u32).to_le_bytes());
    twice[12..20].copy_from_slice(&(8 * rows as u64).to_le_bytes());
    twice
}

#[test]
fn an_index_of_other_digests_is_damage() {
    let whole = snapshot();
    for byte in 20..whole.chunks[2].len() {
        let mut index = whole.chunks[2].clone();
        index[byte] ^= 1;
        let error = with_chunk(whole, 2, index).decode().unwrap_err().to_string();
        assert_eq!(error, "the parts of the snapshot do not fit together: the index has other digests than the tokens");
    }
}

#[test]
fn a_cut_chunk_is_refused_even_with_the_right_digest() {
    let whole = snapshot();
    for chunk in 0..whole.chunks.len() {
        for cut in 0..whole.chunks[chunk].len() {
            let damaged = with_chunk(whole, chunk, whole.chunks[chunk][..cut].to_vec());
            let error = damaged.decode().unwrap_err();
            assert!(matches!(error, SnapshotError::Chunk { chunk: found, .. } if found == chunk), "{error}");
            ask_everything(&damaged);
        }
    }
}

#[test]
fn no_changed_byte_makes_anything_panic_even_with_the_right_digest() {
    let whole = snapshot();
    for chunk in 0..whole.chunks.len() {
        for byte in 0..whole.chunks[chunk].len() {
            for value in [0x00, 0x81, 0xFF] {
                let mut bytes = whole.chunks[chunk].clone();
                bytes[byte] = value;
                ask_everything(&with_chunk(whole, chunk, bytes));
            }
        }
    }
}

#[test]
fn a_claim_of_rows_without_bytes_is_refused() {
    let whole = snapshot();
    let mut bytes = whole.chunks[1].clone();
    bytes[8..12].copy_from_slice(&u32::MAX.to_le_bytes());
    let error = with_chunk(whole, 1, bytes).decode().unwrap_err();
    assert_eq!(error.to_string(), "chunk 1 cannot be read, in its uid: it has other than 4294967295 rows");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_jumble_makes_anything_panic(
        chunk in 0_usize..3,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let whole = snapshot();
        let mut bytes = whole.chunks[chunk].clone();
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        ask_everything(&with_chunk(whole, chunk, bytes));
    }

    #[test]
    fn no_bytes_of_a_stranger_make_anything_panic(
        chunk in 0_usize..3,
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        kept in 0_usize..260,
    ) {
        let whole = snapshot();
        let mut begun_well: Vec<u8> = whole.chunks[chunk].iter().copied().take(kept).collect();
        begun_well.extend(&bytes);
        ask_everything(&with_chunk(whole, chunk, begun_well));
        ask_everything(&with_chunk(whole, chunk, bytes));
    }
}
