//! Texts are read as Python's `json` module reads them, down to the place where it stops.
//!
//! Source: recorded from `json.loads` and `json.dumps` of Python 3.11.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use tollgate_policy::{Catalog, check, parse};

/// Texts that Python refuses, with the line, column and offset it names.
const REFUSED: &[(&str, u32, u32, u32)] = &[
    ("", 1, 1, 0),
    (" ", 1, 2, 1),
    ("\n\t ", 2, 3, 3),
    ("x", 1, 1, 0),
    ("*", 1, 1, 0),
    ("nul", 1, 1, 0),
    ("True", 1, 1, 0),
    ("None", 1, 1, 0),
    ("{", 1, 2, 1),
    ("}", 1, 1, 0),
    ("[", 1, 2, 1),
    ("]", 1, 1, 0),
    ("\"", 1, 1, 0),
    ("\"abc", 1, 1, 0),
    ("{} x", 1, 4, 3),
    ("{}}", 1, 3, 2),
    ("[]]", 1, 3, 2),
    ("{'a': 1}", 1, 2, 1),
    ("['a']", 1, 2, 1),
    ("{\"a\":}", 1, 6, 5),
    ("{\"a\":,\"b\":1}", 1, 6, 5),
    ("{\"a\":[1,],\"b\":2}", 1, 9, 8),
    ("{\"a\": 1,}", 1, 9, 8),
    ("{,}", 1, 2, 1),
    ("{\"a\":1,,\"b\":2}", 1, 8, 7),
    ("[1,]", 1, 4, 3),
    ("[,1]", 1, 2, 1),
    ("[1,,2]", 1, 4, 3),
    ("{\"a\" 1}", 1, 6, 5),
    ("{\"a\"}", 1, 5, 4),
    ("{\"a\", \"b\"}", 1, 5, 4),
    ("{\"a\" = 1}", 1, 6, 5),
    ("{\"a\": 1 \"b\": 2}", 1, 9, 8),
    ("[\"a\" \"b\"]", 1, 6, 5),
    ("[1 2]", 1, 4, 3),
    ("{a: 1}", 1, 2, 1),
    ("{1: 2}", 1, 2, 1),
    ("{null: 2}", 1, 2, 1),
    ("{: 1}", 1, 2, 1),
    ("{{}}", 1, 2, 1),
    ("{[]}", 1, 2, 1),
    ("-", 1, 1, 0),
    ("-x", 1, 1, 0),
    ("1.", 1, 2, 1),
    (".5", 1, 1, 0),
    ("01", 1, 2, 1),
    ("[01]", 1, 3, 2),
    ("1e", 1, 2, 1),
    ("1e+", 1, 2, 1),
    ("0x10", 1, 2, 1),
    ("+1", 1, 1, 0),
    ("--1", 1, 1, 0),
    ("\u{feff}{}", 1, 1, 0),
    ("\u{feff}", 1, 1, 0),
    ("// c\n{}", 1, 1, 0),
    ("{/* c */}", 1, 2, 1),
    ("{\"a\": 1 // c\n}", 1, 9, 8),
    ("# c", 1, 1, 0),
    ("{} // c", 1, 4, 3),
    ("/* c", 1, 1, 0),
    ("{\"a\": \"\t\"}", 1, 8, 7),
    ("{\"a\": \"\n\"}", 1, 8, 7),
    ("{\"a\n\": 1}", 1, 4, 3),
    ("{\"a\": \"x\n}", 1, 9, 8),
    ("\"\\x\"", 1, 2, 1),
    ("\"\\", 1, 1, 0),
    ("\"\\u12\"", 1, 3, 2),
    ("\"\\u12G4\"", 1, 3, 2),
    ("\"\\u1234", 1, 3, 2),
    ("\"\\ud83d\\u12\"", 1, 9, 8),
    ("\"\\ud83d\\uZZZZ\"", 1, 9, 8),
    ("\"a\\\n\"", 1, 3, 2),
    ("{\n  \"resources\": {\n    \"*\": {\n      \"allow\": [\"*\"]\n      \"block\": []\n    }\n  }\n}", 5, 7, 57),
    ("{\"a\": {\"b\": [1, 2}}", 1, 18, 17),
    ("{\"a\": [1, 2}", 1, 12, 11),
    ("[1}", 1, 3, 2),
    ("{\"a\": 1]", 1, 8, 7),
    ("[{\"a\": 1]", 1, 9, 8),
    ("{\"a\": (1)}", 1, 7, 6),
    ("{\"resources\"", 1, 13, 12),
    ("{\"resources", 1, 2, 1),
    ("{\"a\": 1", 1, 8, 7),
    ("{\"a\": [", 1, 8, 7),
    ("{\"a\": [1", 1, 9, 8),
    ("{\"a\": 1,", 1, 9, 8),
    ("[1,", 1, 4, 3),
    ("{\"a\":", 1, 6, 5),
    ("nulll", 1, 5, 4),
    ("\"a\"b", 1, 4, 3),
    ("[truex]", 1, 6, 5),
    ("[Infinit]", 1, 2, 1),
    ("[-Infinit]", 1, 2, 1),
    ("[nan]", 1, 2, 1),
    ("\0", 1, 1, 0),
    ("{}\0", 1, 3, 2),
    ("\u{a0}{}", 1, 1, 0),
    ("{}\u{2028}", 1, 3, 2),
    ("é{", 1, 1, 0),
    ("{\"😀\": x}", 1, 7, 6),
    ("[\"😀\" 1]", 1, 6, 5),
    ("\r\n{\r\n\"a\"\r\n}", 4, 1, 10),
    ("\u{c}{}", 1, 1, 0),
    ("{\"é😀\n", 1, 5, 4),
    ("[1 \"abc", 1, 4, 3),
    ("{\"a\":1 b:2}", 1, 8, 7),
    ("{\"a\": 1; \"b\": 2}", 1, 8, 7),
    ("[\"a\";]", 1, 5, 4),
    ("[yes]", 1, 2, 1),
    ("{\"a\": tru}", 1, 7, 6),
    ("{\"a\": \"b\" : 1}", 1, 11, 10),
    ("[:]", 1, 2, 1),
    (":", 1, 1, 0),
    (",", 1, 1, 0),
];

/// Texts that Python accepts, and how it writes them again; numbers keep their own spelling here.
const ACCEPTED: &[(&str, &str)] = &[
    ("{}", "{}"),
    ("[]", "[]"),
    (" {} ", "{}"),
    ("\t\r\n{}\n", "{}"),
    ("NaN", "NaN"),
    ("[NaN, Infinity, -Infinity]", "[NaN, Infinity, -Infinity]"),
    ("-0", "-0"),
    ("0", "0"),
    ("1e5", "1e5"),
    ("1E-5", "1E-5"),
    ("1.5e+10", "1.5e+10"),
    ("-1.5", "-1.5"),
    ("[0.0]", "[0.0]"),
    ("\"\\ud800\"", "\"\\ud800\""),
    ("\"\\udc00\\ud800\"", "\"\\udc00\\ud800\""),
    ("\"\\ud83d\\ude00\"", "\"\\ud83d\\ude00\""),
    ("{\"a\":1,\"a\":2}", "{\"a\": 2}"),
    ("\"\u{7f}\"", "\"\\u007f\""),
    ("\"\u{2028}\"", "\"\\u2028\""),
    ("\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"", "\"/\\b\\f\\n\\r\\t\\\"\\\\\""),
    ("{\"\":{}}", "{\"\": {}}"),
    ("[[[[[[[]]]]]]]", "[[[[[[[]]]]]]]"),
    ("{\"b\":1,\"a\":{\"x\":1,\"y\":2,\"x\":3},\"b\":4}", "{\"b\": 4, \"a\": {\"x\": 3, \"y\": 2}}"),
    (
        "[1,{\"a\":[1,{\"z\":1,\"z\":{\"q\":null}}]},true,false,null]",
        "[1, {\"a\": [1, {\"z\": {\"q\": null}}]}, true, false, null]",
    ),
    ("\"é😀\\u00e9\\u001f\"", "\"\\u00e9\\ud83d\\ude00\\u00e9\\u001f\""),
    ("[ 1 ,2 ]", "[1, 2]"),
];

#[test]
fn the_first_mistake_stands_where_python_stops() {
    for (text, line, column, offset) in REFUSED {
        let document = parse(text);
        assert!(!document.is_json(), "{text:?}");
        let position = document.diagnostics().first().unwrap().position;
        assert_eq!((position.line, position.column, position.offset), (*line, *column, *offset), "{text:?}");
    }
}

#[test]
fn what_python_accepts_is_json() {
    for (text, _) in ACCEPTED {
        assert!(parse(text).is_json(), "{text:?}");
    }
}

#[test]
fn values_are_written_as_python_writes_them() {
    for (text, written) in ACCEPTED {
        let text = format!("{{\"resources\":{{\"*\":{{\"allow\":[]}}}},\"more\":{text}}}");
        let policy = check(&text, Catalog::review_board_8_1()).policy().unwrap();
        let expected = format!("{{\"resources\": {{\"*\": {{\"allow\": []}}}}, \"more\": {written}}}");
        assert_eq!(policy.to_json(), expected);
    }
}

#[test]
fn the_last_of_duplicate_keys_counts_at_the_place_of_the_first() {
    let text = r#"{"resources": 1, "x": 2, "resources": {"*": {"allow": 1, "block": [], "allow": ["GET"]}}}"#;
    let policy = check(text, Catalog::review_board_8_1()).policy().unwrap();
    assert_eq!(policy.to_json(), r#"{"resources": {"*": {"allow": ["GET"], "block": []}}, "x": 2}"#);
}

#[test]
fn lone_surrogates_equal_no_text_but_pairs_do() {
    let text = r#"{"resources": {"user": {"\ud83d\ude00": {"block": ["*"]}, "\ud83d": {"block": ["\ude00"]}}}}"#;
    let policy = check(text, Catalog::review_board_8_1()).policy().unwrap();
    let section = policy.section("user").unwrap();
    let places: Vec<String> =
        policy.rule_sets_of(section).iter().map(|rules| rules.place().pointer().to_string()).collect();
    assert_eq!(places, ["/resources/user/😀"]);
    assert!(section.names_ids());
}
