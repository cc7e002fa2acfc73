//! Laws of the library that hold for every sequence of acts.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tollgate_policy::Effect;
use tollgate_policy::presets::TEMPLATES;
use tollgate_tokens::checked::{
    Assignment, NewExpiry, NewPolicy, NewToken, OVERLAPS, Rotation, TokenEdit, assign, can_be_undone, change,
};
use tollgate_tokens::library::{NewVersion, SaveAs};
use tollgate_tokens::test_support::{identity, memory_manager_on, noon};
use tollgate_tokens::{
    Event, EventBody, EventId, GuardrailOverride, Journal as _, Ledger, MemoryStorage, NamedPolicy, PolicySource,
    PolicyTest, PolicyUid, Token, TokenUid, Workspace, WorkspaceRest, use_counts, used_by,
};

use super::desk::{TestManager, catalog, never, with_alice_on};

/// One act of one of two tabs; numbers pick among what is there.
#[derive(Debug, Clone)]
enum Act {
    Generate(u8),
    Begin(u8),
    Save(u8, u8),
    Rename(u8, u8),
    Archive(u8),
    Restore(u8),
    Test(u8, u8),
    Guard(u8),
    Import(u8),
    Edit(u8, u8),
    Assign(u8, u8),
    Rotate(u8),
    Delete(u8),
    UndoLast(u8),
}

fn act() -> impl Strategy<Value = (bool, Act)> {
    let two = || (any::<u8>(), any::<u8>());
    let act = prop_oneof![
        3 => any::<u8>().prop_map(Act::Generate),
        2 => any::<u8>().prop_map(Act::Begin),
        3 => two().prop_map(|(one, other)| Act::Save(one, other)),
        1 => two().prop_map(|(one, other)| Act::Rename(one, other)),
        1 => any::<u8>().prop_map(Act::Archive),
        1 => any::<u8>().prop_map(Act::Restore),
        1 => two().prop_map(|(one, other)| Act::Test(one, other)),
        1 => any::<u8>().prop_map(Act::Guard),
        1 => any::<u8>().prop_map(Act::Import),
        3 => two().prop_map(|(one, other)| Act::Edit(one, other)),
        4 => two().prop_map(|(one, other)| Act::Assign(one, other)),
        1 => any::<u8>().prop_map(Act::Rotate),
        1 => any::<u8>().prop_map(Act::Delete),
        2 => any::<u8>().prop_map(Act::UndoLast),
    ];
    (any::<bool>(), act)
}

fn acts() -> impl Strategy<Value = Vec<(bool, Act)>> {
    prop::collection::vec(act(), 1..40)
}

fn text(pick: u8) -> String {
    TEMPLATES[usize::from(pick) % TEMPLATES.len()].text("7")
}

fn picked<T: Clone>(list: &[T], pick: u8) -> Option<T> {
    list.get(usize::from(pick) % list.len().max(1)).cloned()
}

fn state<T>(manager: &TestManager, ask: impl FnOnce(&Workspace) -> T) -> T {
    manager.journal().read(|ledger| ask(ledger.workspace()))
}

fn policies(manager: &TestManager) -> Vec<NamedPolicy> {
    state(manager, |workspace| workspace.library().policies().map(|policy| NamedPolicy::clone(policy)).collect())
}

fn tokens(manager: &TestManager) -> Vec<TokenUid> {
    state(manager, |workspace| workspace.tokens().map(|token| token.uid).collect())
}

/// A version of the library with its text, for an even number; else none, with some text.
fn text_and_source(manager: &TestManager, pick: u8) -> (String, Option<PolicySource>) {
    let known = policies(manager);
    match picked(&known, pick / 2).filter(|_| pick.is_multiple_of(2)) {
        Some(policy) => {
            let version = picked(&policy.versions, pick / 16).unwrap();
            (version.text.clone(), Some(policy.source_of(&version)))
        }
        None => (text(pick), None),
    }
}

/// A refusal is a fine answer: the laws are about what is kept.
async fn perform(manager: &TestManager, act: Act) {
    let policy = |pick| picked(&policies(manager), pick);
    match act {
        Act::Generate(pick) => {
            let (policy, policy_source) = text_and_source(manager, pick);
            let call = NewToken { policy, policy_source, ..NewToken::for_owner("alice".parse().unwrap()) };
            drop(manager.generate(call).await);
        }
        Act::Begin(pick) => {
            let name = format!("policy {}", pick % 5).parse().unwrap();
            drop(manager.save_policy(NewVersion::of(SaveAs::New(name), text(pick))).await);
        }
        Act::Save(pick, other) => {
            if let Some(known) = policy(pick) {
                let save_as = SaveAs::Next { policy: known.uid, based_on: known.newest().unwrap().number };
                let call = NewVersion { note: format!("note {}", other % 4), ..NewVersion::of(save_as, text(other)) };
                drop(manager.save_policy(call).await);
            }
        }
        Act::Rename(pick, other) => {
            if let Some(known) = policy(pick) {
                let name = format!("policy {}", other % 9).parse().unwrap();
                drop(manager.rename_policy(known.uid, name).await);
            }
        }
        Act::Archive(pick) => {
            if let Some(known) = policy(pick) {
                drop(manager.archive_policy(known.uid).await);
            }
        }
        Act::Restore(pick) => {
            if let Some(known) = policy(pick) {
                drop(manager.restore_policy(known.uid).await);
            }
        }
        Act::Test(pick, other) => {
            if let Some(known) = policy(pick) {
                let version = known.versions[usize::from(other) % known.versions.len()].number;
                drop(manager.change_policy_tests(known.uid, version, vec![test(other)]).await);
            }
        }
        other => perform_elsewhere(manager, other).await,
    }
}

async fn perform_elsewhere(manager: &TestManager, act: Act) {
    let token = |pick| picked(&tokens(manager), pick);
    match act {
        Act::Guard(pick) => guard(manager, pick).await,
        Act::Import(pick) => {
            let name = format!("catalog {}", pick % 3);
            if pick.is_multiple_of(4) {
                drop(manager.remove_catalog(name.parse().unwrap()).await);
            } else {
                drop(manager.import_catalog(catalog(&name, &format!("extra-{pick}"))).await);
            }
        }
        Act::Edit(pick, other) => {
            let (policy, policy_source) = text_and_source(manager, other);
            let edit = TokenEdit { policy: Some(policy), policy_source, ..TokenEdit::default() };
            drop(manager.change(token(pick).into_iter().collect(), edit).await);
        }
        Act::Assign(pick, other) => {
            let (written, source) = text_and_source(manager, other);
            let policy = source.map_or(NewPolicy::Written(written), NewPolicy::Named);
            let some = tokens(manager).into_iter().skip(usize::from(pick % 3)).step_by(usize::from(pick % 2) + 1);
            drop(manager.assign(Assignment { tokens: some.collect(), policy, overrides: None }).await);
        }
        Act::Rotate(pick) => {
            if let Some(token) = token(pick) {
                drop(manager.rotate(Rotation { token, overlap: OVERLAPS[2], expires: NewExpiry::Never }).await);
            }
        }
        Act::Delete(pick) => drop(manager.delete(token(pick).into_iter().collect(), "gone".into()).await),
        Act::UndoLast(pick) => {
            let acts: Vec<EventId> = manager.journal().read(|ledger| {
                let undoable = ledger.entries().rev().filter(|entry| can_be_undone(&entry.event.body));
                undoable.take(3).map(|entry| entry.event.id).collect()
            });
            if let Some(act) = picked(&acts, pick) {
                drop(manager.undo(act).await);
            }
        }
        _ => {}
    }
}

fn test(pick: u8) -> PolicyTest {
    PolicyTest {
        policy_id: format!("resource-{}", pick % 3).into(),
        item_id: pick.is_multiple_of(2).then(|| pick.to_string().into()),
        method: "GET".into(),
        effect: if pick.is_multiple_of(5) { Effect::Allow } else { Effect::Deny },
        note: String::new(),
    }
}

/// Puts a guardrail up, changes one or takes one down.
async fn guard(manager: &TestManager, pick: u8) {
    let call = never(["POST", "DELETE", "PATCH"][usize::from(pick) % 3], "webhook", None);
    let known = state(manager, |workspace| workspace.library().guardrails().map(|known| known.uid).collect::<Vec<_>>());
    match picked(&known, pick) {
        Some(uid) if pick % 3 == 1 => drop(manager.change_guardrail(uid, call).await),
        Some(uid) if pick % 3 == 2 => drop(manager.remove_guardrail(uid).await),
        _ => drop(manager.add_guardrail(call).await),
    }
}

/// The storage of two tabs after these acts, and the first tab.
fn after(acts: Vec<(bool, Act)>) -> (MemoryStorage, TestManager) {
    let storage = MemoryStorage::default();
    let first = with_alice_on(&storage, 1);
    let second = memory_manager_on(&storage, 2);
    pollster::block_on(async {
        for (is_second, act) in acts {
            let tab = if is_second { &second } else { &first };
            // What is picked from is what the tab knows.
            tab.journal().refresh().await.unwrap();
            perform(tab, act).await;
        }
        first.journal().refresh().await.unwrap();
    });
    (storage, first)
}

fn events(manager: &TestManager) -> Vec<Event> {
    manager.journal().read(|ledger| ledger.entries().map(|entry| entry.event.clone()).collect())
}

/// What each token uses, as plainly as it can be told from the events: the last one that gave it a policy.
fn uses_by_hand(events: &[Event]) -> BTreeMap<TokenUid, Option<PolicySource>> {
    let mut uses = BTreeMap::new();
    for event in events {
        match &event.body {
            EventBody::TokenGenerated(made) => drop(uses.insert(made.uid, made.policy_source)),
            EventBody::TokenRotated(act) => drop(uses.insert(act.new.uid, act.new.policy_source)),
            EventBody::DeletionUndone(undo) => {
                uses.extend(undo.restored.iter().map(|token| (token.made.uid, token.made.policy_source)));
            }
            EventBody::TokensChanged(act) => {
                for change in
                    act.changes.iter().filter(|change| change.policy.is_some() || change.policy_source.is_some())
                {
                    uses.insert(change.uid, change.policy_source.and_then(|source| source.after));
                }
            }
            EventBody::PoliciesAssigned(act) => {
                for group in &act.groups {
                    uses.extend(group.tokens.iter().map(|uid| (*uid, group.after.source)));
                }
            }
            _ => {}
        }
    }
    uses
}

fn of_tokens(workspace: &Workspace) -> Vec<Token> {
    workspace.tokens().map(|token| Token::clone(token)).collect()
}

/// What these bodies make of a workspace.
fn with(workspace: &Workspace, bodies: Vec<EventBody>) -> Workspace {
    let id = EventId { replica: identity(7).replica, sequence: 1 };
    let events: Vec<Event> = bodies.into_iter().map(|body| Event { id, at: noon(), by: None, body }).collect();
    workspace.clone().followed_by(&events)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The fold that a tab keeps while it works is the fold of the stored bytes.
    #[test]
    fn following_agrees_with_reading_from_scratch(acts in acts()) {
        let (storage, manager) = after(acts);
        let from_scratch = Ledger::load(identity(1), storage.records());
        prop_assert!(from_scratch.damage().next().is_none());
        prop_assert_eq!(from_scratch.workspace().to_parts(), state(&manager, Workspace::to_parts));
    }

    /// Folding on from the parts of any beginning is folding from the start.
    #[test]
    fn folding_on_from_the_parts_is_folding_from_the_start(acts in acts(), cut in any::<prop::sample::Index>()) {
        let (_, manager) = after(acts);
        let events = events(&manager);
        let (before, behind) = events.split_at(cut.index(events.len() + 1));
        let parts = Workspace::default().followed_by(before).to_parts();
        let json = serde_json::to_string(&parts.rest).unwrap();
        prop_assert_eq!(&serde_json::from_str::<WorkspaceRest>(&json).unwrap(), &parts.rest);
        let folded_on = Workspace::from_parts(parts).followed_by(behind);
        prop_assert_eq!(folded_on.to_parts(), Workspace::default().followed_by(&events).to_parts());
    }

    /// Who uses a policy is what the events say of each token, and each holds the text of its version.
    #[test]
    fn used_by_agrees_with_the_events_told_one_by_one(acts in acts()) {
        let (_, manager) = after(acts);
        let by_hand = uses_by_hand(&events(&manager));
        state(&manager, |workspace| {
            let mut found: BTreeMap<TokenUid, PolicySource> = BTreeMap::new();
            let known: Vec<PolicyUid> = workspace.library().policies().map(|policy| policy.uid).collect();
            for uid in &known {
                let uses = used_by(workspace, *uid);
                assert_eq!(use_counts(workspace).get(uid).copied().unwrap_or(0), uses.len());
                for by in uses {
                    assert!(by.is_as_saved && by.version == Some(by.source.version));
                    found.insert(by.token.uid, by.source);
                }
            }
            let living = |uid: &TokenUid| workspace.token(*uid).is_some();
            let expected = by_hand.into_iter().filter(|(uid, _)| living(uid));
            let expected: BTreeMap<TokenUid, PolicySource> =
                expected.filter_map(|(uid, source)| Some((uid, source?))).collect();
            assert_eq!(found, expected);
        });
    }

    /// Giving many tokens a policy at once is editing them one by one, and undoing it is as if it had not been.
    #[test]
    fn assigning_agrees_with_editing_one_by_one_and_is_undone(acts in acts(), pick in any::<u8>()) {
        let (_, manager) = after(acts);
        let (written, source) = text_and_source(&manager, pick);
        let policy = source.map_or(NewPolicy::Written(written.clone()), NewPolicy::Named);
        let tokens = tokens(&manager);
        let before = state(&manager, Workspace::clone);
        let guardrails = state(&manager, |workspace| workspace.library().guardrails().map(|known| known.uid).collect());
        let overrides = Some(GuardrailOverride { guardrails, reason: "a law".to_owned() });
        let call = Assignment { tokens: tokens.clone(), policy, overrides: overrides.clone() };
        let assigned = assign(&before, &call);
        let mut one_by_one = before.clone();
        let mut changed = 0;
        for uid in &tokens {
            let (policy, overrides) = (Some(written.clone()), overrides.clone());
            let edit = TokenEdit { policy, policy_source: source, overrides, ..TokenEdit::default() };
            if let Ok((bodies, _)) = change(&one_by_one, &[*uid], &edit, noon()) {
                one_by_one = with(&one_by_one, bodies);
                changed += 1;
            }
        }
        match assigned {
            Err(_) => {
                prop_assert_eq!(changed, 0);
            }
            Ok((bodies, preview)) => {
                prop_assert_eq!((bodies.len(), preview.changed(), preview.unchanged), (1, changed, tokens.len() - changed));
                prop_assert_eq!(of_tokens(&with(&before, bodies)), of_tokens(&one_by_one));
                pollster::block_on(manager.assign(call)).unwrap();
                let act = manager.journal().read(|ledger| ledger.entries().last().unwrap().event.id);
                prop_assert_eq!(pollster::block_on(manager.undo_past(act, overrides)).unwrap(), changed);
                prop_assert_eq!(of_tokens(&state(&manager, Workspace::clone)), of_tokens(&before));
            }
        }
    }

    /// Numbers of versions rise, and no two policies that are offered share a name.
    #[test]
    fn numbers_rise_and_names_differ(acts in acts()) {
        let (_, manager) = after(acts);
        for policy in policies(&manager) {
            let numbers: Vec<u32> = policy.versions.iter().map(|version| version.number).collect();
            prop_assert!(numbers.iter().copied().eq(1..=numbers.len() as u32));
        }
        let names = state(&manager, |workspace| {
            workspace.library().offered().iter().map(|policy| policy.name.as_str().to_lowercase()).collect::<Vec<_>>()
        });
        prop_assert!(names.is_sorted_by(|name, next| name < next));
    }
}
