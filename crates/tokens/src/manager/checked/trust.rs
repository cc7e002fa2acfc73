//! Trusting tokens again that damage, or an event of a newer kind, made uncertain.

use super::TokenError;
use super::guardrails::{breached_by_each, go_past};
use crate::event::{EventBody, GuardrailOverride, TokensTrusted};
use crate::ids::TokenUid;
use crate::model::{Standing, Token, Workspace};
use crate::time::Timestamp;

/// Decides that those of these tokens that are uncertain are trusted again. The answer is how many they are.
///
/// A token that logs in from then on must keep to the guardrails that are up, as one must that another act brings back.
/// Called without appending what it gives, it is the preview. Costs one look at all classes of requests for each pair of
/// a distinct policy and a guardrail that covers a token with it.
///
/// ```
/// use tollgate_tokens::checked::{TokenError, trust};
/// use tollgate_tokens::{Timestamp, Workspace};
///
/// let decided = trust(&Workspace::default(), &[], None, Timestamp::default());
/// assert_eq!(decided.err(), Some(TokenError::NothingUncertain));
/// ```
///
/// # Errors
///
/// [`TokenError::NothingUncertain`]; [`TokenError::Guardrails`] when what comes back goes past guardrails that `overrides`
/// does not name, and [`TokenError::OverrideWithoutReason`] where its reason is blank.
pub fn trust(
    workspace: &Workspace,
    tokens: &[TokenUid],
    overrides: Option<&GuardrailOverride>,
    now: Timestamp,
) -> Result<(Vec<EventBody>, usize), TokenError> {
    let known = tokens.iter().filter_map(|uid| workspace.token(*uid));
    let uncertain: Vec<&Token> =
        known.map(|token| &**token).filter(|token| token.standing == Standing::Uncertain).collect();
    if uncertain.is_empty() {
        return Err(TokenError::NothingUncertain);
    }
    let back = uncertain.iter().copied().filter(|token| token.valid && !token.is_expired_at(now));
    let breaches = breached_by_each(workspace, back.map(|token| (&*token.policy, token)));
    let overrides = go_past(&breaches, overrides)?;
    let tokens: Vec<TokenUid> = uncertain.iter().map(|token| token.uid).collect();
    let count = tokens.len();
    Ok((vec![EventBody::TokensTrusted(TokensTrusted { tokens, overrides })], count))
}
