//! The journal as a record to be read: who did what, and whether it is whole.

use leptos::prelude::*;
use tollgate_tokens::checked::{can_be_undone, trust};
use tollgate_tokens::{
    Entry, EventId, GuardrailOverride, Journal as _, Ledger, Standing, Timestamp, TokenUid, Verification, Workspace,
    verify,
};

use super::Console;
use super::act_words::{ActTone, tell};
use super::console::After;
use super::earlier::Earlier;
use super::export::export;
use super::override_reason::{OverrideReason, Stop, decided_past};
use super::refusal::refused;
use super::task::task;
use crate::format;

/// How many rows are shown before more are asked for.
const PAGE: usize = 100;

/// How often a search reads further back before it asks whether to go on.
const MOST_READS: usize = 5;

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
    earlier: Earlier,
    look_back: Action<(), ()>,
    verified: ReadSignal<Option<Verified>>,
    verify: Action<(), ()>,
    repair: Action<(), ()>,
    /// The guardrails that stop the trusting of uncertain tokens, and why it may go past them.
    pub past: OverrideReason,
    trust: Action<(Vec<TokenUid>, Option<GuardrailOverride>), ()>,
    export: Action<(), ()>,
}

impl Activity {
    /// The state of the page; the chain is checked at once.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        let (verified, set_verified) = signal(None);
        let (filter, shown, earlier) = (RwSignal::new(String::new()), RwSignal::new(PAGE), Earlier::new(after));
        let stops = Memo::new(move |_| {
            let now = console.now().get();
            console.workspace().with(|workspace| stops_of_trust(workspace, now))
        });
        let past = OverrideReason::new(stops.into());
        let activity = Self {
            console,
            after,
            filter,
            shown,
            earlier,
            look_back: task(move |(): &()| look_back(after, earlier, filter, shown)),
            verified,
            verify: task(move |(): &()| check(after, set_verified)),
            repair: task(move |(): &()| repair(after, set_verified)),
            past,
            trust: task(move |(tokens, overrides): &(Vec<TokenUid>, Option<GuardrailOverride>)| {
                trust_again(after, tokens.clone(), overrides.clone(), past)
            }),
            export: task(move |(): &()| export(after)),
        };
        activity.verify_again();
        activity.look_back();
        activity
    }

    /// The newest entries that hold the filter's words. Linear in the entries, so that it is asked for once.
    ///
    /// There may be more where there are entries that were not read yet.
    #[must_use]
    pub fn rows(self) -> ActivityRows {
        self.console.revision().track();
        let words = self.filter.get().to_lowercase();
        let shown = self.shown.get();
        let ActivityRows { rows, has_more } = self.earlier.with(|earlier| newest(self.after, earlier, &words, shown));
        ActivityRows { rows, has_more: has_more || self.earlier.has_unread() }
    }

    /// How many entries there are in all.
    #[must_use]
    pub fn count(self) -> usize {
        self.console.revision().track();
        self.after.services.with_value(|services| {
            services.manager.journal().read(|ledger| ledger.first_sequence() as usize - 1 + ledger.entries().len())
        })
    }

    /// Whether nothing lies in the store, damaged entries included.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.console.revision().track();
        self.after.services.with_value(|services| services.manager.journal().read(|ledger| ledger.record_count() == 0))
    }

    /// Shows more rows, and reads further back where that is needed.
    pub fn show_more(self) {
        self.shown.update(|shown| *shown += PAGE);
        self.look_back();
    }

    fn look_back(self) {
        if self.earlier.can_read_on() {
            self.look_back.dispatch(());
        }
    }

    /// Whether entries are being read that lie further back.
    #[must_use]
    pub fn is_looking_back(self) -> Signal<bool> {
        self.look_back.pending().into()
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
        self.console.workspace().with(uncertain)
    }

    /// Whether trust is on its way to the store.
    #[must_use]
    pub fn is_trusting(self) -> Signal<bool> {
        self.trust.pending().into()
    }

    /// Trusts the uncertain tokens again, past the guardrails that stop it if there is a reason.
    pub fn trust_uncertain(self) {
        let tokens = self.console.workspace().with_untracked(uncertain);
        self.trust.dispatch((tokens, self.past.given()));
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

/// The newest of the entries that were read, `earlier` included, that hold these words.
fn newest(after: After, earlier: &[Entry], words: &str, most: usize) -> ActivityRows {
    after.services.with_value(|services| {
        services.manager.journal().read(|ledger| {
            let (workspace, held) = (ledger.workspace(), ledger.first_sequence());
            let before = earlier.iter().filter(|entry| entry.sequence < held);
            let all = ledger.entries().rev().chain(before).map(|entry| row(entry, workspace));
            let (rows, has_more) = first(all.filter(|row| words.is_empty() || row.holds(words)), most);
            ActivityRows { rows, has_more }
        })
    })
}

/// Reads further back until there are as many rows as are to be shown, or there is nothing left to read.
async fn look_back(after: After, earlier: Earlier, filter: RwSignal<String>, shown: RwSignal<usize>) {
    for _ in 0..MOST_READS {
        let (Some(words), Some(most)) = (filter.try_get_untracked(), shown.try_get_untracked()) else { return };
        let words = words.to_lowercase();
        let found = earlier.try_with_untracked(|earlier| newest(after, earlier, &words, most).rows.len());
        if found.is_none_or(|found| found >= most) || !earlier.read_on(|_| true).await {
            return;
        }
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
            if !found.verification.is_whole() {
                meet_damage(after).await;
            }
            verified.try_set(Some(found));
        }
        Err(error) => after.storage.report(error),
    }
}

/// Lets the ledger know of damage that lies before what it holds: then nothing is written until a repair.
async fn meet_damage(after: After) {
    let services = after.services();
    if services.manager.journal().read(Ledger::first_sequence) > 1 {
        match services.manager.journal().reload().await {
            Ok(_) => after.publish(&services.manager),
            Err(error) => after.storage.report(error),
        }
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

/// The tokens that damage made uncertain.
fn uncertain(workspace: &Workspace) -> Vec<TokenUid> {
    let uncertain = workspace.tokens().filter(|token| token.standing == Standing::Uncertain);
    uncertain.map(|token| token.uid).collect()
}

/// The guardrails that stop the trusting of all that is uncertain; none where nothing is.
fn stops_of_trust(workspace: &Workspace, now: Timestamp) -> Vec<Stop> {
    let tokens = uncertain(workspace);
    let decide = |overrides: Option<GuardrailOverride>| trust(workspace, &tokens, overrides.as_ref(), now);
    decided_past(workspace, decide).map(|(_, stops)| stops).unwrap_or_default()
}

async fn trust_again(after: After, tokens: Vec<TokenUid>, overrides: Option<GuardrailOverride>, past: OverrideReason) {
    let services = after.services();
    let outcome = services.manager.trust_past(tokens, overrides).await;
    match after.settle(outcome) {
        Some(Ok(count)) => {
            past.forget();
            let tokens = format::plural(count as u64, "token is", "tokens are");
            after.notices.done(format!("{tokens} trusted again"), None);
        }
        Some(Err(refusal)) => after.notices.failed(refused("Nothing was trusted", &refusal)),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
    use tollgate_tokens::checked::NewToken;
    use tollgate_tokens::library::NewGuardrail;
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::{memory_manager, noon};
    use tollgate_tokens::{EventBody, NewEvent, Username};

    use super::super::test_support::at_once;
    use super::*;

    #[test]
    fn more_is_offered_only_where_there_is_more() {
        assert_eq!(first(0..3, 2), (vec![0, 1], true));
        assert_eq!(first(0..2, 2), (vec![0, 1], false));
        assert_eq!(first(0..1, 2), (vec![0], false));
    }

    #[test]
    fn what_stops_the_trusting_of_tokens_is_told_before() {
        let manager = memory_manager();
        let owner: Username = "alice".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let uid = at_once(manager.generate(NewToken::for_owner(owner))).unwrap().uid;
        let target = Target { methods: Choice::Any, resources: Choice::Any, items: Items::All };
        let guardrail = Guardrail::new("nothing at all", Scope::ALL, Rule::Never, target).unwrap();
        at_once(manager.add_guardrail(NewGuardrail { guardrail, note: String::new() })).unwrap();
        let stopped = || {
            let stops = manager.journal().read(|ledger| stops_of_trust(ledger.workspace(), noon()));
            stops.into_iter().map(|stop| stop.uid).collect::<Vec<_>>()
        };
        assert!(stopped().is_empty(), "nothing is uncertain");
        let json = format!(r#"{{"tokens":["{uid}"]}}"#);
        let body = EventBody::Unknown { kind: "tokens_invalidated".to_owned(), version: 7, json };
        at_once(manager.append(vec![NewEvent::Here { at: noon(), by: None, body }])).unwrap();
        assert_eq!(stopped(), [Some(uid)]);
    }
}
