//! Reads the few Python literals that the original accepts where JSON was meant.

use serde_json::{Map, Number, Value};

/// Deeper nesting is refused: no document of the field comes near it, and the stack stays safe.
const DEEPEST: usize = 100;

/// Parses a Python literal of dictionaries, lists, tuples, texts, numbers, `True`, `False` and `None`.
///
/// `None` when the text is none of them, or holds what JSON cannot (a key that is no text, a set, bytes).
pub(crate) fn parse(text: &str) -> Option<Value> {
    let mut reader = Reader { rest: text.trim() };
    let value = reader.value(0)?;
    reader.skip_space();
    (reader.rest.is_empty() && !matches!(value, Value::String(_))).then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, expected: char) -> bool {
        self.skip_space();
        let Some(rest) = self.rest.strip_prefix(expected) else { return false };
        self.rest = rest;
        true
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip_space();
        if depth > DEEPEST {
            return None;
        }
        match self.rest.chars().next()? {
            '{' => self.dictionary(depth),
            '[' => Some(Value::Array(self.sequence('[', ']', depth)?.0)),
            '(' => match self.sequence('(', ')', depth)? {
                // Without a comma they only group.
                (mut items, false) if items.len() == 1 => items.pop(),
                (items, _) => Some(Value::Array(items)),
            },
            quote @ ('"' | '\'') => self.string(quote).map(Value::String),
            _ => self.atom(),
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        self.take('{');
        while !self.take('}') {
            let Value::String(key) = self.value(depth + 1)? else { return None };
            if !self.take(':') {
                return None;
            }
            let member = self.value(depth + 1)?;
            members.insert(key, member);
            if !self.take(',') && !self.rest.starts_with('}') {
                return None;
            }
        }
        Some(Value::Object(members))
    }

    /// The items, and whether a comma follows the last one.
    fn sequence(&mut self, open: char, close: char, depth: usize) -> Option<(Vec<Value>, bool)> {
        let (mut items, mut ends_with_comma) = (Vec::new(), false);
        self.take(open);
        while !self.take(close) {
            items.push(self.value(depth + 1)?);
            ends_with_comma = self.take(',');
            if !ends_with_comma && !self.rest.starts_with(close) {
                return None;
            }
        }
        Some((items, ends_with_comma))
    }

    fn string(&mut self, quote: char) -> Option<String> {
        let mut string = String::new();
        let mut characters = self.rest.strip_prefix(quote)?.chars();
        loop {
            match characters.next()? {
                '\\' => string.push(match characters.next()? {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    same @ ('\\' | '\'' | '"') => same,
                    _ => return None,
                }),
                '\n' => return None,
                end if end == quote => break,
                other => string.push(other),
            }
        }
        self.rest = characters.as_str();
        Some(string)
    }

    fn atom(&mut self) -> Option<Value> {
        let end = self
            .rest
            .find(|character: char| !(character.is_ascii_alphanumeric() || "+-._".contains(character)))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        match word {
            "True" => Some(Value::Bool(true)),
            "False" => Some(Value::Bool(false)),
            "None" => Some(Value::Null),
            number => number
                .parse::<i64>()
                .map(Number::from)
                .ok()
                .or_else(|| {
                    number
                        .starts_with(|first: char| first.is_ascii_digit() || first == '-')
                        .then_some(())
                        .and_then(|()| number.parse::<f64>().ok())
                        .and_then(Number::from_f64)
                })
                .map(Value::Number),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::parse;

    #[test]
    fn literals_that_json_can_hold_are_read() {
        assert_eq!(
            parse("{'a': [1, (2, 3.5), True, None], \"b\": 'it\\'s'}"),
            Some(json!({"a": [1, [2, 3.5], true, null], "b": "it's"}))
        );
        assert_eq!(parse("{'a': 1,}"), Some(json!({"a": 1})));
        assert_eq!(parse("[(1), (1,), (), ('a')]"), Some(json!([1, [1], [], "a"])));
    }

    #[test]
    fn everything_else_is_refused() {
        for text in ["", "not json", "{'a'", "{1: 2}", "{'a': 1} x", "'text'", "[1 2]", "b'x'"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"[".repeat(100_000)), None);
    }
}
