//! What the console calls: one token for one client, never one in doubt, and refusals with a reason.

use std::rc::Rc;

use chrono::TimeDelta;
use serde_json::json;
use tollgate_tokens::checked::{self, ClientExpiry, ClientTokenOutcome, NewClientToken, TokenError};
use tollgate_tokens::compatible::{ClientToken, ClientTokenChoice, ClientTokenPreview, ClientTokenServer, PassedOver};
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, identity, memory_manager_on, noon};
use tollgate_tokens::{
    Appended, Decide, EventBody, GeneratorRegistry, Journal, JournalError, Ledger, Manager, MemoryJournal,
    MemoryStorage, NewEvent, Operation, Refreshed, StoredRecord, Token, VendorChecksum,
};

use crate::stored::{Stored, compatible_call, done, event, stored, uid};

/// How long a client's token lives unless the settings say otherwise.
const CLIENT_LIFETIME: TimeDelta = TimeDelta::days(365);

type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

fn with_people(storage: &MemoryStorage) -> TestManager {
    let manager = memory_manager_on(storage, 1);
    pollster::block_on(async {
        manager.add_user("alice".parse().unwrap(), Powers::default()).await.unwrap();
        manager.add_user("eve".parse().unwrap(), Powers { active: false, superuser: false }).await.unwrap();
        manager.add_site("acme".parse().unwrap()).await.unwrap();
    });
    manager
}

fn new(owner: &str) -> NewClientToken {
    NewClientToken::for_client(owner.parse().unwrap(), "RBTools")
}

fn ask<J: Journal>(manager: &Manager<J, SteadyClock, CountingEntropy>, call: NewClientToken) -> ClientTokenOutcome {
    pollster::block_on(manager.client_token(call)).unwrap()
}

fn previewed(manager: &TestManager, call: &NewClientToken) -> ClientTokenPreview {
    let registry = manager.registry();
    manager.journal().read(|ledger| checked::preview_client_token(ledger.workspace(), registry, call, noon()).unwrap())
}

#[track_caller]
fn check_refused(manager: &TestManager, call: NewClientToken, expected: &TokenError) {
    let registry = manager.registry();
    let preview = manager
        .journal()
        .read(|ledger| checked::preview_client_token(ledger.workspace(), registry, &call, noon()).map(drop));
    assert_eq!(preview.as_ref(), Err(expected));
    match pollster::block_on(manager.client_token(call)) {
        Err(Operation::Refused(error)) => assert_eq!(error, *expected),
        other => panic!("expected {expected}, got {other:?}"),
    }
}

#[test]
fn a_client_gets_a_token_of_a_year_and_finds_it_again() {
    let storage = MemoryStorage::default();
    let manager = with_people(&storage);
    let extra_data = json!({"client_name": "another", "host": "build-1"}).as_object().cloned().unwrap();
    let call = NewClientToken { default_extra_data: extra_data, ..new("alice") };
    let ClientTokenOutcome::Made(made) = ask(&manager, call.clone()) else { panic!("nothing was there") };
    let kept = manager.journal().read(|ledger| Token::clone(ledger.workspace().token(made.uid).unwrap()));
    assert!(VendorChecksum::is_whole(&made.secret.expose_once(), "rbp"));
    assert_eq!(kept.note, "API token automatically created for RBTools.");
    assert_eq!(kept.extra_data, json!({"client_name": "RBTools", "host": "build-1"}));
    assert_eq!(kept.expires, Some(noon() + CLIENT_LIFETIME));
    assert_eq!((&*kept.policy, kept.auto_generated), ("{}", false));

    let records = storage.records().len();
    let ClientTokenOutcome::Existing { uid, number, fingerprint, expires } = ask(&manager, call) else {
        panic!("it was there")
    };
    assert_eq!((uid, number, fingerprint, expires), (kept.uid, kept.number, kept.fingerprint, kept.expires));
    assert_eq!(storage.records().len(), records, "finding it writes nothing");
}

#[test]
fn two_tabs_that_ask_at_once_make_one_token() {
    let storage = MemoryStorage::default();
    let left = with_people(&storage);
    let right = memory_manager_on(&storage, 2);
    let made = ask(&left, new("alice"));
    assert!(matches!(made, ClientTokenOutcome::Made(_)));
    // It has not read on since it was opened.
    assert_eq!(right.journal().read(|ledger| ledger.workspace().token_count()), 0);
    let found = ask(&right, new("alice"));
    assert!(matches!(found, ClientTokenOutcome::Existing { .. }));
    assert_eq!(found.uid(), made.uid());
    assert_eq!(right.journal().read(|ledger| ledger.workspace().token_count()), 1);
}

/// A store whose first try is lost to another tab: an act decides on what was last read, and then again.
struct Retrying(MemoryJournal);

impl Journal for Retrying {
    async fn append(&self, mut decide: Decide) -> Result<Appended, JournalError> {
        self.0.read(|ledger| drop(decide(ledger.workspace())));
        self.0.append(decide).await
    }

    async fn refresh(&self) -> Result<Refreshed, JournalError> {
        self.0.refresh().await
    }

    async fn records(&self) -> Result<Vec<StoredRecord>, JournalError> {
        self.0.records().await
    }

    fn read<R>(&self, read: impl FnOnce(&Ledger) -> R) -> R {
        self.0.read(read)
    }
}

#[test]
fn a_token_that_was_about_to_be_made_gives_way_to_one_that_another_tab_made() {
    let storage = MemoryStorage::default();
    let left = with_people(&storage);
    let journal = Retrying(MemoryJournal::open(&storage, identity(2)));
    let (clock, entropy) = (SteadyClock::at(noon()), CountingEntropy::scrambled(9));
    let right = Manager::new(journal, Rc::new(clock), Rc::new(entropy), GeneratorRegistry::built_in());
    let made = ask(&left, new("alice"));
    let records = storage.records().len();
    let found = ask(&right, new("alice"));
    assert!(matches!(found, ClientTokenOutcome::Existing { .. }), "the last decision is the answer");
    assert_eq!(found.uid(), made.uid());
    assert_eq!(storage.records().len(), records);
}

#[test]
fn a_token_in_doubt_is_not_handed_out_until_it_is_trusted() {
    let manager = with_people(&MemoryStorage::default());
    let first = ask(&manager, new("alice")).uid();
    let newer = EventBody::Unknown {
        kind: "tokens_invalidated".to_owned(),
        version: 7,
        json: format!(r#"{{"tokens":["{first}"]}}"#),
    };
    pollster::block_on(manager.append(vec![NewEvent::Here { at: noon(), by: None, body: newer }])).unwrap();

    let workspace = manager.journal().read(|ledger| ledger.workspace().clone());
    let (token, _) = done(&workspace, &compatible_call(), &ClientTokenServer::default()).unwrap();
    assert!(matches!(token, ClientToken::Existing(token) if token.uid == first), "the original knows no doubt");
    let preview = previewed(&manager, &new("alice"));
    assert!(matches!(preview.choice, ClientTokenChoice::New(_)));
    let reasons: Vec<_> = preview.passed_over.iter().map(|(token, why)| (token.uid, *why)).collect();
    assert_eq!(reasons, [(first, PassedOver::Uncertain)]);

    let second = ask(&manager, new("alice"));
    assert!(matches!(second, ClientTokenOutcome::Made(_)));
    assert_ne!(second.uid(), first);
    pollster::block_on(manager.trust(vec![first])).unwrap();
    assert_eq!(ask(&manager, new("alice")).uid(), first, "both would do; the lower number comes first");
}

#[test]
fn a_damaged_journal_hands_out_what_is_certain_and_makes_nothing() {
    let storage = MemoryStorage::default();
    let manager = with_people(&storage);
    let doubted = ask(&manager, NewClientToken { client_name: "IDE".to_owned(), ..new("alice") }).uid();
    pollster::block_on(manager.add_site("labs".parse().unwrap())).unwrap();
    let certain = ask(&manager, new("alice")).uid();
    let mut records = storage.records();
    let gap = records.len() - 2;
    records[gap].bytes[60] ^= 1;
    storage.replace(records);

    let manager = memory_manager_on(&storage, 1);
    assert_eq!(ask(&manager, new("alice")).uid(), certain);
    let call = NewClientToken { client_name: "IDE".to_owned(), ..new("alice") };
    let preview = previewed(&manager, &call);
    assert_eq!(preview.passed_over[0].0.uid, doubted);
    assert_eq!(preview.passed_over[0].1, PassedOver::Uncertain);
    let refused = pollster::block_on(manager.client_token(call)).unwrap_err();
    assert!(matches!(refused, Operation::Journal(JournalError::ReadOnly { .. })), "{refused}");
}

#[test]
fn extra_data_that_is_no_object_is_in_nobodys_way() {
    let manager = with_people(&MemoryStorage::default());
    let list = Stored { extra_data: json!([1]), ..stored() };
    pollster::block_on(manager.append(vec![event(&list, 1), event(&stored(), 2)])).unwrap();
    assert_eq!(ask(&manager, new("alice")).uid(), uid(2));
}

#[test]
fn tokens_of_deprecated_generators_and_of_other_sites_are_left_alone_when_asked() {
    let manager = with_people(&MemoryStorage::default());
    let old = Stored { generator: "legacy_sha1", ..stored() };
    pollster::block_on(manager.append(vec![event(&old, 1)])).unwrap();
    assert_eq!(ask(&manager, new("alice")).uid(), uid(1));
    let current = ask(&manager, NewClientToken { ignore_deprecated: true, ..new("alice") });
    assert!(matches!(current, ClientTokenOutcome::Made(_)));
    let on_site = NewClientToken { local_site: Some("acme".parse().unwrap()), ..new("alice") };
    let bound = ask(&manager, on_site.clone());
    assert!(matches!(bound, ClientTokenOutcome::Made(_)));
    assert_eq!(ask(&manager, on_site).uid(), bound.uid());
}

#[test]
fn who_and_where_must_be_known() {
    let manager = with_people(&MemoryStorage::default());
    check_refused(&manager, new("nobody"), &TokenError::UnknownUser("nobody".parse().unwrap()));
    check_refused(&manager, new("eve"), &TokenError::InactiveUser("eve".parse().unwrap()));
    let call = NewClientToken { local_site: Some("labs".parse().unwrap()), ..new("alice") };
    check_refused(&manager, call, &TokenError::UnknownSite("labs".parse().unwrap()));
}

#[test]
fn a_client_without_a_name_is_refused() {
    let manager = with_people(&MemoryStorage::default());
    for name in ["", " ", "\t\n"] {
        let call = NewClientToken { client_name: name.to_owned(), ..new("alice") };
        check_refused(&manager, call, &TokenError::NamelessClient);
    }
    assert_eq!(TokenError::NamelessClient.code(), "T0501");
    assert_eq!(TokenError::NamelessClient.help(), "give the name that the client calls itself, such as `RBTools`");
}

#[test]
fn texts_that_hold_a_token_are_refused() {
    let manager = with_people(&MemoryStorage::default());
    let secret = VendorChecksum::assemble("rbp", &"a".repeat(245));
    let held = |field| TokenError::LooksLikeToken { field };
    let call = NewClientToken { client_name: format!("RBTools {secret}"), ..new("alice") };
    check_refused(&manager, call, &held("client name"));
    let extra_data = json!({"was": [secret]}).as_object().cloned().unwrap();
    check_refused(&manager, NewClientToken { default_extra_data: extra_data, ..new("alice") }, &held("extra data"));
    let policy = format!(r#"{{"resources": {{"*": {{"block": ["{secret}"]}}}}}}"#);
    check_refused(&manager, NewClientToken { default_policy: policy, ..new("alice") }, &held("policy"));
}

#[test]
fn a_minimum_validity_that_is_no_span_of_time_is_refused() {
    let manager = with_people(&MemoryStorage::default());
    for min_validity_secs in [-1.0, -1e-9, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
        let call = NewClientToken { min_validity_secs, ..new("alice") };
        check_refused(&manager, call, &TokenError::MinValidity);
    }
    assert_eq!(TokenError::MinValidity.code(), "T0502");
    let call = NewClientToken { min_validity_secs: 0.0, ..new("alice") };
    assert!(matches!(ask(&manager, call), ClientTokenOutcome::Made(_)));
}

#[test]
fn a_policy_that_the_service_refuses_is_refused() {
    let manager = with_people(&MemoryStorage::default());
    for policy in ["", "null", r#"{"resources": {"nope": {}}}"#, "{'resources': {}}"] {
        let call = NewClientToken { default_policy: policy.to_owned(), ..new("alice") };
        let error = pollster::block_on(manager.client_token(call)).unwrap_err();
        assert!(matches!(error, Operation::Refused(TokenError::Policy(_))), "{policy}: {error}");
    }
}

#[test]
fn an_expiry_that_is_past_or_too_far_is_refused_even_when_a_token_is_there() {
    let manager = with_people(&MemoryStorage::default());
    ask(&manager, new("alice"));
    let (day, micro) = (TimeDelta::days(1), TimeDelta::microseconds(1));
    let expires = |expires| NewClientToken { expires, ..new("alice") };
    for past in [ClientExpiry::At(noon()), ClientExpiry::At(noon() - day), ClientExpiry::After(TimeDelta::zero())] {
        check_refused(&manager, expires(past), &TokenError::ExpiryInPast);
    }
    check_refused(&manager, expires(ClientExpiry::After(TimeDelta::MIN)), &TokenError::ExpiryInPast);
    let too_far = TokenError::ExpiryTooFar { days: 365 };
    for span in [CLIENT_LIFETIME + micro, CLIENT_LIFETIME + day, TimeDelta::MAX] {
        check_refused(&manager, expires(ClientExpiry::After(span)), &too_far);
    }
    check_refused(&manager, expires(ClientExpiry::At(noon() + CLIENT_LIFETIME + micro)), &too_far);
    let never = NewClientToken { client_name: "IDE".to_owned(), ..expires(ClientExpiry::Never) };
    let made = ask(&manager, never).uid();
    assert_eq!(manager.journal().read(|ledger| ledger.workspace().token(made).unwrap().expires), None);
}
