//! Taking a workspace in from a file: it is read, checked and planned, and only then merged or put in place of this one.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use tollgate_browser::{PickedFile, Replaced, next_turn, reload_saying};
use tollgate_tokens::{Appended, Archive, ArchiveReader, GuardrailOverride, Journal as _, JournalError, Operation};

use super::Console;
use super::console::After;
use super::earlier::hold_everything;
use super::import_view::{ImportView, WayView, view};
use super::override_reason::{Stop, override_of};
use super::refusal::{refused, why};
use super::task::task;
use crate::format;

/// How many records are read between two looks at the page.
const PORTION: usize = 100;

/// What becomes of what is here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ImportWay {
    /// It stays, and what is not here is taken over.
    #[default]
    Merge,
    /// The file's history takes its place.
    Replace,
}

/// How far an import has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ImportStage {
    /// No file is picked.
    #[default]
    Idle,
    /// A file is being read and checked.
    Reading {
        /// Its name.
        name: String,
        /// How many records were checked.
        done: usize,
        /// How many there are; 0 while that is not known.
        total: usize,
    },
    /// The file is refused, and nothing was changed.
    Refused {
        /// Its name.
        name: String,
        /// Why, and what to do.
        why: String,
    },
    /// The file is read: what it would change is shown.
    Ready {
        /// Its name.
        name: String,
    },
}

/// The import of one workspace.
#[derive(Clone, Copy)]
pub struct Import {
    reading: Reading,
    way: RwSignal<ImportWay>,
    view: Memo<Option<ImportView>>,
    read: Action<(), ()>,
    carry_out: Action<(ImportWay, Option<GuardrailOverride>), ()>,
}

/// What reading a file moves.
#[derive(Clone, Copy)]
struct Reading {
    after: After,
    stage: RwSignal<ImportStage>,
    archive: RwSignal<Option<Arc<Archive>>>,
    picked: StoredValue<Option<PickedFile>, LocalStorage>,
    /// Counts the files that were picked: what an earlier one gives is dropped.
    attempt: StoredValue<u64>,
}

impl ImportWay {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Replace => "replace",
        }
    }
}

impl Import {
    /// The state of the section.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        let archive = RwSignal::new(None::<Arc<Archive>>);
        let reading = Reading {
            after,
            stage: RwSignal::new(ImportStage::Idle),
            archive,
            picked: StoredValue::new_local(None),
            attempt: StoredValue::new(0),
        };
        Self {
            reading,
            way: RwSignal::new(ImportWay::Merge),
            view: Memo::new(move |_| archive.get().and_then(|archive| planned(after, &archive))),
            read: task(move |(): &()| reading.run()),
            carry_out: task(move |(way, overrides): &(ImportWay, Option<GuardrailOverride>)| {
                carry_out(after, archive.get_untracked(), *way, overrides.clone())
            }),
        }
    }

    /// How far it has come.
    #[must_use]
    pub fn stage(self) -> Signal<ImportStage> {
        self.reading.stage.into()
    }

    /// What becomes of what is here.
    #[must_use]
    pub fn way(self) -> Signal<ImportWay> {
        self.way.into()
    }

    /// Chooses what becomes of what is here, by its word.
    pub fn choose(self, word: &str) {
        let ways = [ImportWay::Merge, ImportWay::Replace];
        if let Some(way) = ways.into_iter().find(|way| way.word() == word) {
            self.way.set(way);
        }
    }

    /// What the file holds, and how its history stands to the one that is here.
    #[must_use]
    pub fn words(self) -> String {
        self.view.with(|view| view.as_ref().map(|view| format!("{} {}", view.facts, view.relation)).unwrap_or_default())
    }

    /// What the chosen way would change.
    #[must_use]
    pub fn changes(self) -> Option<WayView> {
        let way = self.way.get();
        self.view.with(|view| {
            let view = view.as_ref()?;
            Some(if way == ImportWay::Merge { view.merge.clone() } else { view.replace.clone() })
        })
    }

    /// Whether the chosen way would change nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.changes().is_none_or(|changes| changes.is_empty)
    }

    /// The word to type before the chosen way can be taken; empty where nothing would be gone for good.
    #[must_use]
    pub fn word(self) -> String {
        let loses = self.changes().is_some_and(|changes| changes.loses);
        if loses { ImportWay::Replace.word().to_owned() } else { String::new() }
    }

    /// Reads the file that was picked in an input.
    pub fn pick(self, event: &ev::Event) {
        if let Some(file) = PickedFile::of(event) {
            self.reading.picked.set_value(Some(file));
            self.way.set(ImportWay::Merge);
            self.read.dispatch(());
        }
    }

    /// Thinks better of it; nothing was changed.
    pub fn cancel(self) {
        self.reading.begin();
        self.reading.stage.set(ImportStage::Idle);
        self.reading.archive.set(None);
    }

    /// The guardrails in the way of the chosen way; a replacement keeps to those of the file.
    #[must_use]
    pub fn stops(self) -> Vec<Stop> {
        match self.way.get() {
            ImportWay::Merge => self.view.with(|view| view.as_ref().map(|view| view.stops.clone()).unwrap_or_default()),
            ImportWay::Replace => Vec::new(),
        }
    }

    /// Does what [`changes`](Self::changes) says; the reason goes past the guardrails in the way.
    pub fn carry_out(self, reason: String) {
        let overrides = override_of(&untrack(|| self.stops()), reason);
        self.carry_out.dispatch((self.way.get_untracked(), overrides));
        self.cancel();
    }

    /// Whether an import is on its way to the store.
    #[must_use]
    pub fn is_pending(self) -> Signal<bool> {
        self.carry_out.pending().into()
    }
}

impl Reading {
    /// Drops what is being read, and gives the number of what comes now.
    fn begin(self) -> u64 {
        self.attempt.update_value(|attempt| *attempt += 1);
        self.attempt.get_value()
    }

    fn is_current(self, attempt: u64) -> bool {
        self.attempt.try_with_value(|current| *current == attempt) == Some(true)
    }

    async fn run(self) {
        let Some(file) = self.picked.try_update_value(Option::take).flatten() else { return };
        let (name, attempt) = (file.name(), self.begin());
        self.archive.set(None);
        self.stage.set(ImportStage::Reading { name: name.clone(), done: 0, total: 0 });
        let read = self.read(&file, attempt).await;
        if !self.is_current(attempt) {
            return;
        }
        let stage = match read {
            Ok(archive) => {
                self.archive.set(Some(Arc::new(archive)));
                ImportStage::Ready { name }
            }
            Err(why) => ImportStage::Refused { name, why },
        };
        self.stage.set(stage);
    }

    async fn read(self, file: &PickedFile, attempt: u64) -> Result<Archive, String> {
        if file.size() > Archive::MOST_BYTES {
            let (size, most) = (format::bytes(file.size()), format::bytes(Archive::MOST_BYTES));
            return Err(format!("the file has {size}, and files of at most {most} are read"));
        }
        let text = file.text().await.map_err(|error| error.to_string())?;
        let mut reader = ArchiveReader::new(&text).map_err(|error| why(&error))?;
        while !reader.is_done() && self.is_current(attempt) {
            reader.read_more(PORTION).map_err(|error| why(&error))?;
            let (done, total) = (reader.done(), reader.total());
            self.stage.try_set(ImportStage::Reading { name: file.name(), done, total });
            next_turn().await;
        }
        let archive = reader.finish().map_err(|error| why(&error))?;
        // How the two stand to each other shows from their first entries on.
        hold_everything(&self.after.services()).await.map_err(|error| error.to_string())?;
        Ok(archive)
    }
}

/// What an archive would change here and now.
fn planned(after: After, archive: &Archive) -> Option<ImportView> {
    after.revision.track();
    let services = after.services();
    let now = services.manager.now();
    Some(services.manager.journal().read(|ledger| view(ledger, archive, now)))
}

async fn carry_out(after: After, archive: Option<Arc<Archive>>, way: ImportWay, overrides: Option<GuardrailOverride>) {
    let Some(archive) = archive else { return };
    match way {
        ImportWay::Merge => merge(after, &archive, overrides).await,
        ImportWay::Replace => replace(after, &archive).await,
    }
}

async fn merge(after: After, archive: &Archive, overrides: Option<GuardrailOverride>) {
    let services = after.services();
    let taken = services.manager.import(archive.ledger().clone(), overrides).await;
    after.publish(&services.manager);
    match taken {
        Ok(Appended::Record { events, .. }) => {
            after.storage.saved();
            let entries = format::plural(u64::from(events), "entry is", "entries are");
            after.notices.done(format!("{entries} taken over from the file"), None);
        }
        Ok(Appended::Nothing) => after.notices.done("Everything in the file was here already", None),
        Err(Operation::Refused(refusal)) => after.notices.failed(refused("Nothing was taken over", &refusal)),
        Err(Operation::Journal(error)) => not_done(after, "Nothing was taken over", error),
    }
}

async fn replace(after: After, archive: &Archive) {
    let services = after.services();
    let entries = format::plural(archive.ledger().entries().len() as u64, "entry", "entries");
    let words = format!("This workspace is now that of the file: {entries}");
    match services.manager.journal().replace(archive.records().to_vec()).await {
        Ok(Replaced::Reload) => {
            after.program.unsaved.give_up();
            reload_saying(&words);
        }
        Ok(Replaced::InPlace) => {
            services.manager.begin_anew();
            after.publish(&services.manager);
            after.notices.done(words, None);
        }
        Err(error) => not_done(after, "Nothing was replaced", error),
    }
}

fn not_done(after: After, what: &str, error: JournalError) {
    after.notices.failed(refused(what, &error));
    after.storage.report(error);
}
