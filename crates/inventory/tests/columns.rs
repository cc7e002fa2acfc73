//! Tokens with anything in their fields go into columns and come back, whole or some rows at a time.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it cannot go on"
)]

#[path = "made_up/tokens.rs"]
mod tokens;

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;
use tokens::{encode, holding, in_many_chunks};
use tollgate_inventory::View;
use tollgate_tokens::{
    EventId, Fingerprint, PolicySource, PolicyUid, ReplicaId, Standing, Timestamp, Token, TokenDigest, TokenUid,
    Workspace, WorkspaceParts,
};

fn instant() -> impl Strategy<Value = Timestamp> {
    let near = 1_700_000_000_000_000..1_800_000_000_000_000_i64;
    let micros = prop_oneof![
        4 => near.clone(),
        2 => near.clone().prop_map(|micros| micros - micros % 1_000_000),
        2 => near.prop_map(|micros| micros - micros % 86_400_000_000),
        1 => -8_000_000_000_000_000_000..8_000_000_000_000_000_000_i64,
    ];
    micros.prop_map(|micros| Timestamp::from_timestamp_micros(micros).unwrap())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("nightly".to_owned()),
        "build farm, (linux|macOS) [0-9]{1,3}",
        "\\PC{0,12}",
        "[0-9]{0,22}",
    ]
}

fn policy() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("{}".to_owned()),
        (0_u32..2_000).prop_map(|id| format!(r#"{{"resources": {{"repository": {{"{id}": {{"allow": ["GET"]}}}}}}}}"#)),
        text(),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    let nested = leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((text(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    });
    prop_oneof![2 => Just(serde_json::json!({})), 2 => Just(serde_json::json!({"client_name": "host-1"})), 1 => nested]
}

fn fingerprint() -> impl Strategy<Value = Fingerprint> {
    let prefix = prop_oneof![4 => Just(Some("rbp".to_owned())), 1 => Just(None), 1 => text().prop_map(Some)];
    let last_four = prop_oneof![4 => "[0-9A-Za-z]{4}".prop_map(Some), 1 => Just(None), 1 => text().prop_map(Some)];
    (prefix, last_four).prop_map(|(prefix, last_four)| Fingerprint { prefix, last_four })
}

fn act() -> impl Strategy<Value = EventId> {
    (0_u8..3, any::<u64>())
        .prop_map(|(replica, sequence)| EventId { replica: ReplicaId::from_bytes([replica; 16]), sequence })
}

fn source() -> impl Strategy<Value = Option<PolicySource>> {
    let source = (0_u8..3, any::<u32>(), act()).prop_map(|(policy, version, saved_by)| PolicySource {
        policy: PolicyUid::from_bytes([policy; 16]),
        version,
        saved_by,
    });
    prop::option::of(source)
}

/// A token whose number is yet to be made unique, and its digest with some that have the same.
fn token() -> impl Strategy<Value = Token> {
    let names =
        ("(ci-bot|dana|t\\.brandt|[a-z]{1,9})", "(vendor_checksum|legacy_sha1)", prop::option::of("[a-c]{1,2}"));
    let times = (instant(), instant(), prop::option::of(instant()), prop::option::of(instant()));
    let end = (prop::option::of(instant()), text(), prop::option::of(act()));
    let flags = any::<[bool; 5]>();
    let rest = (0_u8..200, fingerprint(), text(), policy(), source(), value());
    (names, times, end, flags, rest).prop_map(|(names, times, end, flags, rest)| {
        let (owner, generator, local_site) = names;
        let (time_added, last_updated, last_used, expires) = times;
        let (invalid_date, invalid_reason, invalidated_by) = end;
        let [valid, auto_generated, is_uncertain, doubted, is_updated] = flags;
        let (secret, fingerprint, note, policy, policy_source, extra_data) = rest;
        Token {
            uid: TokenUid::from_bytes([0; 16]),
            number: 0,
            owner: owner.parse().unwrap(),
            digest: TokenDigest::of(&secret.to_string()),
            fingerprint,
            generator: generator.parse().unwrap(),
            time_added,
            last_updated: if is_updated { last_updated } else { time_added },
            last_used,
            expires,
            valid,
            invalid_date,
            invalid_reason,
            invalidated_by,
            note,
            policy: policy.into(),
            policy_source,
            extra_data,
            local_site: local_site.map(|site| site.parse().unwrap()),
            auto_generated,
            replaces: doubted.then(|| TokenUid::from_bytes([5; 16])),
            replaced_by: is_uncertain.then(|| TokenUid::from_bytes([6; 16])),
            standing: if is_uncertain { Standing::Uncertain } else { Standing::Known },
            doubted,
        }
    })
}

/// A workspace of such tokens; each has the gap before its number.
fn workspace() -> impl Strategy<Value = Workspace> {
    let gap = prop_oneof![9 => Just(1_u64), 1 => 1_u64..(1 << 55)];
    prop::collection::vec((gap, token()), 0..40).prop_map(|tokens| {
        let mut number = 0;
        let tokens = tokens.into_iter().zip(0_u128..).map(|((gap, token), index)| {
            number += gap;
            let uid = TokenUid::from_bytes((index * 0x9E37_79B9_7F4A_7C15).to_be_bytes());
            Arc::new(Token { uid, number, ..token })
        });
        holding(tokens)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_tokens_come_back_as_they_were(workspace in workspace()) {
        let parts = workspace.to_parts();
        let snapshot = encode(&workspace);
        let decoded = snapshot.decode().unwrap();
        prop_assert_eq!(&decoded.to_parts(), &parts);
        // Equal values may differ in the order of their members.
        for (decoded, token) in decoded.tokens().zip(&parts.tokens) {
            prop_assert_eq!(decoded.extra_data.to_string(), token.extra_data.to_string());
        }
        prop_assert_eq!(encode(&decoded), snapshot);
    }

    #[test]
    fn any_rows_are_the_rows_of_the_whole(workspace in workspace(), start in 0_usize..45, end in 0_usize..45) {
        let tokens: Vec<Token> = workspace.tokens().map(|token| Token::clone(token)).collect();
        let snapshot = encode(&workspace);
        let view = View::open(&snapshot).unwrap();
        let end = end.min(tokens.len());
        let wanted = tokens.get(start..end).unwrap_or_default();
        prop_assert_eq!(view.rows(start..end).unwrap(), wanted);
        for token in &tokens {
            let found = view.find(&token.digest).map(|row| tokens[row].uid);
            prop_assert_eq!(found, workspace.token_by_digest(&token.digest).map(|token| token.uid));
        }
    }
}

#[test]
fn rows_and_look_ups_cross_the_borders_of_chunks() {
    let workspace = in_many_chunks(|number| TokenDigest::of(&number.to_string()));
    let snapshot = encode(&workspace);
    assert_eq!(snapshot.chunks.len(), 1 + 4 + 1);
    assert_eq!(snapshot.decode().unwrap().to_parts(), workspace.to_parts());
    let view = View::open(&snapshot).unwrap();
    for start in 0..=7 {
        for end in start..=9 {
            let numbers: Vec<u64> = view.rows(start..end).unwrap().iter().map(|token| token.number).collect();
            let wanted: Vec<u64> = (1..=7).skip(start).take(end - start).collect();
            assert_eq!(numbers, wanted, "{start}..{end}");
        }
    }
    for number in 1..=7_usize {
        assert_eq!(view.find(&TokenDigest::of(&number.to_string())), Some(number - 1));
    }
    assert_eq!(view.find(&TokenDigest::of("8")), None);
}

#[test]
fn a_workspace_without_tokens_is_one_chunk() {
    let snapshot = encode(&Workspace::default());
    assert_eq!(snapshot.chunks.len(), 1);
    assert_eq!(snapshot.decode().unwrap().to_parts(), WorkspaceParts::default());
    assert!(View::open(&snapshot).unwrap().rows(0..10).unwrap().is_empty());
}
