//! Acts on the selected tokens of a list: each is one act, said before it is done, and undone as a whole.

use leptos::prelude::*;
use tollgate_tokens::checked::{InvalidateCall, Owners, TokenEdit, TokenError, change, delete, invalidate};
use tollgate_tokens::compatible::Condition;
use tollgate_tokens::{Timestamp, TokenUid, Workspace};

use super::console::{After, Outcome};
use super::expiry::ExpiryForm;
use super::override_reason::{Stop, decided_past, override_of};
use super::preview::Preview;
use super::refusal::refused;
use super::task::task;
use super::{Console, TokenList};

/// How many tokens fit on a screen.
const SCREENFUL: usize = 20;

/// What must be typed before an act on this many tokens: their number, if they do not fit on a screen; otherwise nothing.
#[must_use]
pub fn word_for(tokens: usize) -> String {
    if tokens > SCREENFUL { tokens.to_string() } else { String::new() }
}

#[derive(Clone)]
enum BulkAct {
    Invalidate(InvalidateCall),
    Change(Vec<TokenUid>, TokenEdit),
    Delete(Vec<TokenUid>, String),
}

/// A change of expiries that can be made, and what it changes.
#[derive(Clone, Debug, PartialEq)]
struct ExpiryPlan {
    tokens: Vec<TokenUid>,
    edit: TokenEdit,
    preview: Preview,
    stops: Vec<Stop>,
}

/// What can be done with the selection.
#[derive(Clone, Copy)]
pub struct Bulk {
    console: Console,
    list: TokenList,
    /// The expiry that the selected tokens shall get.
    pub expiry: ExpiryForm,
    plan: Memo<Result<ExpiryPlan, String>>,
    act: Action<BulkAct, ()>,
}

impl Bulk {
    /// The acts on the selection of a list.
    #[must_use]
    pub fn new(console: Console, list: TokenList) -> Self {
        let after = console.after();
        let expiry = ExpiryForm::ending(console);
        Self {
            console,
            list,
            expiry,
            plan: Memo::new(move |_| plan(console, uids(list), expiry)),
            act: task(move |act: &BulkAct| perform(after, list, act.clone())),
        }
    }

    /// Whether an act is on its way to the store.
    #[must_use]
    pub fn is_pending(self) -> Signal<bool> {
        self.act.pending().into()
    }

    /// What the change of expiries would do.
    ///
    /// # Errors
    ///
    /// Why it would do nothing, in words.
    pub fn expiry_preview(self) -> Result<Preview, String> {
        self.plan.with(|plan| match plan {
            Ok(plan) => Ok(plan.preview.clone()),
            Err(why) => Err(why.clone()),
        })
    }

    /// The guardrails in the way of the change of expiries: of expired tokens that it would bring back.
    #[must_use]
    pub fn expiry_stops(self) -> Vec<Stop> {
        self.plan.with(|plan| plan.as_ref().map(|plan| plan.stops.clone()).unwrap_or_default())
    }

    /// Changes the expiries exactly as [`expiry_preview`](Self::expiry_preview) says; the reason goes past the guardrails
    /// in the way.
    pub fn change_expiry(self, reason: String) {
        if let Ok(ExpiryPlan { tokens, edit, stops, .. }) = self.plan.get_untracked() {
            let edit = TokenEdit { overrides: override_of(&stops, reason), ..edit };
            self.act.dispatch(BulkAct::Change(tokens, edit));
        }
    }

    /// What the invalidation would do.
    ///
    /// # Errors
    ///
    /// Why it would do nothing, in words.
    pub fn invalidation_preview(self) -> Result<Preview, String> {
        let call = self.invalidation(String::new()).ok_or_else(|| NOTHING_SELECTED.to_owned())?;
        let now = self.console.now().get();
        self.console.workspace().with(|workspace| {
            let decided = invalidate(workspace, &call);
            let (_, done) = decided.map_err(|refusal| refused("nothing would be invalidated", &refusal))?;
            let preview = Preview::of_states(workspace, &done.tokens, "Invalid", now);
            Ok(Preview { unchanged: done.already_invalid, ..preview })
        })
    }

    /// Invalidates the selected tokens, and no others.
    pub fn invalidate(self, reason: String) {
        if let Some(call) = untrack(|| self.invalidation(reason)) {
            self.act.dispatch(BulkAct::Invalidate(call));
        }
    }

    /// What the deletion would do.
    ///
    /// # Errors
    ///
    /// Why it would do nothing, in words.
    pub fn deletion_preview(self) -> Result<Preview, String> {
        let (tokens, now) = (uids(self.list), self.console.now().get());
        self.console.workspace().with(|workspace| {
            let decided = delete(workspace, &tokens, "");
            let (_, deleted) = decided.map_err(|refusal| refused("nothing would be deleted", &refusal))?;
            let preview = Preview::of_states(workspace, &deleted, "Deleted", now);
            Ok(Preview { forgotten: self.console.vault.keeps_of(&deleted), ..preview })
        })
    }

    /// Deletes the selected tokens.
    pub fn delete(self, reason: String) {
        self.act.dispatch(BulkAct::Delete(untrack(|| uids(self.list)), reason));
    }

    fn invalidation(self, reason: String) -> Option<InvalidateCall> {
        let tokens = uids(self.list);
        self.console.workspace().with(|workspace| invalidation_of(workspace, &tokens, reason))
    }
}

const NOTHING_SELECTED: &str = "no token is selected";

fn uids(list: TokenList) -> Vec<TokenUid> {
    list.selected().iter().map(|token| token.uid).collect()
}

/// The invalidation of these tokens. It names their owners and each of them, so that it can never mean everybody's.
fn invalidation_of(workspace: &Workspace, tokens: &[TokenUid], reason: String) -> Option<InvalidateCall> {
    let owners = tokens.iter().filter_map(|uid| workspace.token(*uid)).map(|token| token.owner.clone());
    let owners = Owners::listed(owners)?;
    Some(InvalidateCall { owners, filter: vec![Condition::UidIn(tokens.to_vec())], reason })
}

fn plan(console: Console, tokens: Vec<TokenUid>, expiry: ExpiryForm) -> Result<ExpiryPlan, String> {
    let edit = TokenEdit { expires: Some(expiry.end()?), ..TokenEdit::default() };
    let now = console.now().get();
    console.workspace().with(|workspace| planned(workspace, tokens, edit, now))
}

/// What an edit of expiries would do; where guardrails stop it, as if they were overridden, and with what stops it.
fn planned(
    workspace: &Workspace,
    tokens: Vec<TokenUid>,
    edit: TokenEdit,
    now: Timestamp,
) -> Result<ExpiryPlan, String> {
    let decide = |overrides| change(workspace, &tokens, &TokenEdit { overrides, ..edit.clone() }, now);
    let decided = decided_past(workspace, decide);
    let ((_, changed), stops) = decided.map_err(|refusal| refused("nothing would change", &refusal))?;
    let preview = Preview::of_expiries(workspace, &changed);
    Ok(ExpiryPlan { tokens, edit, preview, stops })
}

async fn perform(after: After, list: TokenList, act: BulkAct) {
    let outcome = match act {
        BulkAct::Invalidate(call) => after.invalidate(call).await,
        BulkAct::Delete(tokens, reason) => after.delete(tokens, reason).await,
        BulkAct::Change(tokens, edit) => settled(after, after.change(tokens, edit).await),
    };
    if outcome == Outcome::Done {
        list.clear_selection();
    }
}

/// Whether a change was made; if it was refused, a notice says why.
fn settled(after: After, outcome: Option<Result<(), TokenError>>) -> Outcome {
    match outcome {
        Some(Ok(())) => Outcome::Done,
        Some(Err(refusal)) => {
            after.notices.failed(refused("Nothing was changed", &refusal));
            Outcome::Failed
        }
        None => Outcome::Failed,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
    use tollgate_tokens::Journal as _;
    use tollgate_tokens::checked::{NewExpiry, NewToken};
    use tollgate_tokens::library::NewGuardrail;
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::{memory_manager, noon};

    use super::super::test_support::at_once;
    use super::*;

    #[test]
    fn an_act_on_more_than_a_screenful_asks_for_their_number() {
        assert_eq!([0, SCREENFUL, SCREENFUL + 1].map(word_for), ["", "", "21"]);
    }

    #[test]
    fn a_selection_never_means_everybody() {
        let manager = memory_manager();
        let make = |name: &str| {
            let owner: tollgate_tokens::Username = name.parse().unwrap();
            at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
            at_once(manager.generate(NewToken::for_owner(owner))).unwrap().uid
        };
        let all = [make("ci-bot"), make("jenkins")];
        manager.journal().read(|ledger| {
            let call = |tokens: &[TokenUid]| invalidation_of(ledger.workspace(), tokens, String::new());
            let call_for_all = call(&all).unwrap();
            assert_ne!(call_for_all.owners, Owners::All);
            assert_eq!(call_for_all.filter, [Condition::UidIn(all.to_vec())]);
            assert_eq!(call(&[]), None);
        });
    }

    #[test]
    fn a_later_expiry_that_brings_a_token_back_past_a_guardrail_is_planned_with_what_stops_it() {
        let manager = memory_manager();
        let owner: tollgate_tokens::Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let make = |expires| {
            let call = NewToken { policy: "{}".to_owned(), expires, ..NewToken::for_owner(owner.clone()) };
            at_once(manager.generate(call)).unwrap().uid
        };
        let (short, long) = (make(Some(noon() + TimeDelta::hours(1))), make(Some(noon() + TimeDelta::days(1))));
        let target = Target {
            methods: Choice::Named(vec!["DELETE".into()]),
            resources: Choice::Named(vec!["repository".into()]),
            items: Items::All,
        };
        let guardrail = Guardrail::new("Keep repositories", Scope::ALL, Rule::Never, target).unwrap();
        at_once(manager.add_guardrail(NewGuardrail { guardrail, note: String::new() })).unwrap();

        let edit = TokenEdit { expires: Some(NewExpiry::At(noon() + TimeDelta::days(7))), ..TokenEdit::default() };
        manager.journal().read(|ledger| {
            let plan = |hours| {
                let at = noon() + TimeDelta::hours(hours);
                planned(ledger.workspace(), vec![short, long], edit.clone(), at).unwrap()
            };
            assert!(plan(0).stops.is_empty());
            let past = plan(2);
            assert_eq!(past.stops.iter().map(|stop| stop.uid).collect::<Vec<_>>(), [Some(short)]);
            assert_eq!(past.preview.lines.len(), 2);
            assert_eq!(past.edit.overrides, None);
        });
    }
}
