//! What holds for lint whatever the text.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail loudly")]

mod fixes;
#[allow(dead_code, reason = "requests are made by others")]
mod strategies;

use fixes::linted;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use strategies::document;
use tollgate_policy::{Catalog, Code, Severity, check, lint, without_effect};

const PIECES: [&str; 40] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    ",,",
    "\"",
    "'",
    "\\",
    "\n",
    " ",
    "\t",
    "//",
    "/*",
    "/* x */",
    "// x\n",
    "#",
    "=",
    "=>",
    "resources",
    "\"resources\"",
    "\"*\"",
    "\"allow\"",
    "\"deny\"",
    "'block'",
    "\"GET\"",
    "post",
    "{}",
    "[]",
    "null",
    "True",
    "NaN",
    "-",
    "1.5e",
    "01",
    "\\u12",
    "é",
    "\u{feff}",
    "\0",
];

/// A policy in which a character or two were typed wrong.
fn mistyped() -> impl Strategy<Value = String> {
    let change = (any::<Index>(), select(&PIECES[..]), any::<bool>());
    (document(), vec(change, 1..3)).prop_map(|(document, changes)| {
        let mut text: Vec<char> = document.to_string().chars().collect();
        for (place, piece, replaces) in changes {
            let place = place.index(text.len());
            drop(text.splice(place..place + usize::from(replaces), piece.chars()));
        }
        text.into_iter().collect()
    })
}

/// Pieces of policies in no order.
fn jumble() -> impl Strategy<Value = String> {
    vec(select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat())
}

/// Checks some of the fixes of a text: all of them would take long where a list has dozens of entries.
fn expect_promises_kept(text: &str, picks: &[Index]) {
    let linted = linted(text);
    let fixes = linted.fixes();
    for pick in picks.iter().filter(|_| !fixes.is_empty()) {
        let (finding, fix) = pick.get(&fixes);
        linted.expect_promises_kept(finding, fix);
    }
}

proptest! {
    #[test]
    fn fixes_of_policies_keep_their_promises(document in document(), picks in vec(any::<Index>(), 4)) {
        expect_promises_kept(&document.to_string(), &picks);
    }

    #[test]
    fn fixes_of_indented_policies_keep_their_promises(document in document(), picks in vec(any::<Index>(), 4)) {
        expect_promises_kept(&serde_json::to_string_pretty(&document).unwrap(), &picks);
    }

    #[test]
    fn fixes_of_mistyped_policies_keep_their_promises(text in mistyped(), picks in vec(any::<Index>(), 4)) {
        expect_promises_kept(&text, &picks);
    }

    #[test]
    fn every_part_without_effect_is_spoken_of_once(document in document()) {
        let catalog = Catalog::review_board_8_1();
        let checked = check(&document.to_string(), catalog);
        let parts = without_effect(checked.document(), &checked.policy().unwrap());
        let mut parts: Vec<String> = parts.iter().map(|part| part.unit.pointer().to_string()).collect();
        let findings = lint(&checked, catalog);
        let mut said: Vec<String> = findings.iter().flat_map(|found| &found.without_effect).map(|pointer| pointer.to_string()).collect();
        parts.sort();
        said.sort();
        prop_assert_eq!(said, parts);
    }

    #[test]
    fn what_has_no_effect_is_reported_where_it_is_said(document in document()) {
        for found in linted(&document.to_string()).findings {
            let is_reported = found.diagnostic.code == Code::WithoutEffect;
            prop_assert!(!is_reported || found.without_effect.contains(&found.diagnostic.pointer));
        }
    }

    #[test]
    fn what_check_says_is_said_again_and_in_its_order(text in prop_oneof![mistyped(), jumble()]) {
        let catalog = Catalog::review_board_8_1();
        let checked = check(&text, catalog);
        let findings = lint(&checked, catalog);
        let is_known = |code: Code| code < Code::WithoutEffect;
        let said: Vec<_> = findings.iter().map(|found| &found.diagnostic).filter(|said| is_known(said.code)).collect();
        prop_assert_eq!(said, checked.diagnostics().iter().collect::<Vec<_>>());
        let severities: Vec<Severity> = findings.iter().map(|found| found.diagnostic.severity).collect();
        prop_assert!(severities.is_sorted());
    }

    #[test]
    fn every_fix_fits_its_text(text in prop_oneof![mistyped(), jumble(), ".*".boxed()]) {
        let linted = linted(&text);
        for (_, fix) in linted.fixes() {
            linted.fixed(fix);
        }
    }
}
