//! How edits, deletions and rotations change the workspace.

use std::sync::Arc;

use super::{DeletedToken, Token, Workspace};
use crate::event::{DeletionUndone, Event, PoliciesAssigned, RotationUndone, TokenChange, TokenRotated, TokensChanged};
use crate::ids::TokenUid;

impl Workspace {
    pub(super) fn take_changes(&mut self, event: &Event, act: &TokensChanged) {
        if let Some(undone) = act.undoes {
            self.undone.insert_mut(undone);
        }
        for change in &act.changes {
            self.take_change(event, change);
        }
    }

    fn take_change(&mut self, event: &Event, change: &TokenChange) {
        let policy = change.policy.as_ref().map(|policy| self.share_policy(&policy.after));
        self.change(change.uid, event.id, |token| {
            if let Some(note) = &change.note {
                token.note.clone_from(&note.after);
            }
            if let Some(policy) = policy {
                token.policy = policy;
                token.policy_source = None;
            }
            if let Some(source) = change.policy_source {
                token.policy_source = source.after;
            }
            if let Some(expires) = change.expires {
                token.expires = expires.after;
            }
            token.last_updated = event.at;
        });
    }

    pub(super) fn take_assignment(&mut self, event: &Event, act: &PoliciesAssigned) {
        if let Some(undone) = act.undoes {
            self.undone.insert_mut(undone);
        }
        for group in &act.groups {
            let policy = self.share_policy(&group.after.text);
            for uid in &group.tokens {
                self.change(*uid, event.id, |token| {
                    token.policy = Arc::clone(&policy);
                    token.policy_source = group.after.source;
                    token.last_updated = event.at;
                });
            }
        }
    }

    pub(super) fn delete(&mut self, event: &Event, tokens: &[TokenUid]) {
        for uid in tokens {
            // Whatever named it before its making was read, it is gone now.
            self.lost.remove_mut(uid);
            let Some(token) = self.tokens.get(uid).cloned() else { continue };
            self.tokens.remove_mut(uid);
            self.by_number.remove_mut(&token.number);
            if self.by_digest.get(&token.digest) == Some(uid) {
                self.by_digest.remove_mut(&token.digest);
            }
            self.deleted.insert_mut(*uid, Arc::new(DeletedToken { token, act: event.id }));
        }
    }

    pub(super) fn bring_back(&mut self, undo: &DeletionUndone) {
        self.undone.insert_mut(undo.act);
        for record in &undo.restored {
            self.deleted.remove_mut(&record.made.uid);
            let policy = self.share_policy(&record.made.policy);
            let mut token = Token { policy, ..Token::from(record.clone()) };
            if self.by_number.get(&token.number).is_some_and(|uid| *uid != token.uid) {
                token.number = self.next_number();
            }
            self.index(Arc::new(token));
        }
    }

    pub(super) fn rotate(&mut self, event: &Event, act: &TokenRotated) {
        self.put_token(event, &act.new, Some(act.old));
        self.change(act.old, event.id, |token| {
            token.expires = act.expires.after;
            token.replaced_by = Some(act.new.uid);
            token.last_updated = event.at;
        });
    }

    pub(super) fn undo_rotation(&mut self, event: &Event, undo: &RotationUndone) {
        self.undone.insert_mut(undo.act);
        self.delete(event, &[undo.new]);
        self.change(undo.old, event.id, |token| {
            token.expires = undo.expires.after;
            token.replaced_by = undo.earlier;
            token.last_updated = event.at;
        });
    }
}
