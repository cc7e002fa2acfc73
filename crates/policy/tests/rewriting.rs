//! Edits of texts: what they make of a text, byte for byte.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail loudly")]

use tollgate_policy::rewrite::{add_method, apply, remove, replace_entry};
use tollgate_policy::{ListName, Place, parse};

/// A text, a pointer, and the text without what stands there; `-` if nothing can be removed.
const REMOVALS: &[(&str, &str, &str)] = &[
    // Entries.
    (r#"{"resources": {"*": {"allow": ["A", "B", "C"]}}}"#, "/resources/*/allow/0", r#"["B", "C"]"#),
    (r#"{"resources": {"*": {"allow": ["A", "B", "C"]}}}"#, "/resources/*/allow/1", r#"["A", "C"]"#),
    (r#"{"resources": {"*": {"allow": ["A", "B", "C"]}}}"#, "/resources/*/allow/2", r#"["A", "B"]"#),
    (r#"{"resources": {"*": {"allow": [ "A" ]}}}"#, "/resources/*/allow/0", r#"[]"#),
    (r#"{"resources": {"*": {"allow": ["A",[1,{"]": 2}],"C"]}}}"#, "/resources/*/allow/1", r#"["A","C"]"#),
    ("{\"resources\": {\"*\": {\"allow\": [\n  \"A\"\n]}}}", "/resources/*/allow/0", "[]"),
    ("{\"resources\": {\"*\": {\"allow\": [\n  \"A\",\n  \"B\"\n]}}}", "/resources/*/allow/0", "[\n  \"B\"\n]"),
    ("{\"resources\": {\"*\": {\"allow\": [\"A\", \"B\",\n  \"C\"]}}}", "/resources/*/allow/1", "[\"A\",\n  \"C\"]"),
    (r#"{"resources": {"*": {"allow": ["A"]}}}"#, "/resources/*/allow/1", "-"),
    (r#"{"resources": {"*": {"allow": ["A"]}}}"#, "/resources/*/allow/00", "-"),
    (r#"{"resources": {"*": {"allow": ["A"]}}}"#, "/resources/*/allow/0/0", "-"),
    // Members.
    (r#"{"a": 1, "b": {"x": [2]}, "c": 3}"#, "/a", r#"{"b": {"x": [2]}, "c": 3}"#),
    (r#"{"a": 1, "b": {"x": [2]}, "c": 3}"#, "/b", r#"{"a": 1, "c": 3}"#),
    (r#"{"a": 1, "b": {"x": [2]}, "c": 3}"#, "/b/x", r#"{"a": 1, "b": {}, "c": 3}"#),
    (r#"{"a": 1, "b": {"x": [2]}, "c": 3}"#, "/c", r#"{"a": 1, "b": {"x": [2]}}"#),
    ("{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n", "/a", "{\n  \"b\": 2,\n  \"c\": 3\n}\n"),
    ("{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n", "/b", "{\n  \"a\": 1,\n  \"c\": 3\n}\n"),
    ("{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n", "/c", "{\n  \"a\": 1,\n  \"b\": 2\n}\n"),
    ("{ \"a\": 1\n, \"b\": 2\n, \"c\": 3\n}", "/b", "{ \"a\": 1\n, \"c\": 3\n}"),
    (r#"{"a/b~c": 1, "d": 2}"#, "/a~1b~0c", r#"{"d": 2}"#),
    (r#"{"\u0061": 1, "d": 2}"#, "/a", r#"{"d": 2}"#),
    (r#"{"\"]},{": 1, "d": 2}"#, "/\"]},{", r#"{"d": 2}"#),
    // Of members with one key, the earlier ones would come back.
    (r#"{"a": 1, "b": 2, "a": 3}"#, "/a", r#"{"b": 2}"#),
    (r#"{"a": 1, "a": 3}"#, "/a", "{}"),
    (r#"{"a": {"x": 1}, "a": {"x": 2, "y": 3}}"#, "/a/x", r#"{"a": {"x": 1}, "a": {"y": 3}}"#),
    (r#"{"a": {"x": 1}, "a": {"y": 3}}"#, "/a/x", "-"),
    (r#"{"a": 1}"#, "", "-"),
    (r#"{"a": 1}"#, "/b", "-"),
    (r#"{"a": 1,}"#, "/a", "-"),
    (r#""a""#, "/a", "-"),
];

/// What a text of the table is expected to be: a list stands for the whole document around it.
fn whole(text: &str, expected: &str) -> String {
    let list = text.find("\"allow\": ").map(|start| start + "\"allow\": ".len());
    match (list, expected.starts_with('[')) {
        (Some(list), true) => format!("{}{expected}}}}}}}", text.get(..list).unwrap()),
        _ => expected.to_owned(),
    }
}

#[test]
fn what_is_removed_takes_one_comma_along() {
    for (text, pointer, expected) in REMOVALS {
        let edits = remove(&parse(text), &pointer.parse().unwrap());
        let removed = edits.map(|edits| apply(text, &edits).unwrap());
        assert_eq!(removed.as_deref().unwrap_or("-"), whole(text, expected), "{pointer} of {text}");
    }
}

/// A text, the resource and id of a rule set, a list, a method, and the text with it; `-` if it cannot be added.
const ADDITIONS: &[(&str, &str, ListName, &str, &str)] = &[
    // Written on one line, as its neighbors are.
    ("{}", "*", ListName::Block, "PUT", r#"{"resources": {"*": {"block": ["PUT"]}}}"#),
    ("{ }", "review", ListName::Block, "PUT", r#"{"resources": {"review": {"*": {"block": ["PUT"]}}}}"#),
    ("{}\n", "review 7", ListName::Allow, "GET", "{\"resources\": {\"review\": {\"7\": {\"allow\": [\"GET\"]}}}}\n"),
    (r#"{"resources":{}}"#, "*", ListName::Allow, "GET", r#"{"resources":{"*":{"allow":["GET"]}}}"#),
    (r#"{"version": 1}"#, "*", ListName::Allow, "GET", r#"{"version": 1, "resources": {"*": {"allow": ["GET"]}}}"#),
    (
        r#"{"resources":{"*":{"block":["*"]}}}"#,
        "review 7",
        ListName::Allow,
        "GET",
        r#"{"resources":{"*":{"block":["*"]},"review":{"7":{"allow":["GET"]}}}}"#,
    ),
    (
        r#"{ "resources" : { "*" : { "block" : [ "*" ] } } }"#,
        "review",
        ListName::Allow,
        "GET",
        r#"{ "resources" : { "*" : { "block" : [ "*" ] }, "review" : { "*" : { "allow" : [ "GET" ] } } } }"#,
    ),
    // A list that is there.
    (r#"{"resources": {"*": {"allow": []}}}"#, "*", ListName::Allow, "A", r#"{"resources": {"*": {"allow": ["A"]}}}"#),
    (r#"{"resources": {"*": {"allow": [ ]}}}"#, "*", ListName::Allow, "A", r#"{"resources": {"*": {"allow": ["A"]}}}"#),
    (
        r#"{"resources": {"*": {"allow": [7]}}}"#,
        "*",
        ListName::Allow,
        "A",
        r#"{"resources": {"*": {"allow": [7, "A"]}}}"#,
    ),
    (r#"{"resources":{"*":{"allow":["A"]}}}"#, "*", ListName::Allow, "B", r#"{"resources":{"*":{"allow":["A","B"]}}}"#),
    (
        r#"{"resources": {"*": {"allow": ["A" , "B"]}}}"#,
        "*",
        ListName::Allow,
        "C",
        r#"{"resources": {"*": {"allow": ["A" , "B" , "C"]}}}"#,
    ),
    (
        "{\"resources\": {\"*\": {\"allow\": [\n  \"A\"\n]}}}",
        "*",
        ListName::Allow,
        "B",
        "{\"resources\": {\"*\": {\"allow\": [\n  \"A\",\n  \"B\"\n]}}}",
    ),
    (
        r#"{"resources": {"*": {"allow": ["\u0041"]}}}"#,
        "*",
        ListName::Allow,
        "A",
        r#"{"resources": {"*": {"allow": ["\u0041"]}}}"#,
    ),
    // What is for everything goes first, and so does what is allowed.
    (
        r#"{"resources": {"user": {}}}"#,
        "*",
        ListName::Block,
        "A",
        r#"{"resources": {"*": {"block": ["A"]}, "user": {}}}"#,
    ),
    (
        r#"{"resources": {"user": {"7": {"block": []}}}}"#,
        "user",
        ListName::Block,
        "A",
        r#"{"resources": {"user": {"*": {"block": ["A"]}, "7": {"block": []}}}}"#,
    ),
    (
        r#"{"resources": {"*": {"block": ["*"]}}}"#,
        "*",
        ListName::Allow,
        "A",
        r#"{"resources": {"*": {"allow": ["A"], "block": ["*"]}}}"#,
    ),
    (
        r#"{"resources": {"*": {"allow": ["*"]}}}"#,
        "*",
        ListName::Block,
        "A",
        r#"{"resources": {"*": {"allow": ["*"], "block": ["A"]}}}"#,
    ),
    // Sections and rule sets that are empty are filled.
    (
        r#"{"resources": {"user": {}}}"#,
        "user 7",
        ListName::Block,
        "A",
        r#"{"resources": {"user": {"7": {"block": ["A"]}}}}"#,
    ),
    (r#"{"resources": {"*": {}}}"#, "*", ListName::Block, "A", r#"{"resources": {"*": {"block": ["A"]}}}"#),
    // Names are quoted; of duplicates the last one counts.
    ("{}", "user a\"\\b\n", ListName::Block, "É", r#"{"resources": {"user": {"a\"\\b\u000a": {"block": ["É"]}}}}"#),
    (
        r#"{"resources": {"*": {"block": ["A"]}, "*": {"block": []}}}"#,
        "*",
        ListName::Block,
        "A",
        r#"{"resources": {"*": {"block": ["A"]}, "*": {"block": ["A"]}}}"#,
    ),
    // Something else is in the way.
    (r#"{"resources": []}"#, "*", ListName::Block, "A", "-"),
    (r#"{"resources": {"*": {"block": "A"}}}"#, "*", ListName::Block, "A", "-"),
    (r#"{"resources": {"*": {"block": {}}}}"#, "*", ListName::Block, "A", "-"),
    ("[]", "*", ListName::Block, "A", "-"),
    ("{} {}", "*", ListName::Block, "A", "-"),
];

/// `*`, a resource, or a resource and an id behind a space.
fn place(words: &str) -> Place {
    match words.split_once(' ') {
        Some((policy_id, item_id)) => Place::Item { policy_id: policy_id.into(), item_id: item_id.into() },
        None if words == "*" => Place::Everything,
        None => Place::Resource { policy_id: words.into() },
    }
}

fn added(text: &str, words: &str, list: ListName, method: &str) -> String {
    let edits = add_method(&parse(text), &place(words), list, &method.into());
    edits.map_or_else(|| "-".to_owned(), |edits| apply(text, &edits).unwrap())
}

#[test]
fn what_is_added_looks_like_its_neighbors() {
    for (text, words, list, method, expected) in ADDITIONS {
        assert_eq!(added(text, words, *list, method), *expected, "{method} for {words} in {text}");
    }
}

/// A document over lines, with lists on one line.
const INDENTED: &str = r#"{
  "resources": {
    "*": {
      "allow": ["GET"],
      "block": ["*"]
    }
  }
}
"#;

#[test]
fn a_section_is_indented_like_the_rules_beside_it() {
    let expected = r#"{
  "resources": {
    "*": {
      "allow": ["GET"],
      "block": ["*"]
    },
    "review": {
      "7": {
        "allow": ["POST"]
      }
    }
  }
}
"#;
    assert_eq!(added(INDENTED, "review 7", ListName::Allow, "POST"), expected);
}

#[test]
fn lists_over_lines_get_company_of_their_kind() {
    let indented =
        INDENTED.replace("[\"GET\"]", "[\n        \"GET\"\n      ]").replace("[\"*\"]", "[\n        \"*\"\n      ]");
    let expected = indented.replace("\"GET\"\n", "\"GET\",\n        \"PUT\"\n");
    assert_eq!(added(&indented, "*", ListName::Allow, "PUT"), expected);

    let section = r#"    },
    "review": {
      "*": {
        "allow": [
          "POST"
        ]
      }
    }
  }
}
"#;
    let expected = indented.replace("    }\n  }\n}\n", section);
    assert_eq!(added(&indented, "review", ListName::Allow, "POST"), expected);
}

#[test]
fn lines_and_indentation_are_those_of_the_text() {
    let tabs = INDENTED.replace("  ", "\t").replace('\n', "\r\n");
    let expected = tabs.replace(
        "\t\t}\r\n\t}\r\n",
        "\t\t},\r\n\t\t\"review\": {\r\n\t\t\t\"*\": {\r\n\t\t\t\t\"block\": [\"PUT\"]\r\n\t\t\t}\r\n\t\t}\r\n\t}\r\n",
    );
    assert_eq!(added(&tabs, "review", ListName::Block, "PUT"), expected);
}

#[test]
fn sections_on_one_line_are_followed_before_rules_over_lines() {
    let text = INDENTED.replace("    }\n  }", "    },\n    \"review\": {\"*\": {\"allow\": [\"*\"]}}\n  }");
    let expected = text.replace("[\"*\"]}}\n", "[\"*\"]}},\n    \"user\": {\"*\": {\"allow\": [\"PUT\"]}}\n");
    assert_eq!(added(&text, "user", ListName::Allow, "PUT"), expected);
}

#[test]
fn an_empty_section_over_lines_is_filled_over_lines() {
    let text = INDENTED.replace("    }\n  }", "    },\n    \"review\": {}\n  }");
    let filled = "\"review\": {\n      \"7\": {\n        \"allow\": [\"PUT\"]\n      }\n    }\n";
    assert_eq!(added(&text, "review 7", ListName::Allow, "PUT"), text.replace("\"review\": {}\n", filled));
}

#[test]
fn an_entry_is_replaced_in_its_place() {
    let text = r#"{"resources": {"*": {"block": ["post" , 7]}}}"#;
    let replaced = |pointer: &str| {
        let edit = replace_entry(&parse(text), &pointer.parse().unwrap(), &"POST".into());
        edit.map(|edit| apply(text, &[edit]).unwrap())
    };
    assert_eq!(replaced("/resources/*/block/0").unwrap(), text.replace("post", "POST"));
    assert_eq!(replaced("/resources/*/block/1").unwrap(), text.replace('7', "\"POST\""));
    assert_eq!(replaced("/resources/*/block/2"), None);
    assert_eq!(replaced("/resources/*/block"), None);
}
