//! `get_or_create_client_token`, as the original does it, and what it would do.

use std::sync::Arc;

use chrono::{Datelike as _, TimeDelta};
use serde_json::{Map, Value};

use super::client_choice::{ClientTokenChoice, ClientTokenPreview, PlannedToken, SiteRule, Uncertain, Wanted};
use super::{GenerateCall, GenerateError, Made, ModelFields, Warning, generate};
use crate::generator::{GeneratorRegistry, VendorChecksum};
use crate::ids::{SiteName, Username};
use crate::model::{Token, Workspace};
use crate::ports::Entropy;
use crate::time::Timestamp;

/// Every input of the original's operation.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientTokenCall {
    /// Whose token the client uses.
    pub user: Username,
    /// What the client calls itself; `None` is Python's `None`, which a token without a client matches.
    pub client_name: Option<String>,
    /// When a new token expires; an existing one keeps its own expiry.
    pub expires: ClientExpires,
    /// How many seconds an existing token must still live; fractions count, and zero or less adds nothing.
    pub min_validity_secs: f64,
    /// The extra data of a new token, to which the client's name is added.
    pub default_extra_data: ClientDefault<Map<String, Value>>,
    /// The policy of a new token. Not validated.
    pub default_policy: ClientDefault<Value>,
    /// The Local Site; `None` is a global token.
    pub local_site: Option<SiteName>,
    /// Whether tokens of deprecated generators are left alone.
    pub ignore_deprecated: bool,
}

/// When a client's new token expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientExpires {
    /// The server's setting decides.
    Unset,
    /// Never.
    Never,
    /// At this instant, even if it is past.
    At(Timestamp),
}

/// A value for a client's new token that the caller may leave out.
///
/// Unset and null come to the same; they are two because the original has both.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientDefault<T> {
    /// Left out.
    Unset,
    /// Python's `None`.
    Null,
    /// This value.
    Value(T),
}

/// What the operation asks of the server.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientTokenServer {
    /// How long a client's new token lives when the caller does not say.
    pub expiration: ClientTokenSetting,
    /// Whether there is any Local Site; where there is none, a token's site is not looked at.
    pub has_local_sites: bool,
}

/// What the server's setting `client_token_expiration` holds: any JSON value, because the original checks none.
///
/// ```
/// use serde_json::json;
/// use tollgate_tokens::compatible::ClientTokenSetting;
///
/// assert_eq!(ClientTokenSetting::default().days(), Some(365));
/// assert_eq!(ClientTokenSetting(json!(true)).days(), Some(1));
/// assert_eq!(ClientTokenSetting(json!("30")).days(), None);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ClientTokenSetting(pub Value);

/// The token that a client is to use.
#[derive(Debug)]
pub enum ClientToken {
    /// One that was there, with nothing of it changed.
    Existing(Arc<Token>),
    /// One that was made and is not yet durable.
    Made(Box<Made>),
}

/// Why a client got no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClientTokenError {
    /// A Local Site was named on a server that has none; the original raises an error.
    #[error("the server has no Local Sites, so there is none called `{site}`")]
    NoLocalSites {
        /// The site that was named.
        site: SiteName,
    },
    /// A token came up before a match whose extra data is no object; the original crashes.
    #[error("the extra data of token {number} is no object, so it does not say whose token it is")]
    UnreadableExtraData {
        /// The token's number.
        number: u64,
    },
    /// An instant lies outside the calendar of the original, which crashes.
    #[error("the {what} lies outside the years 1 to 9999")]
    DateOverflow {
        /// Which instant, in words.
        what: &'static str,
    },
    /// No token could be made.
    #[error(transparent)]
    Generate(#[from] GenerateError),
}

/// Finds the token that a client uses, or makes one, as the original does.
///
/// Costs a look at every token of the workspace.
///
/// # Errors
///
/// [`ClientTokenError`] where the original raises an error or crashes, and where [`generate()`] makes none.
pub fn get_or_create_client_token(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    call: &ClientTokenCall,
    server: &ClientTokenServer,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<(ClientToken, Vec<Warning>), ClientTokenError> {
    let preview = preview_client_token(workspace, registry, call, server, now)?;
    let ties = preview.ties();
    match preview.choice {
        ClientTokenChoice::Existing(token) => {
            let warnings = if ties == 0 { Vec::new() } else { vec![Warning::TieBroken { count: ties + 1 }] };
            Ok((ClientToken::Existing(token), warnings))
        }
        ClientTokenChoice::New(planned) => {
            let made = generate(workspace, registry, &mut making(registry, call, planned), entropy, now)?;
            let warnings = made.warnings.clone();
            Ok((ClientToken::Made(Box::new(made)), warnings))
        }
    }
}

/// Tells what [`get_or_create_client_token`] would do, and why it passes each of the user's other tokens over.
///
/// Costs a look at every token of the workspace.
///
/// # Errors
///
/// [`ClientTokenError`] where the original raises an error or crashes before it makes a token.
pub fn preview_client_token(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    call: &ClientTokenCall,
    server: &ClientTokenServer,
    now: Timestamp,
) -> Result<ClientTokenPreview, ClientTokenError> {
    let wanted = Wanted {
        user: &call.user,
        client_name: call.client_name.as_deref(),
        valid_until: valid_until(now, call.min_validity_secs)?,
        site: site_rule(call.local_site.as_ref(), server)?,
        ignore_deprecated: call.ignore_deprecated,
        uncertain: Uncertain::Trusted,
    };
    let selection = wanted.select(workspace, registry);
    if let Some(number) = selection.stumbling_block {
        return Err(ClientTokenError::UnreadableExtraData { number });
    }
    let choice = match selection.chosen {
        Some(token) => ClientTokenChoice::Existing(token),
        None => {
            let extra_data = call.default_extra_data.value().cloned().unwrap_or_default();
            let expires = expiry(call.expires, &server.expiration, now)?;
            ClientTokenChoice::New(PlannedToken::for_client(call.client_name.as_deref(), expires, extra_data))
        }
    };
    Ok(ClientTokenPreview { choice, passed_over: selection.passed_over })
}

impl ClientTokenCall {
    /// A call with the original's defaults.
    #[must_use]
    pub fn new(user: Username, client_name: Option<String>) -> Self {
        Self {
            user,
            client_name,
            expires: ClientExpires::Unset,
            min_validity_secs: 300.0,
            default_extra_data: ClientDefault::Unset,
            default_policy: ClientDefault::Unset,
            local_site: None,
            ignore_deprecated: false,
        }
    }
}

impl<T> ClientDefault<T> {
    /// The value, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Unset | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl Default for ClientTokenServer {
    /// A server that has Local Sites, with the original's own setting.
    fn default() -> Self {
        Self { expiration: ClientTokenSetting::default(), has_local_sites: true }
    }
}

impl Default for ClientTokenSetting {
    /// The original's own setting.
    fn default() -> Self {
        Self(Value::from(365))
    }
}

impl ClientTokenSetting {
    /// The days that a client's new token lives; `None` is for ever.
    ///
    /// Whole numbers but zero count, negative ones too, and `true` is 1; texts and fractions do not count.
    #[must_use]
    pub fn days(&self) -> Option<i64> {
        let days = match &self.0 {
            Value::Bool(days) => Some(i64::from(*days)),
            // Beyond any calendar, and refused there.
            Value::Number(days) => days.as_i64().or_else(|| days.as_u64().map(|_| i64::MAX)),
            _ => None,
        };
        days.filter(|days| *days != 0)
    }
}

/// The instant that a token must outlive, with a span of seconds rounded to microseconds as Python does.
///
/// # Errors
///
/// [`ClientTokenError::DateOverflow`].
pub(crate) fn valid_until(now: Timestamp, min_validity_secs: f64) -> Result<Timestamp, ClientTokenError> {
    // What is no number is not above zero either, and adds nothing.
    if min_validity_secs.is_nan() || min_validity_secs <= 0.0 {
        return Ok(now);
    }
    let micros = (min_validity_secs.fract() * 1e6).round_ties_even() as i64;
    // A cast saturates, and so many seconds are refused.
    let span = TimeDelta::try_seconds(min_validity_secs.trunc() as i64)
        .and_then(|seconds| seconds.checked_add(&TimeDelta::microseconds(micros)));
    later(now, span, "end of the minimum validity")
}

fn site_rule<'c>(site: Option<&'c SiteName>, server: &ClientTokenServer) -> Result<SiteRule<'c>, ClientTokenError> {
    match (site, server.has_local_sites) {
        (site, true) => Ok(SiteRule::Only(site)),
        (None, false) => Ok(SiteRule::Any),
        (Some(site), false) => Err(ClientTokenError::NoLocalSites { site: site.clone() }),
    }
}

fn expiry(
    expires: ClientExpires,
    setting: &ClientTokenSetting,
    now: Timestamp,
) -> Result<Option<Timestamp>, ClientTokenError> {
    match expires {
        ClientExpires::Unset => setting.days().map(|days| later(now, TimeDelta::try_days(days), "expiry")).transpose(),
        ClientExpires::Never => Ok(None),
        ClientExpires::At(instant) => Ok(Some(instant)),
    }
}

/// An instant within Python's calendar, which ends long before ours.
fn later(now: Timestamp, span: Option<TimeDelta>, what: &'static str) -> Result<Timestamp, ClientTokenError> {
    span.and_then(|span| now.checked_add_signed(span))
        .filter(|instant| (1..=9999).contains(&instant.year()))
        .ok_or(ClientTokenError::DateOverflow { what })
}

/// The call that makes a client's new token.
fn making(registry: &GeneratorRegistry, call: &ClientTokenCall, planned: PlannedToken) -> GenerateCall {
    let info = VendorChecksum::info(VendorChecksum::REVIEW_BOARD_TYPE);
    GenerateCall {
        note: Some(planned.note),
        policy: call.default_policy.value().cloned().unwrap_or_default(),
        expires: planned.expires,
        fields: ModelFields {
            extra_data: Value::Object(planned.extra_data),
            local_site: call.local_site.clone(),
            valid: true,
        },
        ..GenerateCall::new(call.user.clone(), registry.default_generator().id(), info)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::noon;

    #[track_caller]
    fn check(min_validity_secs: f64, micros: Option<i64>) {
        let added = valid_until(noon(), min_validity_secs).map(|instant| (instant - noon()).num_microseconds());
        let expected = micros.map(Some).ok_or(ClientTokenError::DateOverflow { what: "end of the minimum validity" });
        assert_eq!(added, expected, "{min_validity_secs}");
    }

    /// Source: `datetime.timedelta(seconds=…)` of Python 3.11.
    #[test]
    fn fractions_of_a_second_are_rounded_to_even_microseconds() {
        check(0.5, Some(500_000));
        check(1e-6, Some(1));
        check(1e-7, Some(0));
        check(5e-7, Some(0));
        check(1.5e-6, Some(2));
        check(2.5e-6, Some(2));
        check(3.000_000_5, Some(3_000_001));
        check(0.999_999_6, Some(1_000_000));
    }

    #[test]
    fn nothing_is_added_by_zero_negative_numbers_and_none() {
        for secs in [0.0, -0.0, -5.0, -1e300, f64::NEG_INFINITY, f64::NAN] {
            check(secs, Some(0));
        }
    }

    #[test]
    fn a_span_beyond_the_calendar_is_refused() {
        for secs in [3e11, 8.64e13, 1e300, f64::INFINITY] {
            check(secs, None);
        }
    }

    #[test]
    fn only_whole_numbers_but_zero_are_a_setting() {
        let days = |json: &str| ClientTokenSetting(serde_json::from_str(json).unwrap()).days();
        for (json, expected) in
            [("30", Some(30)), ("-1", Some(-1)), ("true", Some(1)), ("18446744073709551615", Some(i64::MAX))]
        {
            assert_eq!(days(json), expected, "{json}");
        }
        for json in ["0", "false", "null", "5.0", "0.5", r#""5""#, "[5]", "{}"] {
            assert_eq!(days(json), None, "{json}");
        }
    }
}
