//! Guardrails: when a policy breaches one, what is shown then, and how they are stored.
#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "the other laws have their own tests")]
mod laws_of_analysis;

use laws_of_analysis::guarding::{self, guardrail, items, methods, resources, some_guardrail};
use laws_of_analysis::small::document;
use proptest::prelude::*;
use serde_json::{Value, json};
use tollgate_policy::guardrail::{Breach, Choice, Guardrail, Items, Rule, Scope, Target, breach};
use tollgate_policy::{Catalog, ItemId, Policy};

fn shown(guardrail: &Guardrail, text: &str) -> Option<Breach> {
    breach(guardrail, &Policy::stored(text).unwrap(), Catalog::review_board_8_1())
}

/// The request that is shown and the entry that decides it, such as `DELETE repository 7 by /resources/*/allow/0`.
#[track_caller]
fn check(guardrail: &Guardrail, text: &str, expected: Option<&str>) {
    let found = shown(guardrail, text).map(|found| {
        let item_id = found.witness.item_id.map(|item_id| format!(" {item_id}")).unwrap_or_default();
        let rule = found.pointer.map(|pointer| format!(" by {pointer}")).unwrap_or_default();
        format!("{} {}{item_id}{rule}", found.witness.method, found.witness.policy_id)
    });
    assert_eq!(found.as_deref(), expected, "{} {text}", guardrail.sentence());
}

#[test]
fn a_breach_shows_a_request_and_the_rule_that_decides_it() {
    let never = guardrail(Rule::Never, &["DELETE"], &["repository"], Items::All);
    let text = r#"{"resources": {"*": {"block": ["DELETE"]}, "repository": {"7": {"allow": ["GET", "*"]}}}}"#;
    check(&never, text, Some("DELETE repository 7 by /resources/repository/7/allow/1"));
    let span = shown(&never, text).and_then(|found| found.span).unwrap();
    assert_eq!(span.slice(text), "\"*\"");
    check(&never, r#"{"resources": {"*": {"block": ["DELETE"]}}}"#, None);
}

#[test]
fn what_must_always_be_allowed_is_breached_by_a_denial() {
    let always = guardrail(Rule::Always, &["GET"], &["root", "session"], Items::None);
    check(&always, r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#, None);
    let text = r#"{"resources": {"*": {"block": ["*"]}, "root": {"*": {"allow": ["GET"]}}}}"#;
    check(&always, text, Some("GET session by /resources/*/block/0"));
}

#[test]
fn an_item_that_the_policy_does_not_name_is_shown_as_it_is_named() {
    let never = guardrail(Rule::Never, &["PUT"], &["repository"], items(&["7", "8"]));
    check(&never, r#"{"resources": {"repository": {"7": {"block": ["PUT"]}}}}"#, Some("PUT repository 8"));
    let nowhere = guardrail(Rule::Never, &["PUT"], &["*"], items(&["12"]));
    check(&nowhere, r#"{"resources": {"*": {"block": ["*"]}, "review": {"12": {"block": []}}}}"#, None);
    let found = shown(&nowhere, "{}").unwrap();
    assert_eq!(found.witness.item_id, Some(ItemId::from("12")));
}

#[test]
fn requests_without_an_id_are_apart_from_those_with_one() {
    let text = r#"{"resources": {"repository": {"7": {"block": ["*"]}, "*": {"allow": ["*"]}}}}"#;
    check(&guardrail(Rule::Always, &["GET"], &["repository"], Items::None), text, None);
    let each = guardrail(Rule::Always, &["GET"], &["repository"], Items::Each);
    check(&each, text, Some("GET repository 7 by /resources/repository/7/block/0"));
}

#[test]
fn the_example_is_one_that_a_client_could_send() {
    let catalog = Catalog::review_board_8_1();
    for method in ["GET", "POST", "PUT", "DELETE"] {
        let found = shown(&guardrail(Rule::Never, &[method], &["*"], Items::All), "{}").unwrap();
        let policy_id = found.witness.policy_id.as_str();
        assert!(catalog.by_policy_id(policy_id).any(|resource| resource.implements(method)), "{}", found.sentence());
    }
    let found = shown(&guardrail(Rule::Never, &["HEAD", "DELETE"], &["repository"], Items::All), "{}").unwrap();
    assert_eq!(found.witness.method.as_str(), "DELETE");
    assert!(found.witness.item_id.unwrap().as_str().bytes().all(|byte| byte.is_ascii_digit()));
}

#[test]
fn what_no_client_could_send_is_a_breach_all_the_same() {
    let never = guardrail(Rule::Never, &["PATCH"], &["repository"], Items::All);
    assert_eq!(shown(&never, "{}").unwrap().witness.method.as_str(), "PATCH");
    let closed = guardrail(Rule::Never, &["GET"], &["api_token"], Items::All);
    assert_eq!(shown(&closed, "{}").unwrap().witness.policy_id.as_str(), "api_token");
}

#[test]
fn a_guardrail_covers_the_tokens_of_its_site_and_users() {
    let acme = Scope { local_site: Some("acme".to_owned()), users: Choice::Any };
    assert!(acme.covers(Some("acme"), "alice"));
    assert!(!acme.covers(Some("other"), "alice") && !acme.covers(None, "alice"));
    let robots = Scope { local_site: None, users: Choice::Named(vec!["ci".to_owned(), "cd".to_owned()]) };
    assert!(robots.covers(Some("acme"), "cd") && robots.covers(None, "ci"));
    assert!(!robots.covers(None, "alice"));
}

#[track_caller]
fn check_sentence(scope: &Scope, rule: Rule, target: (&[&str], &[&str], Items), expected: &str) {
    let (method_names, resource_names, items) = target;
    let target = Target { methods: methods(method_names), resources: resources(resource_names), items };
    assert_eq!(Guardrail::new("test", scope.clone(), rule, target).unwrap().sentence(), expected);
}

#[test]
fn sentences_say_what_a_guardrail_demands() {
    let acme = Scope { local_site: Some("acme".to_owned()), users: Choice::Any };
    let robots = Scope { users: Choice::Named(vec!["ci".to_owned(), "o'neil".to_owned()]), ..acme.clone() };
    let repository = |items| -> (&[&str], &[&str], Items) { (&["DELETE"], &["repository"], items) };
    check_sentence(&acme, Rule::Never, repository(Items::All), "no token in site acme may DELETE repository");
    check_sentence(
        &robots,
        Rule::Never,
        (&["*"], &["*"], Items::All),
        "no token of ci or `o'neil` in site acme may use any method on anything",
    );
    check_sentence(
        &Scope::ALL,
        Rule::Never,
        repository(items(&["7", "8"])),
        "no token may DELETE items 7 or 8 of repository",
    );
    check_sentence(&Scope::ALL, Rule::Never, repository(Items::Each), "no token may DELETE any item of repository");
    check_sentence(
        &Scope::ALL,
        Rule::Always,
        (&["GET"], &["root", "session", "server_info"], Items::None),
        "every token may GET root, session and server_info without an id",
    );
    check_sentence(
        &Scope::ALL,
        Rule::Always,
        (&["*"], &["*"], items(&["7"])),
        "every token may use every method on item 7 of everything",
    );
}

#[test]
fn a_breach_says_why() {
    let never = guardrail(Rule::Never, &["DELETE"], &["repository"], items(&["7"]));
    let text = r#"{"resources": {"*": {"allow": ["DELETE"]}}}"#;
    let sentence = shown(&never, text).unwrap().sentence();
    assert_eq!(sentence, "DELETE repository 7 is allowed: the rules for everything allow the method by name");
}

#[test]
fn a_guardrail_is_stored_with_its_version() {
    let scope = Scope { local_site: Some("acme".to_owned()), users: Choice::Any };
    let target = Target { methods: methods(&["DELETE"]), resources: resources(&["*"]), items: items(&["7"]) };
    let guardrail = Guardrail::new("keep number 7", scope, Rule::Never, target).unwrap();
    let json = serde_json::to_value(&guardrail).unwrap();
    assert_eq!(
        json,
        json!({
            "version": 1,
            "name": "keep number 7",
            "scope": {"localSite": "acme", "users": {"type": "any"}},
            "rule": "never",
            "methods": {"type": "named", "names": ["DELETE"]},
            "resources": {"type": "any"},
            "items": {"type": "named", "names": ["7"]},
        })
    );
    assert_eq!(serde_json::from_value::<Guardrail>(json).unwrap(), guardrail);
}

#[test]
fn what_could_never_be_breached_or_is_not_understood_is_refused() {
    let stored = json!({
        "version": 1,
        "name": "test",
        "scope": {"users": {"type": "any"}},
        "rule": "always",
        "methods": {"type": "any"},
        "resources": {"type": "any"},
        "items": {"type": "all"},
    });
    assert!(serde_json::from_value::<Guardrail>(stored.clone()).is_ok());
    let error = |pointer: &str, value: Value| {
        let mut changed = stored.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        serde_json::from_value::<Guardrail>(changed).unwrap_err().to_string()
    };
    let none = json!({"type": "named", "names": []});
    let any = json!({"type": "named", "names": ["7", "*"]});
    assert_eq!(error("/methods", none.clone()), "the guardrail names no method, so nothing could breach it");
    assert_eq!(error("/scope/users", none.clone()), "the guardrail names no user, so nothing could breach it");
    assert_eq!(error("/items", none), "the guardrail names no item, so nothing could breach it");
    assert_eq!(error("/resources", any.clone()), "`*` is the name of no resource");
    assert_eq!(error("/items", any), "`*` is the name of no item");
    assert_eq!(error("/name", json!(" ")), "the guardrail has no name");
    assert_eq!(
        error("/version", json!(2)),
        "a guardrail of version 2 cannot be read by this program, which knows version 1"
    );
    assert!(error("/scope", json!({"users": {"type": "any"}, "site": "x"})).contains("unknown field `site`"));
}

fn holds(law: Result<(), String>) -> Result<(), TestCaseError> {
    law.map_err(TestCaseError::fail)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_breach_is_found_if_and_only_if_there_is_one(document in document(), guardrail in some_guardrail()) {
        holds(guarding::a_breach_is_found_if_and_only_if_there_is_one(&document, &guardrail))?;
    }

    #[test]
    fn a_stored_guardrail_comes_back_and_is_written_alike(guardrail in some_guardrail()) {
        let json = serde_json::to_string(&guardrail).unwrap();
        let again: Guardrail = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), json);
        prop_assert_eq!(again, guardrail);
    }
}
