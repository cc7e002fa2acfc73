//! Making a token, with everything checked first.

use super::TokenError;
use super::guardrails::{breached_by, go_past};
use super::rules::{check_expiry, check_source, held_text, refuse_token};
use crate::event::{EventBody, GuardrailOverride, PolicySource};
use crate::generator::{GeneratorRegistry, VendorChecksum};
use crate::ids::{SiteName, TokenUid, Username};
use crate::manager::compatible::{self, GenerateCall, Made, ModelFields};
use crate::model::Workspace;
use crate::ports::Entropy;
use crate::secret::{Fingerprint, TokenSecret};
use crate::time::Timestamp;

/// The longest type that a token may start with.
const LONGEST_TOKEN_TYPE: usize = 32;

/// What a new token shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct NewToken {
    /// Who owns it: a known, active user.
    pub owner: Username,
    /// The Local Site it is bound to; `None` is a global token.
    pub local_site: Option<SiteName>,
    /// What it is for.
    pub note: String,
    /// The policy as JSON text; it must be one that the service accepts.
    pub policy: String,
    /// The version of the library that the policy is; `None` is a text of its own.
    pub policy_source: Option<PolicySource>,
    /// The guardrails that making it goes past, and why.
    pub overrides: Option<GuardrailOverride>,
    /// When it expires; `None` is never.
    pub expires: Option<Timestamp>,
    /// Extra data, as a JSON object.
    pub extra_data: serde_json::Map<String, serde_json::Value>,
    /// The type that its text starts with; `None` is the one of the settings.
    pub token_type: Option<String>,
    /// Made by a program rather than at a user's request; the original then sends its owner no mail.
    pub auto_generated: bool,
    /// Which generator makes it; `None` is the default one.
    pub generator_id: Option<String>,
    /// How often a collision is answered with another try.
    pub max_attempts: u32,
}

impl NewToken {
    /// A global token with full access that never expires, made at a user's request; change what shall differ.
    #[must_use]
    pub fn for_owner(owner: Username) -> Self {
        Self {
            owner,
            local_site: None,
            note: String::new(),
            policy: "{}".to_owned(),
            policy_source: None,
            overrides: None,
            expires: None,
            extra_data: serde_json::Map::new(),
            token_type: None,
            auto_generated: false,
            generator_id: None,
            max_attempts: 20,
        }
    }
}

/// A token that was made.
#[derive(Debug)]
pub struct Generated {
    /// Its name from now on.
    pub uid: TokenUid,
    /// Its number in this workspace.
    pub number: u64,
    /// The secret, for the one time it is shown.
    pub secret: TokenSecret,
    /// What is kept of the secret.
    pub fingerprint: Fingerprint,
}

/// Decides a new token.
///
/// # Errors
///
/// [`TokenError`] names the first thing that is wrong; nothing is half done.
pub fn generate(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    call: &NewToken,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<(Vec<EventBody>, Generated), TokenError> {
    let mut made = make(workspace, registry, call, entropy, now)?;
    let policy_source = check_source(workspace, call.policy_source.as_ref(), &made.event.policy)?;
    let breaches = breached_by(workspace, &made.event.policy, [(&call.owner, call.local_site.as_ref())]);
    // The original knows nothing of a library, so neither does what makes the token.
    made.event.policy_source = policy_source;
    made.event.overrides = go_past(&breaches, call.overrides.as_ref())?;
    Ok((vec![made.body()], Generated::from(made)))
}

/// Makes a token, whatever guardrails and the library say of its policy.
pub(super) fn make(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    call: &NewToken,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<Made, TokenError> {
    check_owner_and_site(workspace, &call.owner, call.local_site.as_ref())?;
    let settings = workspace.settings();
    let registry = &settings.apply(registry);
    check_expiry(call.expires, now, settings)?;
    let token_type = call.token_type.as_ref().unwrap_or(&settings.token_type);
    check_token_type(token_type)?;
    let extra_data = serde_json::Value::Object(call.extra_data.clone());
    refuse_token("note", &call.note)?;
    refuse_token("extra data", &extra_data.to_string())?;
    let policy = held_text(&call.policy)?;
    let generator_id = call.generator_id.clone().unwrap_or_else(|| registry.default_generator().id().to_owned());
    if registry.is_deprecated(&generator_id) {
        return Err(TokenError::Generator(generator_id));
    }
    let mut compatible_call = GenerateCall {
        max_attempts: i64::from(call.max_attempts),
        note: Some(call.note.clone()),
        policy: serde_json::Value::String(policy),
        expires: call.expires,
        auto_generated: call.auto_generated,
        fields: ModelFields { extra_data, local_site: call.local_site.clone(), valid: true },
        ..GenerateCall::new(call.owner.clone(), generator_id, VendorChecksum::info(token_type))
    };
    compatible::generate(workspace, registry, &mut compatible_call, entropy, now).map_err(TokenError::from)
}

impl From<Made> for Generated {
    fn from(made: Made) -> Self {
        let Made { event, secret, .. } = made;
        Self { uid: event.uid, number: event.number, secret, fingerprint: event.fingerprint }
    }
}

pub(super) fn check_owner_and_site(
    workspace: &Workspace,
    owner: &Username,
    local_site: Option<&SiteName>,
) -> Result<(), TokenError> {
    match workspace.user(owner) {
        None => return Err(TokenError::UnknownUser(owner.clone())),
        Some(user) if !user.active => return Err(TokenError::InactiveUser(owner.clone())),
        Some(_) => {}
    }
    match local_site {
        Some(site) if !workspace.has_site(site) => Err(TokenError::UnknownSite(site.clone())),
        _ => Ok(()),
    }
}

/// Checks the type that a token's text shall start with.
///
/// A long type leaves little room for entropy: at 248 characters the original makes a token that anyone can guess.
///
/// # Errors
///
/// [`TokenError::TokenType`].
pub fn check_token_type(token_type: &str) -> Result<(), TokenError> {
    let is_short = (1..=LONGEST_TOKEN_TYPE).contains(&token_type.len());
    if is_short && token_type.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        Ok(())
    } else {
        Err(TokenError::TokenType { limit: LONGEST_TOKEN_TYPE })
    }
}
