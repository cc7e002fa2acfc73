//! A catalog on its way in: a document is read, what is found is said, and only then it is kept.

use std::sync::Arc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use tollgate_browser::analysis::{CatalogSource, ImportLook, ReadCatalog};
use tollgate_browser::{PickedFile, WorkerError};
use tollgate_policy::{Catalog, StoredCatalog};
use tollgate_tokens::CatalogName;
use tollgate_tokens::library::NewCatalog;

use super::address::AddressFetch;
use super::origin::{PASTED, is_of_user, name_of};
use super::rows::{CatalogRow, row};
use crate::analysis::import;
use crate::format;
use crate::state::console::After;
use crate::state::findings::{Findings, told};
use crate::state::task::task;

/// How long a document rests before it is read.
const REST: Duration = Duration::from_millis(300);

/// The largest file that is read, in bytes; the largest known documents have less.
const MOST_BYTES: u64 = 32 << 20;

/// How many resources are shown before a catalog is kept.
const FIRST_ROWS: usize = 6;

/// A catalog that was read and is not kept yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    catalog: Arc<Catalog>,
    /// What it was read from.
    pub source: CatalogSource,
    /// How many resources it has.
    pub resources: usize,
    /// How many operations these have.
    pub operations: usize,
    /// The first of them.
    pub rows: Vec<CatalogRow>,
}

/// The import of a catalog. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct CatalogImport {
    /// The address that the document can be fetched from.
    pub address: AddressFetch,
    document: Document,
    read: Action<u64, ()>,
    take: Action<(), ()>,
    keep: Action<(), ()>,
}

/// The document, and what is known of it.
#[derive(Clone, Copy)]
pub(super) struct Document {
    after: After,
    is_open: RwSignal<bool>,
    text: RwSignal<String>,
    origin: RwSignal<String>,
    name: RwSignal<String>,
    /// Whether the user chose the name.
    is_named: StoredValue<bool>,
    findings: RwSignal<Findings>,
    offered: RwSignal<Option<Offered>>,
    is_reading: RwSignal<bool>,
    error: RwSignal<String>,
    picked: StoredValue<Option<PickedFile>, LocalStorage>,
    /// Counts the readings, so that only the newest is shown.
    number: StoredValue<u64>,
    on_kept: Callback<String>,
}

impl CatalogImport {
    /// No import; `on_kept` runs with the name of a catalog that was kept.
    pub(super) fn new(after: After, on_kept: Callback<String>) -> Self {
        let document = Document {
            after,
            is_open: RwSignal::new(false),
            text: RwSignal::new(String::new()),
            origin: RwSignal::new(PASTED.to_owned()),
            name: RwSignal::new(String::new()),
            is_named: StoredValue::new(false),
            findings: RwSignal::new(Findings::default()),
            offered: RwSignal::new(None),
            is_reading: RwSignal::new(false),
            error: RwSignal::new(String::new()),
            picked: StoredValue::new_local(None),
            number: StoredValue::new(0),
            on_kept,
        };
        let text = document.text;
        after.program.unsaved.watch("the document of a catalog", move || text.with(|text| !text.is_empty()));
        Self {
            address: AddressFetch::new(document),
            document,
            read: task(move |number: &u64| document.read(*number)),
            take: task(move |(): &()| document.take()),
            keep: task(move |(): &()| document.keep()),
        }
    }

    /// Whether the form is open.
    #[must_use]
    pub fn is_open(self) -> Signal<bool> {
        self.document.is_open.into()
    }

    /// Opens the form, with what was in it when it was closed.
    pub fn open(self) {
        self.document.is_open.set(true);
    }

    /// Closes the form; what is in it stays until the page is left.
    pub fn close(self) {
        self.document.is_open.set(false);
    }

    /// The document.
    #[must_use]
    pub fn text(self) -> Signal<String> {
        self.document.text.into()
    }

    /// Takes over what was typed or pasted, and reads it once it rests.
    pub fn set_text(self, text: String) {
        self.document.note_typed(&text);
        let number = self.document.begin(text);
        let read_now = move || {
            // The page may be gone by then, and its actions with it.
            if self.document.is_newest(number) {
                self.read.dispatch(number);
            }
        };
        set_timeout(read_now, REST);
    }

    /// Reads the file that was picked in the input that an event comes from.
    pub fn pick(self, event: &ev::Event) {
        if let Some(file) = PickedFile::of(event) {
            self.document.picked.set_value(Some(file));
            self.take.dispatch(());
        }
    }

    /// Whether the document is being read.
    #[must_use]
    pub fn is_reading(self) -> Signal<bool> {
        self.document.is_reading.into()
    }

    /// Stops reading; the document stays.
    pub fn cancel(self) {
        self.document.give_up();
    }

    /// What was found in the document.
    #[must_use]
    pub fn findings(self) -> Signal<Findings> {
        self.document.findings.into()
    }

    /// The catalog that the document holds; none before it was read, and where it holds none.
    #[must_use]
    pub fn offered(self) -> Signal<Option<Offered>> {
        self.document.offered.into()
    }

    /// What the catalog will be called.
    #[must_use]
    pub fn name(self) -> Signal<String> {
        self.document.name.into()
    }

    /// Chooses what it will be called.
    pub fn set_name(self, name: String) {
        // A name that is taken out again is chosen no more: the next document gives its own.
        self.document.is_named.set_value(!name.trim().is_empty());
        self.document.error.set(String::new());
        self.document.name.set(name);
    }

    /// Whether a catalog of this name is there, and would give way.
    #[must_use]
    pub fn replaces(self) -> Signal<bool> {
        let Document { after, name, .. } = self.document;
        Signal::derive(move || {
            let name = name.with(|name| name.trim().parse::<CatalogName>());
            name.is_ok_and(|name| after.workspace.with(|workspace| workspace.library().catalog(&name).is_some()))
        })
    }

    /// Why nothing was read or kept; empty when nothing is wrong.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.document.error.into()
    }

    /// Keeps the catalog under its name.
    pub fn keep(self) {
        self.keep.dispatch(());
    }

    /// Whether the catalog is on its way to the store.
    #[must_use]
    pub fn is_keeping(self) -> Signal<bool> {
        self.keep.pending().into()
    }
}

impl Document {
    fn is_newest(self, number: u64) -> bool {
        self.number() == Some(number)
    }

    /// Tells one state of the document from the next; `None` once the page is gone.
    pub(super) fn number(self) -> Option<u64> {
        self.number.try_get_value()
    }

    /// Notes where a text that was typed or pasted is from.
    fn note_typed(self, text: &str) {
        if self.text.with_untracked(|was| is_of_user(was, text)) {
            self.origin.set(PASTED.to_owned());
        }
    }

    /// Takes over a text that came from a place with a name, and reads it at once. A name that was chosen stays.
    pub(super) async fn receive(self, text: String, origin: String) {
        let number = self.begin(text);
        self.origin.set(origin);
        self.read(number).await;
    }

    /// Takes over another text, about which nothing is known yet.
    fn begin(self, text: String) -> u64 {
        self.give_up();
        self.error.set(String::new());
        self.findings.update(|findings| findings.is_pending = true);
        self.offered.set(None);
        self.text.set(text);
        self.number.get_value()
    }

    fn give_up(self) {
        self.number.update_value(|number| *number += 1);
        if self.is_reading.get_untracked() {
            self.is_reading.set(false);
            self.after.services().policy_worker.cancel();
        }
    }

    /// Takes the text of the file that was picked.
    async fn take(self) {
        let Some(file) = self.picked.try_update_value(Option::take).flatten() else { return };
        let name = file.name();
        if file.size() > MOST_BYTES {
            let most = format::bytes(MOST_BYTES);
            self.error.set(format!("{name} has {}, and files up to {most} are read here", format::bytes(file.size())));
            return;
        }
        let text = file.text().await;
        if self.number().is_none() {
            return;
        }
        match text {
            Ok(text) => self.receive(text, name).await,
            Err(error) => self.error.set(format!("{name}: {error}")),
        }
    }

    /// Reads the document in the worker, so that the page stays responsive whatever its size.
    async fn read(self, number: u64) {
        let Some(text) = self.text.try_get_untracked() else { return };
        if text.trim().is_empty() {
            self.findings.set(Findings::default());
            self.offered.set(None);
            return;
        }
        self.is_reading.set(true);
        let services = self.after.services();
        let told = services.policy_worker.import(&text).await;
        if !self.is_newest(number) {
            return;
        }
        self.is_reading.set(false);
        match told {
            Ok(look) => self.show(&look),
            Err(WorkerError::Canceled) => {}
            // Without a worker the document is read here: the page waits for it, but what is found is the same.
            Err(_) => self.show(&import(&text)),
        }
    }

    fn show(self, look: &ImportLook) {
        let offered = look.catalog.as_ref().and_then(offered);
        if let Some(offered) = &offered
            && !self.is_named.get_value()
        {
            let origin = self.origin.get_untracked();
            self.name.set(name_of(offered.catalog.title(), if origin == PASTED { "" } else { &origin }));
        }
        self.findings.set(told(&look.diagnostics, look.unlisted, offered.is_some()));
        self.offered.set(offered);
    }

    async fn keep(self) {
        let Some(offered) = self.offered.get_untracked() else { return };
        let name = match self.name.with_untracked(|name| name.trim().parse::<CatalogName>()) {
            Ok(name) => name,
            Err(error) => return self.error.set(error.to_string()),
        };
        let call = NewCatalog {
            catalog: offered.catalog.with_title(name.as_str()),
            origin: self.origin.get_untracked(),
            name: name.clone(),
        };
        let services = self.after.services();
        let outcome = services.manager.import_catalog(call).await;
        match self.after.settle(outcome) {
            Some(Ok(())) => {
                self.after.notices.done(format!("The catalog {name} is kept"), None);
                self.clear();
                self.on_kept.try_run(name.to_string());
            }
            Some(Err(refusal)) => {
                self.error.try_set(format!("{refusal}: {}", refusal.help()));
            }
            None => {}
        }
    }

    fn clear(self) {
        // What is still on its way was asked for the document that goes.
        self.number.try_update_value(|number| *number += 1);
        self.is_open.try_set(false);
        self.text.try_set(String::new());
        self.origin.try_set(PASTED.to_owned());
        self.is_named.try_set_value(false);
        self.findings.try_set(Findings::default());
        self.offered.try_set(None);
        self.error.try_set(String::new());
    }
}

fn offered(read: &ReadCatalog) -> Option<Offered> {
    let stored: StoredCatalog = serde_json::from_str(&read.text).ok()?;
    let catalog = stored.into_catalog().ok()?;
    Some(Offered {
        source: read.source,
        resources: catalog.resources().len(),
        operations: catalog.resources().iter().map(|resource| resource.methods.len()).sum(),
        rows: catalog.resources().iter().take(FIRST_ROWS).map(|resource| row(&catalog, resource)).collect(),
        catalog: Arc::new(catalog),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_offered_is_counted_before_it_is_kept() {
        let document = r#"{"openapi": "3.0.0", "paths": {"/pets": {"get": {}, "post": {}}, "/health": {"get": {}}}}"#;
        let look = import(document);
        let offered = offered(&look.catalog.unwrap()).unwrap();
        assert_eq!((offered.resources, offered.operations, offered.rows.len()), (2, 3, 2));
        let findings = told(&look.diagnostics, look.unlisted, true);
        assert!(findings.is_accepted && findings.list.is_empty(), "{findings:?}");
    }
}
