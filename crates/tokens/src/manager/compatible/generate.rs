//! `generate_token`, as the original does it.

use serde_json::Value;

use super::Warning;
use crate::event::{EventBody, TokenGenerated};
use crate::generator::{GeneratorError, GeneratorRegistry, TokenInfo, VendorChecksum};
use crate::ids::{GeneratorId, SiteName, TokenUid, Username};
use crate::json_column::{dumps, read_json_column};
use crate::model::Workspace;
use crate::ports::{Entropy, EntropyError};
use crate::secret::TokenSecret;
use crate::time::Timestamp;

/// Every input of the original's operation. What the generator is told may be a secret, so it cannot be printed.
#[derive(Clone, PartialEq)]
pub struct GenerateCall {
    /// Who owns the token.
    pub owner: Username,
    /// Which generator makes it; an unknown id is an error of its own.
    pub generator_id: String,
    /// What the generator is told; its `attempt`, when it is there, is counted up in place.
    pub token_info: TokenInfo,
    /// How often a collision is answered with another try; none when it is not positive.
    pub max_attempts: i64,
    /// The note; `None` is stored as empty text.
    pub note: Option<String>,
    /// The policy: an object is written as text, any other value is passed on as it is. Not validated.
    pub policy: Value,
    /// When it expires; `None` is never.
    pub expires: Option<Timestamp>,
    /// Made by a program rather than at a user's request; only the signal carries it.
    pub auto_generated: bool,
    /// Further fields of the row.
    pub fields: ModelFields,
}

/// Further fields that the original lets its caller set by name.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelFields {
    /// Extra data, read back like every JSON column.
    pub extra_data: Value,
    /// The Local Site.
    pub local_site: Option<SiteName>,
    /// Whether the row is valid from the start.
    pub valid: bool,
}

impl Default for ModelFields {
    fn default() -> Self {
        Self { extra_data: Value::Object(serde_json::Map::new()), local_site: None, valid: true }
    }
}

impl GenerateCall {
    /// A call with the original's defaults.
    #[must_use]
    pub fn new(owner: Username, generator_id: impl Into<String>, token_info: TokenInfo) -> Self {
        Self {
            owner,
            generator_id: generator_id.into(),
            token_info,
            max_attempts: 20,
            note: None,
            policy: Value::Object(serde_json::Map::new()),
            expires: None,
            auto_generated: false,
            fields: ModelFields::default(),
        }
    }
}

/// Why no token was made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GenerateError {
    /// No generator has this id.
    #[error("there is no token generator `{id}`")]
    UnknownGenerator {
        /// The id that was asked for.
        id: String,
    },
    /// Every attempt gave a text that is taken.
    #[error("{attempts} attempts gave only texts that are taken")]
    TooManyCollisions {
        /// How many attempts were made.
        attempts: i64,
    },
    /// The generator refused.
    #[error(transparent)]
    Generator(#[from] GeneratorError),
    /// There is no randomness to name the token with.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

/// A token that was made and is not yet durable.
#[derive(Debug)]
pub struct Made {
    /// The event that makes it.
    pub event: TokenGenerated,
    /// The secret, for the one time it is shown.
    pub secret: TokenSecret,
    /// What the original does that its caller would not expect.
    pub warnings: Vec<Warning>,
}

impl Made {
    /// The event as a body to append.
    #[must_use]
    pub fn body(&self) -> EventBody {
        EventBody::TokenGenerated(Box::new(self.event.clone()))
    }
}

/// Makes a token as the original does, collisions retried.
///
/// The caller's own `token_info` is changed, as in the original.
///
/// # Errors
///
/// [`GenerateError`]: an unknown generator, a generator's own error, or attempts used up.
pub fn generate(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    call: &mut GenerateCall,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<Made, GenerateError> {
    let generator = registry
        .get(&call.generator_id)
        .ok_or_else(|| GenerateError::UnknownGenerator { id: call.generator_id.clone() })?;
    let (policy, mut warnings) = policy_column(&call.policy);
    if call.expires.is_some_and(|expires| expires <= now) {
        warnings.push(Warning::BornExpired);
    }
    for attempt in 0..call.max_attempts {
        if let Some(counted) = call.token_info.get_mut("attempt") {
            *counted = attempt.into();
        }
        let secret = generator.create(&call.token_info, entropy, now)?;
        let digest = secret.digest();
        if workspace.token_by_digest(&digest).is_some() {
            continue;
        }
        let prefix = generator.vendor_prefix(&call.token_info);
        let event = TokenGenerated {
            uid: TokenUid::draw(&entropy)?,
            number: workspace.next_number(),
            owner: call.owner.clone(),
            digest,
            fingerprint: secret.fingerprint(prefix.as_deref()),
            generator: known_generator(generator.id()),
            note: call.note.clone().unwrap_or_default(),
            policy,
            extra_data: read_json_column(&call.fields.extra_data),
            expires: call.expires,
            local_site: call.fields.local_site.clone(),
            auto_generated: call.auto_generated,
            valid: call.fields.valid,
            policy_source: None,
            overrides: None,
        };
        return Ok(Made { event, secret, warnings });
    }
    Err(GenerateError::TooManyCollisions { attempts: call.max_attempts.max(0) })
}

/// What the policy column holds afterwards, as text, and what was odd about it.
pub(crate) fn policy_column(given: &Value) -> (String, Vec<Warning>) {
    let mut warnings = Vec::new();
    if let Value::String(text) = given {
        // The original's parser takes lone surrogates and NaN, which serde_json does not. Such a text must not be
        // mistaken for one that cannot be read, because that one means full access.
        if serde_json::from_str::<Value>(text).is_err() && tollgate_policy::parse(text).is_json() {
            warnings.push(Warning::PolicyKeptAsText);
            return (text.clone(), warnings);
        }
    }
    let read = read_json_column(given);
    let is_empty = read.as_object().is_some_and(serde_json::Map::is_empty);
    let was_empty = matches!(given, Value::Object(members) if members.is_empty())
        || matches!(given, Value::Null)
        || matches!(given, Value::String(text) if text.trim() == "{}");
    if is_empty && !was_empty {
        warnings.push(Warning::PolicyBecameFullAccess);
    }
    let column = dumps(&read);
    if tollgate_policy::check(&column, tollgate_policy::Catalog::review_board_8_1()).policy().is_none() {
        warnings.push(Warning::PolicyNotValid);
    }
    (column, warnings)
}

fn known_generator(id: &str) -> GeneratorId {
    id.parse().unwrap_or_else(|_| VendorChecksum::generator_id())
}
