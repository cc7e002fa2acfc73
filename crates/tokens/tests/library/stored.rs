//! How the events of the library are written, and what older and newer programs make of them.

use serde_json::{Value, json};
use tollgate_policy::Effect;
use tollgate_tokens::checked::{Assignment, NewPolicy, TokenEdit};
use tollgate_tokens::library::{NewGuardrail, NewVersion, SaveAs};
use tollgate_tokens::{
    Archive, Event, EventBody, GuardrailOverride, Journal as _, NewEvent, PolicyTest, Standing, archive_text,
};

use super::desk::{READ, TestManager, begun, catalog, library, made, never, next, saved, token, with_alice};

/// The events of a workspace in which every act on the library was done.
fn every_act() -> (TestManager, Vec<Event>) {
    let manager = with_alice();
    let test = PolicyTest {
        policy_id: "repository".into(),
        item_id: Some("7".into()),
        method: "DELETE".into(),
        effect: Effect::Deny,
        note: String::new(),
    };
    let first = saved(
        &manager,
        NewVersion {
            note: "for bots".to_owned(),
            findings: vec!["P0203".parse().unwrap()],
            template: Some("read_only".parse().unwrap()),
            tests: vec![test.clone()],
            ..NewVersion::of(SaveAs::New("CI bots".parse().unwrap()), READ)
        },
    );
    let second = next(&manager, first.policy, "{}");
    let guardrail = NewGuardrail { note: "they stay".to_owned(), ..never("DELETE", "repository", None) };
    pollster::block_on(async {
        manager.rename_policy(first.policy, "all bots".parse().unwrap()).await.unwrap();
        manager.change_policy_tests(first.policy, 2, vec![test.clone(), test]).await.unwrap();
        let uid = manager.add_guardrail(guardrail).await.unwrap();
        let overrides = Some(GuardrailOverride { guardrails: vec![uid], reason: "moving house".to_owned() });
        let used = made(&manager, |call| {
            call.policy_source = Some(second);
            call.overrides.clone_from(&overrides);
        });
        let edit = TokenEdit { policy: Some(READ.to_owned()), policy_source: Some(first), ..TokenEdit::default() };
        manager.change(vec![used], edit).await.unwrap();
        let call = Assignment { tokens: vec![used], policy: NewPolicy::Named(second), overrides };
        manager.assign(call).await.unwrap();
        manager.change_guardrail(uid, never("DELETE", "repository", Some("acme"))).await.unwrap();
        manager.remove_guardrail(uid).await.unwrap();
        manager.import_catalog(catalog("acme", "order")).await.unwrap();
        manager.remove_catalog("acme".parse().unwrap()).await.unwrap();
        manager.archive_policy(first.policy).await.unwrap();
        manager.restore_policy(first.policy).await.unwrap();
    });
    let events = manager.journal().read(|ledger| ledger.entries().map(|entry| entry.event.clone()).collect());
    (manager, events)
}

/// The event of a kind as JSON, the last one.
fn written(events: &[Event], kind: &str) -> Value {
    let event = events.iter().rfind(|event| event.body.kind() == kind).unwrap();
    serde_json::from_slice(&event.to_bytes().unwrap()).unwrap()
}

#[test]
fn every_kind_of_the_library_comes_back_as_it_was_written() {
    let (_, events) = every_act();
    let kinds = [
        "policy_saved",
        "policy_renamed",
        "policy_archived",
        "policy_restored",
        "policy_tests_changed",
        "policies_assigned",
        "guardrail_added",
        "guardrail_changed",
        "guardrail_removed",
        "catalog_imported",
        "catalog_removed",
    ];
    for kind in kinds {
        assert!(events.iter().any(|event| event.body.kind() == kind), "{kind}");
        assert_eq!(written(&events, kind)["version"], 1, "{kind}");
    }
    for event in &events {
        let bytes = event.to_bytes().unwrap();
        let read = Event::from_bytes(&bytes).unwrap();
        assert_eq!(&read, event);
        assert!(!matches!(read.body, EventBody::Unknown { .. }));
        assert_eq!(read.to_bytes().unwrap(), bytes);
    }
    let saved = events.iter().find(|event| event.body.kind() == "policy_saved").unwrap();
    let mut body = serde_json::from_slice::<Value>(&saved.to_bytes().unwrap()).unwrap()["body"].clone();
    body.as_object_mut().unwrap().remove("policy");
    let expected = json!({
        "name": "CI bots", "version": 1, "text": READ, "note": "for bots", "findings": ["P0203"],
        "template": "read_only",
        "tests": [{"policy_id": "repository", "item_id": "7", "method": "DELETE", "effect": "deny"}],
    });
    assert_eq!(body, expected);
    let added = written(&events, "guardrail_added");
    let added = &added["body"];
    let expected = json!({
        "version": 1, "name": "no DELETE", "scope": {"users": {"type": "any"}}, "rule": "never",
        "methods": {"type": "named", "names": ["DELETE"]}, "resources": {"type": "named", "names": ["repository"]},
        "items": {"type": "all"},
    });
    assert_eq!((&added["guardrail"], &added["note"]), (&expected, &json!("they stay")));
}

#[test]
fn an_event_that_names_no_policy_of_the_library_has_the_bytes_that_it_always_had() {
    let bytes = concat!(
        r#"{"kind":"tokens_changed","version":1,"replica":"01010101010101010101010101010101","sequence":7,"at":0,"#,
        r#""body":{"changes":[{"uid":"02020202020202020202020202020202","#,
        r#""policy":{"before":"{}","after":"{\"resources\": {}}"}}]}}"#,
    );
    let event = Event::from_bytes(bytes.as_bytes()).unwrap();
    assert!(matches!(event.body, EventBody::TokensChanged(_)));
    assert_eq!(String::from_utf8(event.to_bytes().unwrap()).unwrap(), bytes);

    let manager = with_alice();
    let uid = made(&manager, |_| {});
    let edit = TokenEdit { policy: Some(READ.to_owned()), ..TokenEdit::default() };
    pollster::block_on(manager.change(vec![uid], edit)).unwrap();
    pollster::block_on(manager.delete(vec![uid], String::new())).unwrap();
    let deletion = manager.journal().read(|ledger| ledger.entries().last().unwrap().event.id);
    pollster::block_on(manager.undo(deletion)).unwrap();
    manager.journal().read(|ledger| {
        for entry in ledger.entries() {
            assert_eq!(entry.event.body.version(), 1, "{}", entry.event.body.kind());
            let text = String::from_utf8(entry.event.to_bytes().unwrap()).unwrap();
            assert!(!text.contains("policy_source") && !text.contains("overrides"), "{text}");
        }
    });
}

#[test]
fn what_names_the_library_says_so_by_its_version() {
    let (_, events) = every_act();
    for kind in ["token_generated", "tokens_changed"] {
        let mut event = written(&events, kind);
        assert_eq!(event["version"], 2, "{kind}");
        // A program that knows version 1 only would take these fields for damage, so they are not to be found there.
        event["version"] = json!(1);
        let error = Event::from_bytes(event.to_string().as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "the event cannot be read: a body of version 2 says version 1");
    }
    let mut plain = written(&events, "tokens_changed");
    plain["version"] = json!(2);
    plain["body"] = json!({"changes": []});
    assert!(Event::from_bytes(plain.to_string().as_bytes()).is_err());
}

#[test]
fn a_newer_kind_or_version_is_kept_and_casts_doubt_on_the_tokens_that_it_names() {
    let (manager, events) = every_act();
    let mut newer = written(&events, "policies_assigned");
    newer["version"] = json!(2);
    newer["body"]["mood"] = json!("hopeful");
    let Event { body, .. } = Event::from_bytes(newer.to_string().as_bytes()).unwrap();
    let EventBody::Unknown { kind, version: 2, json } = &body else { panic!("version 2 is not known: {body:?}") };
    assert!(kind == "policies_assigned" && json.contains("hopeful"));
    let uid = manager.journal().read(|ledger| ledger.workspace().tokens().next().unwrap().uid);
    assert_eq!(token(&manager, uid).standing, Standing::Known);
    let before = library(&manager, |library| library.to_parts());
    pollster::block_on(manager.append(vec![NewEvent::Here { at: manager.now(), by: None, body: body.clone() }]))
        .unwrap();
    assert_eq!(token(&manager, uid).standing, Standing::Uncertain);
    assert_eq!(library(&manager, |library| library.to_parts()), before);
    let kept = manager.journal().read(|ledger| ledger.entries().last().unwrap().event.body.clone());
    assert_eq!(kept, body);
}

#[test]
fn an_archive_takes_the_library_along() {
    let (manager, _) = every_act();
    let records = pollster::block_on(manager.journal().records()).unwrap();
    let epoch = manager.journal().read(|ledger| ledger.workspace().epoch());
    let archive = Archive::read(&archive_text(&records, epoch, manager.now()).unwrap()).unwrap();
    assert_eq!(archive.records(), records);
    let here = manager.journal().read(|ledger| ledger.workspace().to_parts());
    assert_eq!(archive.ledger().workspace().to_parts(), here);
    assert_eq!(here.rest.library.policies.len(), 1);
}

#[test]
fn an_archive_with_a_version_at_the_end_of_all_numbers_is_refused() {
    let manager = with_alice();
    let source = begun(&manager, "CI bots", READ);
    let saved = manager.journal().read(|ledger| ledger.entries().last().unwrap().event.body.clone());
    let EventBody::PolicySaved(mut saved) = saved else { panic!("a policy was saved last") };
    saved.version = u32::MAX;
    let event = NewEvent::Here { at: manager.now(), by: None, body: EventBody::PolicySaved(saved) };
    pollster::block_on(manager.append(vec![event])).unwrap();
    let newest = library(&manager, |library| library.policy(source.policy).unwrap().newest().unwrap().number);
    assert_eq!(newest, u32::MAX);
    let records = pollster::block_on(manager.journal().records()).unwrap();
    let epoch = manager.journal().read(|ledger| ledger.workspace().epoch());
    let error = Archive::read(&archive_text(&records, epoch, manager.now()).unwrap()).unwrap_err();
    assert_eq!(error.code(), "X0207");
    assert!(error.to_string().contains("a policy’s version"), "{error}");
}
