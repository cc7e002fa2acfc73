//! The journal as a record to be read: who did what, and whether it is whole.

use leptos::prelude::*;
use tollgate_tokens::checked::can_be_undone;
use tollgate_tokens::{Entry, EventId, Journal as _, Timestamp, TokenUid, Verification, Workspace, verify};

use super::Console;
use super::act_words::{ActTone, tell};
use super::console::After;
use super::export::export;
use super::task::task;
use crate::format;

/// How many rows are shown before more are asked for.
const PAGE: usize = 100;

/// One row of the record.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityRow {
    /// The entry's number.
    pub sequence: u64,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it, as they called themselves.
    pub by: Option<String>,
    /// What happened, in words.
    pub text: String,
    /// The token it is about, when it is one.
    pub token: Option<(TokenUid, String)>,
    /// What kind of act.
    pub tone: ActTone,
    /// The first digits of the record's hash.
    pub hash: String,
    /// The act, when it can be undone.
    pub undo: Option<EventId>,
    /// Whether a later act undid it.
    pub is_undone: bool,
}

/// The rows that are shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityRows {
    /// The newest of those that match.
    pub rows: Vec<ActivityRow>,
    /// Whether there are more.
    pub has_more: bool,
}

/// What the check of the whole chain found, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    /// What it found.
    pub verification: Verification,
    /// When it was done.
    pub at: Timestamp,
}

/// The page of the record.
#[derive(Clone, Copy)]
pub struct Activity {
    console: Console,
    after: After,
    /// Words that rows must hold.
    pub filter: RwSignal<String>,
    shown: RwSignal<usize>,
    verified: ReadSignal<Option<Verified>>,
    verify: Action<(), ()>,
    repair: Action<(), ()>,
    trust: Action<Vec<TokenUid>, ()>,
    export: Action<(), ()>,
}

impl Activity {
    /// The state of the page; the chain is checked at once.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        let (verified, set_verified) = signal(None);
        let activity = Self {
            console,
            after,
            filter: RwSignal::new(String::new()),
            shown: RwSignal::new(PAGE),
            verified,
            verify: task(move |(): &()| check(after, set_verified)),
            repair: task(move |(): &()| repair(after, set_verified)),
            trust: task(move |tokens: &Vec<TokenUid>| trust(after, tokens.clone())),
            export: task(move |(): &()| export(after)),
        };
        activity.verify_again();
        activity
    }

    /// The newest entries that hold the filter's words. Linear in the entries, so that it is asked for once.
    #[must_use]
    pub fn rows(self) -> ActivityRows {
        self.console.revision().track();
        let words = self.filter.get().to_lowercase();
        let shown = self.shown.get();
        self.after.services.with_value(|services| {
            services.manager.journal().read(|ledger| {
                let workspace = ledger.workspace();
                let all = ledger.entries().rev().map(|entry| row(entry, workspace));
                let (rows, has_more) = first(all.filter(|row| words.is_empty() || row.holds(&words)), shown);
                ActivityRows { rows, has_more }
            })
        })
    }

    /// How many entries there are in all.
    #[must_use]
    pub fn count(self) -> usize {
        self.console.revision().track();
        self.after.services.with_value(|services| services.manager.journal().read(|ledger| ledger.entries().len()))
    }

    /// Whether nothing lies in the store, damaged entries included.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.console.revision().track();
        self.after.services.with_value(|services| services.manager.journal().read(|ledger| ledger.record_count() == 0))
    }

    /// Shows more rows.
    pub fn show_more(self) {
        self.shown.update(|shown| *shown += PAGE);
    }

    /// What the last check of the chain found.
    #[must_use]
    pub fn verified(self) -> ReadSignal<Option<Verified>> {
        self.verified
    }

    /// Whether a check is running.
    #[must_use]
    pub fn is_verifying(self) -> Signal<bool> {
        self.verify.pending().into()
    }

    /// Checks the whole chain again from its stored bytes.
    pub fn verify_again(self) {
        self.verify.dispatch(());
    }

    /// Records the damaged entries, after which writing resumes.
    pub fn repair(self) {
        self.repair.dispatch(());
    }

    /// The tokens that damage made uncertain.
    #[must_use]
    pub fn uncertain(self) -> Vec<TokenUid> {
        self.console.workspace().with(|workspace| {
            let uncertain = |token: &&std::sync::Arc<tollgate_tokens::Token>| {
                token.standing == tollgate_tokens::Standing::Uncertain
            };
            workspace.tokens().filter(uncertain).map(|token| token.uid).collect()
        })
    }

    /// Trusts the uncertain tokens again.
    pub fn trust_uncertain(self) {
        self.trust.dispatch(self.uncertain());
    }

    /// Saves the workspace as a file: every record as it lies in the store.
    pub fn export(self) {
        self.export.dispatch(());
    }
}

impl ActivityRow {
    fn holds(&self, words: &str) -> bool {
        let token = self.token.as_ref().map_or("", |(_, name)| name.as_str());
        let by = self.by.as_deref().unwrap_or_default();
        [self.text.as_str(), token, by].iter().any(|text| text.to_lowercase().contains(words))
            || self.sequence.to_string() == words
    }
}

/// The first of all, and whether there are more.
fn first<T>(mut all: impl Iterator<Item = T>, most: usize) -> (Vec<T>, bool) {
    let found: Vec<T> = all.by_ref().take(most).collect();
    let has_more = found.len() == most && all.next().is_some();
    (found, has_more)
}

fn row(entry: &Entry, workspace: &Workspace) -> ActivityRow {
    let event = &entry.event;
    let is_undone = workspace.is_undone(event.id);
    let (tone, text, token) = tell(&event.body, workspace);
    let undoable = can_be_undone(&event.body) && !is_undone;
    ActivityRow {
        sequence: entry.sequence,
        at: event.at,
        by: event.by.clone(),
        text,
        token,
        tone,
        hash: entry.hash.short(),
        undo: undoable.then_some(event.id),
        is_undone,
    }
}

async fn check(after: After, verified: WriteSignal<Option<Verified>>) {
    let services = after.services();
    match services.manager.journal().records().await {
        Ok(records) => {
            let found = Verified { verification: verify(records), at: services.manager.now() };
            verified.try_set(Some(found));
        }
        Err(error) => after.storage.report(error),
    }
}

async fn repair(after: After, verified: WriteSignal<Option<Verified>>) {
    let services = after.services();
    let outcome = services.manager.repair().await;
    match after.settle(outcome) {
        Some(Ok(count)) => {
            let entries = format::plural(count as u64, "damaged entry is", "damaged entries are");
            after.notices.done(format!("{entries} recorded; writing goes on"), None);
        }
        Some(Err(refusal)) => after.notices.failed(refusal.to_string()),
        None => {}
    }
    check(after, verified).await;
}

async fn trust(after: After, tokens: Vec<TokenUid>) {
    let services = after.services();
    let outcome = services.manager.trust(tokens).await;
    match after.settle(outcome) {
        Some(Ok(count)) => {
            after
                .notices
                .done(format!("{} trusted again", format::plural(count as u64, "token is", "tokens are")), None);
        }
        Some(Err(refusal)) => after.notices.failed(refusal.to_string()),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn more_is_offered_only_where_there_is_more() {
        assert_eq!(first(0..3, 2), (vec![0, 1], true));
        assert_eq!(first(0..2, 2), (vec![0, 1], false));
        assert_eq!(first(0..1, 2), (vec![0], false));
    }
}
