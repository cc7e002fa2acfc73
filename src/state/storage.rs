//! Where the data lies, and what that place promises.

use std::rc::Rc;

use leptos::prelude::*;
use tollgate_browser::{
    FALLBACK_PROMISE, MirrorState, SpaceEstimate, StartWarning, StoreKind, estimate, persist, persisted,
};
use tollgate_tokens::JournalError;

use crate::Services;
use crate::format;

/// What the browser says about keeping the data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// Not asked yet.
    #[default]
    Unknown,
    /// The browser will not remove it by itself.
    Persistent,
    /// The browser may remove it when space runs short.
    BestEffort,
}

/// The state of the store.
#[derive(Clone, Copy)]
pub struct Storage {
    kind: StoreKind,
    facts: RwSignal<Facts>,
    warnings: RwSignal<Vec<StartWarning>>,
}

/// What changes while the page is open.
struct Facts {
    durability: Durability,
    space: Option<SpaceEstimate>,
    mirror: MirrorState,
    failure: Option<JournalError>,
    tabs: usize,
}

impl Storage {
    pub(super) fn new(services: &Rc<Services>) -> Self {
        let journal = services.manager.journal();
        let mirror = journal.mirror_state();
        let facts = Facts { durability: Durability::Unknown, space: None, mirror, failure: None, tabs: 1 };
        let mut warnings = services.warnings.clone();
        // Some may have come between the opening and now.
        warnings.extend(journal.start_warnings().into_iter().filter(|late| !services.warnings.contains(late)));
        Self { kind: services.store_kind(), facts: RwSignal::new(facts), warnings: RwSignal::new(warnings) }
    }

    /// Which store holds the journal.
    #[must_use]
    pub fn kind(self) -> StoreKind {
        self.kind
    }

    /// What the browser says about keeping the data.
    #[must_use]
    pub fn durability(self) -> Durability {
        self.facts.with(|facts| facts.durability)
    }

    /// How much space is used and offered, as the browser tells it.
    #[must_use]
    pub fn space(self) -> Option<SpaceEstimate> {
        self.facts.with(|facts| facts.space)
    }

    /// How the second copy of the journal stands.
    #[must_use]
    pub fn mirror(self) -> MirrorState {
        self.facts.with(|facts| facts.mirror.clone())
    }

    /// The last failure of the store; `None` once a later change was saved.
    #[must_use]
    pub fn failure(self) -> Option<JournalError> {
        self.facts.with(|facts| facts.failure.clone())
    }

    /// How many tabs have this workspace open.
    #[must_use]
    pub fn tabs(self) -> usize {
        self.facts.with(|facts| facts.tabs)
    }

    /// What must be said before anything else: a heading and what it means.
    #[must_use]
    pub fn start_warnings(self) -> Vec<(String, String)> {
        self.warnings.with(|warnings| warnings.iter().map(words).collect())
    }

    /// Whether a journal of the fallback waits to be joined.
    #[must_use]
    pub fn has_two_journals(self) -> bool {
        let waits = |warning: &StartWarning| matches!(warning, StartWarning::TwoJournals { .. });
        self.warnings.with_untracked(|warnings| warnings.iter().any(waits))
    }

    /// How many entries of the second copy do not continue the journal, and the number of the first; `None` where all do.
    pub(super) fn apart(self) -> Option<(u64, u64)> {
        let told = |warning: &StartWarning| match warning {
            StartWarning::Apart { events, first, .. } => Some((*events, *first)),
            _ => None,
        };
        self.warnings.with(|warnings| warnings.iter().find_map(told))
    }

    /// They were discarded.
    pub(super) fn none_apart(self) {
        let stays = |warning: &StartWarning| !matches!(warning, StartWarning::Apart { .. });
        self.warnings.try_update(|warnings| warnings.retain(stays));
    }

    /// Something about the store was found after the page had opened.
    pub(super) fn warn(self, warning: StartWarning) {
        self.warnings.try_update(|warnings| warnings.push(warning));
    }

    pub(super) fn report(self, failure: JournalError) {
        self.facts.update(|facts| facts.failure = Some(failure));
    }

    pub(super) fn saved(self) {
        if self.facts.with_untracked(|facts| facts.failure.is_some()) {
            self.facts.update(|facts| facts.failure = None);
        }
    }

    pub(super) fn set_mirror(self, mirror: MirrorState) {
        self.facts.try_update(|facts| facts.mirror = mirror);
    }

    pub(super) fn set_tabs(self, tabs: usize) {
        self.facts.try_update(|facts| facts.tabs = tabs.max(1));
    }

    /// Reads what the browser says about durability and space.
    pub(super) async fn look(self) {
        let durability = match persisted().await {
            Some(true) => Durability::Persistent,
            Some(false) => Durability::BestEffort,
            None => Durability::Unknown,
        };
        let space = estimate().await;
        self.facts.try_update(|facts| {
            facts.durability = durability;
            facts.space = space;
        });
    }

    /// Asks the browser to keep the data. The right moment is the first token: then there is something to lose.
    pub(super) async fn ask_to_persist(self) {
        if self.facts.try_with_untracked(|facts| facts.durability) != Some(Durability::Persistent) {
            persist().await;
            self.look().await;
        }
    }
}

fn words(warning: &StartWarning) -> (String, String) {
    match warning {
        StartWarning::Emptied { expected_next, at } => (
            "The browser removed Tollgate’s data on this device.".to_owned(),
            format!(
                "There were {} on {}; now there are none. What you do from here on begins a new history; keep the last export safe.",
                format::plural(expected_next.saturating_sub(1), "journal entry", "journal entries"),
                format::day(*at)
            ),
        ),
        StartWarning::Older { expected_next, found_next, at } => (
            "The stored journal is older than the one this browser had.".to_owned(),
            format!(
                "On {} it ended at entry {}; now it ends at {}. Changes in between are not here.",
                format::day(*at),
                expected_next.saturating_sub(1),
                found_next.saturating_sub(1)
            ),
        ),
        StartWarning::OtherEpoch { .. } => (
            "The stored journal is not the one this browser had.".to_owned(),
            "It is another history from its first entry on. Export it before you change anything.".to_owned(),
        ),
        StartWarning::BehindSnapshot { expected_next, found_next } => behind_snapshot(*expected_next, *found_next),
        StartWarning::OtherThanSnapshot { expected_next, .. } => other_than_snapshot(*expected_next),
        StartWarning::Restored { events, left, .. } => restored(*events, *left),
        StartWarning::Apart { events, first, .. } => apart(*events, *first),
        StartWarning::Fallback { cause, out_of_reach } => (
            "Changes are kept in localStorage only.".to_owned(),
            match out_of_reach {
                0 => format!("{FALLBACK_PROMISE} The browser refused its database: {cause}."),
                events => format!(
                    "{FALLBACK_PROMISE} The browser refused its database ({cause}), where {} lie out of reach.",
                    format::plural(*events, "earlier entry", "earlier entries")
                ),
            },
        ),
        StartWarning::TwoJournals { fallback_records } => two_journals(*fallback_records as u64),
        StartWarning::MemoryOnly { cause } => (
            "Nothing can be kept on this device.".to_owned(),
            format!(
                "The browser refused every store ({cause}). Export before you leave: what you do is gone with this tab."
            ),
        ),
        _ => ("The store said something this console does not know.".to_owned(), format!("{warning:?}")),
    }
}

fn two_journals(fallback_records: u64) -> (String, String) {
    (
        "There are two journals on this device.".to_owned(),
        format!(
            "{} were kept in localStorage while the database was refused. Join them under Settings.",
            format::plural(fallback_records, "record", "records")
        ),
    )
}

fn behind_snapshot(expected_next: u64, found_next: u64) -> (String, String) {
    let now = match found_next.saturating_sub(1) {
        0 => "now there are none".to_owned(),
        last => format!("now it ends at {last}"),
    };
    (
        "The end of the stored journal was cut off.".to_owned(),
        format!(
            "The snapshot beside it knows entries up to {}; {now}. Changes in between are not here; keep the last export safe.",
            expected_next.saturating_sub(1)
        ),
    )
}

fn other_than_snapshot(expected_next: u64) -> (String, String) {
    (
        "The stored journal is not the one that its snapshot was made of.".to_owned(),
        format!(
            "The snapshot knows entries up to {}, of which some are others now. Export it before you change anything.",
            expected_next.saturating_sub(1)
        ),
    )
}

fn restored(events: u64, left: u64) -> (String, String) {
    let heading = match left {
        0 => "The browser had removed Tollgate’s data on this device; it was restored from the second copy.",
        _ => "The stored journal was not whole; what was missing was restored from the second copy.",
    };
    let entries = format::plural(events, "missing entry was", "missing entries were");
    // What a browser that was ended left in the second copy alone looks like a loss; nobody was told of it.
    let unfinished =
        if left > 0 { " A change that was being saved when the browser ended may be among them." } else { "" };
    let text = format!(
        "{entries} found there and written back unchanged: the hashes that link the entries show it.{unfinished}"
    );
    (heading.to_owned(), text)
}

fn apart(events: u64, first: u64) -> (String, String) {
    let entries = format::plural(events, "entry", "entries");
    (
        "The second copy holds entries that do not continue this journal.".to_owned(),
        format!(
            "They are {entries} from number {first} on, of another history or from behind a gap. They are not mixed in: save or discard them under Settings."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(warning: &StartWarning, heading: &str, text: &str) {
        assert_eq!(words(warning), (heading.to_owned(), text.to_owned()));
    }

    #[test]
    fn a_restored_journal_is_told_with_what_was_missing() {
        check(
            &StartWarning::Restored { records: 2, events: 3, left: 0 },
            "The browser had removed Tollgate’s data on this device; it was restored from the second copy.",
            "3 missing entries were found there and written back unchanged: the hashes that link the entries show it.",
        );
        check(
            &StartWarning::Restored { records: 1, events: 1, left: 7 },
            "The stored journal was not whole; what was missing was restored from the second copy.",
            "1 missing entry was found there and written back unchanged: the hashes that link the entries show it. \
             A change that was being saved when the browser ended may be among them.",
        );
    }

    #[test]
    fn a_journal_that_is_not_what_its_snapshot_knows_is_told_up_to_which_entry() {
        check(
            &StartWarning::BehindSnapshot { expected_next: 41, found_next: 38 },
            "The end of the stored journal was cut off.",
            "The snapshot beside it knows entries up to 40; now it ends at 37. \
             Changes in between are not here; keep the last export safe.",
        );
        check(
            &StartWarning::BehindSnapshot { expected_next: 41, found_next: 1 },
            "The end of the stored journal was cut off.",
            "The snapshot beside it knows entries up to 40; now there are none. \
             Changes in between are not here; keep the last export safe.",
        );
        check(
            &StartWarning::OtherThanSnapshot { expected_next: 41, found_next: 44 },
            "The stored journal is not the one that its snapshot was made of.",
            "The snapshot knows entries up to 40, of which some are others now. Export it before you change anything.",
        );
    }

    #[test]
    fn a_copy_of_something_else_is_told_and_left_alone() {
        check(
            &StartWarning::Apart { records: 1, events: 4, first: 12 },
            "The second copy holds entries that do not continue this journal.",
            "They are 4 entries from number 12 on, of another history or from behind a gap. \
             They are not mixed in: save or discard them under Settings.",
        );
    }
}
