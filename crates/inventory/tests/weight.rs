//! What a token weighs in a snapshot of a service as they are.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it cannot go on"
)]

use std::sync::Arc;

use chrono::TimeDelta;
use tollgate_inventory::{Head, Snapshot};
use tollgate_policy::presets;
use tollgate_tokens::test_support::made_up::{Chance, OwnerNames, extra_data, note};
use tollgate_tokens::test_support::{CountingEntropy, noon};
use tollgate_tokens::{
    Entropy as _, EventId, Fingerprint, LocalSite, PolicySource, PolicyUid, RecordHash, ReplicaId, Standing, Timestamp,
    Token, TokenDigest, TokenUid, User, Workspace, WorkspaceParts, WorkspaceRest,
};

const OWNERS: OwnerNames = OwnerNames { people: 150, bots: 12 };
const REPOSITORIES: u64 = 800;
const ACTS: u64 = 20;

/// A steady sequence of numbers that look like chance.
struct Dice(CountingEntropy);

impl Dice {
    fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes).unwrap();
        bytes
    }

    fn time_before(&mut self, instant: Timestamp, days: i64) -> Timestamp {
        instant - TimeDelta::microseconds(self.below(days as u64 * 86_400_000_000) as i64)
    }
}

impl Chance for Dice {
    fn below(&mut self, limit: u64) -> u64 {
        u64::from_le_bytes(self.bytes()) % limit
    }
}

/// A quarter each for full access and reading, and a third for single repositories: hundreds of different texts.
fn policy(dice: &mut Dice) -> Arc<str> {
    let repository = dice.below(REPOSITORIES);
    match dice.below(100) {
        0..25 => presets::full_access().into(),
        25..50 => presets::read_only().into(),
        50..65 => presets::post_reviews().into(),
        65..95 => presets::one_repository(&repository.to_string().as_str().into()).into(),
        _ => {
            let other = dice.below(REPOSITORIES);
            let rules = format!(r#""{repository}": {{"allow": ["GET"]}}, "{other}": {{"allow": ["*"]}}"#);
            format!(r#"{{"resources": {{"*": {{"block": ["*"]}}, "repository": {{{rules}}}}}}}"#).into()
        }
    }
}

/// A third of the tokens use one of twenty policies of the library, in one of five versions.
fn policy_source(dice: &mut Dice) -> Option<PolicySource> {
    let (policy, version) = (dice.below(20), dice.below(5));
    let saved_by = EventId { replica: ReplicaId::from_bytes([1; 16]), sequence: 5 * policy + version };
    let policy = PolicyUid::from_bytes([policy as u8; 16]);
    dice.percent(33).then_some(PolicySource { policy, version: version as u32 + 1, saved_by })
}

fn expiry(dice: &mut Dice, added: Timestamp) -> Option<Timestamp> {
    match dice.below(100) {
        0..60 => Some(added + TimeDelta::days([30, 90, 180, 365][dice.below(4) as usize])),
        60..75 => {
            let day = (added + TimeDelta::days(dice.below(300) as i64)).date_naive();
            day.and_hms_opt(0, 0, 0).map(|midnight| midnight.and_utc())
        }
        _ => None,
    }
}

/// One token in eight is invalid, most of them by acts on many at once.
fn end(dice: &mut Dice) -> Option<(Timestamp, EventId, String)> {
    let replica = ReplicaId::from_bytes([dice.below(2) as u8; 16]);
    let act = dice.below(ACTS);
    match dice.below(100) {
        0..8 => {
            let date = noon() - TimeDelta::seconds(act as i64 * 700_001) - TimeDelta::microseconds(act as i64 * 17);
            let replica = ReplicaId::from_bytes([1; 16]);
            Some((date, EventId { replica, sequence: 1_000 * (act + 1) }, format!("left the company, batch {act}")))
        }
        8..12 => {
            let (date, sequence) = (dice.time_before(noon(), 300), dice.below(20_000));
            Some((date, EventId { replica, sequence }, format!("printed in build log {}", dice.below(9_000))))
        }
        _ => None,
    }
}

fn token(dice: &mut Dice, number: u64, added: Timestamp) -> Token {
    let is_old = dice.percent(3);
    let end = end(dice);
    let last_four = dice.bytes::<4>().map(|byte| char::from(b'a' + byte % 26)).iter().collect::<String>();
    Token {
        uid: TokenUid::from_bytes(dice.bytes()),
        number,
        owner: OWNERS.one(dice).parse().unwrap(),
        digest: TokenDigest::of(&number.to_string()),
        fingerprint: Fingerprint { prefix: (!is_old).then(|| "rbp".to_owned()), last_four: Some(last_four) },
        generator: if is_old { "legacy_sha1" } else { "vendor_checksum" }.parse().unwrap(),
        time_added: added,
        last_updated: added,
        last_used: dice.percent(75).then(|| dice.time_before(noon(), 400)),
        expires: expiry(dice, added),
        valid: end.is_none(),
        invalid_date: end.as_ref().map(|(date, ..)| *date),
        invalid_reason: end.as_ref().map(|(.., reason)| reason.clone()).unwrap_or_default(),
        invalidated_by: end.as_ref().map(|(_, act, _)| *act),
        note: note(dice),
        policy: policy(dice),
        policy_source: policy_source(dice),
        extra_data: extra_data(dice),
        local_site: dice.percent(20).then(|| format!("site-{}", dice.below(4)).parse().unwrap()),
        auto_generated: dice.percent(10),
        replaces: dice.percent(5).then(|| TokenUid::from_bytes([dice.below(256) as u8; 16])),
        replaced_by: dice.percent(5).then(|| TokenUid::from_bytes([dice.below(256) as u8; 16])),
        standing: Standing::Known,
        doubted: false,
    }
}

/// A service with this many tokens, made over two years.
fn service(count: u64) -> Workspace {
    let mut dice = Dice(CountingEntropy::scrambled(7));
    let apart = 730 * 86_400_000_000 / count;
    let mut added = noon() - TimeDelta::days(730);
    let tokens = (1..=count).map(|number| {
        added += TimeDelta::microseconds(dice.below(2 * apart) as i64);
        Arc::new(token(&mut dice, number, added))
    });
    let names = OWNERS.all();
    let rest = WorkspaceRest {
        users: names.map(|name| User { username: name.parse().unwrap(), active: true, superuser: false }).collect(),
        sites: (0..4).map(|number| LocalSite { name: format!("site-{number}").parse().unwrap() }).collect(),
        ..WorkspaceRest::default()
    };
    Workspace::from_parts(WorkspaceParts { tokens: tokens.collect(), rest })
}

#[test]
fn a_token_weighs_at_most_a_hundred_bytes() {
    let workspace = service(5_000);
    let head = Head { sequence: 1, hash: RecordHash::of(b"any"), next_sequence: 2 };
    let snapshot = Snapshot::encode(&workspace, head).unwrap();
    let per_token = snapshot.byte_length() as f64 / workspace.token_count() as f64;
    println!("{per_token:.1} bytes for each of 5,000 tokens, of them {} in the dictionary", snapshot.chunks[0].len());
    assert!(per_token <= 100.0, "{per_token} bytes for each token");
    assert!(snapshot.chunks.iter().all(|chunk| chunk.len() < 1_200_000));
    assert_eq!(snapshot.decode().unwrap().to_parts(), workspace.to_parts());
}
