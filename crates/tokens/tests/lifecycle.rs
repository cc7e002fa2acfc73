//! Editing, deleting and rotating tokens, one behavior a test.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where it cannot go on")]

use chrono::TimeDelta;
use tollgate_tokens::checked::{Generated, NewExpiry, NewToken, Rotation, TokenEdit, TokenError};
use tollgate_tokens::people::Powers;
use tollgate_tokens::settings::SettingsError;
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, memory_manager, noon};
use tollgate_tokens::{
    Event, EventBody, EventId, GeneratorId, Journal as _, Manager, MemoryJournal, Operation, SecretRevealed, Settings,
    Token, TokenStatus, TokenUid, signals,
};

type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

fn with_alice() -> TestManager {
    let manager = memory_manager();
    pollster::block_on(manager.add_user("alice".parse().unwrap(), Powers::default())).unwrap();
    manager
}

fn made(manager: &TestManager, change: impl FnOnce(&mut NewToken)) -> Generated {
    let mut call = NewToken::for_owner("alice".parse().unwrap());
    change(&mut call);
    pollster::block_on(manager.generate(call)).unwrap()
}

fn token(manager: &TestManager, uid: TokenUid) -> Option<Token> {
    manager.journal().read(|ledger| ledger.workspace().token(uid).map(|token| Token::clone(token)))
}

fn last_act(manager: &TestManager) -> EventId {
    manager.journal().read(|ledger| ledger.entries().last().unwrap().event.id)
}

fn note(text: &str) -> TokenEdit {
    TokenEdit { note: Some(text.to_owned()), ..TokenEdit::default() }
}

#[track_caller]
fn refusal<T: std::fmt::Debug>(outcome: Result<T, Operation<TokenError>>) -> TokenError {
    match outcome {
        Err(Operation::Refused(error)) => error,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[test]
fn an_edit_changes_only_what_it_names() {
    let manager = with_alice();
    let uid = made(&manager, |call| call.note = "CI".to_owned()).uid;
    let before = token(&manager, uid).unwrap();
    let edit = TokenEdit {
        policy: Some(r#"{"resources": {"*": {"allow": ["GET"]}}}"#.to_owned()),
        expires: Some(NewExpiry::At(noon() + TimeDelta::days(30))),
        ..TokenEdit::default()
    };
    let changed = pollster::block_on(manager.change(vec![uid], edit)).unwrap();
    assert_eq!((changed.changes.len(), changed.unchanged), (1, 0));
    let after = token(&manager, uid).unwrap();
    assert_eq!(after.expires, Some(noon() + TimeDelta::days(30)));
    assert!(after.policy.contains("GET"));
    assert_eq!(Token { policy: before.policy.clone(), expires: before.expires, ..after }, before);
}

#[test]
fn an_edit_counts_the_tokens_that_were_like_that_already() {
    let manager = with_alice();
    let same = made(&manager, |call| call.note = "CI".to_owned()).uid;
    let other = made(&manager, |_| {}).uid;
    let changed = pollster::block_on(manager.change(vec![same, other, other], note("CI"))).unwrap();
    assert_eq!((changed.changes.len(), changed.unchanged), (1, 1));
    let again = refusal(pollster::block_on(manager.change(vec![same, other], note("CI"))));
    assert_eq!(again, TokenError::NothingToChange);
}

#[test]
fn an_edit_is_refused_like_a_new_token() {
    let manager = with_alice();
    let uid = made(&manager, |_| {}).uid;
    let secret = made(&manager, |_| {}).secret.expose_once();
    let refused = |edit| refusal(pollster::block_on(manager.change(vec![uid], edit)));
    assert_eq!(refused(note(&secret)), TokenError::LooksLikeToken { field: "note" });
    let policy = |text: &str| TokenEdit { policy: Some(text.to_owned()), ..TokenEdit::default() };
    assert!(matches!(refused(policy(r#"{"resources": {}}"#)), TokenError::Policy(_)));
    let expires = |at| TokenEdit { expires: Some(NewExpiry::At(at)), ..TokenEdit::default() };
    assert_eq!(refused(expires(noon())), TokenError::ExpiryInPast);
    assert_eq!(refused(expires(noon() + TimeDelta::days(366))), TokenError::ExpiryTooFar { days: 365 });
    let unknown = TokenUid::from_bytes([9; 16]);
    let outcome = pollster::block_on(manager.change(vec![uid, unknown], note("x")));
    assert_eq!(refusal(outcome), TokenError::UnknownToken(unknown));
}

#[test]
fn an_edit_is_not_undone_over_a_later_one() {
    let manager = with_alice();
    let uid = made(&manager, |_| {}).uid;
    pollster::block_on(manager.change(vec![uid], note("first"))).unwrap();
    let first = last_act(&manager);
    pollster::block_on(manager.change(vec![uid], note("second"))).unwrap();
    assert_eq!(refusal(pollster::block_on(manager.undo(first))), TokenError::ChangedSince { number: 1 });
    pollster::block_on(manager.undo(last_act(&manager))).unwrap();
    pollster::block_on(manager.undo(first)).unwrap();
    assert_eq!(token(&manager, uid).unwrap().note, "");
}

#[test]
fn a_deleted_token_is_unknown_until_the_deletion_is_undone() {
    let manager = with_alice();
    let made = made(&manager, |call| call.note = "CI".to_owned());
    let before = token(&manager, made.uid);
    pollster::block_on(manager.delete(vec![made.uid], "no use".to_owned())).unwrap();
    let act = last_act(&manager);
    assert_eq!(token(&manager, made.uid), None);
    manager.journal().read(|ledger| {
        let workspace = ledger.workspace();
        assert!(workspace.token_by_digest(&made.secret.digest()).is_none());
        assert_eq!(workspace.deleted_token(made.uid).unwrap().act, act);
        assert_eq!(workspace.next_number(), 2, "its number is not given again");
    });
    pollster::block_on(manager.undo(act)).unwrap();
    assert_eq!(token(&manager, made.uid), before);
}

#[test]
fn an_act_before_a_deletion_is_not_undone_behind_its_back() {
    let manager = with_alice();
    let uid = made(&manager, |_| {}).uid;
    pollster::block_on(manager.invalidate_one(uid, "leaked".to_owned())).unwrap();
    let invalidation = last_act(&manager);
    pollster::block_on(manager.delete(vec![uid], String::new())).unwrap();
    assert_eq!(refusal(pollster::block_on(manager.undo(invalidation))), TokenError::ChangedSince { number: 1 });
}

#[test]
fn a_rotation_hands_down_what_the_token_is_for() {
    let manager = with_alice();
    let old = made(&manager, |call| {
        call.note = "CI".to_owned();
        call.policy = r#"{"resources": {"*": {"allow": ["GET"]}}}"#.to_owned();
        call.extra_data.insert("client_name".to_owned(), "RBTools".into());
    });
    let rotation = Rotation { token: old.uid, overlap: TimeDelta::hours(24), expires: NewExpiry::Never };
    let rotated = pollster::block_on(manager.rotate(rotation)).unwrap();
    assert_eq!(rotated.plan.old_ends, noon() + TimeDelta::hours(24));
    let (old, new) = (token(&manager, old.uid).unwrap(), token(&manager, rotated.successor.uid).unwrap());
    assert_eq!((&new.note, &new.policy, &new.extra_data), (&old.note, &old.policy, &old.extra_data));
    assert_eq!((old.replaced_by, new.replaces), (Some(new.uid), Some(old.uid)));
    assert_eq!(old.status_at(noon()), TokenStatus::Expiring);
    assert_eq!(old.status_at(rotated.plan.old_ends), TokenStatus::Expired);
    let again = refusal(pollster::block_on(manager.rotate(rotation)));
    assert_eq!(again, TokenError::RotatedAlready { number: 1, successor: 2 });
}

#[test]
fn a_rotation_never_prolongs_the_old_token() {
    let manager = with_alice();
    let soon = noon() + TimeDelta::minutes(30);
    let old = made(&manager, |call| call.expires = Some(soon));
    let rotation = Rotation { token: old.uid, overlap: TimeDelta::days(7), expires: NewExpiry::Never };
    assert_eq!(pollster::block_on(manager.rotate(rotation)).unwrap().plan.old_ends, soon);
}

#[test]
fn only_a_token_that_logs_in_is_rotated_and_only_with_an_overlap_on_offer() {
    let manager = with_alice();
    let uid = made(&manager, |_| {}).uid;
    let rotation = Rotation { token: uid, overlap: TimeDelta::hours(2), expires: NewExpiry::Never };
    assert_eq!(refusal(pollster::block_on(manager.rotate(rotation))), TokenError::Overlap);
    pollster::block_on(manager.invalidate_one(uid, String::new())).unwrap();
    let rotation = Rotation { overlap: TimeDelta::zero(), ..rotation };
    assert_eq!(refusal(pollster::block_on(manager.rotate(rotation))), TokenError::CannotRotate { number: 1 });
}

#[test]
fn a_rotation_is_undone_until_its_successor_was_touched() {
    let manager = with_alice();
    let old = made(&manager, |_| {}).uid;
    let before = token(&manager, old).unwrap();
    let rotation = Rotation { token: old, overlap: TimeDelta::hours(1), expires: NewExpiry::Never };
    let successor = pollster::block_on(manager.rotate(rotation)).unwrap().successor.uid;
    pollster::block_on(manager.undo(last_act(&manager))).unwrap();
    assert_eq!((token(&manager, old), token(&manager, successor)), (Some(before), None));
    let second = pollster::block_on(manager.rotate(rotation)).unwrap().successor.uid;
    let act = last_act(&manager);
    pollster::block_on(manager.invalidate_one(second, "leaked".to_owned())).unwrap();
    assert_eq!(refusal(pollster::block_on(manager.undo(act))), TokenError::ChangedSince { number: 3 });
}

#[test]
fn settings_hold_for_what_is_made_afterwards() {
    let manager = with_alice();
    let settings = Settings {
        token_type: "acme".to_owned(),
        longest_lifetime_days: 10,
        client_token_days: 10,
        default_lifetime_days: 5,
        ..Settings::default()
    };
    pollster::block_on(manager.change_settings(settings.clone())).unwrap();
    assert!(made(&manager, |_| {}).secret.expose_once().starts_with("acme_"));
    let expires = Some(noon() + TimeDelta::days(11));
    let call = NewToken { expires, ..NewToken::for_owner("alice".parse().unwrap()) };
    assert_eq!(refusal(pollster::block_on(manager.generate(call))), TokenError::ExpiryTooFar { days: 10 });
    let again = pollster::block_on(manager.change_settings(settings));
    assert!(matches!(again, Err(Operation::Refused(SettingsError::Unchanged))));
}

#[test]
fn settings_that_could_not_work_are_refused() {
    let manager = with_alice();
    let refused = |settings| match pollster::block_on(manager.change_settings(settings)) {
        Err(Operation::Refused(error)) => error.code(),
        other => panic!("expected a refusal, got {other:?}"),
    };
    let generator: GeneratorId = "legacy_sha1".parse().unwrap();
    assert_eq!(refused(Settings { default_generator: generator, ..Settings::default() }), "U0302");
    assert_eq!(refused(Settings { token_type: "a_b".to_owned(), ..Settings::default() }), "U0303");
    assert_eq!(refused(Settings { default_lifetime_days: 366, ..Settings::default() }), "U0304");
    assert_eq!(refused(Settings { longest_lifetime_days: 0, ..Settings::default() }), "U0304");
}

#[test]
fn a_reveal_is_recorded_and_changes_nothing() {
    let manager = with_alice();
    let uid = made(&manager, |_| {}).uid;
    let before = token(&manager, uid);
    pollster::block_on(manager.record_reveal(uid)).unwrap();
    assert_eq!(token(&manager, uid), before);
    let event = manager.journal().read(|ledger| ledger.entries().last().unwrap().event.clone());
    assert_eq!(event.body, EventBody::SecretRevealed(SecretRevealed { uid }));
    assert_eq!(Event::from_bytes(&event.to_bytes().unwrap()).unwrap(), event);
    assert!(signals(&event).is_empty(), "nobody need act on it");
    assert!(!tollgate_tokens::checked::can_be_undone(&event.body), "what was seen cannot be unseen");
}

#[test]
fn what_is_gone_cannot_be_revealed() {
    let manager = with_alice();
    let uid = made(&manager, |_| {}).uid;
    pollster::block_on(manager.delete(vec![uid], String::new())).unwrap();
    let entries = manager.journal().read(|ledger| ledger.entries().count());
    let refused = refusal(pollster::block_on(manager.record_reveal(uid)));
    assert_eq!(refused, TokenError::UnknownToken(uid));
    assert_eq!(manager.journal().read(|ledger| ledger.entries().count()), entries);
}
