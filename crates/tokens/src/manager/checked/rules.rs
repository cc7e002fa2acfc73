//! Rules that several acts share.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use tollgate_policy::{Catalog, Policy};

use super::TokenError;
use crate::event::PolicySource;
use crate::ids::TokenUid;
use crate::manager::compatible;
use crate::model::{Settings, Token, Workspace};
use crate::scan::looks_like_token;
use crate::time::Timestamp;

/// Refuses an expiry that is past, or later than the service allows.
pub(super) fn check_expiry(expires: Option<Timestamp>, now: Timestamp, settings: &Settings) -> Result<(), TokenError> {
    let longest = TimeDelta::days(i64::from(settings.longest_lifetime_days));
    match expires {
        Some(expires) if expires <= now => Err(TokenError::ExpiryInPast),
        Some(expires) if expires - now > longest => Err(TokenError::ExpiryTooFar { days: longest.num_days() }),
        _ => Ok(()),
    }
}

/// Refuses a text that would be kept for good if it holds a token.
pub(super) fn refuse_token(field: &'static str, kept: &str) -> Result<(), TokenError> {
    if looks_like_token(kept) { Err(TokenError::LooksLikeToken { field }) } else { Ok(()) }
}

/// The text that a token holds of a policy: what the service would store of it.
///
/// Two texts that differ in their layout only are held as one. Linear in the text.
///
/// # Errors
///
/// [`TokenError::Policy`] when the service would refuse it, [`TokenError::LooksLikeToken`] when it holds a token.
///
/// ```
/// use tollgate_tokens::checked::held_text;
///
/// let held = held_text("{\n  \"resources\": {\"*\": {\"allow\": [\"GET\"]}}\n}")?;
/// assert_eq!(held, r#"{"resources": {"*": {"allow": ["GET"]}}}"#);
/// # Ok::<(), tollgate_tokens::checked::TokenError>(())
/// ```
pub fn held_text(text: &str) -> Result<String, TokenError> {
    // As it was given, before a refusal can quote it, and as it is kept: escapes may hide a token.
    refuse_token("policy", text)?;
    let policy = check_policy(text)?.to_json();
    refuse_token("policy", &policy)?;
    Ok(compatible::policy_column(&serde_json::Value::String(policy)).0)
}

fn check_policy(text: &str) -> Result<Policy, TokenError> {
    let checked = tollgate_policy::check(text, Catalog::review_board_8_1());
    let first = || checked.diagnostics().first().map_or_else(String::new, |diagnostic| diagnostic.message.clone());
    checked.policy().ok_or_else(|| TokenError::Policy(first()))
}

/// The tokens of a list, each once, in the order of their numbers.
pub(super) fn picked<'w>(workspace: &'w Workspace, tokens: &[TokenUid]) -> Result<Vec<&'w Token>, TokenError> {
    let uids: BTreeSet<TokenUid> = tokens.iter().copied().collect();
    let find = |uid| workspace.token(uid).map(AsRef::as_ref).ok_or(TokenError::UnknownToken(uid));
    let mut picked = uids.into_iter().map(find).collect::<Result<Vec<&Token>, TokenError>>()?;
    picked.sort_by_key(|token| token.number);
    Ok(picked)
}

/// Whether a policy that is held so may be said to be a version of the library, named by its number there.
pub(super) fn check_source(
    workspace: &Workspace,
    source: Option<&PolicySource>,
    held: &str,
) -> Result<Option<PolicySource>, TokenError> {
    let Some(source) = source else { return Ok(None) };
    let unknown = TokenError::UnknownPolicyVersion { policy: source.policy, version: source.version };
    let (policy, version) = workspace.library().version_of(source).ok_or(unknown)?;
    if policy.is_archived {
        return Err(TokenError::ArchivedPolicy(policy.name.clone()));
    }
    if held_text(&version.text)? != held {
        return Err(TokenError::OtherPolicyText { name: policy.name.clone(), version: version.number });
    }
    Ok(Some(policy.source_of(version)))
}
