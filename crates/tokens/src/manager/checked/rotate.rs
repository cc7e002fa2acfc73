//! Rotating a token: a successor now, and an end for the old one when nobody needs it any more.

use chrono::TimeDelta;

use super::generate::{Generated, NewToken, make};
use super::rotation_plan::{RotationPlan, plan_of};
use super::{NewExpiry, TokenError};
use crate::event::{EventBody, ExpiryChange, TokenGenerated, TokenRotated};
use crate::generator::GeneratorRegistry;
use crate::ids::TokenUid;
use crate::model::{Token, Workspace};
use crate::ports::{Entropy, EntropyError};
use crate::time::Timestamp;

/// How long both tokens may log in: none, 15 minutes, an hour, six hours, a day, a week.
pub const OVERLAPS: [TimeDelta; 6] = [
    TimeDelta::zero(),
    TimeDelta::minutes(15),
    TimeDelta::hours(1),
    TimeDelta::hours(6),
    TimeDelta::hours(24),
    TimeDelta::days(7),
];

/// Which token gets a successor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rotation {
    /// The token that ends.
    pub token: TokenUid,
    /// How long both log in: one of [`OVERLAPS`].
    pub overlap: TimeDelta,
    /// When the successor expires.
    pub expires: NewExpiry,
}

/// A rotation that was decided.
#[derive(Debug)]
pub struct Rotated {
    /// The successor, with its secret.
    pub successor: Generated,
    /// When the old token ends, and which token its client gets until then.
    pub plan: RotationPlan,
}

/// Decides a rotation: the successor inherits owner, Local Site, note, policy with its version, and extra data.
///
/// # Errors
///
/// [`TokenError`] when the token is unknown, does not log in any more or has a successor already, when the overlap is
/// none of [`OVERLAPS`], when the successor is refused, or when the client would be without a token at some instant.
pub fn rotate(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    rotation: Rotation,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<(Vec<EventBody>, Rotated), TokenError> {
    let old = rotatable(workspace, rotation, now)?;
    let made = make(workspace, registry, &heir(old, rotation), entropy, now)?;
    // The text is the old one's, so it is a version of the same policy, archived or not, and goes past no more than it did.
    let new = TokenGenerated { policy_source: old.policy_source, ..made.event.clone() };
    let expires = ExpiryChange { before: old.expires, after: Some(old_ends(old, rotation, now)) };
    let act = TokenRotated { old: old.uid, expires, earlier: old.replaced_by, new };
    let events = vec![EventBody::TokenRotated(Box::new(act))];
    let plan = plan_of(workspace, registry, old, &events, now)?;
    Ok((events, Rotated { successor: Generated::from(made), plan }))
}

/// Tells what [`rotate`] would decide, but for the successor's name and secret.
///
/// # Errors
///
/// Those of [`rotate`].
pub fn rotation_plan(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    rotation: Rotation,
    now: Timestamp,
) -> Result<RotationPlan, TokenError> {
    rotate(workspace, registry, rotation, &Placeholder, now).map(|(_, rotated)| rotated.plan)
}

/// Names a successor that nobody keeps.
struct Placeholder;

impl Entropy for Placeholder {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        bytes.fill(0);
        Ok(())
    }
}

fn rotatable(workspace: &Workspace, rotation: Rotation, now: Timestamp) -> Result<&Token, TokenError> {
    let old = workspace.token(rotation.token).ok_or(TokenError::UnknownToken(rotation.token))?;
    if !OVERLAPS.contains(&rotation.overlap) {
        return Err(TokenError::Overlap);
    }
    if !old.status_at(now).logs_in() {
        return Err(TokenError::CannotRotate { number: old.number });
    }
    match old.replaced_by.and_then(|uid| workspace.token(uid)) {
        Some(successor) => Err(TokenError::RotatedAlready { number: old.number, successor: successor.number }),
        None => Ok(old),
    }
}

/// A rotation never prolongs a token.
fn old_ends(old: &Token, rotation: Rotation, now: Timestamp) -> Timestamp {
    let overlap_ends = now + rotation.overlap;
    old.expires.map_or(overlap_ends, |expires| expires.min(overlap_ends))
}

/// What a token hands down.
fn heir(old: &Token, rotation: Rotation) -> NewToken {
    NewToken {
        local_site: old.local_site.clone(),
        note: old.note.clone(),
        policy: old.policy.as_ref().to_owned(),
        expires: rotation.expires.instant(),
        extra_data: old.extra_data.as_object().cloned().unwrap_or_default(),
        auto_generated: old.auto_generated,
        ..NewToken::for_owner(old.owner.clone())
    }
}
