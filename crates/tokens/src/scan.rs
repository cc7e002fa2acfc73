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
}
