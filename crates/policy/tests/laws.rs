//! The laws of the language, one property each.
#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

mod strategies;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use strategies::{accepted, document, item_id, method, policy_id};
use tollgate_policy::{
    Catalog, CompiledPolicy, Effect, JsonPointer, Policy, PrecedenceRow, Severity, StepOutcome, check, explain, parse,
    position,
};

/// The same document with the keys of every object, and the entries of every list, in reverse.
fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            Value::from(members.iter().rev().map(|(key, value)| (key.clone(), reversed(value))).collect::<Map<_, _>>())
        }
        Value::Array(entries) => Value::from(entries.iter().rev().map(reversed).collect::<Vec<_>>()),
        other => other.clone(),
    }
}

fn outcome(policy: &Policy, policy_id: &str, method: &str, item_id: Option<&str>) -> (Effect, PrecedenceRow) {
    let decision = CompiledPolicy::new(policy).decide(policy_id, method, item_id);
    (decision.effect, decision.row)
}

proptest! {
    #[test]
    fn order_of_keys_and_entries_does_not_matter(
        document in document(), policy_id in policy_id(), method in method(), item_id in item_id(),
    ) {
        let (policy, backwards) = (accepted(&document), accepted(&reversed(&document)));
        let item_id = item_id.as_deref();
        prop_assert_eq!(
            outcome(&policy, &policy_id, &method, item_id),
            outcome(&backwards, &policy_id, &method, item_id)
        );
    }

    #[test]
    fn writing_and_reading_again_changes_nothing(
        document in document(), policy_id in policy_id(), method in method(), item_id in item_id(),
    ) {
        let policy = accepted(&document);
        let json = policy.to_json();
        prop_assert_eq!(&serde_json::from_str::<Value>(&json).unwrap(), &document);
        let again = check(&json, Catalog::review_board_8_1()).policy().unwrap();
        prop_assert_eq!(again.to_json(), json);
        let (one, other) = (CompiledPolicy::new(&policy), CompiledPolicy::new(&again));
        let item_id = item_id.as_deref();
        prop_assert_eq!(one.decide(&policy_id, &method, item_id), other.decide(&policy_id, &method, item_id));
    }

    #[test]
    fn a_block_for_the_item_beats_everything(mut document in document(), method in method()) {
        document["resources"]["review"]["7"] = json!({"block": [method.clone()], "allow": ["*", method.clone()]});
        let (effect, row) = outcome(&accepted(&document), "review", &method, Some("7"));
        prop_assert_eq!((effect, row.number()), (Effect::Deny, 1));
    }

    #[test]
    fn an_unnamed_id_decides_like_no_id(document in document(), policy_id in policy_id(), method in method()) {
        let policy = accepted(&document);
        prop_assert_eq!(
            outcome(&policy, &policy_id, &method, Some("unnamed")),
            outcome(&policy, &policy_id, &method, None)
        );
    }

    #[test]
    fn only_its_own_section_and_the_global_rules_matter(
        document in document(), policy_id in policy_id(), method in method(), item_id in item_id(),
    ) {
        let mut narrowed = document.clone();
        if let Some(resources) = narrowed.get_mut("resources").and_then(Value::as_object_mut) {
            resources.retain(|key, _| key == "*" || *key == policy_id);
        }
        let narrowed = Policy::stored(&narrowed.to_string()).unwrap();
        let item_id = item_id.as_deref();
        prop_assert_eq!(
            outcome(&accepted(&document), &policy_id, &method, item_id),
            outcome(&narrowed, &policy_id, &method, item_id)
        );
    }

    #[test]
    fn full_access_allows_everything(policy_id in policy_id(), method in method(), item_id in item_id()) {
        let (effect, row) = outcome(&Policy::full_access(), &policy_id, &method, item_id.as_deref());
        prop_assert_eq!((effect, row.number()), (Effect::Allow, 13));
    }

    #[test]
    fn the_trail_of_an_explanation_leads_to_its_decision(
        document in document(), policy_id in policy_id(), method in method(), item_id in item_id(),
    ) {
        let compiled = CompiledPolicy::new(&accepted(&document));
        let explanation = explain(&compiled, &policy_id, &method, item_id.as_deref());
        prop_assert_eq!(explanation.decision, compiled.decide(&policy_id, &method, item_id.as_deref()));
        let deciding: Vec<StepOutcome> = explanation
            .trail
            .iter()
            .map(|step| step.outcome)
            .filter(|outcome| matches!(outcome, StepOutcome::Decides { .. }))
            .collect();
        let (effect, row) = (explanation.decision.effect, explanation.decision.row);
        prop_assert_eq!(deciding, vec![StepOutcome::Decides { effect, row }]);
    }

    #[test]
    fn a_finding_stands_where_it_says(text in text()) {
        let checked = check(&text, Catalog::review_board_8_1());
        for finding in checked.diagnostics() {
            prop_assert_eq!(finding.position, position(&text, finding.span().start));
            for label in &finding.labels {
                let range = label.span.start as usize..label.span.end as usize;
                prop_assert!(text.get(range.clone()).is_some(), "{:?} in {:?}", range, text);
            }
            prop_assert!(!finding.message.ends_with('.') && !finding.message.contains('\n'));
        }
        let has_errors = checked.diagnostics().iter().any(|finding| finding.severity == Severity::Error);
        prop_assert_eq!(checked.policy().is_none(), has_errors);
        prop_assert_eq!(checked.verdict().is_accepted(), !has_errors);
    }

    #[test]
    fn what_a_strict_reader_accepts_is_json(text in text()) {
        if serde_json::from_str::<Value>(&text).is_ok() {
            prop_assert!(parse(&text).is_json(), "{:?}", text);
        }
    }

    #[test]
    fn pointers_come_back_from_their_written_form(tokens in proptest::collection::vec(".*", 0..5)) {
        let mut pointer = JsonPointer::root();
        tokens.iter().for_each(|token| pointer.push(token));
        prop_assert_eq!(pointer.tokens().collect::<Vec<_>>(), tokens);
        prop_assert_eq!(pointer.to_string().parse::<JsonPointer>(), Ok(pointer));
    }
}

/// Texts of any kind, most of them close to policies.
fn text() -> impl Strategy<Value = String> {
    const PIECES: [&str; 34] = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "'",
        "\\",
        "\n",
        " ",
        "\t",
        "//",
        "/*",
        "#",
        "resources",
        "\"resources\"",
        "\"*\"",
        "\"allow\"",
        "\"block\"",
        "\"GET\"",
        "\"review\"",
        "\\u12",
        "\"\\ud800\"",
        "null",
        "NaN",
        "-",
        "1.5e",
        "01",
        "é",
        "😀",
        "\u{feff}",
        "\0",
        "=",
    ];
    let jumble =
        proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat());
    let cut = (document(), any::<proptest::sample::Index>(), proptest::sample::select(&PIECES[..])).prop_map(
        |(document, place, piece)| {
            let mut text: Vec<char> = document.to_string().chars().collect();
            let place = place.index(text.len());
            drop(text.splice(place..=place, piece.chars()));
            text.into_iter().collect::<String>()
        },
    );
    prop_oneof![3 => jumble, 3 => cut, 1 => ".*"]
}
