//! The checked operations, one behavior a test.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it cannot go on"
)]

use std::rc::Rc;

use chrono::TimeDelta;
use tollgate_tokens::checked::{Generated, InvalidateCall, NewToken, Owners, TokenError};
use tollgate_tokens::compatible::Condition;
use tollgate_tokens::people::{PeopleError, Powers};
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, identity, memory_manager, memory_manager_on, noon};
use tollgate_tokens::{
    EventBody, GeneratorRegistry, Journal as _, JournalError, Manager, MemoryJournal, MemoryStorage, NewEvent,
    Operation, Token, TokenDigest, TokenGenerated, TokenStatus, TokenUid, VendorChecksum, join,
};

type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

fn with_alice() -> TestManager {
    let manager = memory_manager();
    pollster::block_on(async {
        manager.add_user("alice".parse().unwrap(), Powers::default()).await.unwrap();
        manager.add_user("bob".parse().unwrap(), Powers::default()).await.unwrap();
        manager.add_user("eve".parse().unwrap(), Powers { active: false, superuser: false }).await.unwrap();
        manager.add_site("acme".parse().unwrap()).await.unwrap();
    });
    manager
}

fn new(owner: &str) -> NewToken {
    NewToken::for_owner(owner.parse().unwrap())
}

fn generate(manager: &TestManager, call: NewToken) -> Generated {
    pollster::block_on(manager.generate(call)).unwrap()
}

#[track_caller]
fn refused(manager: &TestManager, call: NewToken) -> TokenError {
    match pollster::block_on(manager.generate(call)) {
        Err(Operation::Refused(error)) => error,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn token(manager: &TestManager, made: &Generated) -> Token {
    manager.journal().read(|ledger| Token::clone(ledger.workspace().token(made.uid).unwrap()))
}

#[test]
fn a_generated_token_is_kept_as_its_digest() {
    let manager = with_alice();
    let made = generate(&manager, NewToken { note: "CI bot".into(), ..new("alice") });
    let kept = token(&manager, &made);
    let secret = made.secret.expose_once();
    assert!(VendorChecksum::is_whole(&secret, "rbp"));
    assert_eq!(kept.digest, TokenDigest::of(&secret));
    assert_eq!(kept.fingerprint.to_string(), format!("rbp_…{}", &secret[251..]));
    let records = pollster::block_on(manager.journal().records()).unwrap();
    let stored: Vec<u8> = records.into_iter().flat_map(|record| record.bytes).collect();
    let stored = String::from_utf8_lossy(&stored);
    assert!(!stored.contains(&secret[4..40]), "no part of the entropy is stored");
}

#[test]
fn a_token_made_by_a_program_is_kept_as_such() {
    let manager = with_alice();
    let asked_for = generate(&manager, new("alice"));
    let automatic = generate(&manager, NewToken { auto_generated: true, ..new("alice") });
    assert!(!token(&manager, &asked_for).auto_generated, "unless it is said");
    assert!(token(&manager, &automatic).auto_generated);
}

#[test]
fn what_would_never_log_in_is_refused() {
    let manager = with_alice();
    let expires = |expires| NewToken { expires: Some(expires), ..new("alice") };
    assert_eq!(refused(&manager, new("nobody")), TokenError::UnknownUser("nobody".parse().unwrap()));
    assert_eq!(refused(&manager, new("eve")), TokenError::InactiveUser("eve".parse().unwrap()));
    assert_eq!(refused(&manager, expires(noon())), TokenError::ExpiryInPast);
    let too_far = noon() + TimeDelta::days(365) + TimeDelta::microseconds(1);
    assert_eq!(refused(&manager, expires(too_far)), TokenError::ExpiryTooFar { days: 365 });
    let site = NewToken { local_site: Some("labs".parse().unwrap()), ..new("alice") };
    assert_eq!(refused(&manager, site), TokenError::UnknownSite("labs".parse().unwrap()));
}

#[test]
fn a_policy_that_the_original_would_turn_into_full_access_is_refused() {
    let manager = with_alice();
    for policy in ["", "not json", "[1]", "null", r#""text""#, r#"{"resources": {"reviw": {}}}"#, "{'resources': {}}"] {
        let error = refused(&manager, NewToken { policy: policy.into(), ..new("alice") });
        assert!(matches!(error, TokenError::Policy(_)), "{policy}: {error}");
    }
}

#[test]
fn a_policy_with_a_lone_surrogate_is_kept_and_does_not_become_full_access() {
    let manager = with_alice();
    let policy = r#"{"resources": {"*": {"block": ["*"]}, "review": {"\ud800": {"allow": ["GET"]}}}}"#;
    let made = generate(&manager, NewToken { policy: policy.into(), ..new("alice") });
    let kept = token(&manager, &made).policy;
    assert_eq!(&*kept, policy);
    assert!(tollgate_policy::check(&kept, tollgate_policy::Catalog::review_board_8_1()).policy().is_some());
}

#[test]
fn a_note_that_holds_a_token_is_refused() {
    let manager = with_alice();
    let secret = generate(&manager, new("alice")).secret.expose_once();
    let error = refused(&manager, NewToken { note: format!("was {}", *secret), ..new("alice") });
    assert_eq!(error, TokenError::LooksLikeToken { field: "note" });
    assert!(!error.to_string().contains(&secret[..20]));
}

#[test]
fn a_policy_that_holds_a_token_is_refused_however_it_is_written() {
    let manager = with_alice();
    let secret = generate(&manager, new("alice")).secret.expose_once();
    let escaped = format!("{}\\u{:04x}{}", &secret[..9], u32::from(secret.as_bytes()[9]), &secret[10..]);
    for text in [secret.as_str(), &escaped] {
        for policy in [
            format!(r#"{{"resources": {{"*": {{"block": ["{text}"]}}}}}}"#),
            format!(r#"{{"resources": {{"user": {{"{text}": {{"block": ["GET"]}}}}}}}}"#),
            format!(r#"{{"{text}": 1, "resources": {{"*": {{"block": ["GET"]}}}}}}"#),
        ] {
            let error = refused(&manager, NewToken { policy, ..new("alice") });
            assert_eq!(error, TokenError::LooksLikeToken { field: "policy" });
        }
    }
    // Refused for two reasons: the one that is told does not quote it.
    let unknown = NewToken { policy: format!(r#"{{"resources": {{"{}": {{}}}}}}"#, *secret), ..new("alice") };
    assert_eq!(refused(&manager, unknown), TokenError::LooksLikeToken { field: "policy" });
}

#[test]
fn deprecated_and_unknown_generators_are_refused() {
    let manager = with_alice();
    let with = |id: &str| NewToken { generator_id: Some(id.into()), ..new("alice") };
    assert_eq!(refused(&manager, with("legacy_sha1")), TokenError::Generator("legacy_sha1".into()));
    assert_eq!(refused(&manager, with("nope")).to_string(), "there is no token generator `nope`");
}

#[test]
fn a_token_type_that_leaves_no_entropy_is_refused() {
    let manager = with_alice();
    for token_type in ["", "r_b", &"x".repeat(33), &"x".repeat(248)] {
        let error = refused(&manager, NewToken { token_type: Some(token_type.to_owned()), ..new("alice") });
        assert_eq!(error, TokenError::TokenType { limit: 32 }, "{token_type}");
    }
}

#[test]
fn a_collision_is_answered_with_another_try() {
    let storage = MemoryStorage::default();
    let first = memory_manager_on(&storage, 1);
    pollster::block_on(first.add_user("alice".parse().unwrap(), Powers::default())).unwrap();
    let made = generate(&first, new("alice"));
    // The same number gives the same entropy: its first text is taken.
    let second = memory_manager_on(&storage, 1);
    let again = generate(&second, new("alice"));
    assert_ne!(made.secret.expose_once(), again.secret.expose_once());
    let third = memory_manager_on(&storage, 1);
    let error = refused(&third, NewToken { max_attempts: 1, ..new("alice") });
    assert_eq!(error.to_string(), "1 attempts gave only texts that are taken");
}

#[test]
fn an_invalidation_is_undone_with_everything_it_changed() {
    let manager = with_alice();
    let made = generate(&manager, new("alice"));
    let before = token(&manager, &made);
    pollster::block_on(manager.invalidate_one(made.uid, "leaked in a log".into())).unwrap();
    let invalid = token(&manager, &made);
    assert_eq!(invalid.status_at(noon()), TokenStatus::Invalid);
    assert_eq!((invalid.invalid_date, invalid.invalid_reason.as_str()), (Some(noon()), "leaked in a log"));
    let act = invalid.invalidated_by.unwrap();
    pollster::block_on(manager.undo(act)).unwrap();
    assert_eq!(token(&manager, &made), before);
    let again = pollster::block_on(manager.undo(act)).unwrap_err();
    assert_eq!(again.to_string(), "this act was undone already");
}

#[test]
fn a_bulk_act_leaves_earlier_reasons_alone_and_is_undone_as_one() {
    let manager = with_alice();
    let made: Vec<Generated> = ["alice", "alice", "bob"].map(|owner| generate(&manager, new(owner))).into();
    pollster::block_on(manager.invalidate_one(made[0].uid, "first".into())).unwrap();
    let call = InvalidateCall { owners: Owners::All, filter: vec![Condition::Global], reason: "audit".into() };
    let done = pollster::block_on(manager.invalidate(call.clone())).unwrap();
    assert_eq!((done.tokens.len(), done.already_invalid), (2, 1));
    assert_eq!(token(&manager, &made[0]).invalid_reason, "first");
    let act = token(&manager, &made[2]).invalidated_by.unwrap();
    assert_eq!(pollster::block_on(manager.undo(act)).unwrap(), 2);
    assert_eq!(token(&manager, &made[0]).status_at(noon()), TokenStatus::Invalid);
    assert_eq!(token(&manager, &made[2]).status_at(noon()), TokenStatus::Active);
}

/// Adds a token for each of many owners, in one act; the owners themselves were never added.
fn add_many(manager: &TestManager, count: u64) -> Vec<TokenUid> {
    generate(manager, new("alice"));
    let body = manager.journal().read(|ledger| ledger.entries().next_back().map(|entry| entry.event.body.clone()));
    let Some(EventBody::TokenGenerated(base)) = body else { panic!("no token was made") };
    let uid = |number: u64| TokenUid::from_bytes(u128::from(number).to_be_bytes());
    let made = |number: u64| TokenGenerated {
        uid: uid(number),
        number: number + 10,
        owner: format!("owner-{number}").parse().unwrap(),
        digest: TokenDigest::of(&number.to_string()),
        ..TokenGenerated::clone(&base)
    };
    let event =
        |number| NewEvent::Here { at: noon(), by: None, body: EventBody::TokenGenerated(Box::new(made(number))) };
    pollster::block_on(manager.append((0..count).map(event).collect())).unwrap();
    (0..count).map(uid).collect()
}

/// With a walk over every list for every token this would be hundreds of millions of comparisons.
#[test]
fn thousands_of_tokens_are_picked_by_uid_and_owner_and_brought_back_in_one_act_each() {
    const COUNT: usize = 20_000;
    let manager = with_alice();
    let uids = add_many(&manager, COUNT as u64);
    let owners = Owners::listed((0..COUNT).map(|number| format!("owner-{number}").parse().unwrap())).unwrap();
    let filter = vec![Condition::UidIn(uids.clone())];
    let call = InvalidateCall { owners, filter, reason: "audit".into() };
    let done = pollster::block_on(manager.invalidate(call)).unwrap();
    assert_eq!(done.tokens, uids, "in the order of their numbers");
    let act = manager.journal().read(|ledger| ledger.entries().next_back().unwrap().event.id);
    assert_eq!(pollster::block_on(manager.undo(act)).unwrap(), COUNT);
}

#[test]
fn an_owner_that_nothing_is_known_of_is_named() {
    let manager = with_alice();
    add_many(&manager, 3);
    let owners = ["owner-2", "alice", "nobody"].map(|name| name.parse().unwrap());
    let call = InvalidateCall { owners: Owners::listed(owners).unwrap(), filter: vec![], reason: String::new() };
    let error = pollster::block_on(manager.invalidate(call)).unwrap_err();
    assert_eq!(error.to_string(), "there is no user `nobody`");
}

#[test]
fn nobody_named_cannot_mean_everybody() {
    assert_eq!(Owners::listed([]), None);
    let manager = with_alice();
    generate(&manager, new("alice"));
    let owners = Owners::listed(["bob".parse().unwrap()]).unwrap();
    let call = InvalidateCall { owners, filter: vec![], reason: String::new() };
    let error = pollster::block_on(manager.invalidate(call)).unwrap_err();
    assert_eq!(error.to_string(), "no token was picked that is still valid");
}

#[test]
fn users_and_sites_that_tokens_need_stay() {
    let manager = with_alice();
    generate(&manager, NewToken { local_site: Some("acme".parse().unwrap()), ..new("alice") });
    let user = pollster::block_on(manager.remove_user("alice".parse().unwrap())).unwrap_err();
    assert!(matches!(user, Operation::Refused(PeopleError::UserOwnsTokens { tokens: 1, .. })));
    let site = pollster::block_on(manager.remove_site("acme".parse().unwrap())).unwrap_err();
    assert_eq!(site.to_string(), "1 tokens are bound to the Local Site `acme`");
    pollster::block_on(manager.remove_user("bob".parse().unwrap())).unwrap();
}

#[test]
fn two_tabs_that_add_the_same_user_do_not_both_succeed() {
    let storage = MemoryStorage::default();
    let (left, right) = (memory_manager_on(&storage, 1), memory_manager_on(&storage, 2));
    pollster::block_on(left.add_user("alice".parse().unwrap(), Powers::default())).unwrap();
    let second = pollster::block_on(right.add_user("alice".parse().unwrap(), Powers::default())).unwrap_err();
    assert_eq!(second.to_string(), "the user `alice` is there already");
}

#[test]
fn a_journal_that_was_emptied_under_a_tab_is_not_forked() {
    let storage = MemoryStorage::default();
    let manager = memory_manager_on(&storage, 1);
    pollster::block_on(manager.add_user("alice".parse().unwrap(), Powers::default())).unwrap();
    storage.replace(Vec::new());
    let error = pollster::block_on(manager.add_user("bob".parse().unwrap(), Powers::default())).unwrap_err();
    assert!(matches!(error, Operation::Journal(JournalError::Lost { .. })), "{error}");
    assert!(storage.records().is_empty());
}

#[test]
fn joining_takes_over_what_was_not_seen_and_nothing_twice() {
    let here = with_alice();
    let other = memory_manager_on(&MemoryStorage::default(), 7);
    pollster::block_on(other.add_user("carol".parse().unwrap(), Powers::default())).unwrap();
    let made = generate(&other, new("carol"));
    let plan = |here: &TestManager| {
        let workspace = here.journal().read(|ledger| ledger.workspace().clone());
        other.journal().read(|ledger| join::plan(&workspace, ledger))
    };
    let first = plan(&here);
    assert_eq!(first.new_tokens, [made.uid]);
    pollster::block_on(here.append(first.into_events())).unwrap();
    assert_eq!(token(&here, &made).owner.as_str(), "carol");
    assert!(plan(&here).is_empty());
}

#[test]
fn an_invalidation_comes_along_with_the_token_that_it_names() {
    let here = with_alice();
    // Fallbacks under one name, each of which counts its events from 1.
    let fallback = |seed: u64| {
        let journal = MemoryJournal::open(&MemoryStorage::default(), identity(7));
        let entropy = CountingEntropy::scrambled(seed);
        let fallback: TestManager =
            Manager::new(journal, Rc::new(SteadyClock::at(noon())), Rc::new(entropy), GeneratorRegistry::built_in());
        pollster::block_on(fallback.add_user("carol".parse().unwrap(), Powers::default())).unwrap();
        fallback
    };
    let take_over = |other: &TestManager| {
        let workspace = here.journal().read(|ledger| ledger.workspace().clone());
        let plan = other.journal().read(|ledger| join::plan(&workspace, ledger));
        pollster::block_on(here.append(plan.into_events())).unwrap();
    };
    let first = fallback(1);
    for _ in 0..3 {
        generate(&first, new("carol"));
    }
    take_over(&first);

    let second = fallback(2);
    let made = generate(&second, new("carol"));
    pollster::block_on(second.invalidate_one(made.uid, "leaked".into())).unwrap();
    take_over(&second);
    assert_eq!(token(&here, &made).status_at(noon()), TokenStatus::Invalid);
}
