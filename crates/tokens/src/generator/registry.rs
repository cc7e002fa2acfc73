//! Which generators there are, which is the default, and which are deprecated.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{LegacySha1, VendorChecksum};
use crate::ids::GeneratorId;
use crate::ports::{Entropy, EntropyError};
use crate::secret::TokenSecret;
use crate::time::Timestamp;

/// What the caller tells a generator, by key: `token_type` for [`VendorChecksum`], `user` and `attempt` for [`LegacySha1`].
pub type TokenInfo = serde_json::Map<String, serde_json::Value>;

/// Makes and recognizes the texts of tokens.
pub trait TokenGenerator: Send + Sync {
    /// The id that tokens of this generator carry.
    fn id(&self) -> &str;

    /// Makes a text.
    ///
    /// # Errors
    ///
    /// [`GeneratorError`] when the info lacks what the generator needs, or there is no randomness.
    fn create(&self, info: &TokenInfo, entropy: &dyn Entropy, now: Timestamp) -> Result<TokenSecret, GeneratorError>;

    /// Says whether a text has the form of this generator's tokens. Logging in does not ask this.
    ///
    /// # Errors
    ///
    /// [`FormatCheckError`] where the original raises a type error instead of answering.
    fn has_format(&self, text: &str, info: &TokenInfo) -> Result<bool, FormatCheckError>;

    /// The public prefix that a text of this generator starts with, if it has one.
    fn vendor_prefix(&self, info: &TokenInfo) -> Option<String>;
}

/// Why a generator made no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GeneratorError {
    /// The token info lacks a key that the generator needs.
    #[error("the token info lacks `{key}`")]
    MissingKey {
        /// The first key that is missing.
        key: &'static str,
    },
    /// The token info has a value of the wrong kind.
    #[error("the token info's `{key}` must be {expected}")]
    WrongKind {
        /// The key.
        key: &'static str,
        /// What it must hold, in words.
        expected: &'static str,
    },
    /// There is no randomness to make a text of.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

/// Why a form could not be checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the token info's `token_type` must be text")]
pub struct FormatCheckError;

/// The generators that a workspace knows.
///
/// ```
/// use tollgate_tokens::GeneratorRegistry;
///
/// let registry = GeneratorRegistry::built_in();
/// assert_eq!(registry.default_generator().id(), "vendor_checksum");
/// assert!(registry.is_deprecated("legacy_sha1"));
/// assert!(!registry.is_deprecated("of an extension"));
/// ```
#[derive(Clone)]
pub struct GeneratorRegistry {
    generators: Vec<Arc<dyn TokenGenerator>>,
    default_id: String,
    deprecated: BTreeSet<String>,
}

impl GeneratorRegistry {
    /// The two generators of the original, with its defaults.
    #[must_use]
    pub fn built_in() -> Self {
        Self {
            generators: vec![Arc::new(VendorChecksum), Arc::new(LegacySha1)],
            default_id: VendorChecksum::ID.to_owned(),
            deprecated: BTreeSet::from([LegacySha1::ID.to_owned()]),
        }
    }

    /// Adds a generator, or replaces the one of the same id.
    #[must_use]
    pub fn with(mut self, generator: Arc<dyn TokenGenerator>) -> Self {
        self.generators.retain(|known| known.id() != generator.id());
        self.generators.push(generator);
        self
    }

    /// Names the default; an unknown id falls back to `vendor_checksum` when it is asked for.
    #[must_use]
    pub fn with_default(mut self, id: &GeneratorId) -> Self {
        id.as_str().clone_into(&mut self.default_id);
        self
    }

    /// Names the deprecated ids; none at all falls back to `legacy_sha1`, as in the original.
    #[must_use]
    pub fn with_deprecated(mut self, ids: impl IntoIterator<Item = GeneratorId>) -> Self {
        self.deprecated = ids.into_iter().map(|id| id.as_str().to_owned()).collect();
        if self.deprecated.is_empty() {
            self.deprecated.insert(LegacySha1::ID.to_owned());
        }
        self
    }

    /// The generator of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&dyn TokenGenerator> {
        self.generators.iter().find(|generator| generator.id() == id).map(AsRef::as_ref)
    }

    /// The generator that new tokens are made with.
    #[must_use]
    pub fn default_generator(&self) -> &dyn TokenGenerator {
        self.get(&self.default_id).unwrap_or(&VendorChecksum)
    }

    /// Says whether tokens of this generator id are deprecated; unknown ids are not.
    #[must_use]
    pub fn is_deprecated(&self, id: &str) -> bool {
        self.deprecated.contains(id)
    }

    /// The known generators, in the order of registration.
    pub fn iter(&self) -> impl Iterator<Item = &dyn TokenGenerator> {
        self.generators.iter().map(AsRef::as_ref)
    }
}

impl Default for GeneratorRegistry {
    fn default() -> Self {
        Self::built_in()
    }
}
