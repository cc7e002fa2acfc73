//! What is asked before an act, over whatever page is shown.

use leptos::prelude::*;
use tollgate_tokens::checked::{GuardrailBreach, TokenError};
use tollgate_tokens::{Entry, EventBody, EventId, GuardrailOverride, Journal as _};

use super::Console;
use super::console::After;
use super::override_reason::{Stop, override_of, stops};

/// Bringing invalidated tokens back. Asked about first, because they log in again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BringBack {
    pub(super) act: EventId,
    /// How many tokens come back.
    pub tokens: usize,
    /// Why they were invalidated; empty when no reason was given.
    pub reason: String,
}

/// Undoing an act past guardrails that were put up since. Asked for a reason first, which is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoPast {
    act: EventId,
    /// The guardrails in the way.
    pub stops: Vec<Stop>,
}

/// The questions that any page may raise.
#[derive(Clone, Copy)]
pub(super) struct Questions {
    /// Whether tokens shall come back, and which.
    pub(super) bring_back: RwSignal<Option<BringBack>>,
    /// Whether everybody's tokens shall be invalidated.
    pub(super) everybody: RwSignal<bool>,
    /// Whether an act shall be undone past guardrails, and which.
    undo_past: RwSignal<Option<UndoPast>>,
}

impl Questions {
    pub(super) fn new() -> Self {
        let (bring_back, undo_past) = (RwSignal::new(None), RwSignal::new(None));
        Self { bring_back, everybody: RwSignal::new(false), undo_past }
    }
}

impl Console {
    /// The tokens that shall come back, while that is asked.
    #[must_use]
    pub fn bring_back(self) -> Signal<Option<BringBack>> {
        self.questions.bring_back.into()
    }

    /// Brings the tokens back that were asked about.
    pub fn confirm_bring_back(self) {
        if let Some(asked) = self.questions.bring_back.get_untracked() {
            self.leave_invalid();
            self.undo_now(asked.act, None);
        }
    }

    /// Leaves the tokens invalid that were asked about.
    pub fn leave_invalid(self) {
        self.questions.bring_back.set(None);
    }

    /// Whether everybody's tokens shall be invalidated, while that is asked.
    #[must_use]
    pub fn asks_everybody(self) -> RwSignal<bool> {
        self.questions.everybody
    }

    /// What stops the undoing of an act, while a reason is asked for.
    #[must_use]
    pub fn undo_past(self) -> Signal<Option<UndoPast>> {
        self.questions.undo_past.into()
    }

    /// Undoes the act that was asked about, past the guardrails in its way.
    pub fn confirm_undo_past(self, reason: String) {
        if let Some(asked) = self.questions.undo_past.get_untracked() {
            self.leave_done();
            self.undo_now(asked.act, override_of(&asked.stops, reason));
        }
    }

    /// Leaves the act done that was asked about.
    pub fn leave_done(self) {
        self.questions.undo_past.set(None);
    }

    pub(super) fn undo_now(self, act: EventId, overrides: Option<GuardrailOverride>) {
        // Pressed once more, the offer would undo an act that is about to be undone. It goes once the outcome is there.
        if !self.undo.pending().get_untracked() {
            self.undo.dispatch((act, overrides));
        }
    }
}

impl After {
    /// An act that the page holds.
    pub(super) fn held(self, act: EventId) -> Option<Entry> {
        let is_it = |entry: &&Entry| entry.event.id == act;
        self.services().manager.journal().read(|ledger| ledger.entries().rfind(is_it).cloned())
    }

    /// What undoing an act would bring back. An act that is undone already is left to be refused.
    pub(super) fn brought_back(self, entry: &Entry) -> Option<BringBack> {
        let act = entry.event.id;
        let is_undone = self.services().manager.journal().read(|ledger| ledger.workspace().is_undone(act));
        if is_undone { None } else { brought_back(entry) }
    }

    /// Asks why an act shall be undone although guardrails stop that.
    pub(super) fn ask_past(self, act: EventId, breaches: &[GuardrailBreach], questions: Questions) {
        let stops = self.workspace.with_untracked(|workspace| stops(workspace, breaches));
        questions.undo_past.try_set(Some(UndoPast { act, stops }));
    }

    /// Undoes an act that the page does not hold, once it was found in the journal. One that took tokens out of use is
    /// asked about first.
    pub(super) async fn find_and_undo(self, act: EventId, questions: Questions) {
        let services = self.services();
        let found = match services.manager.find_act(act).await {
            Ok(found) => found,
            Err(error) => return self.notices.failed(format!("Nothing was undone: {error}")),
        };
        match found.and_then(|entry| self.brought_back(&entry)) {
            Some(question) => {
                questions.bring_back.try_set(Some(question));
            }
            None => self.undo(act, None, questions).await,
        }
    }
}

/// Whether the offer to undo an act is of no use after a refusal: a guardrail or a reason leaves it open, and so does a
/// store that did not take the act.
pub(super) const fn is_past_undoing(refusal: &TokenError) -> bool {
    matches!(refusal, TokenError::AlreadyUndone | TokenError::ChangedSince { .. } | TokenError::UnknownAct(_))
}

/// What undoing an act brings back; nothing for an act that took no token out of use.
fn brought_back(entry: &Entry) -> Option<BringBack> {
    let EventBody::TokensInvalidated(act) = &entry.event.body else { return None };
    // Tokens that were invalid before the act are invalid afterwards, too.
    let tokens = act.tokens.len().saturating_sub(act.overwritten.len());
    (tokens > 0).then(|| BringBack { act: entry.event.id, tokens, reason: act.reason.clone() })
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::checked::{NewToken, TokenEdit};
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::memory_manager;

    use super::super::test_support::at_once;
    use super::*;

    #[test]
    fn an_offer_to_undo_outlives_a_refusal_that_a_reason_or_another_try_mends() {
        let act = tollgate_tokens::EventId { replica: tollgate_tokens::ReplicaId::from_bytes([1; 16]), sequence: 4 };
        for over in [TokenError::AlreadyUndone, TokenError::ChangedSince { number: 1 }, TokenError::UnknownAct(act)] {
            assert!(is_past_undoing(&over), "{over}");
        }
        for open in [
            TokenError::Guardrails(Vec::new()),
            TokenError::OverrideWithoutReason,
            TokenError::LooksLikeToken { field: "reason" },
        ] {
            assert!(!is_past_undoing(&open), "{open}");
        }
    }

    #[test]
    fn only_an_invalidation_brings_tokens_back() {
        let manager = memory_manager();
        let owner: tollgate_tokens::Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let uid = at_once(manager.generate(NewToken::for_owner(owner))).unwrap().uid;
        let newest = || {
            manager.journal().read(|ledger| {
                ledger.entries().next_back().and_then(brought_back).map(|back| (back.tokens, back.reason))
            })
        };
        let edit = TokenEdit { note: Some("nightly mirror".to_owned()), ..TokenEdit::default() };
        at_once(manager.change(vec![uid], edit)).unwrap();
        assert_eq!(newest(), None);
        at_once(manager.invalidate_one(uid, "leaked".to_owned())).unwrap();
        assert_eq!(newest(), Some((1, "leaked".to_owned())));
        at_once(manager.delete(vec![uid], String::new())).unwrap();
        assert_eq!(newest(), None);
    }
}
