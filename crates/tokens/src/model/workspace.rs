//! The state of a workspace: the fold of its events.

use std::sync::Arc;

use rpds::{RedBlackTreeMapSync, RedBlackTreeSetSync};
use serde::{Deserialize, Serialize};

use super::{Library, LocalSite, Settings, Token, User};
use crate::ids::{Epoch, EventId, SiteName, TokenUid, Username};
use crate::secret::TokenDigest;

/// Everything that the events of a journal add up to.
///
/// A clone is cheap: the maps share what they have in common, so that an act can be tried on a copy.
#[derive(Debug, Clone, Default)]
pub struct Workspace {
    pub(super) epoch: Option<Epoch>,
    pub(super) users: RedBlackTreeMapSync<Username, User>,
    pub(super) sites: RedBlackTreeMapSync<SiteName, LocalSite>,
    pub(super) tokens: RedBlackTreeMapSync<TokenUid, Arc<Token>>,
    pub(super) by_number: RedBlackTreeMapSync<u64, TokenUid>,
    pub(super) by_digest: RedBlackTreeMapSync<TokenDigest, TokenUid>,
    pub(super) policies: RedBlackTreeSetSync<Arc<str>>,
    pub(super) lost: RedBlackTreeMapSync<TokenUid, LostToken>,
    pub(super) undone: RedBlackTreeSetSync<EventId>,
    pub(super) repaired: RedBlackTreeMapSync<u64, String>,
    pub(super) replica_heads: RedBlackTreeMapSync<crate::ids::ReplicaId, u64>,
    pub(super) unknown_events: u64,
    pub(super) deleted: RedBlackTreeMapSync<TokenUid, Arc<DeletedToken>>,
    pub(super) last_number: u64,
    pub(super) settings: Settings,
    pub(super) library: Library,
}

/// A token that events name but whose making lies in a damaged entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LostToken {
    /// The token.
    pub uid: TokenUid,
    /// The last event that named it.
    pub named_by: EventId,
}

/// A token that was deleted, as it was before.
#[derive(Debug, Clone, PartialEq)]
pub struct DeletedToken {
    /// The token.
    pub token: Arc<Token>,
    /// The act that deleted it.
    pub act: EventId,
}

impl Workspace {
    /// The history's name; `None` before the first event.
    #[must_use]
    pub fn epoch(&self) -> Option<Epoch> {
        self.epoch
    }

    /// One token.
    #[must_use]
    pub fn token(&self, uid: TokenUid) -> Option<&Arc<Token>> {
        self.tokens.get(&uid)
    }

    /// The token whose secret has this digest.
    #[must_use]
    pub fn token_by_digest(&self, digest: &TokenDigest) -> Option<&Arc<Token>> {
        self.by_digest.get(digest).and_then(|uid| self.tokens.get(uid))
    }

    /// All tokens, in the order of their numbers.
    pub fn tokens(&self) -> impl Iterator<Item = &Arc<Token>> {
        self.by_number.values().filter_map(|uid| self.tokens.get(uid))
    }

    /// How many tokens there are.
    #[must_use]
    pub fn token_count(&self) -> usize {
        self.tokens.size()
    }

    /// Tokens that are named but whose making was lost with a damaged entry.
    pub fn lost_tokens(&self) -> impl Iterator<Item = &LostToken> {
        self.lost.values()
    }

    /// One user.
    #[must_use]
    pub fn user(&self, name: &Username) -> Option<&User> {
        self.users.get(name)
    }

    /// All users, by name.
    pub fn users(&self) -> impl Iterator<Item = &User> {
        self.users.values()
    }

    /// Whether a Local Site is known.
    #[must_use]
    pub fn has_site(&self, name: &SiteName) -> bool {
        self.sites.contains_key(name)
    }

    /// All Local Sites, by name.
    pub fn sites(&self) -> impl Iterator<Item = &LocalSite> {
        self.sites.values()
    }

    /// The tokens of one owner, in the order of their numbers.
    pub fn tokens_of<'a>(&'a self, owner: &'a Username) -> impl Iterator<Item = &'a Arc<Token>> {
        self.tokens().filter(move |token| token.owner == *owner)
    }

    /// The number that the next token gets: never one that a token had before.
    #[must_use]
    pub fn next_number(&self) -> u64 {
        self.last_number.saturating_add(1)
    }

    /// A token that was deleted, with the act that deleted it.
    #[must_use]
    pub fn deleted_token(&self, uid: TokenUid) -> Option<&DeletedToken> {
        self.deleted.get(&uid).map(AsRef::as_ref)
    }

    /// A deleted token whose secret has this digest, with the act that deleted it. Linear in the deleted tokens.
    #[must_use]
    pub fn deleted_token_by_digest(&self, digest: &TokenDigest) -> Option<&DeletedToken> {
        self.deleted.values().find(|deleted| deleted.token.digest.matches(digest)).map(AsRef::as_ref)
    }

    /// What the service is set to.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Policies with their versions, guardrails, and catalogs.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Whether an act was undone.
    #[must_use]
    pub fn is_undone(&self, act: EventId) -> bool {
        self.undone.contains(&act)
    }

    /// How many events are of a kind that this program does not know.
    #[must_use]
    pub fn unknown_events(&self) -> u64 {
        self.unknown_events
    }

    /// The number of the last event of a replica; 0 when it made none.
    #[must_use]
    pub fn last_sequence_of(&self, replica: crate::ids::ReplicaId) -> u64 {
        self.replica_heads.get(&replica).copied().unwrap_or(0)
    }

    /// Whether a damaged entry with these bytes was recorded by a repair.
    pub(crate) fn is_repaired(&self, sequence: u64, sha256: &str) -> bool {
        self.repaired.get(&sequence).is_some_and(|recorded| recorded == sha256)
    }
}
