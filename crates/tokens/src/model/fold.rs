//! How each event changes the workspace.

use std::sync::Arc;

use super::{LocalSite, LostToken, Standing, Token, User, Workspace};
use crate::event::{
    Event, EventBody, InvalidationUndone, JournalRepaired, TokenGenerated, TokensInvalidated, TokensTrusted, UserRecord,
};
use crate::ids::{EventId, TokenUid};

impl Workspace {
    /// Takes one event in. Never refuses: what was decided is decided.
    pub(crate) fn apply(&mut self, event: &Event) {
        let id = event.id;
        let head = self.last_sequence_of(id.replica).max(id.sequence);
        self.replica_heads.insert_mut(id.replica, head);
        match &event.body {
            EventBody::WorkspaceCreated(created) => self.epoch = self.epoch.or(Some(created.epoch)),
            EventBody::UserAdded(user) | EventBody::UserChanged(user) => self.put_user(user),
            EventBody::UserRemoved(name) => {
                self.users.remove_mut(name);
            }
            EventBody::SiteAdded(name) => self.sites.insert_mut(name.clone(), LocalSite { name: name.clone() }),
            EventBody::SiteRemoved(name) => {
                self.sites.remove_mut(name);
            }
            EventBody::TokenGenerated(generated) => self.put_token(event, generated, None),
            EventBody::TokensInvalidated(act) => self.invalidate(event, act),
            EventBody::InvalidationUndone(undo) => self.restore(id, undo),
            EventBody::TokensChanged(act) => self.take_changes(event, act),
            EventBody::TokensDeleted(act) => self.delete(event, &act.tokens),
            EventBody::DeletionUndone(undo) => self.bring_back(undo),
            EventBody::TokenRotated(act) => self.rotate(event, act),
            EventBody::RotationUndone(undo) => self.undo_rotation(event, undo),
            EventBody::TokenUsed(tried) => self.change(tried.uid, id, |token| token.last_used = Some(event.at)),
            EventBody::ExpiredTokenTried(_) | EventBody::SecretRevealed(_) | EventBody::GuardrailsOverridden(_) => {}
            EventBody::SettingsChanged(settings) => self.settings = settings.clone(),
            EventBody::PoliciesAssigned(act) => self.take_assignment(event, act),
            EventBody::PolicySaved(_)
            | EventBody::PolicyRenamed(_)
            | EventBody::PolicyArchived(_)
            | EventBody::PolicyRestored(_)
            | EventBody::PolicyTestsChanged(_)
            | EventBody::GuardrailAdded(_)
            | EventBody::GuardrailChanged(_)
            | EventBody::GuardrailRemoved(_)
            | EventBody::CatalogImported(_)
            | EventBody::CatalogRemoved(_) => self.library.apply(event),
            EventBody::JournalRepaired(repair) => self.note_repair(repair),
            EventBody::TokensTrusted(trusted) => self.trust(id, trusted),
            EventBody::Unknown { json, .. } => {
                self.unknown_events += 1;
                self.doubt_tokens_named_in(json);
            }
        }
    }

    fn note_repair(&mut self, repair: &JournalRepaired) {
        for entry in &repair.entries {
            self.repaired.insert_mut(entry.sequence, entry.sha256.clone());
        }
    }

    fn trust(&mut self, id: EventId, trusted: &TokensTrusted) {
        for uid in &trusted.tokens {
            self.change(*uid, id, |token| {
                token.standing = Standing::Known;
                token.doubted = false;
            });
        }
    }

    /// After a damaged entry every token known so far may be other than it seems.
    pub(crate) fn doubt_every_token(&mut self) {
        let tokens: Vec<Arc<Token>> = self.tokens.values().cloned().collect();
        self.doubt(&tokens);
    }

    /// What an event of a newer kind does is not known, but every kind names the tokens that it touches.
    fn doubt_tokens_named_in(&mut self, json: &str) {
        let words = json.split(|character: char| !character.is_ascii_hexdigit());
        let uids = words.filter_map(|word| word.parse::<TokenUid>().ok());
        let tokens: Vec<Arc<Token>> = uids.filter_map(|uid| self.tokens.get(&uid).cloned()).collect();
        self.doubt(&tokens);
    }

    fn doubt(&mut self, tokens: &[Arc<Token>]) {
        // Those in doubt already stay as they are: a journal may have many damaged entries.
        for token in tokens.iter().filter(|token| token.standing != Standing::Uncertain || !token.doubted) {
            let doubted = Token { standing: Standing::Uncertain, doubted: true, ..Token::clone(token) };
            self.tokens.insert_mut(token.uid, Arc::new(doubted));
        }
    }

    fn put_user(&mut self, user: &UserRecord) {
        let UserRecord { username, active, superuser } = user.clone();
        self.users.insert_mut(username.clone(), User { username, active, superuser });
    }

    pub(super) fn put_token(&mut self, event: &Event, generated: &TokenGenerated, replaces: Option<TokenUid>) {
        if self.tokens.contains_key(&generated.uid) || self.deleted.contains_key(&generated.uid) {
            return;
        }
        let number = if self.by_number.contains_key(&generated.number) { self.next_number() } else { generated.number };
        let policy = self.share_policy(&generated.policy);
        // Events that named it before its making was read changed nothing, and one of them may have invalidated it.
        let doubted = self.lost.contains_key(&generated.uid);
        let token = Token {
            uid: generated.uid,
            number,
            owner: generated.owner.clone(),
            digest: generated.digest,
            fingerprint: generated.fingerprint.clone(),
            generator: generated.generator.clone(),
            time_added: event.at,
            last_updated: event.at,
            last_used: None,
            expires: generated.expires,
            valid: generated.valid,
            invalid_date: None,
            invalid_reason: String::new(),
            invalidated_by: None,
            note: generated.note.clone(),
            policy,
            policy_source: generated.policy_source,
            extra_data: generated.extra_data.clone(),
            local_site: generated.local_site.clone(),
            auto_generated: generated.auto_generated,
            replaces,
            replaced_by: None,
            standing: if doubted { Standing::Uncertain } else { Standing::Known },
            doubted,
        };
        self.lost.remove_mut(&generated.uid);
        self.index(Arc::new(token));
    }

    /// Puts a token where it is found by each of its names.
    pub(super) fn index(&mut self, token: Arc<Token>) {
        self.last_number = self.last_number.max(token.number);
        self.by_number.insert_mut(token.number, token.uid);
        self.by_digest.insert_mut(token.digest, token.uid);
        self.tokens.insert_mut(token.uid, token);
    }

    /// Many tokens have one policy: its text is kept once.
    pub(super) fn share_policy(&mut self, policy: &str) -> Arc<str> {
        if let Some(shared) = self.policies.get(policy) {
            return Arc::clone(shared);
        }
        let shared: Arc<str> = policy.into();
        self.policies.insert_mut(Arc::clone(&shared));
        shared
    }

    fn invalidate(&mut self, event: &Event, act: &TokensInvalidated) {
        for uid in &act.tokens {
            self.change(*uid, event.id, |token| {
                token.valid = false;
                token.invalid_date = Some(event.at);
                token.invalid_reason.clone_from(&act.reason);
                token.invalidated_by = Some(event.id);
                token.standing = Standing::Known;
            });
        }
    }

    fn restore(&mut self, id: EventId, undo: &InvalidationUndone) {
        self.undone.insert_mut(undo.act);
        for before in &undo.restored {
            self.change(before.uid, id, |token| {
                token.valid = before.valid;
                token.invalid_date = before.invalid_date;
                token.invalid_reason.clone_from(&before.invalid_reason);
                token.invalidated_by = before.act;
                if token.doubted {
                    token.standing = Standing::Uncertain;
                }
            });
        }
    }

    pub(super) fn change(&mut self, uid: TokenUid, by: EventId, change: impl FnOnce(&mut Token)) {
        match self.tokens.get(&uid) {
            Some(token) => {
                let mut changed = Token::clone(token);
                change(&mut changed);
                self.tokens.insert_mut(uid, Arc::new(changed));
            }
            None if self.deleted.contains_key(&uid) => {}
            None => self.lost.insert_mut(uid, LostToken { uid, named_by: by }),
        }
    }
}
