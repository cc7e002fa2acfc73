//! The many ways to write one document, and to spoil it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// A way to write documents.
#[derive(Clone, Debug)]
pub(crate) enum Spelling {
    Compact,
    Pretty,
    /// With white space, escapes and duplicate keys wherever the choices say so.
    Odd(Vec<u8>),
}

/// Something that happens to a text by mistake.
#[derive(Clone, Debug)]
pub(crate) struct Wound {
    /// Where, in thousandths of the text.
    place: usize,
    /// Whether the character there is lost.
    loses: bool,
    /// What comes in its place or before it.
    gains: &'static str,
}

/// Any way to write.
pub(crate) fn spelling() -> impl Strategy<Value = Spelling> {
    prop_oneof![
        2 => Just(Spelling::Compact),
        1 => Just(Spelling::Pretty),
        2 => vec(any::<u8>(), 1..200).prop_map(Spelling::Odd),
    ]
}

/// Any mistake.
pub(crate) fn wound() -> impl Strategy<Value = Wound> {
    let pieces = vec![
        "",
        "",
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\\",
        " ",
        "\n",
        "\u{1}",
        "\u{feff}",
        "*",
        "7",
        "é",
        "null",
        "{}",
        "[]",
        "\"*\"",
        "\"a\":{},",
        "\\ud800",
        "#",
    ];
    (0..1000_usize, any::<bool>(), select(pieces)).prop_map(|(place, loses, gains)| Wound { place, loses, gains })
}

impl Wound {
    /// The text after the mistake.
    pub(crate) fn inflict(&self, text: &str) -> String {
        let (before, behind) = text.split_at(text.floor_char_boundary(text.len() * self.place / 1000));
        let mut rest = behind.chars();
        if self.loses {
            rest.next();
        }
        [before, self.gains, rest.as_str()].concat()
    }
}

impl Spelling {
    /// The document in this spelling.
    pub(crate) fn write(&self, document: &Value) -> String {
        match self {
            Spelling::Compact => document.to_string(),
            Spelling::Pretty => serde_json::to_string_pretty(document).unwrap(),
            Spelling::Odd(choices) => {
                let mut writer = Writer { choices: choices.iter().copied().cycle(), text: String::new() };
                writer.value(document);
                writer.space();
                writer.text
            }
        }
    }
}

struct Writer<I> {
    /// One is taken for each decision.
    choices: I,
    text: String,
}

impl<I: Iterator<Item = u8>> Writer<I> {
    /// Decides something that happens once in so many times.
    fn is_once_in(&mut self, times: u8) -> bool {
        self.choices.next().is_some_and(|choice| choice % times == 1)
    }

    fn space(&mut self) {
        let space = ["", "", "", " ", "\n    ", "\t", "\r\n"];
        let choice = self.choices.next().map_or(0, usize::from);
        self.text.push_str(space[choice % space.len()]);
    }

    fn sign(&mut self, sign: char) {
        self.space();
        self.text.push(sign);
    }

    fn value(&mut self, value: &Value) {
        self.space();
        match value {
            Value::Object(members) => {
                self.text.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    if index > 0 {
                        self.sign(',');
                    }
                    if self.is_once_in(30) {
                        self.member(key, members.values().next().unwrap_or(value));
                        self.sign(',');
                    }
                    self.member(key, value);
                }
                self.sign('}');
            }
            Value::Array(elements) => {
                self.text.push('[');
                for (index, element) in elements.iter().enumerate() {
                    if index > 0 {
                        self.sign(',');
                    }
                    self.value(element);
                }
                self.sign(']');
            }
            Value::String(text) => self.string(text),
            other => self.text.push_str(&other.to_string()),
        }
    }

    fn member(&mut self, key: &str, value: &Value) {
        self.space();
        self.string(key);
        self.sign(':');
        self.value(value);
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        for character in text.chars() {
            let must_be_escaped = matches!(character, '"' | '\\' | '\0'..='\u{1f}');
            if must_be_escaped || self.is_once_in(40) {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    self.text.push_str(&format!("\\u{unit:04x}"));
                }
            } else {
                self.text.push(character);
            }
        }
        self.text.push('"');
    }
}
