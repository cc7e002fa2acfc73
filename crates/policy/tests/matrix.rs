//! The matrix of a policy: its edges, its cells, and what turning a cell around proposes.
#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

mod strategies;

use proptest::prelude::*;
use strategies::{accepted, document, item_id, method, policy_id};
use tollgate_policy::{
    Catalog, CompiledPolicy, Effect, Matrix, MatrixCell, MatrixRow, MatrixTally, Policy, explain, matrix, presets,
};

fn laid_out(text: &str) -> Matrix {
    matrix(&Policy::stored(text).unwrap(), Catalog::review_board_8_1())
}

fn column(matrix: &Matrix, method: &str) -> usize {
    matrix.columns().iter().position(|column| column.method.as_str() == method).unwrap()
}

/// The row of a resource, or of one of its items.
fn row(matrix: &Matrix, policy_id: &str, item_id: Option<&str>) -> usize {
    let is_it = |row: &MatrixRow| {
        row.policy_id.as_str() == policy_id && row.item_id.as_ref().map(|item_id| item_id.as_str()) == item_id
    };
    matrix.rows().iter().position(is_it).unwrap_or_else(|| panic!("no row for {policy_id} {item_id:?}"))
}

fn cell(matrix: &Matrix, policy_id: &str, item_id: Option<&str>, method: &str) -> MatrixCell {
    matrix.cell(row(matrix, policy_id, item_id), column(matrix, method)).unwrap()
}

fn names(matrix: &Matrix) -> Vec<&str> {
    matrix.columns().iter().map(|column| column.method.as_str()).collect()
}

#[test]
fn columns_are_the_methods_of_the_server_and_of_the_policy() {
    assert_eq!(names(&laid_out("{}")), ["GET", "POST", "PUT", "DELETE"]);
    let text = r#"{"resources": {"*": {"allow": ["PUT", "get", "HEAD"], "block": ["*", "BREW"]}}}"#;
    let matrix = laid_out(text);
    assert_eq!(names(&matrix), ["GET", "POST", "PUT", "DELETE", "BREW", "HEAD", "get"]);
    assert_eq!(matrix.columns().iter().filter(|column| column.is_implemented).count(), 4);
}

#[test]
fn every_resource_has_a_row_in_the_group_it_belongs_to() {
    let matrix = laid_out("{}");
    assert_eq!(matrix.rows().len(), 68);
    let groups: Vec<&str> = matrix.groups().iter().map(|group| group.policy_id.as_str()).collect();
    assert_eq!(groups[..4], ["root", "default_reviewer", "extension", "hosting_service"]);
    let group_of = |policy_id: &str| {
        let row = row(&matrix, policy_id, None);
        matrix.groups().iter().find(|group| group.rows.contains(&row)).unwrap().policy_id.to_string()
    };
    assert_eq!(group_of("review_reply_diff_comment"), "review_request");
    assert_eq!(group_of("diff_comment"), "review_request");
    assert_eq!(group_of("watched_review_group"), "user");
}

#[test]
fn named_ids_stand_below_their_resource() {
    let matrix = laid_out(r#"{"resources": {"user": {"zoe": {"block": []}, "amy": {"block": []}}}}"#);
    let user = row(&matrix, "user", None);
    assert_eq!(row(&matrix, "user", Some("amy")), user + 1);
    assert_eq!(row(&matrix, "user", Some("zoe")), user + 2);
}

#[test]
fn what_the_catalog_does_not_have_gets_rows_of_its_own() {
    let catalog = Catalog::review_board_8_1().with_policy_ids(["checklist", "review"]);
    let policy = Policy::stored(r#"{"resources": {"gone": {"7": {"block": ["GET"]}}}}"#).unwrap();
    let matrix = matrix(&policy, &catalog);
    let known = |policy_id: &str| matrix.rows()[row(&matrix, policy_id, None)].is_known;
    assert_eq!((known("checklist"), known("review"), known("user"), known("gone")), (true, true, false, false));
    let cell = cell(&matrix, "gone", Some("7"), "GET");
    assert_eq!((cell.effect, cell.has_method), (Effect::Deny, false));
}

#[test]
fn a_cell_says_which_rule_decides() {
    let text = r#"{"resources": {"*": {"block": ["*"]}, "review": {"7": {"allow": ["PUT"]}}}}"#;
    let matrix = laid_out(text);
    let found = cell(&matrix, "review", Some("7"), "PUT");
    assert_eq!(found.effect, Effect::Allow);
    assert_eq!(found.pointer.unwrap().as_str(), "/resources/review/7/allow/0");
    assert_eq!(found.span.unwrap().slice(text), "\"PUT\"");
    let found = cell(&matrix, "review", None, "PUT");
    assert_eq!(found.effect, Effect::Deny);
    assert_eq!(found.pointer.unwrap().as_str(), "/resources/*/block/0");
    let found = cell(&laid_out("{}"), "review", None, "PUT");
    assert_eq!((found.effect, found.pointer, found.span), (Effect::Allow, None, None));
}

#[test]
fn a_cell_says_whether_the_server_has_the_method() {
    let matrix = laid_out(r#"{"resources": {"user": {"amy": {"block": ["HEAD"]}, "a,b": {"block": []}}}}"#);
    let has = |item_id: Option<&str>, method: &str| cell(&matrix, "user", item_id, method).has_method;
    assert!(has(None, "GET") && has(None, "POST") && has(None, "PUT"));
    assert!(!has(None, "DELETE") && !has(None, "HEAD"));
    // What is posted is posted to the list, and no name has a comma.
    assert!(has(Some("amy"), "PUT") && !has(Some("amy"), "POST"));
    assert!(!has(Some("a,b"), "GET"));
}

#[test]
fn a_closed_resource_is_denied_whatever_the_policy_says() {
    let matrix = laid_out("{}");
    assert!(matrix.rows()[row(&matrix, "api_token", None)].is_closed);
    let found = cell(&matrix, "api_token", None, "GET");
    assert_eq!((found.effect, found.decision.effect), (Effect::Deny, Effect::Allow));
    let (row, column) = (row(&matrix, "api_token", None), column(&matrix, "GET"));
    assert!(matrix.toggle(row, column, Catalog::review_board_8_1()).is_empty());
}

#[test]
fn a_list_that_fails_is_marked() {
    let crashes = |text: &str| {
        let matrix = laid_out(text);
        matrix.rows().iter().filter(|row| row.list_crashes).map(|row| row.policy_id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(crashes(r#"{"resources": {"user": {"amy": {"block": []}}}}"#), ["user"]);
    assert_eq!(crashes(r#"{"resources": {"user": {"amy": {"block": []}, "*": {"block": ["GET"]}}}}"#), [""; 0]);
    assert_eq!(crashes(r#"{"resources": {"session": {"1": {"block": []}}}}"#), [""; 0]);
}

#[test]
fn a_folded_group_counts_its_resources() {
    let text = r#"{"resources": {"user": {"amy": {"block": ["GET"]}}, "watched": {"*": {"block": ["GET"]}}}}"#;
    let matrix = laid_out(text);
    let group = matrix.groups().iter().find(|group| group.policy_id.as_str() == "user").unwrap();
    // Of eight resources one is closed, two cannot be read, one is denied, and one is allowed but for an id.
    let tally = matrix.tally(group, column(&matrix, "GET"));
    assert_eq!(tally, MatrixTally { allowed: 3, partly: 1, total: 5 });
}

#[test]
fn turning_a_cell_around_proposes_the_smallest_edit() {
    let matrix = laid_out(presets::read_only());
    let proposals = matrix.toggle(row(&matrix, "review", None), column(&matrix, "POST"), Catalog::review_board_8_1());
    let best = proposals.first().unwrap();
    assert!(best.text.contains(r#""review":{"*":{"allow":["POST"]}}"#), "{}", best.text);
    assert_eq!(best.edits.len(), 1);
}

proptest! {
    #[test]
    fn cells_say_what_an_explanation_says(
        document in document(), policy_id in policy_id(), method in method(), item_id in item_id(),
    ) {
        let policy = accepted(&document);
        let matrix = matrix(&policy, Catalog::review_board_8_1());
        let compiled = CompiledPolicy::new(&policy);
        for (index, row) in matrix.rows().iter().enumerate().filter(|(_, row)| row.policy_id.as_str() == policy_id) {
            let id = row.item_id.as_ref().map(|item_id| item_id.as_str());
            prop_assert_eq!(matrix.cells(index).count(), matrix.columns().len());
            for (cell, column) in matrix.cells(index).zip(matrix.columns()) {
                let explanation = explain(&compiled, &policy_id, column.method.as_str(), id);
                prop_assert_eq!(cell.decision, explanation.decision);
                prop_assert_eq!((cell.pointer, cell.span), (explanation.pointer, explanation.span));
            }
        }
        // What has no row or column of its own is decided like what stands for it.
        let is_named = matrix.rows().iter().any(|row| {
            row.policy_id.as_str() == policy_id && row.item_id.as_ref().map(|id| id.as_str()) == item_id.as_deref()
        });
        if let Some(column) = matrix.columns().iter().position(|column| column.method.as_str() == method) {
            let whole = matrix.cell(row(&matrix, &policy_id, None), column).unwrap().decision;
            let asked = compiled.decide(&policy_id, &method, item_id.as_deref());
            prop_assert!(is_named || whole == asked, "{:?} {:?}", whole, asked);
        }
    }

    #[test]
    fn groups_hold_every_row_once(document in document()) {
        let matrix = matrix(&accepted(&document), Catalog::review_board_8_1());
        let held: Vec<usize> = matrix.groups().iter().flat_map(|group| group.rows.clone()).collect();
        prop_assert_eq!(held, (0..matrix.rows().len()).collect::<Vec<_>>());
    }

    #[test]
    fn exceptions_are_the_items_that_are_decided_otherwise(document in document()) {
        let matrix = matrix(&accepted(&document), Catalog::review_board_8_1());
        let cells: Vec<MatrixCell> = (0..matrix.rows().len()).map(|row| matrix.cell(row, 0).unwrap()).collect();
        for (index, whole) in matrix.rows().iter().enumerate() {
            let is_exception = |other: &usize| {
                let item = &matrix.rows()[*other];
                let is_below = whole.item_id.is_none() && item.item_id.is_some() && item.policy_id == whole.policy_id;
                is_below && cells[*other].has_method && cells[*other].effect != cells[index].effect
            };
            let expected: Vec<usize> = (0..cells.len()).filter(is_exception).collect();
            prop_assert_eq!(matrix.exceptions(index, 0).collect::<Vec<_>>(), expected);
        }
    }
}
