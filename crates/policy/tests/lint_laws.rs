//! What holds for lint whatever the text.
#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "the other laws have their own tests")]
mod laws_of_analysis;

use laws_of_analysis::fixes::linted;
use laws_of_analysis::fixing::{
    PIECES, a_fix_keeps_every_decision_where_it_says_so, a_fix_rids_the_text_of_its_finding, mistyped, safely_fixable,
};
use laws_of_analysis::strategies::document;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tollgate_policy::{Catalog, Code, Severity, check, lint, without_effect};

/// Pieces of policies in no order.
fn jumble() -> impl Strategy<Value = String> {
    vec(select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat())
}

fn holds(law: Result<(), String>) -> Result<(), TestCaseError> {
    law.map_err(TestCaseError::fail)
}

proptest! {
    #[test]
    fn fixes_of_policies_keep_their_promises(document in document(), picks in vec(any::<Index>(), 4)) {
        holds(a_fix_rids_the_text_of_its_finding(&document.to_string(), &picks))?;
    }

    #[test]
    fn fixes_of_indented_policies_keep_their_promises(document in document(), picks in vec(any::<Index>(), 4)) {
        holds(a_fix_rids_the_text_of_its_finding(&serde_json::to_string_pretty(&document).unwrap(), &picks))?;
    }

    #[test]
    fn fixes_of_mistyped_policies_keep_their_promises(text in mistyped(document()), picks in vec(any::<Index>(), 4)) {
        holds(a_fix_rids_the_text_of_its_finding(&text, &picks))?;
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
    fn what_check_says_is_said_again_and_in_its_order(text in prop_oneof![mistyped(document()), jumble()]) {
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
    fn every_fix_fits_its_text(text in prop_oneof![mistyped(document()), jumble(), ".*".boxed()]) {
        let linted = linted(&text);
        for (_, fix) in linted.fixes() {
            linted.fixed(fix).unwrap();
        }
    }
}

proptest! {
    // The reference is asked about every request, which takes long where the lists are.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_fix_keeps_every_decision_if_it_says_so((text, picks) in safely_fixable()) {
        holds(a_fix_keeps_every_decision_where_it_says_so(&text, &picks))?;
    }
}
