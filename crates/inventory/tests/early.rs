//! A snapshot of which some chunks are at hand answers what the whole one does, and asks for few others.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it cannot go on"
)]

#[path = "early/feed.rs"]
mod feed;
#[path = "made_up/tokens.rs"]
mod tokens;

use feed::answer;
use proptest::prelude::*;
use tokens::{encode, holding, in_many_chunks, token};
use tollgate_inventory::{PartialSnapshot, Partly, Snapshot, View};
use tollgate_tokens::TokenDigest;

/// The dictionary, four chunks of tokens, and the index.
fn six_chunks() -> Snapshot {
    let snapshot = encode(&in_many_chunks(|number| TokenDigest::of(&number.to_string())));
    assert_eq!(snapshot.chunks.len(), 6);
    snapshot
}

/// A digest that begins and ends as these numbers say.
fn digest(start: u8, end: u8) -> TokenDigest {
    let mut bytes = [0; 32];
    bytes[3] = start;
    bytes[31] = end;
    TokenDigest::from_bytes(bytes)
}

#[test]
fn an_answer_takes_the_chunks_that_it_lies_in_and_no_others() {
    let whole = six_chunks();
    let mut part = PartialSnapshot::new(whole.manifest.clone());
    assert_eq!(part.token_count(), 7);
    assert_eq!(part.rows(0..1).unwrap(), Partly::Needs(vec![0, 1]));
    assert_eq!(part.rows(5..100).unwrap(), Partly::Needs(vec![0, 3, 4]));
    assert_eq!(part.rows(7..100).unwrap(), Partly::Known(vec![]));
    let sought = TokenDigest::of("4");
    assert_eq!(part.find(&sought).unwrap(), Partly::Needs(vec![5]));
    part.add(5, whole.chunks[5].clone());
    assert_eq!(part.find(&TokenDigest::of("8")).unwrap(), Partly::Known(None));
    assert_eq!(part.find(&sought).unwrap(), Partly::Needs(vec![0, 2]));
    part.add(0, whole.chunks[0].clone());
    assert_eq!(part.find(&sought).unwrap(), Partly::Needs(vec![2]));
    part.add(2, whole.chunks[2].clone());
    assert_eq!(part.find(&sought).unwrap(), Partly::Known(Some(3)));
    let Partly::Known(found) = part.rows(3..4).unwrap() else { panic!("the chunk is at hand") };
    assert_eq!(found[0].digest, sought);
}

#[test]
fn rows_cross_the_borders_of_chunks() {
    let whole = six_chunks();
    let view = View::open(&whole).unwrap();
    for start in 0..=7 {
        for end in start..=9 {
            let mut part = PartialSnapshot::new(whole.manifest.clone());
            let found = answer(&whole, &mut part, |part| part.rows(start..end)).unwrap();
            assert_eq!(found, view.rows(start..end).unwrap(), "{start}..{end}");
        }
    }
}

#[test]
fn digests_that_begin_alike_are_told_apart() {
    let whole = encode(&in_many_chunks(|number| digest(9, number)));
    let mut part = PartialSnapshot::new(whole.manifest.clone());
    for number in 1..=7_u8 {
        let found = answer(&whole, &mut part, |part| part.find(&digest(9, number))).unwrap();
        assert_eq!(found, Some(usize::from(number) - 1));
    }
    for unknown in [digest(9, 8), digest(8, 1)] {
        assert_eq!(answer(&whole, &mut part, |part| part.find(&unknown)).unwrap(), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Some begin alike, and some are the same, of which the last is found.
    #[test]
    fn a_look_up_agrees_with_its_slow_twin(digests in prop::collection::vec((0_u8..4, 0_u8..4), 0..20)) {
        let tokens = digests.iter().zip(1..).map(|((start, end), number)| token(number, digest(*start, *end), 1));
        let whole = encode(&holding(tokens));
        let view = View::open(&whole).unwrap();
        let mut part = PartialSnapshot::new(whole.manifest.clone());
        for (start, end) in (0..5).flat_map(|start| (0..5).map(move |end| (start, end))) {
            let sought = digest(start, end);
            let found = answer(&whole, &mut part, |part| part.find(&sought)).unwrap();
            prop_assert_eq!(found, view.find(&sought));
            prop_assert_eq!(found.is_some(), digests.contains(&(start, end)));
        }
    }
}
