//! Laws that hold for every history: a snapshot gives back what it was made of, and folding on from it is folding from
//! the first entry.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it cannot go on"
)]

#[path = "early/feed.rs"]
mod feed;

use std::rc::Rc;

use chrono::TimeDelta;
use feed::answer;
use proptest::prelude::*;
use tollgate_inventory::{Head, PartialSnapshot, Snapshot, View};
use tollgate_policy::presets;
use tollgate_tokens::checked::{InvalidateCall, NewExpiry, NewToken, Owners, Rotation, TokenEdit, can_be_undone};
use tollgate_tokens::compatible::Condition;
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, identity, noon};
use tollgate_tokens::{
    Event, EventBody, Fingerprint, GeneratorRegistry, Journal as _, JournalRepaired, Ledger, Manager, MemoryJournal,
    MemoryStorage, NewEvent, RepairedEntry, Settings, Token, TokenDigest, TokenGenerated, TokenTried, TokenUid,
    TokensInvalidated, Workspace,
};

/// One act of one of two tabs; numbers pick among what is there.
#[derive(Debug, Clone)]
enum Act {
    AddUser(u8),
    ChangeUser(u8, bool),
    RemoveUser(u8),
    AddSite(u8),
    RemoveSite(u8),
    Generate(u8, u8),
    Import(u8, String),
    Twin(u8),
    InvalidateOne(u8),
    InvalidateOwner(u8),
    InvalidateLost(u8),
    UndoLast(u8),
    Unknown(u8),
    Trust(u8),
    RecordRepair(u8),
    Wait(i64),
    Edit(u8),
    Delete(u8),
    Rotate(u8),
    Use(u8),
    Undo(u8),
    Set(u8),
}

/// What happens to a token between its making and its end, and the settings.
fn life(what: u8) -> Act {
    let acts = [Act::Edit, Act::Delete, Act::Rotate, Act::Use, Act::Undo, Act::Set];
    acts[usize::from(what) % acts.len()](what)
}

fn act() -> impl Strategy<Value = (bool, Act)> {
    let waits = prop_oneof![Just(1_i64), Just(1_000_000_i64), Just(86_400_000_000_i64), 0_i64..100_000_000_000];
    let act = prop_oneof![
        4 => (0_u8..4).prop_map(Act::AddUser),
        1 => (0_u8..4, any::<bool>()).prop_map(|(user, active)| Act::ChangeUser(user, active)),
        1 => (0_u8..4).prop_map(Act::RemoveUser),
        2 => (0_u8..3).prop_map(Act::AddSite),
        1 => (0_u8..3).prop_map(Act::RemoveSite),
        8 => (0_u8..4, any::<u8>()).prop_map(|(user, what)| Act::Generate(user, what)),
        4 => (any::<u8>(), "[a-c0-2ö\" ]{0,9}").prop_map(|(what, text)| Act::Import(what, text)),
        1 => any::<u8>().prop_map(Act::Twin),
        4 => any::<u8>().prop_map(Act::InvalidateOne),
        1 => (0_u8..4).prop_map(Act::InvalidateOwner),
        1 => any::<u8>().prop_map(Act::InvalidateLost),
        3 => any::<u8>().prop_map(Act::UndoLast),
        1 => any::<u8>().prop_map(Act::Unknown),
        1 => any::<u8>().prop_map(Act::Trust),
        1 => any::<u8>().prop_map(Act::RecordRepair),
        6 => waits.prop_map(Act::Wait),
        4 => any::<u8>().prop_map(life),
    ];
    (any::<bool>(), act)
}

struct Tab {
    manager: Manager<MemoryJournal, SteadyClock, CountingEntropy>,
    clock: Rc<SteadyClock>,
}

impl Tab {
    fn open(storage: &MemoryStorage, number: u8) -> Self {
        let clock = Rc::new(SteadyClock::at(noon()));
        let entropy = Rc::new(CountingEntropy::scrambled(u64::from(number) << 32));
        let journal = MemoryJournal::open(storage, identity(number));
        Self { manager: Manager::new(journal, Rc::clone(&clock), entropy, GeneratorRegistry::built_in()), clock }
    }

    fn token(&self, pick: u8) -> Option<Token> {
        self.manager.journal().read(|ledger| {
            let tokens: Vec<Token> = ledger.workspace().tokens().map(|token| Token::clone(token)).collect();
            (!tokens.is_empty()).then(|| tokens[usize::from(pick) % tokens.len()].clone())
        })
    }

    async fn append(&self, body: EventBody) {
        let by = Some("somebody".to_owned());
        self.manager.append(vec![NewEvent::Here { at: self.manager.now(), by, body }]).await.unwrap();
    }

    /// A refusal is a fine answer: the laws are about what is kept.
    async fn perform(&self, act: Act) {
        let manager = &self.manager;
        let user = |number: u8| format!("user-{number}").parse().unwrap();
        let site = |number: u8| format!("site-{number}").parse().unwrap();
        match act {
            Act::AddUser(number) => drop(manager.add_user(user(number), Powers::default()).await),
            Act::ChangeUser(number, active) => {
                drop(manager.change_user(user(number), Powers { active, superuser: false }).await);
            }
            Act::RemoveUser(number) => drop(manager.remove_user(user(number)).await),
            Act::AddSite(number) => drop(manager.add_site(site(number)).await),
            Act::RemoveSite(number) => drop(manager.remove_site(site(number)).await),
            Act::Generate(number, what) => drop(manager.generate(self.call(user(number), what)).await),
            Act::Wait(micros) => self.clock.set(manager.now() + TimeDelta::microseconds(micros)),
            Act::InvalidateOwner(number) => {
                let owners = Owners::listed([user(number)]).unwrap();
                let call = InvalidateCall { owners, filter: vec![Condition::Valid], reason: "all of 1 owner".into() };
                drop(manager.invalidate(call).await);
            }
            other => self.perform_on_token(other).await,
        }
    }

    async fn perform_on_token(&self, act: Act) {
        match act {
            Act::Import(what, text) => self.append(EventBody::TokenGenerated(Box::new(odd_token(what, text)))).await,
            Act::InvalidateLost(pick) => {
                let tokens = vec![TokenUid::from_bytes([pick; 16])];
                let lost = TokensInvalidated { tokens, reason: "gone".into(), overwritten: vec![] };
                self.append(EventBody::TokensInvalidated(lost)).await;
            }
            Act::RecordRepair(sequence) => {
                let (reason, bytes) = ("torn".into(), String::new());
                let entry = RepairedEntry { sequence: sequence.into(), reason, bytes, sha256: "e3b0".into() };
                self.append(EventBody::JournalRepaired(JournalRepaired { entries: vec![entry] })).await;
            }
            Act::Undo(pick) => {
                let acts: Vec<_> = self.manager.journal().read(|ledger| {
                    let undoable = ledger.entries().rev().filter(|entry| can_be_undone(&entry.event.body));
                    undoable.take(3).map(|entry| entry.event.id).collect()
                });
                if let Some(act) = acts.get(usize::from(pick) % 3) {
                    drop(self.manager.undo(*act).await);
                }
            }
            Act::Set(days) => {
                let settings = Settings { client_token_days: days.into(), ..Settings::default() };
                drop(self.manager.change_settings(settings).await);
            }
            Act::Edit(pick)
            | Act::Delete(pick)
            | Act::Rotate(pick)
            | Act::Use(pick)
            | Act::InvalidateOne(pick)
            | Act::UndoLast(pick)
            | Act::Unknown(pick)
            | Act::Trust(pick)
            | Act::Twin(pick) => {
                if let Some(token) = self.token(pick) {
                    self.perform_on(token, act).await;
                }
            }
            _ => {}
        }
    }

    async fn perform_on(&self, token: Token, act: Act) {
        let manager = &self.manager;
        match act {
            Act::InvalidateOne(pick) => drop(manager.invalidate_one(token.uid, format!("reason {pick}")).await),
            Act::UndoLast(_) => {
                if let Some(act) = token.invalidated_by {
                    drop(manager.undo(act).await);
                }
            }
            Act::Unknown(_) => {
                let json = format!(r#"{{"uid":"{}"}}"#, token.uid);
                self.append(EventBody::Unknown { kind: "token_painted".into(), version: 1, json }).await;
            }
            Act::Trust(_) => drop(manager.trust(vec![token.uid]).await),
            Act::Edit(what) => {
                let edit = TokenEdit { note: Some(format!("note {what}")), ..TokenEdit::default() };
                drop(manager.change(vec![token.uid], edit).await);
            }
            Act::Delete(_) => drop(manager.delete(vec![token.uid], "gone".into()).await),
            Act::Rotate(_) => {
                let overlap = TimeDelta::hours(1);
                drop(manager.rotate(Rotation { token: token.uid, overlap, expires: NewExpiry::Never }).await);
            }
            Act::Use(_) => self.append(EventBody::TokenUsed(TokenTried { uid: token.uid })).await,
            // Another token with the same secret: the later one is found by its digest.
            Act::Twin(pick) => {
                let mut twin = odd_token(pick, "twin".into());
                twin.digest = token.digest;
                self.append(EventBody::TokenGenerated(Box::new(twin))).await;
            }
            _ => {}
        }
    }

    fn call(&self, owner: tollgate_tokens::Username, what: u8) -> NewToken {
        let policy = match what % 4 {
            0 => presets::full_access().to_owned(),
            1 => presets::read_only().to_owned(),
            2 => presets::post_reviews(),
            _ => presets::one_repository(&what.to_string().as_str().into()),
        };
        let extra_data = match what % 3 {
            0 => serde_json::json!({}),
            1 => serde_json::json!({"client_name": format!("host-{}", what % 5)}),
            _ => serde_json::json!({"z": [0.1, 1.5e300, -3], "a": null, "seen": 1_700_000_000.123_456_7}),
        };
        NewToken {
            note: format!("build farm, linux {what}"),
            policy,
            local_site: what.is_multiple_of(2).then(|| format!("site-{}", what % 3).parse().unwrap()),
            expires: (!what.is_multiple_of(5)).then(|| self.manager.now() + TimeDelta::days(i64::from(what) + 1)),
            extra_data: extra_data.as_object().cloned().unwrap_or_default(),
            auto_generated: what.is_multiple_of(7),
            ..NewToken::for_owner(owner)
        }
    }
}

/// A token that another program may have made: anything that an event can say.
fn odd_token(what: u8, text: String) -> TokenGenerated {
    TokenGenerated {
        uid: TokenUid::from_bytes([what; 16]),
        number: u64::from(what) * 3,
        owner: format!("old.{}", what % 3).parse().unwrap(),
        digest: TokenDigest::of(&what.to_string()),
        fingerprint: Fingerprint {
            prefix: what.is_multiple_of(2).then(|| text.clone()),
            last_four: (!what.is_multiple_of(3)).then(|| text.clone()),
        },
        generator: "legacy_sha1".parse().unwrap(),
        note: text.clone(),
        policy: format!("{text} {{\"{what}\": {text}}}"),
        extra_data: serde_json::json!([text, 0.1 * f64::from(what), {"deep": [[[what]]]}]),
        expires: (what % 2 == 1).then(|| noon() - TimeDelta::microseconds(i64::from(what))),
        local_site: None,
        auto_generated: false,
        valid: !what.is_multiple_of(4),
        policy_source: None,
        overrides: None,
    }
}

/// The events of a history as they are read from its bytes, and where it ends.
fn history(acts: Vec<(bool, Act)>) -> (Vec<Event>, Ledger) {
    let storage = MemoryStorage::default();
    let tabs = [Tab::open(&storage, 1), Tab::open(&storage, 2)];
    pollster::block_on(async {
        for (second, act) in acts {
            tabs[usize::from(second)].perform(act).await;
        }
    });
    let ledger = Ledger::load(identity(1), storage.records());
    (ledger.entries().map(|entry| entry.event.clone()).collect(), ledger)
}

fn head() -> Head {
    Head { sequence: 1, hash: tollgate_tokens::RecordHash::of(b"any"), next_sequence: 2 }
}

fn folded(events: &[Event]) -> Workspace {
    Workspace::default().followed_by(events)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A snapshot gives back the whole workspace, and the same workspace gives the same snapshot.
    #[test]
    fn decoding_is_the_inverse_of_encoding(acts in prop::collection::vec(act(), 1..60)) {
        let (_, ledger) = history(acts);
        let head = Head::of(&ledger).unwrap_or_else(head);
        let snapshot = Snapshot::encode(ledger.workspace(), head).unwrap();
        let decoded = snapshot.decode().unwrap();
        prop_assert_eq!(decoded.to_parts(), ledger.workspace().to_parts());
        prop_assert_eq!(Snapshot::encode(&decoded, head).unwrap(), snapshot);
    }

    /// Folding from the first entry gives the same bytes as a snapshot at any point, with the rest folded on.
    #[test]
    fn folding_on_from_a_snapshot_is_folding_from_the_start(
        acts in prop::collection::vec(act(), 1..60),
        cut in any::<prop::sample::Index>(),
    ) {
        let (events, ledger) = history(acts);
        let (before, after) = events.split_at(cut.index(events.len() + 1));
        let snapshot = Snapshot::encode(&folded(before), head()).unwrap();
        let folded_on = snapshot.decode().unwrap().followed_by(after);
        let from_start = Snapshot::encode(&folded(&events), head()).unwrap();
        prop_assert_eq!(&Snapshot::encode(&folded_on, head()).unwrap(), &from_start);
        prop_assert_eq!(&Snapshot::encode(ledger.workspace(), head()).unwrap(), &from_start);
    }

    /// What a view answers at once, or some chunks do, is what the slow way answers.
    #[test]
    fn a_view_agrees_with_decoding(
        acts in prop::collection::vec(act(), 1..60),
        start in 0_usize..20,
        count in 0_usize..20,
    ) {
        let (_, ledger) = history(acts);
        let snapshot = Snapshot::encode(ledger.workspace(), head()).unwrap();
        let slow = snapshot.decode().unwrap();
        let view = View::open_unverified(&snapshot).unwrap();
        let tokens: Vec<Token> = slow.tokens().map(|token| Token::clone(token)).collect();
        prop_assert_eq!(view.token_count(), tokens.len());
        let rows: Vec<Token> = tokens.iter().skip(start).take(count).cloned().collect();
        prop_assert_eq!(&view.rows(start..start + count).unwrap(), &rows);
        let mut part = PartialSnapshot::new(snapshot.manifest.clone());
        prop_assert_eq!(part.token_count(), tokens.len());
        prop_assert_eq!(answer(&snapshot, &mut part, |part| part.rows(start..start + count)).unwrap(), rows);
        let unknown = TokenDigest::of("of no token");
        for digest in tokens.iter().map(|token| &token.digest).chain([&unknown]) {
            let found = view.find(digest).map(|row| tokens[row].uid);
            prop_assert_eq!(found, slow.token_by_digest(digest).map(|token| token.uid));
            let found = answer(&snapshot, &mut part, |part| part.find(digest)).unwrap();
            prop_assert_eq!(found, view.find(digest));
        }
    }
}

#[test]
fn a_ledger_with_unrepaired_damage_has_no_head() {
    let storage = MemoryStorage::default();
    let tab = Tab::open(&storage, 1);
    pollster::block_on(tab.perform(Act::AddUser(0)));
    pollster::block_on(tab.perform(Act::AddUser(1)));
    let whole = Ledger::load(identity(1), storage.records());
    let head = Head::of(&whole).unwrap();
    let base = whole.base().unwrap();
    assert_eq!((head.sequence, head.hash, head.next_sequence), (base.sequence, base.hash, whole.next_sequence()));
    let snapshot = Snapshot::encode(whole.workspace(), head).unwrap();
    assert_eq!(snapshot.manifest.check_head(base.sequence, base.hash), Ok(()));

    let mut records = storage.records();
    records[0].bytes[20] ^= 1;
    assert_eq!(Head::of(&Ledger::load(identity(1), records)), None);
    assert_eq!(Head::of(&Ledger::new(identity(1))), None);
}
