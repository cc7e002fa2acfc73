//! A folder is a case: a policy, and everything that is to be said about it.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::fmt::Write;
use std::path::Path;

use tollgate_policy::{Catalog, Verdict, check};

/// The verdict, then each finding with code, line and column, pointer, message and help.
fn shown(text: &str) -> String {
    let checked = check(text, Catalog::review_board_8_1());
    let place = |pointer: &str| if pointer.is_empty() { "the root".to_owned() } else { pointer.to_owned() };
    let mut shown = match checked.verdict() {
        Verdict::Accepted => "accepted\n".to_owned(),
        Verdict::Refused { code, pointer } => format!("refused: {} at {}\n", code.name(), place(pointer.as_str())),
        Verdict::RefusedWhereOriginalCrashes { code, pointer } => {
            format!("refused where the original crashes: {} at {}\n", code.name(), place(pointer.as_str()))
        }
    };
    for finding in checked.diagnostics() {
        let (line, column) = (finding.position.line, finding.position.column);
        writeln!(shown, "{} {line}:{column} {}: {}", finding.code, finding.pointer, finding.message).unwrap();
        if let Some(help) = &finding.help {
            writeln!(shown, "  help: {help}").unwrap();
        }
    }
    shown
}

#[test]
fn every_case_is_checked_as_written_down() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut cases: Vec<_> = std::fs::read_dir(corpus).unwrap().map(|case| case.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 12);
    for case in cases {
        let text = std::fs::read_to_string(case.join("policy.json")).unwrap();
        let expected = std::fs::read_to_string(case.join("expected.txt")).unwrap();
        assert_eq!(shown(&text), expected, "{}", case.display());
    }
}
