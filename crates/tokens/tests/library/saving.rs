//! Saving versions, and what becomes of a policy beside them.

use tollgate_policy::Effect;
use tollgate_tokens::checked::{Assignment, NewPolicy};
use tollgate_tokens::library::{LibraryError, NewVersion, SaveAs};
use tollgate_tokens::test_support::noon;
use tollgate_tokens::{Journal as _, PolicyName, PolicyTest, PolicyUid, VendorChecksum, used_by};

use super::desk::{
    NO_DELETE, READ, TestManager, begun, catalog, last_event, library, made, next, refusal, saved, with_alice,
};

fn name(text: &str) -> PolicyName {
    text.parse().unwrap()
}

fn refused(manager: &TestManager, call: NewVersion) -> LibraryError {
    refusal(pollster::block_on(manager.save_policy(call)))
}

fn expecting(policy_id: &str, effect: Effect) -> PolicyTest {
    let note = "what bots may not do".to_owned();
    PolicyTest { policy_id: policy_id.into(), item_id: None, method: "DELETE".into(), effect, note }
}

#[test]
fn a_policy_keeps_every_version_as_it_was_written() {
    let manager = with_alice();
    manager.set_actor(Some("dana".to_owned()));
    let laid_out = "{\n  \"resources\": {\"*\": {\"block\": [\"DELETE\"]}}\n}\n";
    let first = saved(
        &manager,
        NewVersion {
            note: " for bots ".to_owned(),
            findings: vec!["P0302".parse().unwrap(), "P0203".parse().unwrap(), "P0302".parse().unwrap()],
            template: Some("ci_bot".parse().unwrap()),
            tests: vec![expecting("repository", Effect::Deny)],
            ..NewVersion::of(SaveAs::New(name("CI bots")), laid_out)
        },
    );
    let second = next(&manager, first.policy, READ);
    assert_eq!((first.version, second.version), (1, 2));
    let policy = library(&manager, |library| library.policy(first.policy).unwrap().as_ref().clone());
    assert_eq!((policy.name.as_str(), policy.is_archived, policy.versions.len()), ("CI bots", false, 2));
    let version = policy.version(1).unwrap();
    assert_eq!((version.text.as_str(), version.note.as_str()), (laid_out, "for bots"));
    assert_eq!(version.findings.iter().map(|code| code.as_str()).collect::<Vec<_>>(), ["P0203", "P0302"]);
    assert_eq!(version.template.as_ref().map(|template| template.as_str()), Some("ci_bot"));
    assert_eq!((version.saved_at, version.author.as_deref()), (noon(), Some("dana")));
    assert_eq!(version.tests, [expecting("repository", Effect::Deny)]);
    assert_eq!(policy.newest().unwrap().text, READ);
    assert!(library(&manager, |library| library.version_of(&second).unwrap().1.number == 2));
}

#[test]
fn a_version_is_saved_on_top_of_the_newest_only() {
    let manager = with_alice();
    let first = begun(&manager, "CI bots", READ);
    next(&manager, first.policy, NO_DELETE);
    let late = NewVersion::of(SaveAs::Next { policy: first.policy, based_on: 1 }, "{}");
    let error = refused(&manager, late);
    assert_eq!(error, LibraryError::SavedMeanwhile { name: name("CI bots"), newest: 2 });
    assert_eq!(error.to_string(), "version 2 of the policy `CI bots` was saved meanwhile");
    let same = NewVersion::of(SaveAs::Next { policy: first.policy, based_on: 2 }, NO_DELETE);
    assert_eq!(refused(&manager, same.clone()).code(), "L0107");
    // Other words about the same text are another version.
    saved(&manager, NewVersion { note: "looked at".to_owned(), ..same });
    let unknown = SaveAs::Next { policy: PolicyUid::from_bytes([9; 16]), based_on: 1 };
    assert_eq!(refused(&manager, NewVersion::of(unknown, READ)).code(), "L0101");
}

#[test]
fn two_policies_are_not_offered_under_one_name() {
    let manager = with_alice();
    let first = begun(&manager, "CI bots", READ);
    let again = || NewVersion::of(SaveAs::New(name("ci BOTS")), "{}");
    assert_eq!(refused(&manager, again()), LibraryError::NameTaken(name("CI bots")));
    let padded = NewVersion::of(SaveAs::New(name("CI bots ")), "{}");
    assert_eq!(refused(&manager, padded), LibraryError::BlankAround);

    pollster::block_on(manager.archive_policy(first.policy)).unwrap();
    let second = saved(&manager, again());
    let offered = |manager: &TestManager| {
        library(manager, |library| library.offered().iter().map(|policy| policy.name.to_string()).collect::<Vec<_>>())
    };
    assert_eq!(offered(&manager), ["ci BOTS"]);
    let restore = refusal(pollster::block_on(manager.restore_policy(first.policy)));
    assert_eq!(restore, LibraryError::NameTaken(name("ci BOTS")));
    pollster::block_on(manager.rename_policy(second.policy, name("all bots"))).unwrap();
    pollster::block_on(manager.restore_policy(first.policy)).unwrap();
    assert_eq!(offered(&manager), ["all bots", "CI bots"]);
    // Its own name in other letters is no other policy's.
    pollster::block_on(manager.rename_policy(second.policy, name("All Bots"))).unwrap();
    let same = refusal(pollster::block_on(manager.rename_policy(second.policy, name("All Bots"))));
    assert_eq!(same.to_string(), "the name is like that already");
}

#[test]
fn a_policy_that_was_put_away_gets_no_version() {
    let manager = with_alice();
    let first = begun(&manager, "CI bots", READ);
    pollster::block_on(manager.archive_policy(first.policy)).unwrap();
    let call = NewVersion::of(SaveAs::Next { policy: first.policy, based_on: 1 }, "{}");
    assert_eq!(refused(&manager, call), LibraryError::Archived(name("CI bots")));
    assert_eq!(refusal(pollster::block_on(manager.archive_policy(first.policy))).code(), "L0107");
    pollster::block_on(manager.restore_policy(first.policy)).unwrap();
    assert_eq!(refusal(pollster::block_on(manager.restore_policy(first.policy))).code(), "L0107");
}

#[test]
fn what_the_service_refuses_is_not_saved() {
    let manager = with_alice();
    let save = |text: &str| refused(&manager, NewVersion::of(SaveAs::New(name("odd")), text));
    assert_eq!(save("{").code(), "L0108");
    let unknown = save(r#"{"resources": {"reviw": {}}}"#);
    assert_eq!(unknown.to_string(), "the policy is refused: unknown resource `reviw`");
    let long = format!("{{}}{}", " ".repeat(1 << 20));
    assert_eq!(save(&long).to_string(), "the policy has 1048578 bytes, and at most 1048576 are kept");
    assert_eq!(library(&manager, |library| library.policies().count()), 0);
}

#[test]
fn no_text_of_the_library_holds_a_token() {
    let manager = with_alice();
    let token = VendorChecksum::assemble("rbp", &"a".repeat(245));
    let of = |text: &str| NewVersion::of(SaveAs::New(name("odd")), text);
    let hidden = token.replacen('a', r"\u0061", 1);
    let test = PolicyTest { note: token.clone(), ..expecting("repository", Effect::Deny) };
    let calls = [
        of(&format!(r#"{{"resources": {{"*": {{"allow": ["{token}"]}}}}}}"#)),
        of(&format!(r#"{{"resources": {{"*": {{"allow": ["{hidden}"]}}}}}}"#)),
        NewVersion { note: token.clone(), ..of(READ) },
        NewVersion { tests: vec![test.clone()], ..of(READ) },
    ];
    for call in calls {
        let error = refused(&manager, call);
        assert_eq!(error.code(), "L0109");
        assert!(!error.to_string().contains(&token));
    }
    let first = begun(&manager, "CI bots", READ);
    let tests = refusal(pollster::block_on(manager.change_policy_tests(first.policy, 1, vec![test])));
    assert_eq!(tests.code(), "L0109");
    assert_eq!(refusal(pollster::block_on(manager.import_catalog(catalog("acme", &token)))).code(), "L0109");
}

#[test]
fn other_tests_are_no_other_version() {
    let manager = with_alice();
    let first = begun(&manager, "CI bots", READ);
    let uid = made(&manager, |call| {
        call.policy = READ.to_owned();
        call.policy_source = Some(first);
    });
    let tests = vec![expecting("repository", Effect::Deny), expecting("review", Effect::Allow)];
    pollster::block_on(manager.change_policy_tests(first.policy, 1, tests.clone())).unwrap();
    let policy = library(&manager, |library| library.policy(first.policy).unwrap().as_ref().clone());
    assert_eq!((policy.versions.len(), &policy.newest().unwrap().tests), (1, &tests));
    manager.journal().read(|ledger| {
        let uses = used_by(ledger.workspace(), first.policy);
        assert_eq!(uses.iter().map(|by| (by.token.uid, by.is_newest)).collect::<Vec<_>>(), [(uid, true)]);
    });
    let again = refusal(pollster::block_on(manager.change_policy_tests(first.policy, 1, tests)));
    assert_eq!(again.code(), "L0107");
    let missing = refusal(pollster::block_on(manager.change_policy_tests(first.policy, 7, Vec::new())));
    assert_eq!(missing.to_string(), "the policy `CI bots` has no version 7");
}

#[test]
fn a_catalog_is_replaced_by_its_name_and_stays_while_policies_speak_of_it() {
    let manager = with_alice();
    let of_acme = |text: &str| NewVersion {
        catalog: Some("acme".parse().unwrap()),
        ..NewVersion::of(SaveAs::New(name("for acme")), text)
    };
    let orders = r#"{"resources": {"order": {"*": {"allow": ["GET"], "block": ["*"]}}}}"#;
    assert_eq!(refused(&manager, of_acme(orders)).code(), "L0301");
    let import = |extra: &str| pollster::block_on(manager.import_catalog(catalog("acme", extra)));
    import("invoice").unwrap();
    assert_eq!(refusal(import("invoice")).code(), "L0107");
    assert_eq!(refused(&manager, of_acme(orders)).to_string(), "the policy is refused: unknown resource `order`");
    import("order").unwrap();
    let known = library(&manager, |library| library.catalogs().map(|known| known.as_ref().clone()).collect::<Vec<_>>());
    assert_eq!((known.len(), known[0].imported_by), (1, last_event(&manager).id));
    assert_eq!(known[0].read().unwrap(), catalog("acme", "order").catalog);

    assert_eq!(refused(&manager, of_acme("{")).code(), "L0108");
    let source = saved(&manager, of_acme(orders));
    // Tokens are those of Review Board 8.1, which knows no orders.
    let uid = made(&manager, |_| {});
    let call = Assignment { tokens: vec![uid], policy: NewPolicy::Named(source), overrides: None };
    assert_eq!(refusal(pollster::block_on(manager.assign(call))).code(), "T0104");
    let remove = || pollster::block_on(manager.remove_catalog("acme".parse().unwrap()));
    assert_eq!(refusal(remove()).to_string(), "1 policies speak of the catalog `acme`");
    pollster::block_on(manager.archive_policy(source.policy)).unwrap();
    remove().unwrap();
    assert_eq!(refusal(remove()).code(), "L0301");
}
