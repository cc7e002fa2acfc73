//! Texts that mean harm, or are merely huge: everything ends, nothing panics, and the findings stay few.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use proptest::prelude::*;
use tollgate_policy::{Catalog, Checked, Code, MAX_DIAGNOSTICS, check, lint};

const MEGABYTE: usize = 1_000_000;
const TEN_MEGABYTES: usize = 10 * MEGABYTE;

#[track_caller]
fn survives(text: &str) -> Checked {
    let checked = check(text, Catalog::review_board_8_1());
    assert!(checked.diagnostics().len() <= MAX_DIAGNOSTICS);
    if text.len() <= MEGABYTE {
        let findings = lint(&checked, Catalog::review_board_8_1());
        assert!(findings.len() <= checked.diagnostics().len() + MAX_DIAGNOSTICS);
    }
    checked
}

fn repeated(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len())
}

fn codes(checked: &Checked) -> Vec<Code> {
    checked.diagnostics().iter().map(|finding| finding.code).collect()
}

#[test]
fn ten_megabytes_of_one_piece() {
    for piece in ["[", "{\"a\":", "\"", "1 "] {
        assert!(!survives(&repeated(piece, TEN_MEGABYTES)).document().is_json(), "{piece:?}");
    }
}

#[test]
fn half_a_megabyte_of_any_piece() {
    let pieces = [
        "[",
        "{",
        "]",
        "}",
        ",",
        ":",
        "\"",
        "'",
        "\\",
        "\"\\",
        "/",
        "/*",
        "//",
        "#",
        "-",
        "0",
        "a",
        "é",
        "\0",
        "\n",
        "{\"a\":",
        "[{\"a\":",
        "\"a\",",
        "{}",
        "[]",
        "[1,",
        "' ",
        "'{",
        "\"\n",
        "\\u",
        "\"\\ud800\"",
        "a:",
        "1 ",
        "null",
        "\u{feff}",
    ];
    for piece in pieces {
        let checked = survives(&repeated(piece, 500_000));
        assert!(!checked.document().is_json(), "{piece:?}");
    }
}

#[test]
fn ten_thousand_levels_are_read_and_warned_about() {
    let depth = 10_000;
    let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let checked = survives(&format!("{{\"resources\": {{\"*\": {{\"allow\": [{nested}]}}}}, \"more\": {nested}}}"));
    assert!(checked.verdict().is_accepted());
    assert!(codes(&checked).contains(&Code::NestingTooDeep));
    assert_eq!(checked.policy().unwrap().to_json().matches('[').count(), 2 * depth + 1);
}

#[test]
fn a_huge_ignored_part_is_accepted() {
    let entries = repeated("{\"a\": [1, \"é\", null]}, ", TEN_MEGABYTES);
    let checked = survives(&format!("{{\"resources\": {{\"*\": {{\"block\": [\"PUT\"]}}}}, \"more\": [{entries}0]}}"));
    assert!(checked.verdict().is_accepted());
    assert_eq!(codes(&checked), [Code::IgnoredKey]);
}

#[test]
fn a_huge_list_of_methods_is_accepted() {
    let entries = repeated("\"get\", ", TEN_MEGABYTES);
    let checked = survives(&format!("{{\"resources\": {{\"*\": {{\"block\": [{entries}\"GET\"]}}}}}}"));
    assert!(checked.verdict().is_accepted());
    assert_eq!(checked.diagnostics().len(), MAX_DIAGNOSTICS);
    assert_eq!(checked.omitted(), TEN_MEGABYTES / "\"get\", ".len() - MAX_DIAGNOSTICS);
}

#[test]
fn a_million_mistakes_are_counted() {
    let checked = survives(&format!("[{}1]", "1 ".repeat(1_000_000)));
    assert_eq!(checked.diagnostics().len(), MAX_DIAGNOSTICS);
    // One more, because a list is no policy.
    assert_eq!(checked.omitted(), 1_000_000 + 1 - MAX_DIAGNOSTICS);
    assert_eq!(checked.diagnostics()[0].position.column, 4);
}

#[test]
fn a_text_of_more_than_a_million_tokens_has_findings_but_no_fixes() {
    let fixes_of = |tokens: usize| {
        let checked = check(&format!("[{}1]", "1 ".repeat(tokens)), Catalog::review_board_8_1());
        let findings = lint(&checked, Catalog::review_board_8_1());
        assert_eq!(findings.len(), MAX_DIAGNOSTICS);
        findings.iter().map(|finding| finding.fixes.len()).sum::<usize>()
    };
    assert_eq!(fixes_of(2 * MEGABYTE), 0);
    assert_eq!(fixes_of(MAX_DIAGNOSTICS), MAX_DIAGNOSTICS);
}

#[test]
fn a_million_mistakes_on_one_line_have_positions() {
    let checked = survives(&format!("[\"{}\"]", "\\x".repeat(1_000_000)));
    assert_eq!(checked.diagnostics()[MAX_DIAGNOSTICS - 1].position.offset, 2 + 2 * 999);
}

#[test]
fn two_hundred_thousand_duplicate_keys_are_resolved() {
    let members = "\"review\": {}, ".repeat(200_000);
    let checked = survives(&format!("{{\"resources\": {{{members}\"review\": {{\"*\": {{\"block\": []}}}}}}}}"));
    assert!(checked.verdict().is_accepted());
    assert_eq!(checked.policy().unwrap().sections().len(), 1);
    assert_eq!(checked.omitted(), 200_000 - MAX_DIAGNOSTICS);
}

#[test]
fn two_hundred_thousand_unknown_resources_are_refused() {
    let members: String = (0..200_000).map(|number| format!("\"r{number}\": {{}}, ")).collect();
    let checked = survives(&format!("{{\"resources\": {{{members}\"review\": {{}}}}}}"));
    assert_eq!(checked.diagnostics()[0].code, Code::UnknownPolicyId);
}

#[test]
fn two_hundred_thousand_ids_are_accepted() {
    let members: String = (0..200_000).map(|number| format!("\"{number}\": {{\"block\": [\"PUT\"]}}, ")).collect();
    let checked = survives(&format!("{{\"resources\": {{\"review\": {{{members}\"*\": {{\"allow\": []}}}}}}}}"));
    assert_eq!(codes(&checked), [Code::ListBecomes500]);
}

#[test]
fn two_hundred_thousand_ids_with_half_a_pair_are_told_apart() {
    const IDS: usize = 200_000;
    // Multiplying by a number without a common divisor visits every id once, in no order.
    let scrambled = (0..IDS).map(|number| number * 77_777 % IDS);
    let members: String = scrambled.map(|id| format!("\"\\ud800{id}\": {{\"block\": [\"PUT\"]}}, ")).collect();
    let twice = "\"\\ud8007\": {\"block\": []}, \"\\ud8017\": {\"block\": []}";
    let checked = survives(&format!("{{\"resources\": {{\"review\": {{{members}{twice}}}}}}}"));
    assert!(checked.verdict().is_accepted());
    // One for each text, one for the key that appears again, one for the list that fails.
    assert_eq!(checked.diagnostics().len() + checked.omitted(), IDS + 2 + 1 + 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_text_makes_it_panic(text in ".*") {
        survives(&text);
    }

    #[test]
    fn no_jumble_of_json_makes_it_panic(text in "[\\[\\]{}:,\"'\\\\/*#a0-9.eE+nu \n\t-]{0,60}") {
        survives(&text);
    }
}
