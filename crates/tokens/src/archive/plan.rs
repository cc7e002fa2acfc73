//! What taking an archive in would change, either way. Nothing is written by making a plan.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::relation::Relation;
use crate::chain::Ledger;
use crate::event::EventBody;
use crate::ids::{EventId, PolicyUid, SiteName, TokenUid, Username};
use crate::manager::join::{self, JoinPlan};
use crate::model::{Token, Workspace};

/// What taking an archive in would change, either way.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportPlan {
    /// How its history stands to the one that is here.
    pub relation: Relation,
    /// What taking over would change: everything that is here stays.
    pub merge: MergePlan,
    /// What putting its history in the place of this one would change.
    pub replace: ReplacePlan,
}

/// What taking over would change.
#[derive(Debug, Clone, PartialEq)]
pub struct MergePlan {
    /// The events that were never seen here.
    pub join: JoinPlan,
    /// Whether the service would be set to something else.
    pub changes_settings: bool,
}

/// What putting another history in the place of this one would change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReplacePlan {
    /// Tokens that are only here: they would be gone.
    pub lost_tokens: Vec<TokenUid>,
    /// Tokens that both have and that stand otherwise there.
    pub changed_tokens: Vec<TokenUid>,
    /// Tokens that are only there.
    pub new_tokens: Vec<TokenUid>,
    /// Users that are only here.
    pub lost_users: Vec<Username>,
    /// Local Sites that are only here.
    pub lost_sites: Vec<SiteName>,
    /// Policies of the library that are only here.
    pub lost_policies: Vec<PolicyUid>,
    /// How many events are only here.
    pub lost_events: u64,
    /// Whether the service would be set to something else.
    pub changes_settings: bool,
}

impl ImportPlan {
    /// Plans both ways. Linear in both histories, with a search for each event and token.
    #[must_use]
    pub fn new(here: &Ledger, other: &Ledger) -> Self {
        Self {
            relation: Relation::of(here, other),
            merge: MergePlan::new(here.workspace(), other),
            replace: ReplacePlan::new(here, other),
        }
    }
}

impl MergePlan {
    fn new(here: &Workspace, other: &Ledger) -> Self {
        let join = join::plan(here, other);
        let settings = join.events.iter().rev().find_map(|event| match &event.body {
            EventBody::SettingsChanged(settings) => Some(settings),
            _ => None,
        });
        let changes_settings = settings.is_some_and(|settings| settings != here.settings());
        Self { join, changes_settings }
    }

    /// Whether there is nothing to take over.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.join.is_empty()
    }

    /// The state that taking over would lead to. Linear in the events.
    #[must_use]
    pub fn outcome(&self, here: &Workspace) -> Workspace {
        here.clone().followed_by(&self.join.events)
    }
}

impl ReplacePlan {
    fn new(here: &Ledger, other: &Ledger) -> Self {
        let (ours, theirs) = (here.workspace(), other.workspace());
        let is_changed = |token: &&Arc<Token>| ours.token(token.uid).is_some_and(|known| known != *token);
        let known: BTreeSet<EventId> = other.entries().map(|entry| entry.event.id).collect();
        let lost_users = ours.users().filter(|user| theirs.user(&user.username).is_none());
        let lost_sites = ours.sites().filter(|site| !theirs.has_site(&site.name));
        let lost_policies = ours.library().policies().filter(|policy| theirs.library().policy(policy.uid).is_none());
        Self {
            lost_tokens: uids(ours.tokens().filter(|token| theirs.token(token.uid).is_none())),
            changed_tokens: uids(theirs.tokens().filter(is_changed)),
            new_tokens: uids(theirs.tokens().filter(|token| ours.token(token.uid).is_none())),
            lost_users: lost_users.map(|user| user.username.clone()).collect(),
            lost_sites: lost_sites.map(|site| site.name.clone()).collect(),
            lost_policies: lost_policies.map(|policy| policy.uid).collect(),
            lost_events: here.entries().filter(|entry| !known.contains(&entry.event.id)).count() as u64,
            changes_settings: ours.settings() != theirs.settings(),
        }
    }

    /// Whether nothing that is here would be gone.
    #[must_use]
    pub fn loses_nothing(&self) -> bool {
        self.lost_events == 0
    }
}

fn uids<'tokens>(tokens: impl Iterator<Item = &'tokens Arc<Token>>) -> Vec<TokenUid> {
    tokens.map(|token| token.uid).collect()
}
