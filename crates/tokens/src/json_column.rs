//! What the original reads back from a JSON column, and how it writes JSON.

use serde_json::Value;

use crate::python_literal;

/// What a value handed to a JSON column reads back as.
///
/// Text is parsed: empty text gives `{}`, a JSON string is parsed once more, text that is no JSON is tried as a
/// Python literal, and what is left becomes `{}`. `null` handed in as a value reads back as `{}` too.
///
/// Source: the original's behavior, `token-system.md` §1.1. For a policy `{}` means full access, so callers warn.
///
/// ```
/// use serde_json::json;
/// use tollgate_tokens::read_json_column;
///
/// assert_eq!(read_json_column(&json!("not json")), json!({}));
/// assert_eq!(read_json_column(&json!("{'a': 1}")), json!({"a": 1}));
/// assert_eq!(read_json_column(&json!([1])), json!([1]));
/// ```
#[must_use]
pub fn read_json_column(given: &Value) -> Value {
    match given {
        Value::Null => empty(),
        Value::String(text) => read_text(text),
        other => other.clone(),
    }
}

fn read_text(text: &str) -> Value {
    if text.is_empty() {
        return empty();
    }
    match serde_json::from_str(text) {
        Ok(Value::String(inner)) => match serde_json::from_str(&inner) {
            Ok(value @ (Value::Object(_) | Value::Array(_) | Value::Null | Value::Number(_) | Value::Bool(_))) => value,
            _ => python_literal::parse(&inner).unwrap_or_else(empty),
        },
        Ok(value) => value,
        Err(_) => python_literal::parse(text).unwrap_or_else(empty),
    }
}

fn empty() -> Value {
    Value::Object(serde_json::Map::new())
}

/// Writes JSON as the original's encoder does: `", "` and `": "` between parts, everything beyond ASCII escaped.
///
/// ```
/// use serde_json::json;
///
/// assert_eq!(tollgate_tokens::dumps(&json!({"a": [1, "ö"]})), r#"{"a": [1, "\u00f6"]}"#);
/// ```
#[must_use]
pub fn dumps(value: &Value) -> String {
    let mut text = String::new();
    write_value(value, &mut text);
    text
}

fn write_value(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                write_value(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            text.push('{');
            for (index, (key, member)) in members.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                write_string(key, text);
                text.push_str(": ");
                write_value(member, text);
            }
            text.push('}');
        }
        Value::String(string) => write_string(string, text),
        other => text.push_str(&other.to_string()),
    }
}

fn write_string(string: &str, text: &mut String) {
    use std::fmt::Write as _;

    text.push('"');
    for character in string.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            ' '..='~' => text.push(character),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    let _ = write!(text, "\\u{unit:04x}");
                }
            }
        }
    }
    text.push('"');
}
