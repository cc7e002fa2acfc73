//! A workspace as plain lists, for what keeps it elsewhere than in a journal.
//!
//! The lists hold everything that further events could meet, so that folding on from them is folding from the start.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{DeletedToken, Library, LibraryParts, LocalSite, LostToken, Settings, Token, User, Workspace};
use crate::event::{Event, TokenRecord};
use crate::ids::{Epoch, EventId, ReplicaId, TokenUid};

/// All of a workspace: its tokens, and the rest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WorkspaceParts {
    /// The tokens, in the order of their numbers.
    pub tokens: Vec<Arc<Token>>,
    /// Everything else.
    pub rest: WorkspaceRest,
}

/// Everything of a workspace but its tokens. This is a stored shape: what keeps it carries a version.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceRest {
    /// The history's name; `None` before the first event.
    pub epoch: Option<Epoch>,
    /// The users, by name.
    pub users: Vec<User>,
    /// The Local Sites, by name.
    pub sites: Vec<LocalSite>,
    /// Tokens that are named but whose making was not read, by uid.
    pub lost: Vec<LostToken>,
    /// The acts that were undone.
    pub undone: Vec<EventId>,
    /// The damaged entries that a repair recorded: the place of each, and SHA-256 of its bytes in hexadecimal digits.
    pub repaired: Vec<(u64, String)>,
    /// The number of the last event of each replica.
    pub replica_heads: Vec<(ReplicaId, u64)>,
    /// How many events are of a kind that the program did not know.
    pub unknown_events: u64,
    /// Tokens that a look-up by digest does not find, because a later one has the same.
    pub shadowed: Vec<TokenUid>,
    /// Tokens that were deleted, with the act that did it, by uid.
    pub deleted: Vec<(EventId, TokenRecord)>,
    /// The highest number that a token ever had.
    pub last_number: u64,
    /// What the service is set to.
    pub settings: Settings,
    /// Policies, guardrails and catalogs.
    #[serde(default, skip_serializing_if = "LibraryParts::is_empty")]
    pub library: LibraryParts,
}

impl Workspace {
    /// Takes the workspace apart. Linear in its size; tokens are shared, not copied.
    #[must_use]
    pub fn to_parts(&self) -> WorkspaceParts {
        // Named one by one, so that a new field cannot be forgotten. Policies are found again in the tokens.
        let Self {
            epoch,
            users,
            sites,
            tokens,
            by_number,
            by_digest,
            policies: _,
            lost,
            undone,
            repaired,
            replica_heads,
            unknown_events,
            deleted,
            last_number,
            settings,
            library,
        } = self;
        let tokens: Vec<Arc<Token>> = by_number.values().filter_map(|uid| tokens.get(uid)).cloned().collect();
        let is_shadowed = |token: &&Arc<Token>| by_digest.get(&token.digest) != Some(&token.uid);
        let shadowed = tokens.iter().filter(is_shadowed).map(|token| token.uid).collect();
        let rest = WorkspaceRest {
            epoch: *epoch,
            users: users.values().cloned().collect(),
            sites: sites.values().cloned().collect(),
            lost: lost.values().cloned().collect(),
            undone: undone.iter().copied().collect(),
            repaired: repaired.iter().map(|(sequence, sha256)| (*sequence, sha256.clone())).collect(),
            replica_heads: replica_heads.iter().map(|(replica, head)| (*replica, *head)).collect(),
            unknown_events: *unknown_events,
            shadowed,
            deleted: deleted.values().map(|deleted| (deleted.act, TokenRecord::from(&*deleted.token))).collect(),
            last_number: *last_number,
            settings: settings.clone(),
            library: library.to_parts(),
        };
        WorkspaceParts { tokens, rest }
    }

    /// Puts a workspace together again: the parts of the result are these parts, if they are those of a workspace.
    ///
    /// Whatever else they are, the result is some workspace. Of tokens with one uid or number, the last counts.
    /// Costs an insertion into four ordered maps for each token.
    #[must_use]
    pub fn from_parts(parts: WorkspaceParts) -> Self {
        let WorkspaceParts { tokens, rest } = parts;
        let WorkspaceRest { epoch, users, sites, lost, undone, repaired, replica_heads, .. } = rest;
        let WorkspaceRest { unknown_events, mut shadowed, deleted, last_number, settings, library, .. } = rest;
        shadowed.sort_unstable();
        let mut workspace = Self {
            epoch,
            users: users.into_iter().map(|user| (user.username.clone(), user)).collect(),
            sites: sites.into_iter().map(|site| (site.name.clone(), site)).collect(),
            lost: lost.into_iter().map(|token| (token.uid, token)).collect(),
            undone: undone.into_iter().collect(),
            repaired: repaired.into_iter().collect(),
            replica_heads: replica_heads.into_iter().collect(),
            unknown_events,
            last_number,
            settings,
            library: Library::from_parts(library),
            ..Self::default()
        };
        for (act, record) in deleted {
            let policy = workspace.share_policy(&record.made.policy);
            let token = Token { policy, ..Token::from(record) };
            workspace.deleted.insert_mut(token.uid, Arc::new(DeletedToken { act, token: Arc::new(token) }));
        }
        for token in tokens {
            if !workspace.policies.contains(&*token.policy) {
                workspace.policies.insert_mut(Arc::clone(&token.policy));
            }
            workspace.by_number.insert_mut(token.number, token.uid);
            if shadowed.binary_search(&token.uid).is_err() {
                workspace.by_digest.insert_mut(token.digest, token.uid);
            }
            workspace.tokens.insert_mut(token.uid, token);
        }
        workspace
    }

    /// The workspace that these events make of this one.
    ///
    /// Only for events behind those that it was made of, in their order, from a chain in which no damage is waiting
    /// for a repair: a [`Ledger`](crate::Ledger) knows more of damage than its events tell.
    #[must_use]
    pub fn followed_by<'event>(mut self, events: impl IntoIterator<Item = &'event Event>) -> Self {
        for event in events {
            self.apply(event);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checked::NewToken;
    use crate::event::{EventBody, JournalRepaired, NewEvent, RepairedEntry, TokensInvalidated};
    use crate::journal::Journal as _;
    use crate::people::Powers;
    use crate::test_support::{memory_manager, noon};

    /// A history with something in every part.
    fn history() -> Vec<Event> {
        let manager = memory_manager();
        let here = |body| NewEvent::Here { at: noon(), by: None, body };
        pollster::block_on(async {
            manager.add_user("alice".parse().unwrap(), Powers::default()).await.unwrap();
            manager.add_site("acme".parse().unwrap()).await.unwrap();
            let mut uids = Vec::new();
            for note in ["one", "two", "three"] {
                let call = NewToken { note: note.into(), ..NewToken::for_owner("alice".parse().unwrap()) };
                uids.push(manager.generate(call).await.unwrap().uid);
            }
            manager.invalidate_one(uids[0], "oops".into()).await.unwrap();
            let act = manager.journal().read(|ledger| ledger.entries().next_back().unwrap().event.id);
            manager.undo(act).await.unwrap();
            manager.invalidate_one(uids[1], "for good".into()).await.unwrap();
            let gone = manager.generate(NewToken::for_owner("alice".parse().unwrap())).await.unwrap().uid;
            manager.delete(vec![gone], "no use".into()).await.unwrap();
            let settings = Settings { token_type: "acme".into(), ..Settings::default() };
            manager.change_settings(settings).await.unwrap();
            let made = manager.journal().read(|ledger| {
                let mut bodies = ledger.entries().map(|entry| entry.event.body.clone());
                bodies.find(|body| matches!(body, EventBody::TokenGenerated(_))).unwrap()
            });
            let EventBody::TokenGenerated(mut twin) = made else { panic!("filtered") };
            twin.uid = TokenUid::from_bytes([7; 16]);
            let lost = TokensInvalidated {
                tokens: vec![TokenUid::from_bytes([9; 16])],
                reason: String::new(),
                overwritten: vec![],
            };
            let entry =
                RepairedEntry { sequence: 3, reason: "torn".into(), bytes: String::new(), sha256: "e3b0".into() };
            let unknown = EventBody::Unknown { kind: "token_painted".into(), version: 7, json: "{}".into() };
            let more = vec![
                here(EventBody::TokenGenerated(twin)),
                here(EventBody::TokensInvalidated(lost)),
                here(EventBody::JournalRepaired(JournalRepaired { entries: vec![entry] })),
                here(unknown),
            ];
            manager.append(more).await.unwrap();
        });
        manager.journal().read(|ledger| ledger.entries().map(|entry| entry.event.clone()).collect())
    }

    #[test]
    fn putting_the_parts_together_gives_the_same_parts() {
        let workspace = Workspace::default().followed_by(&history());
        let parts = workspace.to_parts();
        let WorkspaceRest { epoch, users, sites, lost, undone, repaired, replica_heads, .. } = &parts.rest;
        let WorkspaceRest { unknown_events, shadowed, deleted, settings, .. } = &parts.rest;
        assert_eq!((deleted.len(), settings.token_type.as_str()), (1, "acme"));
        assert!(epoch.is_some() && *unknown_events == 1);
        assert_eq!([users.len(), sites.len(), lost.len(), undone.len()], [1; 4]);
        assert_eq!([repaired.len(), replica_heads.len(), shadowed.len()], [1; 3]);
        assert_eq!(parts.tokens.len(), 4);

        let again = Workspace::from_parts(parts.clone());
        assert_eq!(again.to_parts(), parts);
        assert_eq!(again.next_number(), workspace.next_number());
        for token in &parts.tokens {
            assert_eq!(again.token_by_digest(&token.digest), workspace.token_by_digest(&token.digest));
        }
    }

    #[test]
    fn folding_on_from_the_parts_is_folding_from_the_start() {
        let history = history();
        let whole = Workspace::default().followed_by(&history).to_parts();
        for cut in 0..=history.len() {
            let before = Workspace::default().followed_by(&history[..cut]).to_parts();
            let after = Workspace::from_parts(before).followed_by(&history[cut..]);
            assert_eq!(after.to_parts(), whole, "cut before event {cut}");
        }
    }

    #[test]
    fn the_rest_survives_its_json() {
        let rest = Workspace::default().followed_by(&history()).to_parts().rest;
        let json = serde_json::to_string(&rest).unwrap();
        assert_eq!(serde_json::from_str::<WorkspaceRest>(&json).unwrap(), rest);
    }
}
