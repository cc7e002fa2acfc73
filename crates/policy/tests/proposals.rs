//! The edits that are proposed when one request shall be decided otherwise, and what is said about them.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail loudly")]

use tollgate_policy::{
    Catalog, Change, Effect, ItemClass, MethodClass, Proposal, Request, ResourceClass, proposals, propose,
};

const ALLOW: Effect = Effect::Allow;
const DENY: Effect = Effect::Deny;

/// All proposals for a request that is written as a method, a resource and perhaps an id.
fn proposed(text: &str, request: &str, wanted: Effect) -> Vec<Proposal> {
    let catalog = Catalog::review_board_8_1();
    let mut words = request.split(' ');
    let (method, policy_id) = (words.next().unwrap(), words.next().unwrap());
    let resource = catalog.by_policy_id(policy_id).next().unwrap();
    proposals(text, &Request::new(resource, method, words.next()), wanted, catalog)
}

/// The best proposal for a request.
fn best(text: &str, request: &str, wanted: Effect) -> Proposal {
    proposed(text, request, wanted).into_iter().next().unwrap_or_else(|| panic!("nothing for {request} in {text}"))
}

#[track_caller]
fn check(text: &str, request: &str, wanted: Effect, expected: &str, collateral: &str) {
    let best = best(text, request, wanted);
    let shown: Vec<String> = best.collateral.iter().map(shown).collect();
    assert_eq!((best.text.as_str(), shown.join("; ").as_str()), (expected, collateral), "{request} in {text}");
}

/// A change in words: its methods, its resource, its item.
fn shown(change: &Change) -> String {
    let methods: Vec<&str> = change
        .methods
        .iter()
        .map(|method| match method {
            MethodClass::Named(method) => method.as_str(),
            MethodClass::Other => "others",
        })
        .collect();
    let resource = match &change.resource {
        ResourceClass::Named(policy_id) => policy_id.as_str(),
        ResourceClass::Other => "other",
    };
    let item = match &change.item {
        ItemClass::Named(item_id) => item_id.as_str(),
        ItemClass::Other => "other",
        ItemClass::None => "none",
    };
    format!("{} {resource} {item}", methods.join(","))
}

const READ_ONLY: &str = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#;

#[test]
fn an_item_is_allowed_alone() {
    check(
        READ_ONLY,
        "PUT review 7",
        ALLOW,
        r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}, "review": {"7": {"allow": ["PUT"]}}}}"#,
        "",
    );
}

#[test]
fn a_list_is_not_allowed_without_the_items() {
    check(
        READ_ONLY,
        "POST review",
        ALLOW,
        r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}, "review": {"*": {"allow": ["POST"]}}}}"#,
        "POST review other",
    );
}

#[test]
fn the_only_block_is_removed() {
    check(
        r#"{"resources": {"*": {"block": ["*"]}, "review": {"*": {"allow": ["GET"], "block": ["PUT"]}}}}"#,
        "PUT review",
        ALLOW,
        r#"{"resources": {"*": {"block": ["*"]}, "review": {"*": {"allow": ["GET", "PUT"], "block": []}}}}"#,
        "PUT review other",
    );
    check(
        r#"{"resources": {"review": {"*": {"block": ["PUT", "POST", "PUT"]}}}}"#,
        "PUT review",
        ALLOW,
        r#"{"resources": {"review": {"*": {"block": ["POST"]}}}}"#,
        "PUT review other",
    );
}

#[test]
fn an_allowance_is_taken_back_where_a_block_is_behind_it() {
    check(
        r#"{"resources": {"*": {"block": ["*"]}, "review": {"*": {"allow": ["GET", "PUT"]}}}}"#,
        "PUT review",
        DENY,
        r#"{"resources": {"*": {"block": ["*"]}, "review": {"*": {"allow": ["GET"]}}}}"#,
        "PUT review other",
    );
}

#[test]
fn a_block_is_named_where_nothing_blocks() {
    check("{}", "PUT review 7", DENY, r#"{"resources": {"review": {"7": {"block": ["PUT"]}}}}"#, "");
    check("{}", "PUT review", DENY, r#"{"resources": {"review": {"*": {"block": ["PUT"]}}}}"#, "PUT review other");
}

#[test]
fn rules_for_an_id_are_not_left_behind_empty() {
    check(
        r#"{"resources": {"*": {"block": ["DELETE"]}, "review": {"7": {"block": ["PUT"], "allow": []}}}}"#,
        "PUT review 7",
        ALLOW,
        r#"{"resources": {"*": {"block": ["DELETE"]}}}"#,
        "",
    );
    check(
        r#"{"resources": {"review": {"7": {"block": ["PUT"]}, "8": {"block": ["PUT"]}}}}"#,
        "PUT review 7",
        ALLOW,
        r#"{"resources": {"review": {"8": {"block": ["PUT"]}}}}"#,
        "",
    );
    // Without a section, `resources` would be refused.
    check(
        r#"{"resources": {"review": {"7": {"block": ["PUT"]}}}}"#,
        "PUT review 7",
        ALLOW,
        r#"{"resources": {"review": {}}}"#,
        "",
    );
    // What has no meaning to the server may have one to the author.
    check(
        r#"{"resources": {"review": {"7": {"block": ["PUT"], "note": 1}}}}"#,
        "PUT review 7",
        ALLOW,
        r#"{"resources": {"review": {"7": {"block": [], "note": 1}}}}"#,
        "",
    );
}

#[test]
fn proposals_come_with_the_least_collateral_first() {
    let text = r#"{"resources": {"*": {"block": ["POST"]}}}"#;
    let found = proposed(text, "POST review 7", ALLOW);
    let texts: Vec<&str> = found.iter().map(|proposal| proposal.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            r#"{"resources": {"*": {"block": ["POST"]}, "review": {"7": {"allow": ["POST"]}}}}"#,
            r#"{"resources": {"*": {"block": ["POST"]}, "review": {"*": {"allow": ["POST"]}}}}"#,
            r#"{"resources": {"*": {"block": []}}}"#,
        ]
    );
    let collateral: Vec<usize> = found.iter().map(Proposal::collateral_atoms).collect();
    assert_eq!(collateral, [0, 2, 4]);
    let last: Vec<String> = found.last().unwrap().collateral.iter().map(shown).collect();
    assert_eq!(last, ["POST review other", "POST review none", "POST other other", "POST other none"]);
}

#[test]
fn collateral_has_a_request_of_its_own() {
    let text = r#"{"resources": {"*": {"block": ["*"]}}}"#;
    let found = best(text, "GET review", ALLOW);
    let witness = &found.collateral.first().unwrap().witness;
    assert_eq!((witness.policy_id.as_str(), witness.method.as_str()), ("review", "GET"));
    assert!(witness.item_id.is_some());
}

#[test]
fn a_list_that_fails_afterward_is_told() {
    assert!(best("{}", "PUT review 7", DENY).crashes_list);
    assert!(!best("{}", "PUT review", DENY).crashes_list);
    // Its list is denied.
    assert!(!best(r#"{"resources": {"*": {"block": ["*"]}}}"#, "PUT review 7", ALLOW).crashes_list);
    // It failed before.
    let text = r#"{"resources": {"review": {"7": {"block": ["PUT"]}, "8": {"block": ["PUT"]}}}}"#;
    assert!(!best(text, "PUT review 7", ALLOW).crashes_list);
    // It was denied before, and fails once it is allowed.
    let text = r#"{"resources": {"*": {"block": ["*"]}, "review": {"7": {"allow": ["PUT"]}}}}"#;
    assert!(best(text, "GET review", ALLOW).crashes_list);
}

#[test]
fn a_post_that_acts_as_another_method_is_allowed_as_that() {
    let catalog = Catalog::review_board_8_1();
    let resource = catalog.by_policy_id("review").next().unwrap();
    let mut request = Request::new(resource, "POST", Some("7"));
    request.method_override = Some("PUT");
    let found = propose(READ_ONLY, &request, ALLOW, catalog).unwrap();
    assert!(found.text.contains(r#""review": {"7": {"allow": ["PUT"]}}"#), "{}", found.text);
}

#[test]
fn there_may_be_nothing_to_propose() {
    assert_eq!(proposed("{}", "GET review", ALLOW).len(), 0);
    assert_eq!(proposed(READ_ONLY, "PUT review 7", DENY).len(), 0);
    assert_eq!(proposed("{", "GET review", DENY).len(), 0);
    assert_eq!(proposed(r#"{"resources": {}}"#, "GET review", DENY).len(), 0);
    assert_eq!(proposed(r#"{"resources": {"gone": {}}}"#, "GET review", DENY).len(), 0);
    // No policy is asked about it.
    assert_eq!(proposed("{}", "GET api_token", DENY).len(), 0);
    // That is no method.
    assert_eq!(proposed("{}", "* review", DENY).len(), 0);
}
