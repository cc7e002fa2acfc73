//! Guardrails: who keeps to them, and acts that go past them.

use tollgate_policy::guardrail::{Choice, Scope};
use tollgate_policy::{CompiledPolicy, Effect, Policy};
use tollgate_tokens::checked::{
    Assignment, NewClientToken, NewExpiry, NewPolicy, NewToken, OVERLAPS, Rotation, TokenEdit, TokenError,
    preview_assignment,
};
use tollgate_tokens::library::LibraryError;
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::noon;
use tollgate_tokens::{
    Event, EventBody, EventId, GuardrailOverride, GuardrailRecord, GuardrailUid, Journal as _, SiteName, TokenUid,
    Username, VendorChecksum, breaches_of, fleet_breaches,
};

use super::desk::{NO_DELETE, READ, TestManager, begun, last_event, library, made, never, refusal, with_alice};

/// No token of the site acme may delete repositories.
fn with_guardrail() -> (TestManager, GuardrailUid) {
    let manager = with_alice();
    pollster::block_on(manager.add_site("acme".parse().unwrap())).unwrap();
    let call = never("DELETE", "repository", Some("acme"));
    let uid = pollster::block_on(manager.add_guardrail(call)).unwrap();
    (manager, uid)
}

/// A token of alice at acme, which keeps to the guardrail.
fn at_acme(manager: &TestManager) -> TokenUid {
    made(manager, |call| {
        call.local_site = Some("acme".parse().unwrap());
        call.policy = READ.to_owned();
    })
}

fn past(guardrail: GuardrailUid, reason: &str) -> Option<GuardrailOverride> {
    Some(GuardrailOverride { guardrails: vec![guardrail, guardrail], reason: reason.to_owned() })
}

fn edit(policy: &str, overrides: Option<GuardrailOverride>) -> TokenEdit {
    TokenEdit { policy: Some(policy.to_owned()), overrides, ..TokenEdit::default() }
}

#[track_caller]
fn check_breached(error: &TokenError, guardrail: GuardrailUid) {
    let TokenError::Guardrails(breaches) = error else { panic!("expected a breach, got {error:?}") };
    assert_eq!(breaches.iter().map(|found| found.guardrail).collect::<Vec<_>>(), [guardrail]);
    assert_eq!((error.code(), breaches[0].owner.as_str()), ("T0605", "alice"));
    assert_eq!(breaches[0].local_site.as_ref().map(SiteName::as_str), Some("acme"));
    // The request that is shown is one, by the engine that decides.
    let witness = &breaches[0].breach.witness;
    assert_eq!((witness.policy_id.as_str(), witness.method.as_str()), ("repository", "DELETE"));
}

#[test]
fn a_guardrail_is_put_up_changed_and_taken_down() {
    let (manager, uid) = with_guardrail();
    let again = pollster::block_on(manager.add_guardrail(never("DELETE", "repository", Some("acme"))));
    assert_eq!(refusal(again).code(), "L0107");
    let everywhere = never("DELETE", "repository", None);
    pollster::block_on(manager.change_guardrail(uid, everywhere.clone())).unwrap();
    assert_eq!(refusal(pollster::block_on(manager.change_guardrail(uid, everywhere))).code(), "L0107");
    assert_eq!(library(&manager, |library| library.guardrails().count()), 1);
    pollster::block_on(manager.remove_guardrail(uid)).unwrap();
    let gone = refusal(pollster::block_on(manager.remove_guardrail(uid)));
    assert_eq!(gone, LibraryError::UnknownGuardrail(uid));
    assert_eq!(library(&manager, |library| library.guardrails().count()), 0);
}

#[test]
fn no_guardrail_holds_a_token() {
    let (manager, _) = with_guardrail();
    let token = VendorChecksum::assemble("rbp", &"a".repeat(245));
    let mut call = never("DELETE", "review", None);
    call.note.clone_from(&token);
    assert_eq!(refusal(pollster::block_on(manager.add_guardrail(call))).code(), "L0109");
    let call = never(&token, "review", None);
    assert_eq!(refusal(pollster::block_on(manager.add_guardrail(call))).code(), "L0109");
}

#[test]
fn a_guardrail_covers_tokens_by_whose_they_are_and_where() {
    let (manager, uid) = with_guardrail();
    let record = library(&manager, |library| library.guardrail(uid).unwrap().as_ref().clone());
    let (alice, acme, labs): (Username, SiteName, SiteName) =
        ("alice".parse().unwrap(), "acme".parse().unwrap(), "labs".parse().unwrap());
    assert!(record.covers(&alice, Some(&acme)));
    assert!(!record.covers(&alice, Some(&labs)) && !record.covers(&alice, None));
    let scope = Scope { local_site: None, users: Choice::Named(vec!["bob".to_owned()]) };
    let guardrail = tollgate_policy::guardrail::Guardrail::new(
        "bob",
        scope,
        record.guardrail.rule(),
        record.guardrail.target().clone(),
    );
    let of_bob = GuardrailRecord { guardrail: guardrail.unwrap(), ..record };
    assert!(of_bob.covers(&"bob".parse().unwrap(), None) && !of_bob.covers(&alice, Some(&acme)));
}

#[test]
fn no_act_gives_a_token_a_policy_that_goes_past_a_guardrail() {
    let (manager, uid) = with_guardrail();
    let token = at_acme(&manager);
    let global = made(&manager, |_| {});
    let error = refusal(pollster::block_on(manager.change(vec![global, token], edit("{}", None))));
    check_breached(&error, uid);
    let words =
        "the guardrail `no DELETE` says that no token in site acme may DELETE repository, but DELETE repository";
    assert!(error.to_string().starts_with(words), "{error}");

    let site = || Some("acme".parse().unwrap());
    let call = NewToken { local_site: site(), ..NewToken::for_owner("alice".parse().unwrap()) };
    check_breached(&refusal(pollster::block_on(manager.generate(call))), uid);
    let call = NewClientToken { local_site: site(), ..NewClientToken::for_client("alice".parse().unwrap(), "RBTools") };
    check_breached(&refusal(pollster::block_on(manager.client_token(call))), uid);
    let everything = begun(&manager, "everything", "{}");
    let call = Assignment { tokens: vec![token, global], policy: NewPolicy::Named(everything), overrides: None };
    check_breached(&refusal(pollster::block_on(manager.assign(call.clone()))), uid);
    // The preview says it, too, and what would change besides.
    manager.journal().read(|ledger| {
        let preview = preview_assignment(ledger.workspace(), &call).unwrap();
        assert_eq!((preview.changed(), preview.breaches.len()), (2, 1));
        assert!(fleet_breaches(ledger.workspace(), noon()).is_empty());
    });
    // Those that keep to it, and those whom it does not cover, are given what they are to get.
    pollster::block_on(manager.change(vec![token], edit(NO_DELETE, None))).unwrap();
    pollster::block_on(manager.change(vec![global], edit(READ, None))).unwrap();
    pollster::block_on(manager.change(vec![global], edit("{}", None))).unwrap();
}

#[test]
fn going_past_a_guardrail_takes_a_reason_which_is_recorded() {
    let (manager, uid) = with_guardrail();
    let token = at_acme(&manager);
    let change = |overrides| pollster::block_on(manager.change(vec![token], edit("{}", overrides)));
    assert_eq!(refusal(change(past(uid, " "))), TokenError::OverrideWithoutReason);
    check_breached(&refusal(change(past(GuardrailUid::from_bytes([9; 16]), "moving house"))), uid);
    change(past(uid, " moving house ")).unwrap();
    let recorded = Some(GuardrailOverride { guardrails: vec![uid], reason: "moving house".to_owned() });
    let EventBody::TokensChanged(act) = last_event(&manager).body else { panic!("an edit was the last act") };
    assert_eq!(act.overrides, recorded);

    made(&manager, |call| {
        call.local_site = Some("acme".parse().unwrap());
        call.overrides = past(uid, "moving house");
    });
    let EventBody::TokenGenerated(act) = last_event(&manager).body else { panic!("a token was made last") };
    assert_eq!(act.overrides, recorded);

    let other = at_acme(&manager);
    let policy = NewPolicy::Written("{}".to_owned());
    let call = Assignment { tokens: vec![other], policy, overrides: past(uid, "moving house") };
    pollster::block_on(manager.assign(call)).unwrap();
    let EventBody::PoliciesAssigned(act) = last_event(&manager).body else { panic!("an assignment was last") };
    assert_eq!(act.overrides, recorded);

    let call = NewClientToken {
        local_site: Some("acme".parse().unwrap()),
        overrides: past(uid, "moving house"),
        ..NewClientToken::for_client("alice".parse().unwrap(), "RBTools")
    };
    pollster::block_on(manager.client_token(call)).unwrap();
    let EventBody::TokenGenerated(act) = last_event(&manager).body else { panic!("a token was made last") };
    assert_eq!(act.overrides, recorded);

    // Where nothing is gone past, nothing is recorded.
    pollster::block_on(manager.change(vec![token], edit(READ, past(uid, "why?")))).unwrap();
    let EventBody::TokensChanged(act) = last_event(&manager).body else { panic!("an edit was the last act") };
    assert_eq!(act.overrides, None);
}

#[test]
fn what_went_past_a_guardrail_before_it_was_there_is_found_and_can_still_be_rotated() {
    let manager = with_alice();
    pollster::block_on(manager.add_site("acme".parse().unwrap())).unwrap();
    let site = || Some("acme".parse().unwrap());
    let open = [made(&manager, |call| call.local_site = site()), made(&manager, |call| call.local_site = site())];
    let narrow = at_acme(&manager);
    made(&manager, |_| {});
    pollster::block_on(manager.invalidate_one(made(&manager, |call| call.local_site = site()), "old".into())).unwrap();
    let call = never("DELETE", "repository", Some("acme"));
    let uid = pollster::block_on(manager.add_guardrail(call)).unwrap();
    let found = |manager: &TestManager| manager.journal().read(|ledger| fleet_breaches(ledger.workspace(), noon()));
    let breaches = found(&manager);
    assert_eq!(breaches.len(), 1);
    assert_eq!(
        (breaches[0].guardrail, &*breaches[0].policy, breaches[0].tokens.as_slice()),
        (uid, "{}", open.as_slice())
    );
    // A note is no policy, and a successor may do what its predecessor may.
    let note = TokenEdit { note: Some("CI".to_owned()), ..TokenEdit::default() };
    pollster::block_on(manager.change(vec![open[0]], note)).unwrap();
    let rotation = Rotation { token: open[1], overlap: OVERLAPS[2], expires: NewExpiry::Never };
    pollster::block_on(manager.rotate(rotation)).unwrap();
    assert_eq!(found(&manager)[0].tokens.len(), 3);
    assert!(!found(&manager)[0].tokens.contains(&narrow));
}

/// Undoing is refused where it goes past the guardrail; with a reason it is done, which is recorded.
#[track_caller]
fn check_undone_past(manager: &TestManager, act: EventId, guardrail: GuardrailUid, token: TokenUid) {
    let error = refusal(pollster::block_on(manager.undo(act)));
    check_breached(&error, guardrail);
    let TokenError::Guardrails(breaches) = error else { panic!("{error:?}") };
    assert_eq!(breaches[0].token, Some(token));
    let blank = refusal(pollster::block_on(manager.undo_past(act, past(guardrail, " "))));
    assert_eq!(blank, TokenError::OverrideWithoutReason);
    assert_eq!(pollster::block_on(manager.undo_past(act, past(guardrail, "moving back"))).unwrap(), 1);
    let undone = last_event(manager);
    let recorded = GuardrailOverride { guardrails: vec![guardrail], reason: "moving back".to_owned() };
    assert_eq!(undone.body.overrides(), Some(&recorded));
    assert_eq!(Event::from_bytes(&undone.to_bytes().unwrap()).unwrap(), undone);
}

#[test]
fn what_undoing_brings_back_keeps_to_the_guardrails_that_are_up_now() {
    let manager = with_alice();
    pollster::block_on(manager.add_site("acme".parse().unwrap())).unwrap();
    let open = || made(&manager, |call| call.local_site = Some("acme".parse().unwrap()));
    let [edited, assigned, deleted, invalidated] = [(); 4].map(|()| open());
    let undoable = |uid: TokenUid| (last_event(&manager).id, uid);
    pollster::block_on(manager.change(vec![edited], edit(READ, None))).unwrap();
    let edited = undoable(edited);
    let policy = NewPolicy::Written(READ.to_owned());
    pollster::block_on(manager.assign(Assignment { tokens: vec![assigned], policy, overrides: None })).unwrap();
    let assigned = undoable(assigned);
    pollster::block_on(manager.delete(vec![deleted], "gone".into())).unwrap();
    let deleted = undoable(deleted);
    pollster::block_on(manager.invalidate_one(invalidated, "old".into())).unwrap();
    let invalidated = undoable(invalidated);

    let call = never("DELETE", "repository", Some("acme"));
    let uid = pollster::block_on(manager.add_guardrail(call)).unwrap();
    for (act, token) in [edited, assigned, deleted, invalidated] {
        check_undone_past(&manager, act, uid, token);
    }
    let breaches = manager.journal().read(|ledger| fleet_breaches(ledger.workspace(), noon()));
    assert_eq!(breaches[0].tokens, [edited.1, assigned.1, deleted.1, invalidated.1]);
}

#[test]
fn what_undoing_brings_back_that_goes_past_nothing_needs_no_reason() {
    let (manager, _) = with_guardrail();
    let token = at_acme(&manager);
    pollster::block_on(manager.change(vec![token], edit(NO_DELETE, None))).unwrap();
    pollster::block_on(manager.undo(last_event(&manager).id)).unwrap();
    // A note is no policy, and a token that stays invalid logs in nowhere.
    let other = made(&manager, |_| {});
    pollster::block_on(manager.invalidate_one(other, "old".into())).unwrap();
    pollster::block_on(manager.delete(vec![other], "gone".into())).unwrap();
    let deletion = last_event(&manager).id;
    pollster::block_on(manager.add_guardrail(never("DELETE", "repository", None))).unwrap();
    pollster::block_on(manager.undo(deletion)).unwrap();
    assert_eq!(last_event(&manager).body.version(), 1);
    let note = TokenEdit { note: Some("CI".to_owned()), ..TokenEdit::default() };
    pollster::block_on(manager.change(vec![other], note)).unwrap();
    pollster::block_on(manager.undo(last_event(&manager).id)).unwrap();
}

#[test]
fn a_guardrail_is_tried_on_the_fleet_before_it_is_put_up() {
    let (manager, uid) = with_guardrail();
    made(&manager, |call| {
        call.local_site = Some("acme".parse().unwrap());
        call.overrides = past(uid, "to be found");
    });
    at_acme(&manager);
    made(&manager, |_| {});
    manager.journal().read(|ledger| {
        let workspace = ledger.workspace();
        let record = workspace.library().guardrail(uid).unwrap();
        assert_eq!(breaches_of(workspace, record, noon()), fleet_breaches(workspace, noon()));
        let guardrail = never("DELETE", "repository", None).guardrail;
        let everywhere = GuardrailRecord { guardrail, ..record.as_ref().clone() };
        let found = breaches_of(workspace, &everywhere, noon());
        assert_eq!(found.iter().map(|found| found.tokens.len()).sum::<usize>(), 2);
    });
}

/// The slow way: each token for itself, each item that is named and one that is not.
#[test]
fn the_fleet_is_found_as_it_is_token_by_token() {
    let (manager, uid) = with_guardrail();
    pollster::block_on(manager.add_user("bob".parse().unwrap(), Powers::default())).unwrap();
    let texts = [
        "{}",
        READ,
        NO_DELETE,
        r#"{"resources": {"repository": {"7": {"block": ["*"]}}}}"#,
        r#"{"resources": {"*": {"block": ["*"]}, "repository": {"7": {"allow": ["DELETE"]}}}}"#,
        r#"{"resources": {"*": {"block": ["*"]}, "repository": {"*": {"allow": ["GET"]}}}}"#,
    ];
    for index in 0..24_usize {
        made(&manager, |call| {
            call.owner = if index.is_multiple_of(2) { "alice" } else { "bob" }.parse().unwrap();
            call.local_site = index.is_multiple_of(5).then(|| "acme".parse().unwrap());
            call.policy = texts[index % texts.len()].to_owned();
            call.overrides = past(uid, "to be found");
        });
    }
    manager.journal().read(|ledger| {
        let workspace = ledger.workspace();
        let mut found: Vec<TokenUid> =
            fleet_breaches(workspace, noon()).into_iter().flat_map(|breach| breach.tokens).collect();
        found.sort_unstable();
        let is_past = |policy: &str| {
            let compiled = CompiledPolicy::new(&Policy::stored(policy).unwrap());
            let items = [None, Some("7"), Some("8")];
            items.into_iter().any(|item| compiled.decide("repository", "DELETE", item).effect == Effect::Allow)
        };
        let is_covered = |site: Option<&SiteName>| site.is_some_and(|site| site.as_str() == "acme");
        let slow = workspace.tokens().filter(|token| is_covered(token.local_site.as_ref()) && is_past(&token.policy));
        let mut slow: Vec<TokenUid> = slow.map(|token| token.uid).collect();
        slow.sort_unstable();
        assert_eq!(slow.len(), 3);
        assert_eq!(found, slow);
    });
}
