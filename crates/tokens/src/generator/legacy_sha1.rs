//! The deprecated generator: a SHA-1 of server and user secrets.

use sha1::{Digest as _, Sha1};

use super::registry::{FormatCheckError, GeneratorError, TokenGenerator, TokenInfo};
use crate::ports::Entropy;
use crate::secret::TokenSecret;
use crate::time::{Timestamp, iso};

/// Makes texts of 40 hexadecimal digits.
///
/// It needs the server's secret key and the user's password hash, which only a server has; the console merely
/// recognizes such tokens.
///
/// Source: the original's behavior, `token-system.md` §2.2.
pub struct LegacySha1;

/// What the text is made of: the caller hands it in under the key `user` of the token info.
pub struct LegacyUser<'a> {
    /// The server's secret key.
    pub secret_key: &'a str,
    /// The user's id on the server.
    pub user_id: u64,
    /// The user's stored password hash.
    pub password_hash: &'a str,
}

impl LegacySha1 {
    /// The id that its tokens carry.
    pub const ID: &'static str = "legacy_sha1";

    const USER: &'static str = "user";
    const ATTEMPT: &'static str = "attempt";

    /// The text for a user, an attempt and an instant written with its own offset.
    #[must_use]
    pub fn text(user: &LegacyUser<'_>, attempt: i64, now_iso: &str) -> String {
        let mut hash = Sha1::new();
        hash.update(user.secret_key);
        hash.update(user.user_id.to_string());
        hash.update(user.password_hash);
        hash.update(attempt.to_string());
        hash.update(now_iso);
        hex::encode(hash.finalize())
    }
}

impl TokenGenerator for LegacySha1 {
    fn id(&self) -> &str {
        Self::ID
    }

    fn create(&self, info: &TokenInfo, _entropy: &dyn Entropy, now: Timestamp) -> Result<TokenSecret, GeneratorError> {
        let user = info.get(Self::USER).ok_or(GeneratorError::MissingKey { key: Self::USER })?;
        let attempt = info.get(Self::ATTEMPT).ok_or(GeneratorError::MissingKey { key: Self::ATTEMPT })?;
        let wrong_user =
            GeneratorError::WrongKind { key: Self::USER, expected: "an object with `secret_key`, `id` and `password`" };
        let text = |key: &str| user.get(key).and_then(|value| value.as_str());
        let (Some(secret_key), Some(password_hash), Some(user_id)) =
            (text("secret_key"), text("password"), user.get("id").and_then(serde_json::Value::as_u64))
        else {
            return Err(wrong_user);
        };
        let attempt =
            attempt.as_i64().ok_or(GeneratorError::WrongKind { key: Self::ATTEMPT, expected: "a whole number" })?;
        let user = LegacyUser { secret_key, user_id, password_hash };
        Ok(TokenSecret::new(Self::text(&user, attempt, &iso(&now))))
    }

    fn has_format(&self, text: &str, _info: &TokenInfo) -> Result<bool, FormatCheckError> {
        Ok(text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }

    fn vendor_prefix(&self, _info: &TokenInfo) -> Option<String> {
        None
    }
}
