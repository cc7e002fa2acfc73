//! What the service is set to.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::generator::{GeneratorRegistry, LegacySha1, VendorChecksum};
use crate::ids::GeneratorId;

/// What the service is set to, as far as it touches tokens. A stored shape: a change of it needs a new version.
///
/// ```
/// use tollgate_tokens::Settings;
///
/// assert_eq!(Settings::default().client_token_days, 365);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The generator of new tokens; an unknown one falls back to `vendor_checksum`.
    pub default_generator: GeneratorId,
    /// The generators whose tokens should be replaced; an empty set falls back to `legacy_sha1`.
    pub deprecated_generators: BTreeSet<GeneratorId>,
    /// The type that the text of a new token starts with.
    pub token_type: String,
    /// How many days a new token lives when nobody says otherwise.
    pub default_lifetime_days: u32,
    /// The most days that a token may live, unless it never expires.
    pub longest_lifetime_days: u32,
    /// How many days a token made for a client lives; 0 is for ever, as in the original.
    pub client_token_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            default_generator: VendorChecksum::generator_id(),
            deprecated_generators: BTreeSet::from([GeneratorId::of_constant(LegacySha1::ID)]),
            token_type: VendorChecksum::REVIEW_BOARD_TYPE.to_owned(),
            default_lifetime_days: 90,
            longest_lifetime_days: 365,
            client_token_days: 365,
        }
    }
}

impl Settings {
    /// The same generators, with the default and deprecated ones of these settings.
    #[must_use]
    pub fn apply(&self, registry: &GeneratorRegistry) -> GeneratorRegistry {
        registry
            .clone()
            .with_default(&self.default_generator)
            .with_deprecated(self.deprecated_generators.iter().cloned())
    }
}
