//! Joining two journals of one workspace: the fallback's events are taken over by the other, by uid.

use std::collections::BTreeSet;

use crate::chain::Ledger;
use crate::event::{Event, EventBody, NewEvent};
use crate::ids::{TokenUid, Username};
use crate::model::Workspace;

/// What taking over another journal would change. Nothing is written by making a plan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct JoinPlan {
    /// The events to take over, in their order.
    pub events: Vec<Event>,
    /// Tokens that would be new here.
    pub new_tokens: Vec<TokenUid>,
    /// Tokens here that the other journal changes.
    pub changed_tokens: Vec<TokenUid>,
    /// Users that both have and that differ: the taken-over state would win.
    pub differing_users: Vec<Username>,
}

impl JoinPlan {
    /// Whether there is nothing to take over.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The events to append.
    #[must_use]
    pub fn into_events(self) -> Vec<NewEvent> {
        self.events.into_iter().map(NewEvent::Adopted).collect()
    }
}

/// Plans what `here` would take over from `other`, which holds its whole journal: every event that it has not seen.
///
/// Costs a search for each token and user that the other journal's events name.
#[must_use]
pub fn plan(here: &Workspace, other: &Ledger) -> JoinPlan {
    let mut plan = JoinPlan::default();
    let (mut new, mut changed, mut differing) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for entry in other.entries() {
        let event = &entry.event;
        let is_counted = event.id.sequence <= here.last_sequence_of(event.id.replica);
        let seen = is_counted && !is_about_new(&event.body, here, &new);
        if seen || matches!(event.body, EventBody::WorkspaceCreated(_) | EventBody::JournalRepaired(_)) {
            continue;
        }
        if let Some(uid) = made(&event.body).filter(|uid| is_unknown(*uid, here)) {
            new.insert(uid);
            plan.new_tokens.push(uid);
        }
        let known = event.body.tokens().filter(|uid| here.token(*uid).is_some());
        plan.changed_tokens.extend(known.filter(|uid| changed.insert(*uid)));
        match &event.body {
            EventBody::UserAdded(user) | EventBody::UserChanged(user) => {
                let differs = here
                    .user(&user.username)
                    .is_some_and(|known| known.active != user.active || known.superuser != user.superuser);
                if differs && differing.insert(&user.username) {
                    plan.differing_users.push(user.username.clone());
                }
            }
            _ => {}
        }
        plan.events.push(event.clone());
    }
    plan
}

/// Whether an event was never seen here, whatever its number: a fallback that began anew may count from 1 again.
///
/// A token that is not here was never seen, and neither was what happened to it.
fn is_about_new(body: &EventBody, here: &Workspace, new: &BTreeSet<TokenUid>) -> bool {
    match made(body) {
        Some(uid) => is_unknown(uid, here),
        None => body.tokens().any(|uid| new.contains(&uid)),
    }
}

/// The token that an event makes.
fn made(body: &EventBody) -> Option<TokenUid> {
    match body {
        EventBody::TokenGenerated(made) => Some(made.uid),
        EventBody::TokenRotated(act) => Some(act.new.uid),
        _ => None,
    }
}

fn is_unknown(uid: TokenUid, here: &Workspace) -> bool {
    here.token(uid).is_none() && here.deleted_token(uid).is_none()
}
