//! Handing a client the token that it uses, or making one, with everything checked first.

use chrono::TimeDelta;
use serde_json::{Map, Value};

use super::generate::{check_owner_and_site, generate};
use super::rules::{check_expiry, held_text, refuse_token};
use super::{Generated, NewToken, TokenError};
use crate::event::{EventBody, GuardrailOverride};
use crate::generator::GeneratorRegistry;
use crate::ids::{SiteName, TokenUid, Username};
use crate::manager::compatible::{
    ClientTokenChoice, ClientTokenPreview, PlannedToken, SiteRule, Uncertain, Wanted, valid_until,
};
use crate::model::{Settings, Token, Workspace};
use crate::ports::Entropy;
use crate::secret::Fingerprint;
use crate::time::Timestamp;

/// Whose token a client wants to use, and what a new one shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct NewClientToken {
    /// Who owns the token: a known, active user.
    pub owner: Username,
    /// What the client calls itself; the token is found again by exactly this text.
    pub client_name: String,
    /// When a new token expires; an existing one keeps its own expiry.
    pub expires: ClientExpiry,
    /// How many seconds an existing token must still live, fractions included; from 0 up.
    pub min_validity_secs: f64,
    /// The extra data of a new token, to which the client's name is added.
    pub default_extra_data: Map<String, Value>,
    /// The policy of a new token as JSON text; it must be one that the service accepts.
    pub default_policy: String,
    /// The Local Site that the token is bound to; `None` is a global token.
    pub local_site: Option<SiteName>,
    /// Whether tokens of deprecated generators are left alone.
    pub ignore_deprecated: bool,
    /// The guardrails that making a token goes past, and why; one that is there is handed out all the same.
    pub overrides: Option<GuardrailOverride>,
}

/// When a client's new token expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientExpiry {
    /// As the settings say: 365 days unless they were changed.
    AsSet,
    /// So long after it was made.
    After(TimeDelta),
    /// At this instant.
    At(Timestamp),
    /// Never.
    Never,
}

/// The token that a client is to use.
#[derive(Debug)]
pub enum ClientTokenOutcome {
    /// One that was there, with nothing of it changed. Its secret was shown when it was made and is not known here.
    Existing {
        /// Its name.
        uid: TokenUid,
        /// Its number in this workspace.
        number: u64,
        /// What is kept of its secret, to find it among those that the client has.
        fingerprint: Fingerprint,
        /// When it expires; `None` is never.
        expires: Option<Timestamp>,
    },
    /// One that was made.
    Made(Generated),
}

/// Decides which token a client uses: one that is there needs no event.
///
/// Costs a look at every token of the workspace.
///
/// # Errors
///
/// [`TokenError`] names the first thing that is wrong with the call, whether or not a token would have to be made.
pub fn client_token(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    call: &NewClientToken,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<(Vec<EventBody>, ClientTokenOutcome), TokenError> {
    let planned = match preview_client_token(workspace, registry, call, now)?.choice {
        ClientTokenChoice::Existing(token) => return Ok((Vec::new(), ClientTokenOutcome::existing(&token))),
        ClientTokenChoice::New(planned) => planned,
    };
    let new_token = NewToken {
        local_site: call.local_site.clone(),
        note: planned.note,
        policy: call.default_policy.clone(),
        expires: planned.expires,
        extra_data: planned.extra_data,
        overrides: call.overrides.clone(),
        ..NewToken::for_owner(call.owner.clone())
    };
    let (events, generated) = generate(workspace, registry, &new_token, entropy, now)?;
    Ok((events, ClientTokenOutcome::Made(generated)))
}

/// Tells what [`client_token`] would decide, and why it passes each of the owner's other tokens over.
///
/// Costs a look at every token of the workspace.
///
/// # Errors
///
/// [`TokenError`] names the first thing that is wrong with the call.
pub fn preview_client_token(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    call: &NewClientToken,
    now: Timestamp,
) -> Result<ClientTokenPreview, TokenError> {
    check_owner_and_site(workspace, &call.owner, call.local_site.as_ref())?;
    check_texts(call)?;
    let settings = workspace.settings();
    let registry = &settings.apply(registry);
    let expires = expiry(call.expires, now, settings)?;
    let wanted = Wanted {
        user: &call.owner,
        client_name: Some(call.client_name.as_str()),
        valid_until: needed_until(call.min_validity_secs, now)?,
        // Also where no site is known: a token stays bound to one whose entry was lost.
        site: SiteRule::Only(call.local_site.as_ref()),
        ignore_deprecated: call.ignore_deprecated,
        uncertain: Uncertain::PassedOver,
    };
    // DIFFERENCE: the original crashes at extra data that is no object; here such a token is just not this client's.
    let selection = wanted.select(workspace, registry);
    let new = || PlannedToken::for_client(wanted.client_name, expires, call.default_extra_data.clone());
    let choice = selection.chosen.map_or_else(|| ClientTokenChoice::New(new()), ClientTokenChoice::Existing);
    Ok(ClientTokenPreview { choice, passed_over: selection.passed_over })
}

impl NewClientToken {
    /// A global token that lives for at least five more minutes, or else a new one with full access for a year: the
    /// original's defaults.
    #[must_use]
    pub fn for_client(owner: Username, client_name: impl Into<String>) -> Self {
        Self {
            owner,
            client_name: client_name.into(),
            expires: ClientExpiry::AsSet,
            min_validity_secs: 300.0,
            default_extra_data: Map::new(),
            default_policy: "{}".to_owned(),
            local_site: None,
            ignore_deprecated: false,
            overrides: None,
        }
    }
}

impl ClientTokenOutcome {
    /// The token's name.
    #[must_use]
    pub fn uid(&self) -> TokenUid {
        match self {
            Self::Existing { uid, .. } => *uid,
            Self::Made(generated) => generated.uid,
        }
    }

    fn existing(token: &Token) -> Self {
        let Token { uid, number, expires, .. } = *token;
        Self::Existing { uid, number, fingerprint: token.fingerprint.clone(), expires }
    }
}

fn check_texts(call: &NewClientToken) -> Result<(), TokenError> {
    if call.client_name.trim().is_empty() {
        return Err(TokenError::NamelessClient);
    }
    refuse_token("client name", &call.client_name)?;
    refuse_token("extra data", &Value::Object(call.default_extra_data.clone()).to_string())?;
    held_text(&call.default_policy).map(drop)
}

fn expiry(expires: ClientExpiry, now: Timestamp, settings: &Settings) -> Result<Option<Timestamp>, TokenError> {
    let lifetime = match expires {
        ClientExpiry::Never => return Ok(None),
        ClientExpiry::AsSet if settings.client_token_days == 0 => return Ok(None),
        ClientExpiry::AsSet => TimeDelta::days(i64::from(settings.client_token_days)),
        ClientExpiry::After(lifetime) if lifetime <= TimeDelta::zero() => return Err(TokenError::ExpiryInPast),
        ClientExpiry::After(lifetime) => lifetime,
        ClientExpiry::At(instant) => return check_expiry(Some(instant), now, settings).map(|()| Some(instant)),
    };
    let too_far = || TokenError::ExpiryTooFar { days: i64::from(settings.longest_lifetime_days) };
    let expires = now.checked_add_signed(lifetime).ok_or_else(too_far)?;
    check_expiry(Some(expires), now, settings).map(|()| Some(expires))
}

fn needed_until(min_validity_secs: f64, now: Timestamp) -> Result<Timestamp, TokenError> {
    if !min_validity_secs.is_finite() || min_validity_secs < 0.0 {
        return Err(TokenError::MinValidity);
    }
    valid_until(now, min_validity_secs).map_err(|_| TokenError::MinValidity)
}
