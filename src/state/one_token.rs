//! One token: its facts, its history, and the acts on it.

use leptos::prelude::*;
use tollgate_tokens::checked::{InvalidateCall, Owners};
use tollgate_tokens::compatible::Condition;
use tollgate_tokens::{Entry, EventBody, EventId, Journal as _, PolicyUid, TokenStatus, TokenUid, Workspace};

use super::act_words::{tell_of, token_name};
use super::console::{After, Outcome};
use super::deleted_token::{DeletedFacts, deleted};
use super::earlier::Earlier;
use super::library_words::version_name;
use super::task::task;
use super::token_view::{PolicyMeaning, moment};
use super::{Console, EditForm, KeptSecret, RotateForm};

/// An instant as it is shown: machine-readable, relative, exact.
pub(super) type Shown = (String, String, String);

/// What is known of a token.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenFacts {
    /// `Token 12`.
    pub name: String,
    /// Its note, or words that say that there is none.
    pub note: String,
    /// Its status.
    pub status: TokenStatus,
    /// Its owner.
    pub owner: String,
    /// Where it works, in words.
    pub site: String,
    /// What is kept of its secret.
    pub fingerprint: String,
    /// When it was made.
    pub made: Shown,
    /// When it was last used.
    pub last_used: Option<Shown>,
    /// When it expires.
    pub expires: Option<Shown>,
    /// When and why it was invalidated.
    pub invalid: Option<(Option<Shown>, String)>,
    /// Which generator made it.
    pub generator: String,
    /// Whether its format is deprecated.
    pub is_deprecated: bool,
    /// The policy of the library that its policy is a version of, and which version, in words.
    pub policy: Option<(PolicyUid, String)>,
    /// The token that it took over from, with its name.
    pub replaces: Option<(TokenUid, String)>,
    /// The token that took over from it, with its name.
    pub replaced_by: Option<(TokenUid, String)>,
    /// Whether it logs in and nobody took over from it yet.
    pub can_be_rotated: bool,
}

/// An act that can be undone, and how far that reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undoable {
    /// The act.
    pub act: EventId,
    /// How many tokens it touched, the one that is looked at included.
    pub tokens: usize,
}

/// One token on the page.
#[derive(Clone, Copy)]
pub struct TokenView {
    console: Console,
    after: After,
    uid: TokenUid,
    facts: Memo<Option<TokenFacts>>,
    deleted: Memo<Option<DeletedFacts>>,
    delete: Action<(String, Callback<()>), ()>,
    earlier: Earlier,
    look_back: Action<(), ()>,
}

impl TokenView {
    /// The token of a uid, which may not exist.
    #[must_use]
    pub fn new(console: Console, uid: TokenUid) -> Self {
        let after = console.after();
        let earlier = Earlier::new(after);
        Self {
            console,
            after,
            uid,
            facts: Memo::new(move |_| facts(console, uid)),
            deleted: Memo::new(move |_| deleted(console, uid, earlier)),
            delete: task(move |(reason, then): &(String, Callback<()>)| delete(after, uid, reason.clone(), *then)),
            earlier,
            look_back: task(move |(): &()| look_back(after, earlier, uid)),
        }
    }

    /// What is known of it; `None` when there is no such token.
    #[must_use]
    pub fn facts(self) -> Memo<Option<TokenFacts>> {
        self.facts
    }

    /// What it was, when it was deleted.
    #[must_use]
    pub fn deleted(self) -> Memo<Option<DeletedFacts>> {
        self.deleted
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> String {
        self.facts.get().map_or_else(|| "the token".to_owned(), |facts| facts.name.to_lowercase())
    }

    /// What its policy means; `None` when the service would refuse the policy.
    #[must_use]
    pub fn meaning(self) -> Option<PolicyMeaning> {
        let policy =
            self.console.workspace().with(|workspace| workspace.token(self.uid).map(|token| token.policy.clone()));
        policy.and_then(|policy| PolicyMeaning::of_stored(&policy))
    }

    /// The page where requests are tried against its policy.
    #[must_use]
    pub fn policy_path(self) -> String {
        format!("/policies?token={}&side=explain", self.uid)
    }

    /// The act that invalidated it, when that can be undone: an act is undone as a whole.
    #[must_use]
    pub fn undoable(self) -> Option<Undoable> {
        self.console.workspace().with(|workspace| undoable(workspace, self.uid))
    }

    /// Whether what its facts say holds; false when there is no such token.
    #[must_use]
    pub fn holds(self, says: fn(&TokenFacts) -> bool) -> Signal<bool> {
        Signal::derive(move || self.facts.with(|facts| facts.as_ref().is_some_and(says)))
    }

    /// The form that edits it, which sets `open` to false once the edit is saved.
    #[must_use]
    pub fn edit_form(self, open: RwSignal<bool>) -> EditForm {
        EditForm::new(self.console, self.uid, open)
    }

    /// The form that rotates it.
    #[must_use]
    pub fn rotate_form(self) -> RotateForm {
        RotateForm::new(self.console, self.uid)
    }

    /// Whether its secret is in the vault.
    #[must_use]
    pub fn is_kept(self) -> Signal<bool> {
        self.console.vault.keeps(self.uid)
    }

    /// Its secret, as far as it is in the vault.
    #[must_use]
    pub fn kept_secret(self) -> KeptSecret {
        KeptSecret::new(self.console, self.uid)
    }

    /// Deletes it; `then` runs once that is done, if its page is still there.
    pub fn delete(self, reason: String, then: Callback<()>) {
        self.delete.dispatch((reason, then));
    }

    /// Invalidates it.
    pub fn invalidate(self, reason: String) {
        let owner = self
            .console
            .workspace()
            .with_untracked(|workspace| workspace.token(self.uid).map(|token| token.owner.clone()));
        if let Some(owners) = owner.and_then(|owner| Owners::listed([owner])) {
            let filter = vec![Condition::UidIn(vec![self.uid])];
            self.console.invalidate(InvalidateCall { owners, filter, reason });
        }
    }

    /// Undoes an act on it.
    pub fn undo(self, act: EventId) {
        self.console.undo(act);
    }

    /// What happened to it, newest first, as far back as was read.
    #[must_use]
    pub fn history(self) -> Vec<(Shown, String)> {
        self.console.revision().track();
        let now = self.console.now().get();
        self.earlier.with(|earlier| {
            self.after.services.with_value(|services| {
                services.manager.journal().read(|ledger| {
                    let told = |entry: &Entry| {
                        let text = tell_of(&entry.event.body, self.uid, ledger.workspace())?;
                        Some((moment(entry.event.at, now), text))
                    };
                    let held = ledger.first_sequence();
                    let before = earlier.iter().filter(|entry| entry.sequence < held);
                    ledger.entries().rev().chain(before).filter_map(told).collect()
                })
            })
        })
    }

    /// Reads back to where it was made, where the page does not hold that.
    pub fn look_back(self) {
        if self.earlier.can_read_on() {
            self.look_back.dispatch(());
        }
    }

    /// Whether entries are being read that lie further back.
    #[must_use]
    pub fn is_looking_back(self) -> Signal<bool> {
        self.look_back.pending().into()
    }
}

/// Keeps what is about the token, until its making is found. Nothing is known of one that never was.
async fn look_back(after: After, earlier: Earlier, uid: TokenUid) {
    let (is_known, made_here) = after.services().manager.journal().read(|ledger| {
        let workspace = ledger.workspace();
        let is_known = workspace.token(uid).is_some() || workspace.deleted_token(uid).is_some();
        (is_known, ledger.entries().any(|entry| makes(&entry.event.body, uid)))
    });
    let mut is_made = made_here || !is_known;
    while !is_made {
        let is_about = |entry: &Entry| entry.event.body.tokens().any(|touched| touched == uid);
        if !earlier.read_on(is_about).await {
            return;
        }
        let makes_it = |earlier: &[Entry]| earlier.iter().any(|entry| makes(&entry.event.body, uid));
        is_made = earlier.try_with_untracked(makes_it).unwrap_or(true);
    }
}

fn makes(body: &EventBody, uid: TokenUid) -> bool {
    match body {
        EventBody::TokenGenerated(made) => made.uid == uid,
        EventBody::TokenRotated(act) => act.new.uid == uid,
        _ => false,
    }
}

async fn delete(after: After, uid: TokenUid, reason: String, then: Callback<()>) {
    if after.delete(vec![uid], reason).await == Outcome::Done {
        then.try_run(());
    }
}

fn undoable(workspace: &Workspace, uid: TokenUid) -> Option<Undoable> {
    let act = workspace.token(uid)?.invalidated_by?;
    let tokens = workspace.tokens().filter(|token| token.invalidated_by == Some(act)).count();
    Some(Undoable { act, tokens })
}

fn facts(console: Console, uid: TokenUid) -> Option<TokenFacts> {
    let (now, registry) = (console.now().get(), console.registry());
    let shown = |instant| moment(instant, now);
    console.workspace().with(|workspace| {
        let token = workspace.token(uid)?;
        let named = |uid: TokenUid| token_name(workspace, uid);
        let is_replaced = token.replaced_by.is_some_and(|successor| workspace.token(successor).is_some());
        Some(TokenFacts {
            name: format!("Token {}", token.number),
            note: if token.note.is_empty() { "No note".to_owned() } else { token.note.clone() },
            status: token.status_at(now),
            owner: token.owner.to_string(),
            site: match &token.local_site {
                Some(site) => format!("{site} only"),
                None => "every site its owner belongs to".to_owned(),
            },
            fingerprint: token.fingerprint.to_string(),
            made: shown(token.time_added),
            last_used: token.last_used.map(shown),
            expires: token.expires.map(shown),
            invalid: (!token.valid).then(|| (token.invalid_date.map(shown), token.invalid_reason.clone())),
            generator: token.generator.to_string(),
            is_deprecated: token.is_deprecated(&registry),
            policy: token.policy_source.map(|source| (source.policy, version_name(workspace, &source))),
            replaces: token.replaces.map(named),
            replaced_by: token.replaced_by.map(named),
            can_be_rotated: token.status_at(now).logs_in() && !is_replaced,
        })
    })
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::checked::NewToken;
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::memory_manager;

    use super::super::test_support::at_once;
    use super::*;

    #[test]
    fn undoing_says_how_many_tokens_the_act_invalidated() {
        let manager = memory_manager();
        let owner: tollgate_tokens::Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let make = || at_once(manager.generate(NewToken::for_owner(owner.clone()))).unwrap().uid;
        let [alone, one, other, valid] = [make(), make(), make(), make()];
        let invalidate = |uids: Vec<TokenUid>| {
            let filter = vec![Condition::UidIn(uids)];
            at_once(manager.invalidate(InvalidateCall { owners: Owners::All, filter, reason: String::new() })).unwrap();
        };
        invalidate(vec![alone]);
        invalidate(vec![one, other]);
        let tokens =
            |uid| manager.journal().read(|ledger| undoable(ledger.workspace(), uid).map(|undoable| undoable.tokens));
        assert_eq!([alone, one, other, valid].map(tokens), [Some(1), Some(2), Some(2), None]);
    }
}
