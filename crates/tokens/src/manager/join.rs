//! Joining two journals of one workspace: the fallback's events are taken over by the other, by uid.

use std::collections::BTreeSet;

use crate::chain::Ledger;
use crate::event::{Event, EventBody, NewEvent};
use crate::ids::{PolicyUid, TokenUid, Username};
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
    /// Policies of the library that would be new here.
    pub new_policies: Vec<PolicyUid>,
    /// Policies of the library here that the other journal changes.
    pub changed_policies: Vec<PolicyUid>,
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
    let mut new = New::default();
    let (mut changed, mut changed_policies, mut differing) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for entry in other.entries() {
        let event = &entry.event;
        let is_counted = event.id.sequence <= here.last_sequence_of(event.id.replica);
        let seen = is_counted && !is_about_new(&event.body, here, &new);
        if seen || matches!(event.body, EventBody::WorkspaceCreated(_) | EventBody::JournalRepaired(_)) {
            continue;
        }
        if let Some(uid) = made(&event.body).filter(|uid| is_unknown(*uid, here)) {
            new.tokens.insert(uid);
            plan.new_tokens.push(uid);
        }
        match event.body.policy() {
            Some(uid) if here.library().policy(uid).is_some() => {
                plan.changed_policies.extend(Some(uid).filter(|uid| changed_policies.insert(*uid)));
            }
            Some(uid) if matches!(event.body, EventBody::PolicySaved(_)) => {
                plan.new_policies.extend(Some(uid).filter(|uid| new.policies.insert(*uid)));
            }
            _ => {}
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

/// What a plan makes that is not here.
#[derive(Default)]
struct New {
    tokens: BTreeSet<TokenUid>,
    policies: BTreeSet<PolicyUid>,
}

/// Whether an event was never seen here, whatever its number: a fallback that began anew may count from 1 again.
///
/// A token that is not here was never seen, and neither was what happened to it; so it is with a policy of the library.
fn is_about_new(body: &EventBody, here: &Workspace, new: &New) -> bool {
    match (made(body), body) {
        (Some(uid), _) => is_unknown(uid, here),
        (None, EventBody::PolicySaved(saved)) => here.library().policy(saved.policy).is_none(),
        (None, _) => {
            let mut tokens = body.tokens();
            tokens.any(|uid| new.tokens.contains(&uid)) || body.policy().is_some_and(|uid| new.policies.contains(&uid))
        }
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
