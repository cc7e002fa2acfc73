//! The secret of a token, its digest, and what may be kept of it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::generator::{GeneratorRegistry, TokenForm};

/// The text that logs in. It is made once, shown once, and never kept.
///
/// It cannot be printed or serialized, its memory is zeroed when it goes, and the one way out is
/// [`expose_once`](Self::expose_once).
///
/// ```
/// use tollgate_tokens::TokenSecret;
///
/// let secret = TokenSecret::new("rbp_example".to_owned());
/// assert_eq!(format!("{secret:?}"), "TokenSecret(…)");
/// assert_eq!(secret.expose_once().as_str(), "rbp_example");
/// ```
pub struct TokenSecret(Zeroizing<String>);

impl TokenSecret {
    /// Takes the text of a secret over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Gives the text away, for the one time it is shown.
    #[must_use]
    pub fn expose_once(self) -> Zeroizing<String> {
        self.0
    }

    /// SHA-256 of the text: what is kept instead of it.
    #[must_use]
    pub fn digest(&self) -> TokenDigest {
        TokenDigest::of(&self.0)
    }

    /// What form the text has; `token_type` is the type that new tokens start with. Linear in the text's length.
    #[must_use]
    pub fn form(&self, registry: &GeneratorRegistry, token_type: &str) -> TokenForm {
        TokenForm::of(&self.0, registry, token_type)
    }

    /// The few characters that may be kept to recognize the token by.
    #[must_use]
    pub fn fingerprint(&self, vendor_prefix: Option<&str>) -> Fingerprint {
        let long_enough = self.0.chars().count() >= Fingerprint::LONG_ENOUGH;
        let last_four = long_enough.then(|| {
            let mut last: Vec<char> = self.0.chars().rev().take(4).collect();
            last.reverse();
            last.into_iter().collect()
        });
        Fingerprint { prefix: vendor_prefix.map(str::to_owned), last_four }
    }
}

impl fmt::Debug for TokenSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSecret(…)")
    }
}

/// What may be kept of a secret beside its digest: the public vendor prefix and, of long texts, the last four characters.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fingerprint {
    /// The vendor prefix, such as `rbp`.
    pub prefix: Option<String>,
    /// The last four characters, of texts of 32 characters or more.
    pub last_four: Option<String>,
}

impl Fingerprint {
    /// Texts shorter than this keep none of their characters.
    pub const LONG_ENOUGH: usize = 32;
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(prefix) = &self.prefix {
            write!(f, "{prefix}_")?;
        }
        f.write_str("…")?;
        f.write_str(self.last_four.as_deref().unwrap_or_default())
    }
}

/// SHA-256 of a token's text. Tokens have far more entropy than a guess can cover, so a plain digest is enough.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenDigest([u8; 32]);

impl TokenDigest {
    /// The digest of a text; about 2 µs for a token of 255 characters.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// Takes over a digest that was kept as bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Compares in constant time.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl fmt::Display for TokenDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for TokenDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenDigest({self})")
    }
}

impl FromStr for TokenDigest {
    type Err = hex::FromHexError;

    fn from_str(text: &str) -> Result<Self, hex::FromHexError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes)?;
        Ok(Self(bytes))
    }
}

impl Serialize for TokenDigest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TokenDigest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
