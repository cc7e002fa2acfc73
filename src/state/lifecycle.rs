//! Changing and deleting tokens, each act with the way back.

use tollgate_tokens::checked::{Assignment, TokenEdit, TokenError};
use tollgate_tokens::{EventBody, EventId, Journal as _, TokenUid};

use super::console::{After, Outcome};
use super::refusal::refused;
use crate::format;

impl After {
    /// Changes tokens and says so. A refusal is the caller's to show; nothing when the store did not take the change.
    pub(super) async fn change(self, tokens: Vec<TokenUid>, edit: TokenEdit) -> Option<Result<(), TokenError>> {
        let services = self.services();
        let outcome = services.manager.change(tokens, edit).await;
        let changes = match self.settle(outcome)? {
            Ok(changed) => changed.changes,
            Err(refusal) => return Some(Err(refusal)),
        };
        let first = changes.first().map(|change| change.uid);
        let act = self.newest_act(|body| match body {
            EventBody::TokensChanged(act) => {
                act.undoes.is_none() && act.changes.first().map(|change| change.uid) == first
            }
            _ => false,
        });
        let words = format::plural(changes.len() as u64, "token", "tokens");
        self.notices.done(format!("{words} changed"), act);
        Some(Ok(()))
    }

    /// Gives tokens a policy and says so. A refusal is the caller's to show; nothing when the store did not take it.
    pub(super) async fn assign(self, call: Assignment) -> Option<Result<(), TokenError>> {
        let services = self.services();
        let outcome = services.manager.assign(call).await;
        let assigned = match self.settle(outcome)? {
            Ok(assigned) => assigned,
            Err(refusal) => return Some(Err(refusal)),
        };
        let act = self.newest_act(|body| match body {
            EventBody::PoliciesAssigned(act) => act.undoes.is_none() && act.groups == assigned.groups,
            _ => false,
        });
        let words = format::plural(assigned.changed() as u64, "token has", "tokens have");
        self.notices.done(format!("{words} the policy now"), act);
        Some(Ok(()))
    }

    /// Deletes tokens, says so, and tells whether it was done.
    pub(super) async fn delete(self, tokens: Vec<TokenUid>, reason: String) -> Outcome {
        let services = self.services();
        let outcome = services.manager.delete(tokens, reason).await;
        match self.settle(outcome) {
            Some(Ok(deleted)) => {
                let words = format::plural(deleted.len() as u64, "token", "tokens");
                let act = deleted.first().and_then(|uid| self.deletion_of(*uid));
                self.notices.done(format!("{words} deleted"), act);
                Outcome::Done
            }
            Some(Err(refusal)) => {
                self.notices.failed(refused("Nothing was deleted", &refusal));
                Outcome::Failed
            }
            None => Outcome::Failed,
        }
    }

    /// The newest act that is one of these.
    pub(super) fn newest_act(self, is_one: impl Fn(&EventBody) -> bool) -> Option<EventId> {
        self.services()
            .manager
            .journal()
            .read(|ledger| ledger.entries().rfind(|entry| is_one(&entry.event.body)).map(|entry| entry.event.id))
    }

    /// The act that deleted a token.
    fn deletion_of(self, uid: TokenUid) -> Option<EventId> {
        self.services()
            .manager
            .journal()
            .read(|ledger| ledger.workspace().deleted_token(uid).map(|deleted| deleted.act))
    }
}
