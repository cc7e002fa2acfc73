//! Two journals of one workspace, both with versions of one policy.

use tollgate_tokens::checked::{Assignment, NewPolicy, TokenEdit, TokenError};
use tollgate_tokens::test_support::{identity, memory_manager_on};
use tollgate_tokens::{
    Appended, Event, EventBody, GuardrailOverride, ImportPlan, Journal as _, Ledger, MemoryStorage, PolicyUid,
    TokenUid, used_by,
};

use super::desk::{
    NO_DELETE, READ, TestManager, begun, last_event, library, made, never, next, refusal, with_alice_on,
};

/// A workspace with one policy and one token, as two browsers know it who have not met since.
fn forked() -> (TestManager, TestManager, PolicyUid, TokenUid) {
    let common = MemoryStorage::default();
    let base = with_alice_on(&common, 1);
    let policy = begun(&base, "CI bots", "{}").policy;
    let uid = made(&base, |_| {});
    let fork = |number| {
        let storage = MemoryStorage::default();
        storage.replace(common.records());
        memory_manager_on(&storage, number)
    };
    (fork(2), fork(3), policy, uid)
}

fn other(manager: &TestManager) -> Ledger {
    Ledger::load(identity(9), pollster::block_on(manager.journal().records()).unwrap())
}

fn uses(manager: &TestManager, policy: PolicyUid) -> Vec<(TokenUid, u32, String, bool)> {
    manager.journal().read(|ledger| {
        let uses = used_by(ledger.workspace(), policy);
        uses.iter().map(|by| (by.token.uid, by.version.unwrap(), by.token.policy.to_string(), by.is_as_saved)).collect()
    })
}

#[test]
fn versions_that_were_counted_alike_are_told_apart_and_so_are_their_tokens() {
    let (here, there, policy, uid) = forked();
    let ours = next(&here, policy, READ);
    let theirs = next(&there, policy, NO_DELETE);
    assert_eq!((ours.version, theirs.version), (2, 2));
    let at_theirs = made(&there, |call| {
        call.policy = NO_DELETE.to_owned();
        call.policy_source = Some(theirs);
    });
    let call = Assignment { tokens: vec![uid], policy: NewPolicy::Named(ours), overrides: None };
    pollster::block_on(here.assign(call)).unwrap();

    let plan = here.journal().read(|ledger| ImportPlan::new(ledger, &other(&there)));
    assert_eq!(plan.merge.join.changed_policies, [policy]);
    assert!(plan.merge.join.new_policies.is_empty());
    let taken_over = pollster::block_on(here.take_over(other(&there))).unwrap();
    assert!(matches!(taken_over, Appended::Record { events: 2, .. }), "{taken_over:?}");
    let numbers = |library: &tollgate_tokens::Library| {
        let policy = library.policy(policy).unwrap();
        policy.versions.iter().map(|version| (version.number, version.text.clone())).collect::<Vec<_>>()
    };
    let expected = [(1, "{}"), (2, READ), (3, NO_DELETE)].map(|(number, text)| (number, text.to_owned()));
    assert_eq!(library(&here, numbers), expected);
    // The token from there says version 2, and means the one that is called 3 here.
    let expected = [(uid, 2, READ.to_owned(), true), (at_theirs, 3, NO_DELETE.to_owned(), true)];
    let mut found = uses(&here, policy);
    found.sort_by_key(|(_, version, ..)| *version);
    assert_eq!(found, expected);
    assert_eq!(pollster::block_on(here.take_over(other(&there))).unwrap(), Appended::Nothing);
}

#[test]
fn a_policy_that_is_only_there_is_named_by_the_plans() {
    let (here, there, policy, _) = forked();
    let new = begun(&there, "dashboards", READ).policy;
    next(&there, new, NO_DELETE);
    let plan = here.journal().read(|ledger| ImportPlan::new(ledger, &other(&there)));
    assert_eq!(plan.merge.join.new_policies, [new]);
    assert!(plan.replace.lost_policies.is_empty());
    let plan = there.journal().read(|ledger| ImportPlan::new(ledger, &other(&here)));
    assert_eq!(plan.replace.lost_policies, [new]);
    assert!(plan.merge.is_empty());
    pollster::block_on(here.take_over(other(&there))).unwrap();
    assert_eq!(library(&here, |library| library.policies().count()), 2);
    assert_eq!(library(&here, |library| library.policy(new).unwrap().versions.len()), 2);
    assert_eq!(library(&here, |library| library.policy(policy).unwrap().versions.len()), 1);
}

#[test]
fn a_rename_here_outlives_a_version_that_was_saved_there_under_the_old_name() {
    let (here, there, policy, _) = forked();
    pollster::block_on(here.rename_policy(policy, "all bots".parse().unwrap())).unwrap();
    next(&there, policy, READ);
    pollster::block_on(here.take_over(other(&there))).unwrap();
    let known = library(&here, |library| library.policy(policy).unwrap().as_ref().clone());
    assert_eq!((known.name.as_str(), known.versions.len()), ("all bots", 2));
}

#[test]
fn an_import_keeps_to_the_guardrails_that_are_up_then_or_says_why_not() {
    let (here, there, _, uid) = forked();
    // What goes past the guardrail here already is no news, however the other journal changes it.
    let guardrail = pollster::block_on(here.add_guardrail(never("DELETE", "repository", None))).unwrap();
    let note = TokenEdit { note: Some("CI".to_owned()), ..TokenEdit::default() };
    pollster::block_on(there.change(vec![uid], note)).unwrap();
    let narrow = made(&there, |call| call.policy = READ.to_owned());
    let plain = pollster::block_on(here.import(other(&there), None)).unwrap();
    assert!(matches!(plain, Appended::Record { events: 2, .. }), "{plain:?}");

    let open = made(&there, |_| {});
    let count = || here.journal().read(|ledger| ledger.entries().len());
    let before = count();
    let TokenError::Guardrails(breaches) = refusal(pollster::block_on(here.import(other(&there), None))) else {
        panic!("the guardrail is gone past");
    };
    assert_eq!((breaches.len(), breaches[0].guardrail, breaches[0].token), (1, guardrail, Some(open)));
    let past = |reason: &str| Some(GuardrailOverride { guardrails: vec![guardrail], reason: reason.to_owned() });
    let blank = refusal(pollster::block_on(here.import(other(&there), past(" "))));
    assert_eq!((blank, count()), (TokenError::OverrideWithoutReason, before));

    pollster::block_on(here.import(other(&there), past("moving house"))).unwrap();
    let recorded = last_event(&here);
    assert_eq!(recorded.body.overrides(), past("moving house").as_ref());
    assert_eq!(recorded.body.tokens().collect::<Vec<_>>(), [open]);
    assert_eq!(Event::from_bytes(&recorded.to_bytes().unwrap()).unwrap(), recorded);
    assert!(here.journal().read(|ledger| [narrow, open].iter().all(|uid| ledger.workspace().token(*uid).is_some())));
    assert_eq!(pollster::block_on(here.import(other(&there), None)).unwrap(), Appended::Nothing);
}

#[test]
fn a_guardrail_that_an_import_brings_holds_for_the_tokens_that_come_with_it() {
    let (here, there, _, _) = forked();
    let made_before = made(&there, |_| {});
    pollster::block_on(there.add_guardrail(never("DELETE", "repository", None))).unwrap();
    let error = refusal(pollster::block_on(here.import(other(&there), None)));
    let TokenError::Guardrails(breaches) = error else { panic!("the guardrail is gone past: {error:?}") };
    assert_eq!(breaches[0].token, Some(made_before));
    assert!(!here.journal().read(|ledger| ledger.entries().any(|entry| is_guardrail(&entry.event))));
}

#[test]
fn no_file_takes_a_guardrail_out_of_the_way_of_its_own_tokens() {
    let common = MemoryStorage::default();
    let base = with_alice_on(&common, 1);
    let [removed, changed] = ["DELETE", "PUT"]
        .map(|method| pollster::block_on(base.add_guardrail(never(method, "repository", None))).unwrap());
    let fork = |number| {
        let storage = MemoryStorage::default();
        storage.replace(common.records());
        memory_manager_on(&storage, number)
    };
    let (here, there) = (fork(2), fork(3));
    pollster::block_on(there.remove_guardrail(removed)).unwrap();
    pollster::block_on(there.change_guardrail(changed, never("PUT", "review", Some("acme")))).unwrap();
    let open = made(&there, |_| {});
    let TokenError::Guardrails(breaches) = refusal(pollster::block_on(here.import(other(&there), None))) else {
        panic!("the guardrails that are up here are gone past");
    };
    let mut found: Vec<_> = breaches.iter().map(|found| (found.guardrail, found.token)).collect();
    found.sort_unstable();
    let mut expected = [(removed, Some(open)), (changed, Some(open))];
    expected.sort_unstable();
    assert_eq!(found, expected);

    let past = GuardrailOverride { guardrails: vec![removed, changed], reason: "moving house".to_owned() };
    pollster::block_on(here.import(other(&there), Some(past))).unwrap();
    assert_eq!(last_event(&here).body.tokens().collect::<Vec<_>>(), [open]);
    assert_eq!(library(&here, |library| library.guardrails().count()), 1);
}

#[test]
fn what_a_token_here_did_before_is_no_news_to_a_guardrail_that_comes() {
    let (here, there, _, uid) = forked();
    pollster::block_on(there.add_guardrail(never("DELETE", "repository", None))).unwrap();
    let note = TokenEdit { note: Some("CI".to_owned()), ..TokenEdit::default() };
    pollster::block_on(there.change(vec![uid], note)).unwrap();
    pollster::block_on(here.import(other(&there), None)).unwrap();
    assert_eq!(library(&here, |library| library.guardrails().count()), 1);
}

fn is_guardrail(event: &Event) -> bool {
    matches!(event.body, EventBody::GuardrailAdded(_))
}
