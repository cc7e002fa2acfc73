//! Finds text that is a token, so that it is never kept where it does not belong.

use crate::generator::VendorChecksum;

/// Says whether a text holds a whole `vendor_checksum` token anywhere, of any type.
///
/// Linear in the text's length but for the rare candidates, whose checksum is computed.
///
/// ```
/// use tollgate_tokens::{VendorChecksum, looks_like_token};
///
/// let token = VendorChecksum::assemble("rbp", &"a".repeat(245));
/// assert!(looks_like_token(&format!("my token is {token}, keep it")));
/// assert!(!looks_like_token("a note about rbp_ tokens"));
/// ```
#[must_use]
pub fn looks_like_token(text: &str) -> bool {
    text.split(|character: char| !(character.is_ascii_alphanumeric() || character == '_')).any(holds_token)
}

/// A word of letters, digits and `_` may hold a token at its end, or one followed by more words.
fn holds_token(word: &str) -> bool {
    if word.len() < VendorChecksum::LENGTH {
        return false;
    }
    word.match_indices('_').any(|(separator, _)| {
        let (before, rest) = word.split_at_checked(separator).unwrap_or_default();
        let body_length = rest.bytes().skip(1).take_while(u8::is_ascii_alphanumeric).count();
        let type_length = before.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        (0..=type_length).any(|length| {
            let wanted_body = VendorChecksum::LENGTH.saturating_sub(length + 1);
            let token = word.get(separator - length..separator + 1 + wanted_body);
            let token_type = word.get(separator - length..separator);
            wanted_body <= body_length
                && matches!((token, token_type), (Some(token), Some(kind)) if VendorChecksum::is_whole(token, kind))
        })
    })
}
