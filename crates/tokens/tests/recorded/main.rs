//! Replays what the original answered: token formats, generating and invalidating tokens, tokens of clients, what a
//! token's state means, and logging in.
//!
//! The folder comes from `TOLLGATE_VECTORS`, and is the project's own copy when that is not set.
//!
//! Source: `tests/fixtures/conformance/README.md`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where it cannot go on")]

mod authenticate;
mod client_token;
mod format;
mod generate;
mod harness;
mod invalidate;
mod model;
mod server;

use harness::{Vectors, mismatches_of_altered};
use serde_json::json;

#[test]
fn token_format_is_as_recorded() {
    Vectors::from_environment().replay("token_format.json", &format::GROUPS);
}

#[test]
fn generating_and_invalidating_is_as_recorded() {
    Vectors::from_environment().replay("manager.json", &[generate::GROUP, invalidate::GROUP]);
}

#[test]
fn logging_in_is_as_recorded() {
    Vectors::from_environment().replay_prepared("auth.json", &authenticate::GROUPS, authenticate::hand_to_rows);
}

#[test]
fn what_a_token_is_is_as_recorded() {
    Vectors::from_environment().replay("manager.json", &[model::GROUP]);
}

#[test]
fn choosing_or_making_a_client_token_is_as_recorded() {
    Vectors::from_environment().replay("client_token.json", &[client_token::GROUP]);
}

#[test]
fn every_recorded_row_is_counted() {
    let report = |file: &str, group| mismatches_of_altered(file, &[group], |_| {}).unwrap();
    let clients = report("client_token.json", client_token::GROUP);
    assert!(clients.contains("cases: 420 rows, 417 the same, 3 map to a refusal, 0 mismatches"), "{clients}");
    let model = report("manager.json", model::GROUP);
    assert!(model.contains("model: 11 rows, 11 the same, 0 map to a refusal, 0 mismatches"), "{model}");
}

#[test]
fn an_altered_answer_is_named_with_file_row_and_both_answers() {
    let altered = mismatches_of_altered("token_format.json", &format::GROUPS, |file| {
        file["checksums"][3][2] = "zzzzzz".into();
    });
    let report = altered.unwrap_err();
    assert!(report.contains("token_format.json checksums row 3"), "{report}");
    assert!(report.contains("zzzzzz"), "the recorded answer: {report}");

    let altered = mismatches_of_altered("manager.json", &[generate::GROUP, invalidate::GROUP], |file| {
        file["invalidate"][0]["result"]["tokens"][0][1] = true.into();
    });
    assert!(altered.unwrap_err().contains("manager.json invalidate row 0"));

    let altered = mismatches_of_altered("client_token.json", &[client_token::GROUP], |file| {
        file["cases"][1]["result"]["index"] = 1.into();
        file["cases"][0]["result"]["token"]["note"] = "another".into();
    });
    let report = altered.unwrap_err();
    assert!(report.contains("client_token.json cases row 0: note"), "{report}");
    assert!(report.contains("client_token.json cases row 1: index"), "{report}");
}

#[test]
fn an_altered_answer_to_a_login_is_named_with_both_answers() {
    for (row, pointer, altered, ours) in [
        ("single row 18", "/single/18/result/err/msg", json!("since noon: Laptop stolen"), "Feb. 29, 2024, midnight"),
        ("single row 45", "/single/45/result/status", json!(200), "403"),
        ("single row 58", "/single/58/result/err/msg", json!("7. Juni 2025 09:10."), "7. Juli 2025 09:10."),
        ("header_parsing row 4", "/header_parsing/4/result/err/code", json!(103), "104"),
        ("header_parsing row 42", "/header_parsing/42/result/headers", json!({}), "true"),
        ("sequences row 1: step 4", "/sequences/1/steps/4/result/status", json!(200), "401"),
    ] {
        let altered = mismatches_of_altered("auth.json", &authenticate::GROUPS, |file| {
            *file.pointer_mut(pointer).unwrap() = altered;
            authenticate::hand_to_rows(file);
        });
        let report = altered.unwrap_err();
        assert!(report.contains(&format!("auth.json {row}: ")), "{report}");
        assert!(report.contains("recorded") && report.contains(ours), "{report}");
    }
}

#[test]
fn a_missing_file_and_an_empty_group_fail() {
    let empty = mismatches_of_altered("token_format.json", &format::GROUPS, |file| {
        file["validate"] = json!([]);
    });
    assert!(empty.unwrap_err().contains("token_format.json: the group `validate` is empty"));
    let empty = mismatches_of_altered("auth.json", &authenticate::GROUPS, |file| {
        file["single"] = json!([]);
        authenticate::hand_to_rows(file);
    });
    assert!(empty.unwrap_err().contains("auth.json: the group `single` is empty"));
    let gone = Vectors::at("no/such/folder").check("manager.json", &[generate::GROUP]);
    assert!(gone.unwrap_err().contains("manager.json"));
}
