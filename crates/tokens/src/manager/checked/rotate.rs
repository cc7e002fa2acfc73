//! Rotating a token: a successor now, and an end for the old one when nobody needs it any more.

use chrono::TimeDelta;

use super::generate::{Generated, NewToken, generate};
use super::{NewExpiry, TokenError};
use crate::event::{EventBody, ExpiryChange, TokenRotated};
use crate::generator::GeneratorRegistry;
use crate::ids::TokenUid;
use crate::model::{Token, Workspace};
use crate::ports::Entropy;
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
    /// When the old token ends.
    pub old_ends: Timestamp,
}

/// Decides a rotation: the successor inherits owner, Local Site, note, policy and extra data.
///
/// # Errors
///
/// [`TokenError`] when the token is unknown, does not log in any more or has a successor already, when the overlap is
/// none of [`OVERLAPS`], or when the successor is refused.
pub fn rotate(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    rotation: Rotation,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<(Vec<EventBody>, Rotated), TokenError> {
    let old = workspace.token(rotation.token).ok_or(TokenError::UnknownToken(rotation.token))?;
    if !OVERLAPS.contains(&rotation.overlap) {
        return Err(TokenError::Overlap);
    }
    if !old.status_at(now).logs_in() {
        return Err(TokenError::CannotRotate { number: old.number });
    }
    if let Some(successor) = old.replaced_by.and_then(|uid| workspace.token(uid)) {
        return Err(TokenError::RotatedAlready { number: old.number, successor: successor.number });
    }
    let (events, successor) = generate(workspace, registry, &heir(old, rotation), entropy, now)?;
    let overlap_ends = now + rotation.overlap;
    let old_ends = old.expires.map_or(overlap_ends, |expires| expires.min(overlap_ends));
    let expires = ExpiryChange { before: old.expires, after: Some(old_ends) };
    let rotated = |body| match body {
        EventBody::TokenGenerated(new) => EventBody::TokenRotated(Box::new(TokenRotated {
            old: old.uid,
            expires,
            earlier: old.replaced_by,
            new: *new,
        })),
        other => other,
    };
    Ok((events.into_iter().map(rotated).collect(), Rotated { successor, old_ends }))
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
