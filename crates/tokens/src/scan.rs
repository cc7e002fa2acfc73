//! Finds text that is a token, so that it is never kept where it does not belong.

use crate::generator::VendorChecksum;

/// The whole `vendor_checksum` tokens in a text, of any type that a checked token can have.
///
/// Linear in the text's length but for the rare candidates, whose checksum is computed.
pub fn tokens_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !is_word(character))
        .filter(|word| word.len() >= VendorChecksum::LENGTH)
        .flat_map(tokens_of)
}

/// Says whether a text holds a whole `vendor_checksum` token anywhere.
///
/// ```
/// use tollgate_tokens::{VendorChecksum, looks_like_token};
///
/// let token = VendorChecksum::assemble("rbp", &"a".repeat(245));
/// assert!(looks_like_token(&format!("my token is \"{token}\", keep it")));
/// assert!(!looks_like_token("a note about rbp_ tokens"));
/// ```
#[must_use]
pub fn looks_like_token(text: &str) -> bool {
    tokens_in(text).next().is_some()
}

/// How many strings within strings are read: an event holds a policy as text, which holds strings, which may hold JSON.
const STRINGS_IN_STRINGS: u32 = 4;

/// Says whether a JSON text holds a whole `vendor_checksum` token: as it is written, or in one of its strings once the
/// escapes are read, strings that hold JSON in their turn included.
///
/// Linear in the text's length. Any text will do: of one that is no JSON it says what [`looks_like_token`] says, or more.
///
/// ```
/// use tollgate_tokens::{VendorChecksum, json_holds_token, looks_like_token};
///
/// let token = VendorChecksum::assemble("rbp", &"a".repeat(245));
/// let json = format!(r#"{{"note": "{}"}}"#, token.replacen('b', r"\u0062", 1));
/// assert!(!looks_like_token(&json));
/// assert!(json_holds_token(&json));
/// ```
#[must_use]
pub fn json_holds_token(json: &str) -> bool {
    holds_token(json, STRINGS_IN_STRINGS)
}

fn holds_token(text: &str, depth: u32) -> bool {
    if looks_like_token(text) {
        return true;
    }
    // A string without escapes stands in the text as it is, and was looked at.
    let mut escaped = literals(text).filter(|literal| literal.contains('\\'));
    depth > 0 && escaped.any(|literal| holds_token(&unescaped(literal), depth - 1))
}

/// What stands between the quotes of each string of a JSON text.
fn literals(json: &str) -> impl Iterator<Item = &str> {
    let mut rest = json;
    std::iter::from_fn(move || {
        let (_, behind) = rest.split_once('"')?;
        let (literal, quote) = behind.split_at_checked(length_of_literal(behind)?)?;
        rest = quote.strip_prefix('"').unwrap_or_default();
        Some(literal)
    })
}

/// How many bytes there are up to the quote that ends a string.
fn length_of_literal(behind_quote: &str) -> Option<usize> {
    let mut is_escaped = false;
    behind_quote.bytes().position(|byte| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    })
}

/// Reads the escapes of a string. What is no character by itself, as half of a pair, becomes a mark that no token has.
fn unescaped(literal: &str) -> String {
    let mut text = String::with_capacity(literal.len());
    let mut rest = literal.chars();
    while let Some(character) = rest.next() {
        let read = match character {
            '\\' => match rest.next() {
                Some('u') => {
                    let digits: String = rest.by_ref().take(4).collect();
                    let code = u32::from_str_radix(&digits, 16).ok();
                    code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
                }
                Some('b' | 'f' | 'n' | 'r' | 't') => ' ',
                Some(escaped) => escaped,
                None => char::REPLACEMENT_CHARACTER,
            },
            plain => plain,
        };
        text.push(read);
    }
    text
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || character == '-'
}

/// A word of letters, digits, `-` and `_` may hold a token at its end, or one followed by more words.
fn tokens_of(word: &str) -> impl Iterator<Item = &str> {
    word.match_indices('_').flat_map(move |(separator, _)| {
        let before = word.get(..separator).unwrap_or_default();
        let type_length = before.bytes().rev().take_while(|byte| *byte != b'_').count();
        (0..=type_length).filter_map(move |length| {
            let token = word.get(separator - length..separator - length + VendorChecksum::LENGTH)?;
            let token_type = word.get(separator - length..separator)?;
            VendorChecksum::is_whole(token, token_type).then_some(token)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_whatever_stands_around_it() {
        for token_type in ["rbp", "my-app", ""] {
            let entropy = "b".repeat(VendorChecksum::entropy_length(token_type));
            let token = VendorChecksum::assemble(token_type, &entropy);
            for text in [token.clone(), format!("\"{token}\","), format!("Authorization: token {token}\r\n")] {
                assert_eq!(tokens_in(&text).next(), Some(token.as_str()), "{text}");
            }
            assert!(!looks_like_token(token.get(1..).unwrap()), "cut in front");
            assert!(!looks_like_token(token.get(..254).unwrap()), "cut behind");
        }
    }

    fn token() -> String {
        VendorChecksum::assemble("rbp", &"c".repeat(VendorChecksum::entropy_length("rbp")))
    }

    /// Each character as an escape.
    fn spelled(text: &str) -> String {
        text.chars().map(|character| format!("\\u{:04x}", u32::from(character))).collect()
    }

    #[test]
    fn a_token_is_found_however_it_is_escaped() {
        let token = token();
        let policy = format!(r#"{{"note": "{}"}}"#, spelled(&token));
        let texts = [
            token.clone(),
            format!(r#"["\ud800{}"]"#, spelled(&token)),
            format!(r#"{{"a\"b": "\n{token}\n"}}"#),
            serde_json::to_string(&policy).unwrap(),
            serde_json::to_string(&serde_json::to_string(&policy).unwrap()).unwrap(),
        ];
        for json in texts {
            assert!(json_holds_token(&json), "{json}");
        }
    }

    #[test]
    fn what_holds_no_token_is_let_pass_whatever_it_is() {
        let half = spelled(token().get(..200).unwrap());
        for text in ["", "\"", "\\", "\"\\", "\"\\u00", "{\"a\": \"\\\"\"}", &format!("\"{half}\"")] {
            assert!(!json_holds_token(text), "{text}");
        }
    }
}
