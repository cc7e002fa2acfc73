//! Where the data lies, and what that place promises.

use std::rc::Rc;

use leptos::prelude::*;
use tollgate_browser::{FALLBACK_PROMISE, SpaceEstimate, StartWarning, StoreKind, estimate, persist, persisted};
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
    warnings: StoredValue<Vec<StartWarning>>,
}

/// What changes while the page is open.
struct Facts {
    durability: Durability,
    space: Option<SpaceEstimate>,
    failure: Option<JournalError>,
    tabs: usize,
}

impl Storage {
    pub(super) fn new(services: &Rc<Services>) -> Self {
        let facts = Facts { durability: Durability::Unknown, space: None, failure: None, tabs: 1 };
        Self {
            kind: services.store_kind(),
            facts: RwSignal::new(facts),
            warnings: StoredValue::new(services.warnings.clone()),
        }
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
        self.warnings.with_value(|warnings| warnings.iter().map(words).collect())
    }

    /// Whether a journal of the fallback waits to be joined.
    #[must_use]
    pub fn has_two_journals(self) -> bool {
        self.warnings
            .with_value(|warnings| warnings.iter().any(|warning| matches!(warning, StartWarning::TwoJournals { .. })))
    }

    pub(super) fn report(self, failure: JournalError) {
        self.facts.update(|facts| facts.failure = Some(failure));
    }

    pub(super) fn saved(self) {
        if self.facts.with_untracked(|facts| facts.failure.is_some()) {
            self.facts.update(|facts| facts.failure = None);
        }
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
        StartWarning::TwoJournals { fallback_records } => (
            "There are two journals on this device.".to_owned(),
            format!(
                "{} were kept in localStorage while the database was refused. Join them under Settings.",
                format::plural(*fallback_records as u64, "record", "records")
            ),
        ),
        StartWarning::MemoryOnly { cause } => (
            "Nothing can be kept on this device.".to_owned(),
            format!(
                "The browser refused every store ({cause}). Export before you leave: what you do is gone with this tab."
            ),
        ),
        _ => ("The store said something this console does not know.".to_owned(), format!("{warning:?}")),
    }
}
