//! JSON values, exactly: reading a fraction from its digits again could give another one.
//!
//! A value begins with its kind as u8. Whole numbers are varints, fractions the eight bytes of a double, texts have
//! their length in bytes before them, arrays and objects the number of their members, in their order.

use serde_json::{Map, Number, Value};

use super::text::{Parts, Texts};
use crate::bytes::{Cursor, put_varint, unzigzag, zigzag};
use crate::error::Flaw;

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const NATURAL: u8 = 3;
const NEGATIVE: u8 = 4;
const FRACTION: u8 = 5;
const TEXT: u8 = 6;
const ARRAY: u8 = 7;
const OBJECT: u8 = 8;

/// What the journal's own reader takes.
const DEEPEST: usize = 128;

/// What a value costs beside its texts, roughly.
const VALUE_BYTES: usize = 64;

/// Hands every text in a value on, keys included.
pub(super) fn visit_texts<'v>(value: &'v Value, visit: &mut dyn FnMut(&'v str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(items) => items.iter().for_each(|item| visit_texts(item, visit)),
        Value::Object(members) => {
            for (key, member) in members {
                visit(key);
                visit_texts(member, visit);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Writes a value.
pub(super) fn put_value(out: &mut Vec<u8>, value: &Value, parts: &Parts<'_>) {
    match value {
        Value::Null => out.push(NULL),
        Value::Bool(false) => out.push(FALSE),
        Value::Bool(true) => out.push(TRUE),
        Value::Number(number) => put_number(out, number),
        Value::String(text) => {
            out.push(TEXT);
            put_text(out, text, parts);
        }
        Value::Array(items) => {
            out.push(ARRAY);
            put_varint(out, items.len() as u64);
            items.iter().for_each(|item| put_value(out, item, parts));
        }
        Value::Object(members) => {
            out.push(OBJECT);
            put_varint(out, members.len() as u64);
            for (key, member) in members {
                put_text(out, key, parts);
                put_value(out, member, parts);
            }
        }
    }
}

fn put_number(out: &mut Vec<u8>, number: &Number) {
    if let Some(natural) = number.as_u64() {
        out.push(NATURAL);
        put_varint(out, natural);
    } else if let Some(negative) = number.as_i64() {
        out.push(NEGATIVE);
        put_varint(out, zigzag(negative));
    } else {
        out.push(FRACTION);
        out.extend_from_slice(&number.as_f64().unwrap_or_default().to_le_bytes());
    }
}

fn put_text(out: &mut Vec<u8>, text: &str, parts: &Parts<'_>) {
    let bytes = parts.text(text);
    put_varint(out, bytes.len() as u64);
    out.extend(bytes);
}

/// Reads a value that takes up all of these bytes.
pub(super) fn read_value(bytes: &[u8], texts: &mut Texts<'_>) -> Result<Value, Flaw> {
    let mut cursor = Cursor::new(bytes);
    let value = read_nested(&mut cursor, texts, DEEPEST)?;
    cursor.end()?;
    Ok(value)
}

fn read_nested(cursor: &mut Cursor<'_>, texts: &mut Texts<'_>, deeper: usize) -> Result<Value, Flaw> {
    let deeper = deeper.checked_sub(1).ok_or(Flaw::Depth { limit: DEEPEST })?;
    texts.spend(VALUE_BYTES)?;
    let [kind] = cursor.array::<1>()?;
    Ok(match kind {
        NULL => Value::Null,
        FALSE => Value::Bool(false),
        TRUE => Value::Bool(true),
        NATURAL => cursor.varint()?.into(),
        NEGATIVE => unzigzag(cursor.varint()?).into(),
        FRACTION => {
            let fraction = Number::from_f64(f64::from_le_bytes(cursor.array()?));
            Value::Number(fraction.ok_or(Flaw::Kind { kind: kind.into() })?)
        }
        TEXT => Value::String(read_text(cursor, texts)?),
        // A count is only believed as far as members follow, each of which takes a byte or more.
        ARRAY => {
            let count = cursor.varint()?;
            Value::Array((0..count).map(|_| read_nested(cursor, texts, deeper)).collect::<Result<_, _>>()?)
        }
        OBJECT => {
            let count = cursor.varint()?;
            let mut members = Map::new();
            for _ in 0..count {
                let key = read_text(cursor, texts)?;
                members.insert(key, read_nested(cursor, texts, deeper)?);
            }
            Value::Object(members)
        }
        _ => return Err(Flaw::Kind { kind: kind.into() }),
    })
}

fn read_text(cursor: &mut Cursor<'_>, texts: &mut Texts<'_>) -> Result<String, Flaw> {
    let length = cursor.length()?;
    texts.read(cursor.bytes(length)?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::columns::text::PartCounts;

    #[test]
    fn values_are_read_as_they_were_written() {
        let value = json!({
            "z": null, "a": [true, false, {}, [], ""],
            "numbers": [0, u64::MAX, -1, i64::MIN, 0.1, -0.0, 1.0, 1_700_000_000.123_456_7, f64::MIN_POSITIVE],
            "client_name": "host-12", "größe": "größe",
        });
        let mut counts = PartCounts::default();
        visit_texts(&value, &mut |text| counts.add(text));
        let parts = counts.shared();
        let mut bytes = Vec::new();
        put_value(&mut bytes, &value, &parts);
        let read = read_value(&bytes, &mut Texts::new(parts.list())).unwrap();
        assert_eq!(read, value);
        assert_eq!(read.to_string(), value.to_string(), "the order of members, and the sign of zero");
        for cut in 0..bytes.len() {
            assert!(read_value(&bytes[..cut], &mut Texts::new(parts.list())).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn what_no_value_is_like_is_refused() {
        let nested: Vec<u8> = [ARRAY, 1].repeat(200);
        assert_eq!(read_value(&nested, &mut Texts::new(&[])), Err(Flaw::Depth { limit: DEEPEST }));
        let mut not_a_number = vec![FRACTION];
        not_a_number.extend(f64::NAN.to_le_bytes());
        assert!(read_value(&not_a_number, &mut Texts::new(&[])).is_err());
        let claims = [ARRAY, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F];
        assert_eq!(read_value(&claims, &mut Texts::new(&[])), Err(Flaw::CutShort { offset: 6 }));
    }
}
