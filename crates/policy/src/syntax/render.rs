//! Writes a document the way Python's `json.dumps` does by default, or in as few bytes as can be.

use super::arena::{JsonText, Kind, Value};
use super::document::read_all;

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// One space after commas and colons, everything beyond ASCII escaped.
    Python,
    /// No white space, nothing escaped that need not be.
    Compact,
}

impl Style {
    const fn comma(self) -> &'static str {
        match self {
            Style::Python => ", ",
            Style::Compact => ",",
        }
    }

    const fn colon(self) -> &'static str {
        match self {
            Style::Python => ": ",
            Style::Compact => ":",
        }
    }
}

/// `text`, which must be JSON, written again: one space after commas and colons, everything beyond ASCII escaped,
/// duplicate keys resolved, numbers in their own spelling.
pub(crate) fn to_json(text: &str) -> String {
    write(text, Style::Python)
}

/// `text`, which must be JSON, written again in as few bytes as can be: no white space, nothing escaped that need not
/// be, duplicate keys resolved, numbers in their own spelling.
pub(crate) fn to_compact_json(text: &str) -> String {
    write(text, Style::Compact)
}

/// Adds `text` as a text of JSON, nothing escaped that need not be.
pub(crate) fn push_compact_text(text: &str, json: &mut String) {
    write_text(JsonText::Plain(text), Style::Compact, json);
}

fn write(text: &str, style: Style) -> String {
    let tree = read_all(text);
    let mut json = String::with_capacity(text.len());
    let Some(root) = tree.root() else { return json };
    let mut open = Vec::new();
    write_start(root, tree.text.as_ref(), style, &mut json, &mut open);
    while let Some(container) = open.last_mut() {
        let Some(child) = container.rest.next() else {
            json.push(container.closer);
            open.pop();
            continue;
        };
        if container.is_started {
            json.push_str(style.comma());
        }
        container.is_started = true;
        if container.closer == '}' {
            write_text(child.key(), style, &mut json);
            json.push_str(style.colon());
        }
        write_start(child, tree.text.as_ref(), style, &mut json, &mut open);
    }
    json
}

struct Container<'d> {
    rest: Box<dyn Iterator<Item = Value<'d>> + 'd>,
    closer: char,
    is_started: bool,
}

/// Writes a scalar, or opens a container whose children follow.
fn write_start<'d>(value: Value<'d>, source: &'d str, style: Style, json: &mut String, open: &mut Vec<Container<'d>>) {
    let (opener, closer) = match value.kind() {
        Kind::Text => return write_text(value.text(), style, json),
        Kind::Object => ('{', '}'),
        Kind::Array => ('[', ']'),
        _ => return json.push_str(value.span().slice(source)),
    };
    json.push(opener);
    open.push(Container { rest: Box::new(value.children()), closer, is_started: false });
}

fn write_text(text: JsonText<'_>, style: Style, json: &mut String) {
    json.push('"');
    match (text, style) {
        (JsonText::Plain(text), Style::Python) => text.encode_utf16().for_each(|unit| write_unit(unit, json)),
        (JsonText::Lone { exact, .. }, Style::Python) => exact.iter().for_each(|unit| write_unit(*unit, json)),
        (JsonText::Plain(text), Style::Compact) => text.chars().for_each(|character| write_character(character, json)),
        (JsonText::Lone { exact, .. }, Style::Compact) => {
            for character in char::decode_utf16(exact.iter().copied()) {
                match character {
                    Ok(character) => write_character(character, json),
                    Err(lone) => write_unit(lone.unpaired_surrogate(), json),
                }
            }
        }
    }
    json.push('"');
}

/// Writes a character as it is, unless it has to be escaped.
fn write_character(character: char, json: &mut String) {
    match u16::try_from(u32::from(character)) {
        Ok(unit) if unit < 0x80 && unit != 0x7f => write_unit(unit, json),
        _ => json.push(character),
    }
}

fn write_unit(unit: u16, json: &mut String) {
    match u8::try_from(unit) {
        Ok(b'"') => json.push_str("\\\""),
        Ok(b'\\') => json.push_str("\\\\"),
        Ok(b'\n') => json.push_str("\\n"),
        Ok(b'\r') => json.push_str("\\r"),
        Ok(b'\t') => json.push_str("\\t"),
        Ok(0x0c) => json.push_str("\\f"),
        Ok(0x08) => json.push_str("\\b"),
        Ok(printable @ b' '..=b'~') => json.push(char::from(printable)),
        _ => json.push_str(&format!("\\u{unit:04x}")),
    }
}
