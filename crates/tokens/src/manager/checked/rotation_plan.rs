//! Which token a client gets while one is replaced by another.

use chrono::TimeDelta;

use super::TokenError;
use crate::event::{Event, EventBody};
use crate::generator::GeneratorRegistry;
use crate::ids::{EventId, ReplicaId, TokenUid};
use crate::manager::compatible::{CLIENT_NAME, SiteRule, Uncertain, Wanted};
use crate::model::{Token, Workspace};
use crate::time::Timestamp;

/// How long a token must still live for a client that asks without saying so, as in the original.
const MIN_VALIDITY: TimeDelta = TimeDelta::seconds(300);

/// What a rotation means for who uses the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationPlan {
    /// When the old token ends.
    pub old_ends: Timestamp,
    /// When the successor ends; `None` is never.
    pub successor_ends: Option<Timestamp>,
    /// Which token the client that the old one was made for gets, from which instant on; empty when it is no client's.
    pub handed_out: Vec<HandedOut>,
}

/// The token that a client gets from an instant on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandedOut {
    /// From when on.
    pub from: Timestamp,
    /// Which token.
    pub token: ClientGets,
}

/// Which token a client gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientGets {
    /// The one that ends.
    Old,
    /// Its successor.
    Successor,
    /// A third one, which is the client's, too.
    Other(TokenUid),
}

/// Plays a rotation through: at every instant until the old token ends somebody must be there for its client.
///
/// A choice changes only when a token is no longer valid for long enough, so that one look at each such instant, and at
/// the end, sees them all. Costs a look at every token of the workspace for each token of the client.
pub(super) fn plan_of(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    old: &Token,
    events: &[EventBody],
    now: Timestamp,
) -> Result<RotationPlan, TokenError> {
    let Some(EventBody::TokenRotated(act)) = events.first() else { return Err(TokenError::UnknownToken(old.uid)) };
    let after = after(workspace, events, now);
    let old_ends = act.expires.after.unwrap_or(now);
    let plan = RotationPlan { old_ends, successor_ends: act.new.expires, handed_out: Vec::new() };
    let Some(client) = old.extra_data.get(CLIENT_NAME).and_then(|name| name.as_str()) else {
        // Nobody asks for it by a name: the successor must be there when it ends.
        return match act.new.expires.filter(|ends| *ends <= old_ends) {
            Some(at) => Err(TokenError::RotationGap { at }),
            None => Ok(plan),
        };
    };
    let registry = workspace.settings().apply(registry);
    let chosen_at = |instant: Timestamp| -> Result<ClientGets, TokenError> {
        let wanted = Wanted {
            user: &old.owner,
            client_name: Some(client),
            valid_until: instant + MIN_VALIDITY,
            site: SiteRule::Only(old.local_site.as_ref()),
            ignore_deprecated: false,
            uncertain: Uncertain::PassedOver,
        };
        let chosen = wanted.select(&after, &registry).chosen.ok_or(TokenError::RotationGap { at: instant })?;
        Ok(if chosen.uid == old.uid {
            ClientGets::Old
        } else if chosen.uid == act.new.uid {
            ClientGets::Successor
        } else {
            ClientGets::Other(chosen.uid)
        })
    };
    let mut handed_out: Vec<HandedOut> = Vec::new();
    for from in instants(&after, old, now, old_ends) {
        let token = chosen_at(from)?;
        if handed_out.last().is_none_or(|last| last.token != token) {
            handed_out.push(HandedOut { from, token });
        }
    }
    Ok(RotationPlan { handed_out, ..plan })
}

/// The workspace as it is when the rotation has been done.
fn after(workspace: &Workspace, events: &[EventBody], now: Timestamp) -> Workspace {
    let mut after = workspace.clone();
    for body in events {
        let id = EventId { replica: ReplicaId::from_bytes([0; 16]), sequence: 0 };
        after.apply(&Event { id, at: now, by: None, body: body.clone() });
    }
    after
}

/// The instants, in order, at which the choice may change: when a token stops being valid for long enough.
fn instants(after: &Workspace, old: &Token, now: Timestamp, end: Timestamp) -> Vec<Timestamp> {
    let ends = after.tokens_of(&old.owner).filter_map(|token| token.expires);
    let mut instants: Vec<Timestamp> = ends.map(|expires| expires - MIN_VALIDITY).collect();
    instants.retain(|instant| *instant > now && *instant < end);
    instants.extend([now, end]);
    instants.sort_unstable();
    instants.dedup();
    instants
}
