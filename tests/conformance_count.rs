//! The count of recorded answers that the console shows is the count that the builds replay.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it cannot go on")]

use std::fs;

use serde_json::Value;

fn rows(file: &str, groups: &[&str]) -> usize {
    let path = format!("{}/tests/fixtures/conformance/{file}", env!("CARGO_MANIFEST_DIR"));
    let value: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    groups.iter().map(|group| value[group].as_array().unwrap().len()).sum()
}

#[test]
fn the_count_on_the_settings_page_is_the_count_that_is_replayed() {
    let policies = rows("policy_validate.json", &["cases"]) + rows("policy_eval.json", &["decisions", "gates"]);
    let formats =
        ["base62", "checksums", "created", "validate", "create_edge_cases", "legacy_created", "legacy_validate"];
    // Rows that record a fault of Python or Django map to a refusal and are not counted.
    const REFUSALS: usize = 6;
    let tokens = rows("token_format.json", &formats)
        + rows("manager.json", &["generate", "invalidate", "model"])
        + rows("client_token.json", &["cases"])
        - REFUSALS;
    let logins = rows("auth.json", &["single", "header_parsing", "sequences"]);
    assert_eq!(tollgate::state::about::recorded_answers(), policies + tokens + logins);
}
