//! Laws about lint and its fixes.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;
use tollgate_policy::Fix;

use super::brute_force::{accepted, decisions, requests};
use super::documents::varied;
use super::fixes::linted;
use super::proposing::written;
use super::same;
use super::without_effect::deletable;

/// What policies, and mistakes in them, are made of.
pub(crate) const PIECES: [&str; 40] = [
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

/// A text, and which of its fixes are looked at: all of them would take long where a list has dozens of entries.
type Picked = (String, Vec<Index>);

/// A policy in which a character or two were typed wrong.
pub(crate) fn mistyped(document: impl Strategy<Value = Value>) -> impl Strategy<Value = String> {
    let change = (any::<Index>(), select(&PIECES[..]), any::<bool>());
    (document, vec(change, 1..3)).prop_map(|(document, changes)| {
        let mut text: Vec<char> = document.to_string().chars().collect();
        for (place, piece, replaces) in changes {
            let place = place.index(text.len());
            drop(text.splice(place..place + usize::from(replaces), piece.chars()));
        }
        text.into_iter().collect()
    })
}

/// A policy, however written, that lint has fixes for.
pub(crate) fn fixable() -> impl Strategy<Value = Picked> {
    picked((varied(), 0..4_usize).prop_map(|(document, layout)| written(&document, layout)), |_| true)
}

/// A policy that lint has fixes for that keep every decision.
pub(crate) fn safely_fixable() -> impl Strategy<Value = Picked> {
    let texts = (varied(), 0..4_usize).prop_map(|(document, layout)| written(&document, layout));
    picked(texts, |fix| fix.keeps_decisions)
}

/// A policy with a wrong character or two that lint has fixes for.
pub(crate) fn fixable_and_mistyped() -> impl Strategy<Value = Picked> {
    picked(mistyped(varied()), |_| true)
}

fn picked(texts: impl Strategy<Value = String>, is_meant: fn(&Fix) -> bool) -> impl Strategy<Value = Picked> {
    let texts = texts.prop_filter("there is nothing to fix", move |text| {
        linted(text).fixes().into_iter().any(|(_, fix)| is_meant(fix))
    });
    (texts, vec(any::<Index>(), 2))
}

/// A fix fits the text, its finding is gone, and the server still accepts the policy.
pub(crate) fn a_fix_rids_the_text_of_its_finding(text: &str, picks: &[Index]) -> Result<(), String> {
    let linted = linted(text);
    let fixes = linted.fixes();
    for pick in picks.iter().filter(|_| !fixes.is_empty()) {
        let (finding, fix) = pick.get(&fixes);
        linted.keeps_promises(finding, fix)?;
    }
    Ok(())
}

/// The reference decides about every request as before, after a fix that says so.
pub(crate) fn a_fix_keeps_every_decision_where_it_says_so(text: &str, picks: &[Index]) -> Result<(), String> {
    let linted = linted(text);
    let mut fixes = linted.fixes();
    fixes.retain(|(_, fix)| fix.keeps_decisions);
    let before = read(text)?;
    let old = accepted(&before)?;
    for pick in picks.iter().filter(|_| !fixes.is_empty()) {
        let (_, fix) = pick.get(&fixes);
        let after = read(&linted.fixed(fix)?)?;
        let asked = requests(&[&before, &after]);
        same(&fix.title, decisions(&accepted(&after)?, &asked), decisions(&old, &asked))?;
    }
    Ok(())
}

/// What lint says has no effect is exactly what can be deleted by itself, and it is said once.
pub(crate) fn lint_speaks_of_each_part_without_effect_once(document: &Value) -> Result<(), String> {
    let expected: BTreeSet<String> = deletable(document)?.into_iter().map(|(_, pointer)| pointer).collect();
    let mut said = BTreeSet::new();
    for pointer in linted(&document.to_string()).findings.iter().flat_map(|finding| &finding.without_effect) {
        same("said once", said.insert(pointer.to_string()), true)?;
    }
    same("said to have no effect", said, expected)
}

fn read(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("{error}: {text}"))
}
