//! Writes a document the way Python's `json.dumps` does by default.

use super::arena::{JsonText, Kind, Value};
use super::document::read_all;

/// `text`, which must be JSON, written again: one space after commas and colons, everything beyond ASCII escaped,
/// duplicate keys resolved, numbers in their own spelling.
pub(crate) fn to_json(text: &str) -> String {
    let tree = read_all(text);
    let mut json = String::with_capacity(text.len());
    let Some(root) = tree.root() else { return json };
    let mut open = Vec::new();
    write_start(root, tree.text.as_ref(), &mut json, &mut open);
    while let Some(container) = open.last_mut() {
        let Some(child) = container.rest.next() else {
            json.push(container.closer);
            open.pop();
            continue;
        };
        if container.is_started {
            json.push_str(", ");
        }
        container.is_started = true;
        if container.closer == '}' {
            write_text(child.key(), &mut json);
            json.push_str(": ");
        }
        write_start(child, tree.text.as_ref(), &mut json, &mut open);
    }
    json
}

struct Container<'d> {
    rest: Box<dyn Iterator<Item = Value<'d>> + 'd>,
    closer: char,
    is_started: bool,
}

/// Writes a scalar, or opens a container whose children follow.
fn write_start<'d>(value: Value<'d>, source: &'d str, json: &mut String, open: &mut Vec<Container<'d>>) {
    let (opener, closer) = match value.kind() {
        Kind::Text => return write_text(value.text(), json),
        Kind::Object => ('{', '}'),
        Kind::Array => ('[', ']'),
        _ => return json.push_str(value.span().slice(source)),
    };
    json.push(opener);
    open.push(Container { rest: Box::new(value.children()), closer, is_started: false });
}

fn write_text(text: JsonText<'_>, json: &mut String) {
    json.push('"');
    match text {
        JsonText::Plain(text) => text.encode_utf16().for_each(|unit| write_unit(unit, json)),
        JsonText::Lone { exact, .. } => exact.iter().for_each(|unit| write_unit(*unit, json)),
    }
    json.push('"');
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
