//! The default generator: a vendor prefix, base 62 entropy, and a checksum of it.

use zeroize::Zeroizing;

use super::base62::{CHECKSUM_DIGITS, checksum, draw_letters};
use super::registry::{FormatCheckError, GeneratorError, TokenGenerator, TokenInfo};
use crate::ports::Entropy;
use crate::secret::TokenSecret;
use crate::time::Timestamp;

/// Makes texts of 255 characters: `<type>_<entropy><checksum>`.
///
/// Source: the original's behavior, `token-system.md` §2.1.
pub struct VendorChecksum;

impl VendorChecksum {
    /// The id that its tokens carry.
    pub const ID: &'static str = "vendor_checksum";

    /// How many characters a text has.
    pub const LENGTH: usize = 255;

    /// The key of the token info that names the type.
    pub const TOKEN_TYPE: &'static str = "token_type";

    /// The type that Review Board uses everywhere. TOKENS MADE WITH ANOTHER ARE STRANGERS TO ITS LEAK SCANNERS.
    pub const REVIEW_BOARD_TYPE: &'static str = "rbp";

    /// The id as its own type.
    #[must_use]
    pub fn generator_id() -> crate::ids::GeneratorId {
        crate::ids::GeneratorId::of_constant(Self::ID)
    }

    /// The token info for a type.
    #[must_use]
    pub fn info(token_type: &str) -> TokenInfo {
        TokenInfo::from_iter([(Self::TOKEN_TYPE.to_owned(), token_type.into())])
    }

    /// Puts a text together from a type and its entropy; the seam that the recorded tests use.
    #[must_use]
    pub fn assemble(token_type: &str, entropy: &str) -> String {
        // Made at its full length: a text that grows leaves copies of a secret behind.
        let mut text = String::with_capacity(token_type.len() + 1 + entropy.len() + CHECKSUM_DIGITS);
        for part in [token_type, "_", entropy, &checksum(entropy)] {
            text.push_str(part);
        }
        text
    }

    /// How many letters of entropy a text of this type has; none for very long types.
    #[must_use]
    pub fn entropy_length(token_type: &str) -> usize {
        Self::LENGTH.saturating_sub(CHECKSUM_DIGITS + token_type.chars().count() + 1)
    }

    /// Says whether a text is whole: its length, its type, its letters, and its checksum in either case.
    #[must_use]
    pub fn is_whole(text: &str, token_type: &str) -> bool {
        if text.chars().count() != Self::LENGTH {
            return false;
        }
        let Some(rest) = text.strip_prefix(token_type).and_then(|rest| rest.strip_prefix('_')) else { return false };
        if rest.is_empty() || !rest.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return false;
        }
        // The original cuts at fixed places, so a rest shorter than a checksum reaches back over the separator.
        let tail = format!("_{rest}");
        let Some((entropy, digits)) = tail.len().checked_sub(CHECKSUM_DIGITS).and_then(|at| tail.split_at_checked(at))
        else {
            return false;
        };
        let expected = checksum(entropy.strip_prefix('_').unwrap_or_default());
        digits == expected || digits == swap_case(&expected)
    }
}

impl TokenGenerator for VendorChecksum {
    fn id(&self) -> &str {
        Self::ID
    }

    fn create(&self, info: &TokenInfo, entropy: &dyn Entropy, _now: Timestamp) -> Result<TokenSecret, GeneratorError> {
        let token_type = info.get(Self::TOKEN_TYPE).ok_or(GeneratorError::MissingKey { key: Self::TOKEN_TYPE })?;
        let token_type =
            token_type.as_str().ok_or(GeneratorError::WrongKind { key: Self::TOKEN_TYPE, expected: "text" })?;
        let letters = Zeroizing::new(draw_letters(Self::entropy_length(token_type), entropy)?);
        Ok(TokenSecret::new(Self::assemble(token_type, &letters)))
    }

    fn has_format(&self, text: &str, info: &TokenInfo) -> Result<bool, FormatCheckError> {
        match info.get(Self::TOKEN_TYPE) {
            None => Ok(false),
            Some(serde_json::Value::String(token_type)) => Ok(Self::is_whole(text, token_type)),
            Some(_) => Err(FormatCheckError),
        }
    }

    fn vendor_prefix(&self, info: &TokenInfo) -> Option<String> {
        info.get(Self::TOKEN_TYPE).and_then(|value| value.as_str()).map(str::to_owned)
    }
}

/// Djblets 3.0 wrote checksums with the case of every letter swapped; they still count.
fn swap_case(text: &str) -> String {
    text.chars()
        .map(
            |letter| {
                if letter.is_ascii_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
            },
        )
        .collect()
}
