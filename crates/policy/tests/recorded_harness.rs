//! The replay itself notices what it is there to notice.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod replay;

use std::path::PathBuf;

use replay::{Mismatch, Replayed};
use serde_json::{Value, json};

/// A folder with the project's own recordings, of which one file is changed; removed when dropped.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, file: &str, change: impl FnOnce(&mut Value)) -> Folder {
        let folder = Folder(std::env::temp_dir().join(format!("tollgate-replay-{}-{name}", std::process::id())));
        std::fs::create_dir_all(&folder.0).unwrap();
        let text = std::fs::read_to_string(replay::folder().join(file)).unwrap();
        let mut content = serde_json::from_str(&text).unwrap();
        change(&mut content);
        std::fs::write(folder.0.join(file), content.to_string()).unwrap();
        folder
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[track_caller]
fn only_mismatch(replayed: Replayed) -> String {
    let mismatches: Vec<Mismatch> = replayed.unwrap_err();
    assert_eq!(mismatches.len(), 1, "{}", replay::describe(&mismatches));
    mismatches[0].to_string()
}

#[test]
fn an_altered_verdict_is_noticed() {
    let folder = Folder::with("verdict", "policy_validate.json", |content| content["cases"][0]["at"] = json!("/x"));
    let mismatch = only_mismatch(replay::policy_validate(&folder.0));
    assert!(mismatch.starts_with("policy_validate cases row 0: recorded "), "{mismatch}");
}

#[test]
fn an_altered_decision_is_noticed() {
    let folder = Folder::with("decision", "policy_eval.json", |content| {
        let recorded = content["decisions"][7][4].as_u64().unwrap();
        content["decisions"][7][4] = json!(1 - recorded);
    });
    let mismatch = only_mismatch(replay::policy_eval(&folder.0));
    assert!(mismatch.starts_with("policy_eval decisions row 7: recorded "), "{mismatch}");
}

#[test]
fn an_altered_gate_is_noticed() {
    let folder = Folder::with("gate", "policy_eval.json", |content| {
        let recorded = content["gates"][3][4].as_u64().unwrap();
        content["gates"][3][4] = json!(1 - recorded);
    });
    let mismatch = only_mismatch(replay::policy_eval(&folder.0));
    assert!(mismatch.starts_with("policy_eval gates row 3: recorded "), "{mismatch}");
}

#[test]
fn a_missing_file_is_noticed() {
    let folder = Folder::with("file", "policy_eval.json", |_| {});
    let mismatch = only_mismatch(replay::policy_validate(&folder.0));
    assert!(mismatch.starts_with("policy_validate: cannot be read: "), "{mismatch}");
}

#[test]
fn an_empty_group_is_noticed() {
    let folder = Folder::with("empty", "policy_eval.json", |content| content["gates"] = json!([]));
    assert_eq!(only_mismatch(replay::policy_eval(&folder.0)), "policy_eval gates: missing or empty");
}

#[test]
fn a_missing_group_is_noticed() {
    let folder = Folder::with("group", "policy_validate.json", |content| {
        content.as_object_mut().unwrap().remove("cases");
    });
    assert_eq!(only_mismatch(replay::policy_validate(&folder.0)), "policy_validate cases: missing or empty");
}

#[test]
fn an_unknown_group_is_noticed() {
    let folder = Folder::with("unknown", "policy_validate.json", |content| content["more"] = json!([1]));
    assert_eq!(only_mismatch(replay::policy_validate(&folder.0)), "policy_validate: unknown shape: group more");
}

#[test]
fn a_row_of_another_shape_is_noticed() {
    let folder = Folder::with("row", "policy_eval.json", |content| content["decisions"][2] = json!(["?"]));
    let mismatch = only_mismatch(replay::policy_eval(&folder.0));
    assert_eq!(mismatch, r#"policy_eval: unknown shape: decisions row 2: ["?"]"#);
}

#[test]
fn rows_are_counted_and_shown() {
    let counted = replay::policy_eval(&replay::folder()).unwrap();
    let shown: Vec<String> = counted.iter().map(ToString::to_string).collect();
    assert_eq!(counted.len(), 4);
    assert!(shown[0].starts_with("policy_eval decisions: ") && shown[0].ends_with(" rows, 0 mismatches"), "{shown:?}");
}
