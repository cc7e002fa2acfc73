//! Laws that hold for every sequence of acts.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it cannot go on"
)]

use chrono::TimeDelta;
use proptest::prelude::*;
use tollgate_tokens::checked::{
    InvalidateCall, NewExpiry, NewToken, OVERLAPS, Owners, Rotation, TokenEdit, can_be_undone,
};
use tollgate_tokens::compatible::Condition;
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, identity, memory_manager_on};
use tollgate_tokens::{
    Attention, Event, EventBody, EventId, Journal as _, Ledger, Manager, MemoryJournal, MemoryStorage, Timestamp,
    Token, TokenQuery, Workspace, attention, figures, verify,
};

type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

/// One act of one of two tabs; numbers pick among what is there.
#[derive(Debug, Clone)]
enum Act {
    AddUser(u8),
    ChangeUser(u8, bool),
    Generate(u8),
    InvalidateOne(u8),
    InvalidateOwner(u8),
    Edit(u8, u8),
    Delete(u8),
    Rotate(u8, u8),
    UndoLast(u8),
}

fn act() -> impl Strategy<Value = (bool, Act)> {
    let act = prop_oneof![
        (0_u8..4).prop_map(Act::AddUser),
        (0_u8..4, any::<bool>()).prop_map(|(user, active)| Act::ChangeUser(user, active)),
        (0_u8..4).prop_map(Act::Generate),
        any::<u8>().prop_map(Act::InvalidateOne),
        (0_u8..4).prop_map(Act::InvalidateOwner),
        (any::<u8>(), any::<u8>()).prop_map(|(pick, edit)| Act::Edit(pick, edit)),
        any::<u8>().prop_map(Act::Delete),
        (any::<u8>(), any::<u8>()).prop_map(|(pick, overlap)| Act::Rotate(pick, overlap)),
        any::<u8>().prop_map(Act::UndoLast),
    ];
    (any::<bool>(), act)
}

async fn perform(manager: &TestManager, act: Act) {
    let name = |number: u8| format!("user-{number}").parse().unwrap();
    let token = |pick: u8| {
        manager.journal().read(|ledger| {
            let tokens: Vec<_> = ledger.workspace().tokens().cloned().collect();
            (!tokens.is_empty()).then(|| tokens[usize::from(pick) % tokens.len()].clone())
        })
    };
    // A refusal is a fine answer: the laws are about what is kept.
    match act {
        Act::AddUser(user) => drop(manager.add_user(name(user), Powers::default()).await),
        Act::ChangeUser(user, active) => {
            drop(manager.change_user(name(user), Powers { active, superuser: false }).await);
        }
        Act::Generate(user) => drop(manager.generate(NewToken::for_owner(name(user))).await),
        Act::InvalidateOne(pick) => {
            if let Some(token) = token(pick) {
                drop(manager.invalidate_one(token.uid, "one".into()).await);
            }
        }
        Act::InvalidateOwner(user) => {
            let owners = Owners::listed([name(user)]).unwrap();
            drop(
                manager
                    .invalidate(InvalidateCall { owners, filter: vec![Condition::Valid], reason: "all".into() })
                    .await,
            );
        }
        Act::Edit(pick, edit) => {
            if let Some(token) = token(pick) {
                drop(manager.change(vec![token.uid], an_edit(edit, manager.now())).await);
            }
        }
        Act::Delete(pick) => {
            if let Some(token) = token(pick) {
                drop(manager.delete(vec![token.uid], "gone".into()).await);
            }
        }
        Act::Rotate(pick, overlap) => {
            if let Some(token) = token(pick) {
                let overlap = OVERLAPS[usize::from(overlap) % OVERLAPS.len()];
                let rotation = Rotation { token: token.uid, overlap, expires: NewExpiry::Never };
                drop(manager.rotate(rotation).await);
            }
        }
        Act::UndoLast(pick) => {
            let acts: Vec<EventId> = manager.journal().read(|ledger| {
                let undoable = ledger.entries().rev().filter(|entry| can_be_undone(&entry.event.body));
                undoable.take(3).map(|entry| entry.event.id).collect()
            });
            if let Some(act) = acts.get(usize::from(pick) % 3) {
                drop(manager.undo(*act).await);
            }
        }
    }
}

fn an_edit(kind: u8, now: Timestamp) -> TokenEdit {
    let expires = match kind % 3 {
        0 => None,
        1 => Some(NewExpiry::Never),
        _ => Some(NewExpiry::At(now + TimeDelta::days(i64::from(kind) + 1))),
    };
    let policy = kind.is_multiple_of(2).then(|| r#"{"resources":{"*":{"allow":["GET"],"block":["*"]}}}"#.to_owned());
    TokenEdit { note: (kind % 5 < 2).then(|| format!("note {kind}")), policy, expires, ..TokenEdit::default() }
}

fn facts(workspace: &Workspace) -> (Vec<Token>, Vec<String>) {
    let tokens = workspace.tokens().map(|token| Token::clone(token)).collect();
    (tokens, workspace.users().map(|user| format!("{user:?}")).collect())
}

/// Every token but for when it was last saved, which undoing an edit is, too.
fn but_for_saves(tokens: Vec<Token>) -> Vec<Token> {
    tokens.into_iter().map(|token| Token { last_updated: token.time_added, ..token }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The fold that tabs keep while they work is the fold of the stored bytes.
    #[test]
    fn following_agrees_with_reading_from_scratch(acts in prop::collection::vec(act(), 1..40)) {
        let storage = MemoryStorage::default();
        let tabs = [memory_manager_on(&storage, 1), memory_manager_on(&storage, 2)];
        pollster::block_on(async {
            for (second, act) in acts {
                perform(&tabs[usize::from(second)], act).await;
            }
            for tab in &tabs {
                tab.journal().refresh().await.unwrap();
            }
        });
        prop_assert!(verify(storage.records()).is_whole());
        let from_scratch = facts(Ledger::load(identity(1), storage.records()).workspace());
        for tab in &tabs {
            prop_assert_eq!(&tab.journal().read(|ledger| facts(ledger.workspace())), &from_scratch);
        }
        let ids: Vec<EventId> = tabs[0].journal().read(|ledger| ledger.entries().map(|entry| entry.event.id).collect());
        let mut unique = ids.clone();
        unique.sort();
        unique.dedup();
        prop_assert_eq!(ids.len(), unique.len(), "every event has a name of its own");
    }

    /// What the overview counts is what its filters list.
    #[test]
    fn the_overview_agrees_with_its_filters(acts in prop::collection::vec(act(), 1..40), days in 0_i64..200) {
        let manager = memory_manager_on(&MemoryStorage::default(), 1);
        let registry = manager.registry().clone();
        pollster::block_on(async {
            for (index, (soon, act)) in acts.into_iter().enumerate() {
                perform(&manager, act).await;
                let expires = manager.now() + TimeDelta::days(if soon { 5 } else { 50 } + index as i64);
                let owner = "user-0".parse().unwrap();
                drop(manager.generate(NewToken { expires: Some(expires), ..NewToken::for_owner(owner) }).await);
            }
        });
        let now = manager.now() + TimeDelta::days(days);
        manager.journal().read(|ledger| {
            let workspace = ledger.workspace();
            let count = |query: &str| {
                let filter = TokenQuery::parse(query);
                assert!(filter.problems().is_empty(), "{query}");
                workspace.tokens().filter(|token| filter.matches(token, &registry, now)).count()
            };
            let figures = figures(workspace, now);
            prop_assert_eq!(figures.live, count("state:live"));
            prop_assert_eq!(figures.never_used, count("state:live used:never"));
            prop_assert_eq!(figures.never_expire, count("state:live expires:never"));
            prop_assert_eq!(figures.expired, count("state:expired"));
            prop_assert_eq!(figures.invalid, count("state:invalid"));
            let items = attention(workspace, &registry, now);
            for item in &items {
                prop_assert_eq!(item.count, count(item.attention.query()), "{:?}", item.attention);
            }
            let pressing = [Attention::Uncertain, Attention::ExpireWithinWeek, Attention::NeverUsed, Attention::NeverExpire, Attention::DeprecatedFormat];
            for attention in pressing {
                let is_told = items.iter().any(|item| item.attention == attention);
                prop_assert_eq!(is_told, count(attention.query()) > 0, "{:?}", attention);
            }
            Ok(())
        })?;
    }

    /// Undoing an act leaves no trace in the state but the moment of the last save, and a number that is not given again.
    #[test]
    fn undo_is_the_inverse_of_every_act(acts in prop::collection::vec(act(), 1..30), last in act()) {
        let manager = memory_manager_on(&MemoryStorage::default(), 1);
        pollster::block_on(async {
            perform(&manager, Act::AddUser(0)).await;
            perform(&manager, Act::Generate(0)).await;
            for (_, act) in acts {
                perform(&manager, act).await;
            }
        });
        let state = |manager: &TestManager| manager.journal().read(|ledger| facts(ledger.workspace()));
        let last_act = |manager: &TestManager| {
            manager.journal().read(|ledger| ledger.entries().last().map(|entry| entry.event.clone()).unwrap())
        };
        let (before, entry_before) = (state(&manager), last_act(&manager).id);
        pollster::block_on(perform(&manager, last.1));
        let act = last_act(&manager);
        prop_assume!(act.id != entry_before && can_be_undone(&act.body));
        pollster::block_on(manager.undo(act.id)).unwrap();
        let after = state(&manager);
        prop_assert_eq!(but_for_saves(after.0), but_for_saves(before.0));
        prop_assert_eq!(after.1, before.1);
        prop_assert!(pollster::block_on(manager.undo(act.id)).is_err(), "once is enough");
    }

    /// A number names one token for ever, deleted ones included.
    #[test]
    fn numbers_are_never_given_again(acts in prop::collection::vec(act(), 1..40)) {
        let manager = memory_manager_on(&MemoryStorage::default(), 1);
        pollster::block_on(async {
            for (_, act) in acts {
                perform(&manager, act).await;
            }
        });
        let numbers: Vec<u64> = manager.journal().read(|ledger| {
            let made = ledger.entries().filter_map(|entry| match &entry.event.body {
                EventBody::TokenGenerated(made) => Some(made.number),
                EventBody::TokenRotated(act) => Some(act.new.number),
                _ => None,
            });
            made.collect()
        });
        let mut unique = numbers.clone();
        unique.dedup();
        prop_assert!(numbers.is_sorted() && unique.len() == numbers.len(), "{numbers:?}");
    }

    /// Writing an event and reading it gives the event, and writing that gives the same bytes.
    #[test]
    fn events_survive_their_bytes(acts in prop::collection::vec(act(), 1..30)) {
        let manager = memory_manager_on(&MemoryStorage::default(), 1);
        pollster::block_on(async {
            for (_, act) in acts {
                perform(&manager, act).await;
            }
        });
        let events: Vec<Event> = manager.journal().read(|ledger| ledger.entries().map(|entry| entry.event.clone()).collect());
        for event in events {
            let bytes = event.to_bytes().unwrap();
            let read = Event::from_bytes(&bytes).unwrap();
            prop_assert_eq!(&read, &event);
            prop_assert_eq!(read.to_bytes().unwrap(), bytes);
        }
    }
}
