//! What is offered at the caret, what is said about a part, and the even layout.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "other tests use the rest")]
mod strategies;

use proptest::prelude::*;
use strategies::document;
use tollgate_policy::assist::{Completion, complete, hover, lay_out};
use tollgate_policy::{Catalog, Policy, parse};

/// A text with its caret, which is written `|`.
fn with_caret(marked: &str) -> (String, u32) {
    let (before, behind) = marked.split_once('|').unwrap_or_else(|| panic!("no caret in {marked}"));
    (format!("{before}{behind}"), u32::try_from(before.len()).unwrap())
}

fn completions(marked: &str) -> (String, Vec<Completion>) {
    let (text, offset) = with_caret(marked);
    let completions = complete(&text, offset, Catalog::review_board_8_1());
    (text, completions)
}

/// The text after the completion was chosen, with the caret where it is then.
fn chosen(text: &str, completion: &Completion) -> String {
    let start = usize::try_from(completion.replace.start).unwrap();
    let end = usize::try_from(completion.replace.end).unwrap();
    let (before, behind) = (text.get(..start).unwrap(), text.get(end..).unwrap());
    let (left, right) = completion.insert.split_at(usize::try_from(completion.caret).unwrap());
    format!("{before}{left}|{right}{behind}")
}

#[track_caller]
fn offers(marked: &str, expected: &[&str]) {
    let (_, completions) = completions(marked);
    let labels = completions.iter().map(|completion| completion.label.as_str()).collect::<Vec<_>>();
    assert_eq!(labels, expected, "{marked}");
}

/// The place offers this, and choosing it makes that.
#[track_caller]
fn becomes(marked: &str, label: &str, expected: &str) {
    let (text, completions) = completions(marked);
    let Some(completion) = completions.iter().find(|completion| completion.label == label) else {
        panic!("{marked} does not offer {label}, but {completions:?}");
    };
    assert_eq!(chosen(&text, completion), expected, "{marked}");
}

#[test]
fn each_place_offers_what_it_may_hold() {
    offers("|", &["{}", "read-only"]);
    offers("{|}", &["resources"]);
    offers(r#"{"resources": |}"#, &["{}"]);
    offers(r#"{"resources": {"*": {|}}}"#, &["allow", "block"]);
    offers(r#"{"resources": {"review": {"*": {|}}}}"#, &["allow", "block"]);
    offers(r#"{"resources": {"review": {"7": {"allow": |}}}}"#, &["[]"]);
    offers(r#"{"resources": {"*": {"allow": [|]}}}"#, &["GET", "POST", "PUT", "DELETE", "*"]);
    offers(r#"{"resources": {"review": {|}}}"#, &["*", "id"]);
    offers(r#"{"resources": {"server_info": {|}}}"#, &["*"]);
    offers(r#"{"resources": {"server_info": {"*": {"block": ["|"]}}}}"#, &["GET", "*"]);
}

#[test]
fn all_resources_are_offered_by_their_policy_ids() {
    let (_, completions) = completions(r#"{"resources": {"|"}}"#);
    let catalog = Catalog::review_board_8_1();
    assert_eq!(completions.len(), catalog.policy_ids().count() + 1);
    let detail = |label: &str| completions.iter().find(|one| one.label == label).map(|one| one.detail.as_str());
    assert_eq!(detail("review"), Some("reviews: GET, POST, PUT, DELETE"));
    assert_eq!(detail("api_token"), Some("api tokens: closed to tokens"));
}

#[test]
fn what_is_there_already_is_not_offered_again() {
    offers(r#"{"resources": {"*": {"block": ["*"], |}}}"#, &["allow"]);
    offers(r#"{"resources": {"*": {|, "block": ["*"]}}}"#, &["allow"]);
    offers(r#"{"resources": {"*": {"allow": ["GET", "|", "PUT"]}}}"#, &["POST", "DELETE", "*"]);
    offers(r#"{"resources": {"*": {}}, |}"#, &[]);
    // The key that is being written is not there already.
    offers(r#"{"resources": {"*": {"allow|": [], "block": []}}}"#, &["allow"]);
}

#[test]
fn nothing_is_offered_where_nothing_fits() {
    for marked in [
        r#"{"resources": {}|}"#,
        r#"{"resources" |: {}}"#,
        r#"{"resources": {"*": {"allow": ["GET"|]}}}"#,
        r#"{"resources": {"*": {"allow": "|"}}}"#,
        r#"{"note": {|}}"#,
        r#"{"resources": {"review": {"*": {"allow": [[|]]}}}}"#,
        "{} |",
        "{ // a remark|\n}",
    ] {
        offers(marked, &[]);
    }
}

#[test]
fn half_written_texts_are_understood() {
    offers(r#"{"resources": {"*": {"allow": ["|"#, &["GET", "POST", "PUT", "DELETE", "*"]);
    offers(r#"{'resources': {'*': {'al|"#, &["allow", "block"]);
    offers(r#"{resources: {review: {"*": {al|"#, &["allow", "block"]);
    offers(r#"{"resources": {"*": {"allow": ["GET"] "bl|"}}}"#, &["block"]);
    offers(r#"{"resources": {"review": {"*": {"allow": ["GET"}, |"#, &["id"]);
    offers(r#"{"resources": {"*": {|, "block": ["GET"#, &["allow"]);
    let (_, open_text) = completions("{\"resources\": {\n  \"rev|\n  \"*\": {\"allow\": []}\n}}");
    assert_eq!(open_text.len(), Catalog::review_board_8_1().policy_ids().count());
}

#[test]
fn a_key_brings_what_it_needs_and_no_more() {
    becomes("{|}", "resources", r#"{"resources": {|}}"#);
    becomes(r#"{"resources": {"*": {"al|"}}}"#, "allow", r#"{"resources": {"*": {"allow": [|]}}}"#);
    becomes(r#"{"resources": {"*": {"al|": ["GET"]}}}"#, "allow", r#"{"resources": {"*": {"allow"|: ["GET"]}}}"#);
    becomes(r#"{"resources": {"rev|"#, "review", r#"{"resources": {"review": {|}"#);
    becomes(r#"{"resources": {rev|: {}}}"#, "review", r#"{"resources": {"review"|: {}}}"#);
    becomes(r#"{"resources": {"repository": {|}}}"#, "id", r#"{"resources": {"repository": {"|": {}}}}"#);
    becomes(r#"{"resources": {"*": {"allow": ["GE|"]}}}"#, "GET", r#"{"resources": {"*": {"allow": ["GET"|]}}}"#);
    becomes(r#"{"resources": |}"#, "{}", r#"{"resources": {|}}"#);
}

#[test]
fn a_text_without_its_quote_takes_nothing_of_what_follows() {
    becomes(
        r#"{"resources": {"rev| "*": {"allow": []}}}"#,
        "review",
        r#"{"resources": {"review": {|} "*": {"allow": []}}}"#,
    );
}

#[track_caller]
fn says(marked: &str, about: &str, words: &[&str]) {
    let (text, offset) = with_caret(marked);
    let Some(hover) = hover(&text, offset, Catalog::review_board_8_1()) else { panic!("nothing about {marked}") };
    assert_eq!(hover.span.slice(&text), about, "{marked}");
    assert_eq!(hover.words, words, "{marked}");
}

#[test]
fn a_part_is_told_in_words() {
    says(
        r#"{"res|ources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#,
        "\"resources\"",
        &["a token may read everything; nothing else", "the rules, by resource"],
    );
    says(
        r#"{"resources": {"|review": {"*": {"allow": ["GET"], "block": ["*"]}}}}"#,
        "\"review\"",
        &["a token may read reviews", "reviews: GET, POST, PUT, DELETE"],
    );
    says(
        r#"{"resources": {"review": {"|*": {"allow": ["GET"], "block": ["*"]}}}}"#,
        "\"*\"",
        &["allows `GET`, blocks every other method", "for every `review` without rules of its own, and for the list"],
    );
    says(
        r#"{"resources": {"repository": {"7|": {"block": ["PUT", "DELETE"]}}}}"#,
        "\"7\"",
        &[
            "blocks `PUT` and `DELETE`, says nothing about other methods",
            "for `repository` `7` alone, before every other rule",
        ],
    );
    says(
        r#"{"resources": {"|*": {"allow": ["*", "PUT"], "block": ["PUT"]}}}"#,
        "\"*\"",
        &[
            "blocks `PUT`, allows every other method",
            "for every request that no rule for its resource or its id decides",
        ],
    );
}

#[test]
fn an_entry_is_told_in_words() {
    let rule = "for every request that no rule for its resource or its id decides";
    says(r#"{"resources": {"*": {"block": ["P|UT"]}}}"#, "\"PUT\"", &["holds `PUT` (change) back", rule]);
    says(
        r#"{"resources": {"*": {"allow": ["*|"]}}}"#,
        "\"*\"",
        &["lets every method through that these rules do not name", rule],
    );
    says(
        r#"{"resources": {"*": {"allow": ["g|et"]}}}"#,
        "\"get\"",
        &["matches nothing: `get` is no method that Review Board knows"],
    );
}

#[test]
fn a_refused_policy_is_told_as_far_as_it_goes() {
    says(r#"{"resources": {"review|": {"*": {"allow": ["GET"#, "\"review\"", &["reviews: GET, POST, PUT, DELETE"]);
    says(r#"{"resources": {"|weather": {}"#, "\"weather\"", &["`weather` is not in the catalog"]);
    says(
        r#"{"resources": {"|api_token": {"*": {"allow": ["GET"]}}}}"#,
        "\"api_token\"",
        &["api tokens: closed to tokens"],
    );
}

#[test]
fn nothing_is_told_where_nothing_stands() {
    for marked in ["|{}", "{} |", r#"{"no|te": 1}"#, r#"{"resources": 1|2}"#, r#"{"resources": {"*": {"note|": []}}}"#]
    {
        let (text, offset) = with_caret(marked);
        assert_eq!(hover(&text, offset, Catalog::review_board_8_1()), None, "{marked}");
    }
}

#[track_caller]
fn lays_out(text: &str, expected: &str) {
    assert_eq!(lay_out(text).as_deref(), Some(expected));
    assert_eq!(lay_out(expected).as_deref(), Some(expected), "laid out twice");
}

#[test]
fn the_layout_is_even() {
    lays_out("{}", "{}\n");
    lays_out(" [ ] ", "[]\n");
    lays_out(r#"{"resources":{}}"#, "{ \"resources\": {} }\n");
    lays_out(
        r#"{"resources":{"review":{"*":{"allow":["GET"]},"7":{"block":["*"]}},"*":{"allow":[],"block":["*"]}}}"#,
        "{\n  \"resources\": {\n    \"review\": {\n      \"*\": { \"allow\": [\"GET\"] },\n      \"7\": { \"block\": [\"*\"] }\n    },\n    \
         \"*\": { \"allow\": [], \"block\": [\"*\"] }\n  }\n}\n",
    );
}

#[test]
fn a_list_that_is_too_long_takes_several_lines() {
    let long = format!("[{}]", ["\"A_METHOD\""; 12].join(","));
    let lines = format!("[\n  {}\n]\n", ["\"A_METHOD\""; 12].join(",\n  "));
    lays_out(&long, &lines);
}

#[test]
fn what_cannot_be_laid_out_evenly_is_left_alone() {
    for text in ["", "{", "{} {}", "{a: 1}", "\u{feff}{}"] {
        assert_eq!(lay_out(text), None, "{text}");
    }
    let deep = format!("{}{}", "[".repeat(33), "]".repeat(33));
    assert_eq!(lay_out(&deep), None);
}

/// A text without the space between its parts.
fn squeezed(text: &str) -> String {
    let mut is_text = false;
    let mut is_escaped = false;
    let keep = |character: &char| {
        if *character == '"' && !is_escaped {
            is_text = !is_text;
        }
        is_escaped = is_text && *character == '\\' && !is_escaped;
        is_text || !character.is_ascii_whitespace()
    };
    text.chars().filter(keep).collect()
}

proptest! {
    #[test]
    fn a_layout_changes_nothing_but_space(document in document()) {
        let text = document.to_string();
        let even = lay_out(&text).unwrap();
        prop_assert_eq!(squeezed(&even), squeezed(&text));
        prop_assert_eq!(lay_out(&even), Some(even.clone()));
        prop_assert_eq!(Policy::stored(&even).unwrap().to_json(), Policy::stored(&text).unwrap().to_json());
    }

    #[test]
    fn no_text_and_no_caret_make_it_fail(text in r#"[\[\]{}:,"'/*a-z \n\\😀]{0,40}"#, offset in 0..60_u32) {
        let catalog = Catalog::review_board_8_1();
        for completion in complete(&text, offset, catalog) {
            prop_assert!(usize::try_from(completion.caret).unwrap() <= completion.insert.len());
        }
        hover(&text, offset, catalog);
        prop_assert_eq!(lay_out(&text).is_some(), parse(&text).is_json());
    }

    #[test]
    fn a_key_that_stands_there_is_among_what_is_offered(document in document(), which in any::<prop::sample::Index>()) {
        let text = document.to_string();
        let keys = ["allow", "block"].map(|key| format!("\"{key}\":"));
        let stand = keys.iter().flat_map(|key| text.match_indices(key.as_str())).collect::<Vec<_>>();
        prop_assume!(!stand.is_empty());
        let (start, key) = stand.get(which.index(stand.len())).copied().unwrap();
        let completions = complete(&text, u32::try_from(start + 2).unwrap(), Catalog::review_board_8_1());
        let label = key.trim_matches(['"', ':']);
        prop_assert!(completions.iter().any(|completion| completion.label == label), "{}: {:?}", text, completions);
    }
}
