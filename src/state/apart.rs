//! Entries of the second copy that do not continue the journal: saved as a file, or discarded.

use leptos::prelude::*;
use tollgate_tokens::JournalError;

use super::Console;
use super::console::After;
use super::export::{NewFile, hand_out};
use super::refusal::refused;
use super::task::task;
use crate::format;

/// What can be done with entries of the second copy that do not fit.
#[derive(Clone, Copy)]
pub struct Apart {
    after: After,
    /// Whether it is asked if they shall be discarded.
    pub asks: RwSignal<bool>,
    save: Action<(), ()>,
    discard: Action<(), ()>,
}

impl Apart {
    /// The word that is typed before they are discarded.
    pub const WORD: &'static str = "discard";

    /// The state of the section.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        Self {
            after,
            asks: RwSignal::new(false),
            save: task(move |(): &()| save(after)),
            discard: task(move |(): &()| discard(after)),
        }
    }

    /// Whether there are any.
    #[must_use]
    pub fn is_there(self) -> Signal<bool> {
        Signal::derive(move || self.after.storage.apart().is_some())
    }

    /// How many they are, as a sentence; empty where there are none.
    #[must_use]
    pub fn says(self) -> String {
        let told = |(events, _): (u64, u64)| {
            let entries = format::plural(events, "entry in the second copy does", "entries in the second copy do");
            format!("{entries} not continue this journal.")
        };
        self.after.storage.apart().map(told).unwrap_or_default()
    }

    /// Where they begin, as a sentence; empty where there are none.
    #[must_use]
    pub fn begin(self) -> String {
        let told = |(_, first): (u64, u64)| format!("They begin with number {first}.");
        self.after.storage.apart().map(told).unwrap_or_default()
    }

    /// How many they are, in words.
    #[must_use]
    pub fn count(self) -> String {
        let events = self.after.storage.apart().map_or(0, |(events, _)| events);
        format::plural(events, "entry", "entries")
    }

    /// Whether they are being saved or discarded.
    #[must_use]
    pub fn is_pending(self) -> Signal<bool> {
        let (save, discard) = (self.save.pending(), self.discard.pending());
        Signal::derive(move || save.get() || discard.get())
    }

    /// Saves them as a file, as they lie there.
    pub fn save(self) {
        self.save.dispatch(());
    }

    /// Takes them out of the second copy for good.
    pub fn discard(self) {
        self.asks.set(false);
        self.discard.dispatch(());
    }
}

async fn save(after: After) {
    let services = after.services();
    match services.manager.journal().apart_export().await {
        Ok(lines) if lines.is_empty() => {
            after.notices.done("Nothing was saved: the second copy holds nothing any more that does not fit", None);
        }
        Ok(lines) => {
            let name = format!("tollgate-{}-apart.records", services.workspace.as_str());
            let records = format::plural(lines.lines().count() as u64, "record", "records");
            hand_out(after, &NewFile { name, media_type: "text/plain", text: &lines }, &records);
        }
        Err(error) => failed(after, "Nothing was saved", &error),
    }
}

async fn discard(after: After) {
    match after.services().manager.journal().discard_apart().await {
        Ok(0) => {
            after.storage.none_apart();
            after.notices.done("The second copy holds nothing any more that does not fit", None);
        }
        Ok(held) => {
            let tabs = format::plural(u64::from(held), "other tab holds", "other tabs hold");
            after.notices.failed(format!("{tabs} some of these entries. What to do: close it, and discard them again"));
        }
        Err(error) => failed(after, "Not all of them were discarded", &error),
    }
}

fn failed(after: After, what: &str, error: &JournalError) {
    after.notices.failed(refused(what, error));
}
