//! What form a text has that may be a token.

use super::{GeneratorRegistry, VendorChecksum};
use crate::scan::looks_like_token;

/// What form a text has that may be a token. It proves nothing: anybody can make such a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenForm {
    /// That of a generator's tokens, the checksum included where there is one.
    Whole {
        /// The generator.
        generator: String,
        /// Whether new tokens are no longer made with it.
        deprecated: bool,
    },
    /// A whole token with something around it, such as quotes. A server compares the whole text.
    Surrounded,
    /// It begins like a token of [`VendorChecksum`], but its length, its letters or its checksum are wrong.
    Broken {
        /// How many characters it has, of [`VendorChecksum::LENGTH`].
        length: usize,
    },
    /// That of no generator.
    Foreign,
}

impl TokenForm {
    /// The form of a text. A whole token is recognized whatever its type, a broken one if its type is `token_type` or
    /// that of Review Board.
    pub(crate) fn of(text: &str, registry: &GeneratorRegistry, token_type: &str) -> Self {
        let own_type = text.split_once('_').map_or(VendorChecksum::REVIEW_BOARD_TYPE, |(own_type, _)| own_type);
        let info = VendorChecksum::info(own_type);
        if let Some(generator) = registry.iter().find(|generator| generator.has_format(text, &info) == Ok(true)) {
            let deprecated = registry.is_deprecated(generator.id());
            return Self::Whole { generator: generator.id().to_owned(), deprecated };
        }
        if looks_like_token(text) {
            return Self::Surrounded;
        }
        let is_known = [token_type, VendorChecksum::REVIEW_BOARD_TYPE].contains(&own_type);
        if is_known && text.contains('_') {
            return Self::Broken { length: text.chars().count() };
        }
        Self::Foreign
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::TokenSecret;

    #[track_caller]
    fn check(text: &str, expected: TokenForm) {
        let secret = TokenSecret::new(text.to_owned());
        assert_eq!(secret.form(&GeneratorRegistry::built_in(), "acme"), expected, "{text}");
    }

    fn whole(token_type: &str) -> String {
        VendorChecksum::assemble(token_type, &"q".repeat(VendorChecksum::entropy_length(token_type)))
    }

    #[test]
    fn a_whole_token_is_recognized_with_its_generator() {
        let vendor = TokenForm::Whole { generator: "vendor_checksum".to_owned(), deprecated: false };
        for token_type in ["rbp", "acme", "other"] {
            check(&whole(token_type), vendor.clone());
        }
        let legacy = TokenForm::Whole { generator: "legacy_sha1".to_owned(), deprecated: true };
        check("0123456789abcdef0123456789abcdef01234567", legacy);
    }

    #[test]
    fn a_token_that_was_mistyped_or_cut_is_told_from_other_texts() {
        for token_type in ["rbp", "acme"] {
            check(&whole(token_type).replacen('q', "p", 1), TokenForm::Broken { length: 255 });
            check(whole(token_type).get(..254).unwrap(), TokenForm::Broken { length: 254 });
            check(&format!("{token_type}_"), TokenForm::Broken { length: token_type.len() + 1 });
        }
        check(&format!("\"{}\"", whole("rbp")), TokenForm::Surrounded);
        for other in ["", "rbp", "hello", "other_hello", "0123456789abcdef"] {
            check(other, TokenForm::Foreign);
        }
    }
}
