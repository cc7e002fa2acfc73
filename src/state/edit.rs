//! The form that edits one token: its note, its expiry and its policy.

use leptos::prelude::*;
use tollgate_policy::{Catalog, check};
use tollgate_tokens::checked::{TokenEdit, TokenError, change};
use tollgate_tokens::{TokenUid, Workspace};

use super::Console;
use super::console::After;
use super::expiry::ExpiryForm;
use super::findings::{Findings, findings};
use super::override_reason::{OverrideReason, Stop, decided_past};
use super::preview::{ChangeLine, parts};
use super::refusal::refused;
use super::task::task;
use super::workbench::pretty;

/// An edit that can be made, and what it changes.
#[derive(Clone, Debug, PartialEq)]
struct Plan {
    edit: TokenEdit,
    lines: Vec<ChangeLine>,
    stops: Vec<Stop>,
}

/// The form, which begins with what the token has.
#[derive(Clone, Copy)]
pub struct EditForm {
    /// The note.
    pub note: RwSignal<String>,
    /// When the token expires.
    pub expiry: ExpiryForm,
    /// The policy as text.
    pub policy: RwSignal<String>,
    /// The guardrails that stop the edit, and why it may go past them.
    pub past: OverrideReason,
    findings: Memo<Findings>,
    plan: Memo<Result<Plan, String>>,
    error: RwSignal<String>,
    save: Action<TokenEdit, ()>,
}

impl EditForm {
    /// The form for a token as it is now; `open` is set to false once the edit is saved.
    #[must_use]
    pub fn new(console: Console, uid: TokenUid, open: RwSignal<bool>) -> Self {
        let after = console.after();
        let token = console.workspace().with_untracked(|workspace| workspace.token(uid).cloned());
        let (note, shown, expires) =
            token.map(|token| (token.note.clone(), pretty(&token.policy), token.expires)).unwrap_or_default();
        let (note, policy) = (RwSignal::new(note), RwSignal::new(shown.clone()));
        let expiry = ExpiryForm::of(console, expires);
        let error = RwSignal::new(String::new());
        // The form is only there while the token is edited.
        after.program.unsaved.watch("the edit of a token", || true);
        let edit = move || -> Result<TokenEdit, String> {
            let (expires, note) = note.with(|note| expiry.changed(note))?;
            // A text that nobody touched is no edit, however it is laid out.
            let policy = policy.with(|text| (*text != shown).then(|| text.clone()));
            Ok(TokenEdit { note: Some(note), policy, expires, ..TokenEdit::default() })
        };
        let plan = Memo::new(move |_| edit().and_then(|edit| plan(console, uid, edit)));
        let stops = move || plan.with(|plan| plan.as_ref().map(|plan| plan.stops.clone()).unwrap_or_default());
        Self {
            note,
            expiry,
            policy,
            past: OverrideReason::new(Signal::derive(stops)),
            findings: Memo::new(move |_| {
                let catalog = Catalog::review_board_8_1();
                policy.with(|text| findings(&check(text, catalog), catalog))
            }),
            plan,
            error,
            save: task(move |edit: &TokenEdit| save(after, uid, edit.clone(), open, error)),
        }
    }

    /// What is wrong with the policy.
    #[must_use]
    pub fn findings(self) -> Signal<Findings> {
        self.findings.into()
    }

    /// What saving would change, part by part.
    ///
    /// # Errors
    ///
    /// Why nothing can be saved, in words.
    pub fn changes(self) -> Result<Vec<ChangeLine>, String> {
        self.plan.with(|plan| match plan {
            Ok(plan) => Ok(plan.lines.clone()),
            Err(why) => Err(why.clone()),
        })
    }

    /// Why the last try was refused; empty when it was not.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.error.into()
    }

    /// Whether the edit can be saved now.
    #[must_use]
    pub fn can_be_saved(self) -> Signal<bool> {
        let pending = self.save.pending();
        Signal::derive(move || !pending.get() && self.plan.with(Result::is_ok) && !self.past.is_stopped())
    }

    /// Whether the edit is on its way to the store.
    #[must_use]
    pub fn is_pending(self) -> Signal<bool> {
        self.save.pending().into()
    }

    /// Saves exactly what [`changes`](Self::changes) says, past the guardrails that stop it if there is a reason.
    pub fn save(self) {
        if let Ok(plan) = self.plan.get_untracked() {
            self.error.set(String::new());
            self.save.dispatch(TokenEdit { overrides: self.past.given(), ..plan.edit });
        }
    }
}

fn plan(console: Console, uid: TokenUid, edit: TokenEdit) -> Result<Plan, String> {
    let now = console.now().get();
    let decide = |workspace: &Workspace| {
        decided_past(workspace, |overrides| change(workspace, &[uid], &TokenEdit { overrides, ..edit.clone() }, now))
    };
    match console.workspace().with(decide) {
        Ok(((_, changed), stops)) => Ok(Plan { lines: changed.changes.iter().flat_map(parts).collect(), stops, edit }),
        Err(TokenError::NothingToChange) => Err("nothing is changed yet".to_owned()),
        Err(refusal) => Err(refused("this cannot be saved", &refusal)),
    }
}

async fn save(after: After, uid: TokenUid, edit: TokenEdit, open: RwSignal<bool>, error: RwSignal<String>) {
    match after.change(vec![uid], edit).await {
        Some(Ok(())) => {
            open.try_set(false);
        }
        Some(Err(refusal)) => {
            error.try_set(refused("Nothing was changed", &refusal));
        }
        None => {
            error.try_set("Nothing was changed: the change was not saved.".to_owned());
        }
    }
}
