//! Outlines of texts: the lean reader says what the reader of trees says, in whatever way a policy is written.
#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]

mod spelling;
#[allow(dead_code, reason = "requests are made by others")]
mod strategies;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};
use spelling::{Spelling, Wound, spelling, wound};
use strategies::document;
use tollgate_policy::{Catalog, Order, Outline, Policy, compare, compare_bytes, compare_texts};

/// Ids that begin alike, are prefixes of each other, end at and behind eight bytes, or are not ASCII.
const ITEM_IDS: [&str; 14] = [
    "",
    "*",
    "9",
    "10",
    "100",
    "1000000",
    "10000000",
    "100000000",
    "100000001",
    "administrator",
    "administrators",
    "é",
    "ééééé",
    "a/b {}",
];

/// What plain texts may say in one place; few enough for the same to come again.
fn rules() -> impl Strategy<Value = Value> {
    let usual = select(vec![
        json!({"allow": ["GET"], "block": ["*"]}),
        json!({"block": ["*"], "allow": ["GET", "PUT"]}),
        json!({"allow": ["*"], "block": ["DELETE", "BREW"]}),
        json!({"block": ["DELETE"]}),
        json!({"allow": []}),
        json!({}),
    ]);
    let methods = vec(select(vec!["GET", "PUT", "*", "ZZZ", "get", "BREW", "", "GÉT"]), 0..4);
    let any = (methods.clone(), methods).prop_map(|(allow, block)| json!({"allow": allow, "block": block}));
    prop_oneof![5 => usual, 1 => any]
}

/// The rules of one place that name more methods than there are bits in a word, or nearly.
fn many_methods() -> impl Strategy<Value = Value> {
    (50..70_u32, any::<bool>()).prop_map(|(count, in_reverse)| {
        let numbers: Vec<u32> = if in_reverse { (0..count).rev().collect() } else { (0..count).collect() };
        let names: Vec<String> = numbers.into_iter().map(|number| format!("M{number:02}")).collect();
        json!({"block": names})
    })
}

/// A policy without anything that a plain text has not.
fn plain() -> impl Strategy<Value = Value> {
    let section = vec((select(&ITEM_IDS[..]), rules()), 0..12).prop_map(|members| {
        let members = members.into_iter().map(|(item_id, rules)| (item_id.to_owned(), rules));
        Value::from(members.collect::<Map<_, _>>())
    });
    let sections = vec((select(vec!["user", "review", "diff", "", "gone_extension"]), section), 0..4);
    let everything = option::of(prop_oneof![8 => rules().boxed(), 1 => many_methods().boxed()]);
    (sections, everything, any::<bool>()).prop_map(|(sections, everything, is_first)| {
        let sections = sections.into_iter().map(|(policy_id, section)| (policy_id.to_owned(), section));
        let everything = everything.map(|rules| ("*".to_owned(), rules));
        let resources: Map<String, Value> = if is_first {
            everything.into_iter().chain(sections).collect()
        } else {
            sections.chain(everything).collect()
        };
        json!({ "resources": resources })
    })
}

/// The text of a policy, plain or not, or of something that is nearly one.
fn text() -> impl Strategy<Value = String> {
    let document = prop_oneof![3 => plain().boxed(), 1 => document().boxed()];
    let wounds = prop_oneof![3 => Just(Vec::new()).boxed(), 1 => vec(wound(), 1..3).boxed()];
    (document, spelling(), wounds).prop_map(|(document, spelling, wounds): (Value, Spelling, Vec<Wound>)| {
        wounds.iter().fold(spelling.write(&document), |text, wound| wound.inflict(&text))
    })
}

/// Reads without the lean reader.
fn by_tree(text: &str) -> Option<Outline> {
    Policy::stored(text).map(|policy| Outline::of(&policy))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_lean_reader_says_what_the_reader_of_trees_says(text in text(), other in text()) {
        let catalog = Catalog::review_board_8_1();
        let (lean, by_tree, other) = (Outline::read(&text), by_tree(&text), by_tree(&other));
        prop_assert_eq!(lean.is_some(), by_tree.is_some(), "{}", text);
        let (Some(lean), Some(by_tree)) = (lean, by_tree) else { return Ok(()) };

        prop_assert!(lean.is_equivalent_to(&by_tree), "{}", text);
        prop_assert_eq!(lean.atom_count(), by_tree.atom_count(), "{}", text);
        for (before, after) in [(&lean, &by_tree), (&by_tree, &lean)] {
            let found = before.compare(after, catalog);
            prop_assert_eq!((found.order, found.changes, found.atoms), (Order::Equal, Vec::new(), lean.atom_count()));
        }
        if let Some(other) = other {
            prop_assert_eq!(lean.compare(&other, catalog), by_tree.compare(&other, catalog), "{}", text);
            prop_assert_eq!(other.compare(&lean, catalog), other.compare(&by_tree, catalog), "{}", text);
        }
    }

    #[test]
    fn comparing_texts_is_comparing_their_policies(before in text(), after in text()) {
        let catalog = Catalog::review_board_8_1();
        let policies = Policy::stored(&before).zip(Policy::stored(&after));
        let expected = policies.map(|(before, after)| compare(&before, &after, catalog));
        let found = compare_bytes(before.as_bytes(), after.as_bytes(), catalog);
        prop_assert_eq!(&found, &expected, "{} {}", before, after);
        prop_assert_eq!(compare_texts(&before, &after, catalog), expected, "{} {}", before, after);
    }

    #[test]
    fn bytes_are_read_as_the_text_that_they_are(text in text(), at in any::<Index>(), byte in any::<u8>()) {
        let mut bytes = text.into_bytes();
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let expected = str::from_utf8(&bytes).ok().and_then(by_tree);
        let found = Outline::read_bytes(&bytes);
        prop_assert_eq!(found.is_some(), expected.is_some(), "{:?}", bytes);
        if let (Some(found), Some(expected)) = (found, expected) {
            prop_assert!(found.is_equivalent_to(&expected), "{:?}", bytes);
            prop_assert_eq!(found.atom_count(), expected.atom_count(), "{:?}", bytes);
        }
    }
}

#[test]
fn the_last_of_two_keys_counts_for_both_readers() {
    let twice = r#"{"resources": {"user": {"7": {"block": ["BREW"]}, "7": {"allow": ["GET"]}}}}"#;
    let once = r#"{"resources": {"user": {"7": {"allow": ["GET"]}}}}"#;
    let (twice, once) = (Outline::read(twice).unwrap(), Outline::read(once).unwrap());
    assert!(twice.is_equivalent_to(&once));
    assert_eq!(twice.atom_count(), once.atom_count());
}

#[test]
fn ids_in_any_order_are_found_in_the_order_of_their_texts() {
    let rules = r#"{"block": ["PUT"]}"#;
    let members: Vec<String> = ITEM_IDS
        .iter()
        .filter(|item_id| **item_id != "*")
        .rev()
        .map(|item_id| format!("\"{item_id}\":{rules}"))
        .collect();
    let text = format!(r#"{{"resources": {{"user": {{{}}}}}}}"#, members.join(","));
    let comparison = compare_texts("{}", &text, Catalog::review_board_8_1()).unwrap();
    let found: Vec<String> =
        comparison.changes.iter().map(|change| change.witness.item_id.as_ref().unwrap().to_string()).collect();
    let mut expected: Vec<&str> = ITEM_IDS.into_iter().filter(|item_id| *item_id != "*").collect();
    expected.sort_unstable();
    assert_eq!(found, expected);
}
