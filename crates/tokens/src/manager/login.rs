//! Logging in with a token, and what the record keeps of it.

use crate::authentication::{Authentication, LoginAttempt, authenticate};
use crate::event::{EventBody, TokenTried};
use crate::generator::GeneratorRegistry;
use crate::model::{Token, Workspace};
use crate::secret::TokenSecret;

/// Decides a login: one that succeeds is recorded as the token's last use, one with an expired token is told.
///
/// Source: the original's behavior, `token-system.md` §6 and §7.
#[must_use]
pub fn log_in(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    secret: &TokenSecret,
    attempt: LoginAttempt,
) -> (Vec<EventBody>, Authentication) {
    let registry = workspace.settings().apply(registry);
    let outcome = authenticate(workspace, &registry, secret, attempt);
    let tried = |token: &Token| TokenTried { uid: token.uid };
    let events = match &outcome {
        Authentication::LoggedIn { token, .. } => vec![EventBody::TokenUsed(tried(token))],
        Authentication::Expired { token } => vec![EventBody::ExpiredTokenTried(tried(token))],
        _ => Vec::new(),
    };
    (events, outcome)
}
