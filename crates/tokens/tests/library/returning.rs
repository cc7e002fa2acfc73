//! Tokens whose time was over and that log in again: they keep to the guardrails that are up then.

use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::TimeDelta;
use proptest::prelude::*;
use tollgate_tokens::checked::{
    Assignment, NewClientToken, NewExpiry, NewPolicy, OVERLAPS, Rotation, TokenEdit, TokenError, can_be_undone,
};
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, identity, noon};
use tollgate_tokens::{
    Event, EventBody, EventId, GeneratorRegistry, GuardrailOverride, GuardrailUid, Journal as _, Manager,
    MemoryJournal, MemoryStorage, NewEvent, Standing, TokenUid, fleet_breaches,
};

use super::desk::{NO_DELETE, TestManager, last_event, made, never, refusal, token};

/// A workspace with alice, whose clock is moved.
fn with_clock() -> (Rc<SteadyClock>, TestManager) {
    let clock = Rc::new(SteadyClock::at(noon()));
    let journal = MemoryJournal::open(&MemoryStorage::default(), identity(1));
    let entropy = Rc::new(CountingEntropy::scrambled(7));
    let manager = Manager::new(journal, Rc::clone(&clock), entropy, GeneratorRegistry::built_in());
    pollster::block_on(manager.add_user("alice".parse().unwrap(), Powers::default())).unwrap();
    (clock, manager)
}

/// A token that may do all it likes, and expires an hour after noon.
fn short_lived(manager: &TestManager, policy: &str) -> TokenUid {
    made(manager, |call| {
        call.policy = policy.to_owned();
        call.expires = Some(noon() + TimeDelta::hours(1));
    })
}

fn put_up(manager: &TestManager) -> GuardrailUid {
    pollster::block_on(manager.add_guardrail(never("DELETE", "repository", None))).unwrap()
}

fn past(guardrail: GuardrailUid) -> Option<GuardrailOverride> {
    Some(GuardrailOverride { guardrails: vec![guardrail], reason: "moving house".to_owned() })
}

fn for_ever(overrides: Option<GuardrailOverride>) -> TokenEdit {
    TokenEdit { expires: Some(NewExpiry::Never), overrides, ..TokenEdit::default() }
}

#[track_caller]
fn check_stopped(error: &TokenError, guardrail: GuardrailUid, token: TokenUid) {
    let TokenError::Guardrails(breaches) = error else { panic!("expected a breach, got {error:?}") };
    let found: Vec<_> = breaches.iter().map(|found| (found.guardrail, found.token)).collect();
    assert_eq!(found, [(guardrail, Some(token))]);
}

/// Undoing is refused, and then done for a reason, which is recorded.
#[track_caller]
fn check_undone_past(manager: &TestManager, act: EventId, guardrail: GuardrailUid, token: TokenUid) {
    check_stopped(&refusal(pollster::block_on(manager.undo(act))), guardrail, token);
    pollster::block_on(manager.undo_past(act, past(guardrail))).unwrap();
    let undone = last_event(manager);
    assert_eq!((undone.body.overrides(), undone.body.version()), (past(guardrail).as_ref(), 2));
    assert_eq!(Event::from_bytes(&undone.to_bytes().unwrap()).unwrap(), undone);
}

#[test]
fn an_expired_token_does_not_come_back_past_a_guardrail() {
    let (clock, manager) = with_clock();
    let (open, narrow) = (short_lived(&manager, "{}"), short_lived(&manager, NO_DELETE));
    clock.set(noon() + TimeDelta::hours(2));
    let guardrail = put_up(&manager);
    let prolong = |tokens: Vec<TokenUid>, overrides| pollster::block_on(manager.change(tokens, for_ever(overrides)));
    check_stopped(&refusal(prolong(vec![narrow, open], None)), guardrail, open);
    prolong(vec![narrow], None).unwrap();
    prolong(vec![open], past(guardrail)).unwrap();
    assert_eq!(last_event(&manager).body.overrides(), past(guardrail).as_ref());
    assert_eq!(token(&manager, open).expires, None);
}

#[test]
fn a_token_that_logs_in_or_is_invalid_gets_another_expiry_whatever_guardrails_say() {
    let (clock, manager) = with_clock();
    let (living, invalid) = (short_lived(&manager, "{}"), short_lived(&manager, "{}"));
    let guardrail = put_up(&manager);
    pollster::block_on(manager.change(vec![living], for_ever(None))).unwrap();
    pollster::block_on(manager.invalidate_one(invalid, "old".into())).unwrap();
    let invalidation = last_event(&manager).id;
    clock.set(noon() + TimeDelta::hours(2));
    pollster::block_on(manager.change(vec![invalid], for_ever(None))).unwrap();
    pollster::block_on(manager.undo(last_event(&manager).id)).unwrap();
    pollster::block_on(manager.change(vec![invalid], for_ever(None))).unwrap();
    assert_eq!(last_event(&manager).body.version(), 1);
    check_undone_past(&manager, invalidation, guardrail, invalid);
}

#[test]
fn undoing_an_earlier_expiry_keeps_to_the_guardrails_that_came_since() {
    let (clock, manager) = with_clock();
    let uid = made(&manager, |_| {});
    let soon = TokenEdit { expires: Some(NewExpiry::At(noon() + TimeDelta::hours(1))), ..TokenEdit::default() };
    pollster::block_on(manager.change(vec![uid], soon)).unwrap();
    let act = last_event(&manager).id;
    clock.set(noon() + TimeDelta::hours(2));
    let guardrail = put_up(&manager);
    check_undone_past(&manager, act, guardrail, uid);
}

#[test]
fn undoing_a_rotation_brings_no_more_back_than_the_successor_may() {
    let (clock, manager) = with_clock();
    let rotated = |expires| {
        let uid = made(&manager, |_| {});
        let rotation = Rotation { token: uid, overlap: OVERLAPS[0], expires };
        pollster::block_on(manager.rotate(rotation)).unwrap();
        (uid, last_event(&manager).id)
    };
    let (_, stands_in) = rotated(NewExpiry::Never);
    let (uid, act) = rotated(NewExpiry::At(noon() + TimeDelta::hours(1)));
    clock.set(noon() + TimeDelta::minutes(30));
    let guardrail = put_up(&manager);
    // The successor, which logs in, may do all that the old one may.
    pollster::block_on(manager.undo(stands_in)).unwrap();
    assert_eq!(last_event(&manager).body.version(), 1);
    clock.set(noon() + TimeDelta::hours(2));
    check_undone_past(&manager, act, guardrail, uid);
}

/// Makes a token uncertain, as an event of a newer kind does that names it.
async fn doubt(manager: &TestManager, uid: TokenUid) {
    let json = format!(r#"{{"tokens":["{uid}"]}}"#);
    let body = EventBody::Unknown { kind: "tokens_invalidated".to_owned(), version: 7, json };
    manager.append(vec![NewEvent::Here { at: manager.now(), by: None, body }]).await.unwrap();
}

#[test]
fn an_uncertain_token_is_not_trusted_past_a_guardrail_but_for_a_reason() {
    let (_, manager) = with_clock();
    let (open, narrow) = (short_lived(&manager, "{}"), short_lived(&manager, NO_DELETE));
    for uid in [open, narrow] {
        pollster::block_on(doubt(&manager, uid));
    }
    let guardrail = put_up(&manager);
    check_stopped(&refusal(pollster::block_on(manager.trust(vec![narrow, open]))), guardrail, open);
    assert_eq!(token(&manager, narrow).standing, Standing::Uncertain);
    pollster::block_on(manager.trust(vec![narrow])).unwrap();
    assert_eq!(last_event(&manager).body.version(), 1);

    let blank = past(guardrail).map(|past| GuardrailOverride { reason: " ".to_owned(), ..past });
    let refused = refusal(pollster::block_on(manager.trust_past(vec![open], blank)));
    assert_eq!(refused, TokenError::OverrideWithoutReason);
    pollster::block_on(manager.trust_past(vec![open], past(guardrail))).unwrap();
    let trusted = last_event(&manager);
    assert_eq!((trusted.body.overrides(), trusted.body.version()), (past(guardrail).as_ref(), 2));
    assert_eq!(Event::from_bytes(&trusted.to_bytes().unwrap()).unwrap(), trusted);
    assert_eq!(token(&manager, open).standing, Standing::Known);
    assert_eq!(refusal(pollster::block_on(manager.trust(vec![open]))), TokenError::NothingUncertain);
}

#[test]
fn a_token_that_does_not_log_in_is_trusted_whatever_guardrails_say() {
    let (clock, manager) = with_clock();
    let (expired, invalid) = (short_lived(&manager, "{}"), made(&manager, |_| {}));
    pollster::block_on(manager.invalidate_one(invalid, "old".into())).unwrap();
    for uid in [expired, invalid] {
        pollster::block_on(doubt(&manager, uid));
    }
    let guardrail = put_up(&manager);
    clock.set(noon() + TimeDelta::hours(2));
    assert_eq!(pollster::block_on(manager.trust(vec![expired, invalid])).unwrap(), 2);
    let back = pollster::block_on(manager.change(vec![expired], for_ever(None)));
    check_stopped(&refusal(back), guardrail, expired);
}

/// What goes past the guardrails now: tokens that log in.
fn past_now(manager: &TestManager) -> BTreeSet<(GuardrailUid, TokenUid)> {
    let found = manager.journal().read(|ledger| fleet_breaches(ledger.workspace(), manager.now()));
    found.into_iter().flat_map(|found| found.tokens.into_iter().map(move |uid| (found.guardrail, uid))).collect()
}

/// One act, picked by numbers; a refusal is a fine answer.
async fn act(manager: &TestManager, kind: u8, pick: u8) {
    let tokens: Vec<TokenUid> =
        manager.journal().read(|ledger| ledger.workspace().tokens().map(|token| token.uid).collect());
    let acts: Vec<EventId> = manager.journal().read(|ledger| {
        ledger
            .entries()
            .map(|entry| &entry.event)
            .filter(|event| can_be_undone(&event.body))
            .map(|event| event.id)
            .collect()
    });
    let some = |list: usize| usize::from(pick) % list.max(1);
    let later = manager.now() + TimeDelta::hours(1 + i64::from(pick % 3));
    let policy = if pick.is_multiple_of(2) { "{}" } else { NO_DELETE }.to_owned();
    let expires = if pick.is_multiple_of(4) { NewExpiry::Never } else { NewExpiry::At(later) };
    let uid = tokens.get(some(tokens.len())).copied().unwrap_or(TokenUid::from_bytes([9; 16]));
    match kind % 11 {
        0 => {
            let call = TokenEdit { policy: Some(policy), ..TokenEdit::default() };
            drop(manager.change(vec![uid], call).await);
        }
        1 | 2 => {
            let call = TokenEdit { expires: Some(expires), ..TokenEdit::default() };
            drop(manager.change(vec![uid], call).await);
        }
        3 => {
            let call = Assignment { tokens, policy: NewPolicy::Written(policy), overrides: None };
            drop(manager.assign(call).await);
        }
        4 => drop(manager.invalidate_one(uid, "old".to_owned()).await),
        5 => drop(manager.delete(vec![uid], String::new()).await),
        6 => drop(manager.rotate(Rotation { token: uid, overlap: OVERLAPS[0], expires }).await),
        7 => drop(manager.client_token(NewClientToken::for_client("alice".parse().unwrap(), "CI")).await),
        8 => doubt(manager, uid).await,
        9 => drop(manager.trust(tokens).await),
        _ => {
            if let Some(undone) = acts.get(some(acts.len())) {
                drop(manager.undo(*undone).await);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// No act but for a reason: only a rotation hands on what its token did, and undoing one what the successor did.
    #[test]
    fn no_act_lets_a_token_log_in_past_a_guardrail_that_did_not_before(
        acts in prop::collection::vec((any::<u8>(), any::<u8>()), 1..40),
        guarded_at in 0..20_usize,
    ) {
        let (clock, manager) = with_clock();
        for policy in ["{}", "{}", NO_DELETE] {
            short_lived(&manager, policy);
        }
        for (index, (kind, pick)) in acts.into_iter().enumerate() {
            if index == guarded_at {
                put_up(&manager);
            }
            clock.set(noon() + TimeDelta::minutes(30) * i32::try_from(index).unwrap());
            let before = past_now(&manager);
            pollster::block_on(act(&manager, kind, pick));
            let handed_on = match last_event(&manager).body {
                EventBody::TokenRotated(act) => Some((act.old, act.new.uid)),
                EventBody::RotationUndone(undo) => Some((undo.new, undo.old)),
                _ => None,
            };
            for (guardrail, uid) in past_now(&manager).difference(&before) {
                let from = handed_on.filter(|(_, to)| to == uid).map(|(from, _)| from);
                prop_assert!(from.is_some_and(|from| before.contains(&(*guardrail, from))), "act {} {}", kind, pick);
            }
        }
    }
}
