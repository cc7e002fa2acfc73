//! The page of catalogs: which one is on show, and what becomes of those that were imported.

use leptos::prelude::*;
use tollgate_tokens::library::{LibraryError, NewCatalog, remove_catalog};
use tollgate_tokens::{CatalogName, ImportedCatalog, Operation};

use super::import::CatalogImport;
use super::in_use::{CatalogInUse, CatalogOnOffer, in_use, on_offer};
use super::rows::{CatalogRow, rows};
use crate::state::Console;
use crate::state::console::After;
use crate::state::task::task;

/// How what was done to a catalog is taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct WayBack {
    /// What was done, as a sentence without a full stop.
    pub words: String,
    /// As it was.
    restored: NewCatalog,
    /// What goes when it comes back.
    removed: Option<CatalogName>,
}

#[derive(Clone)]
enum ShelfAct {
    Remove(CatalogName),
    Rename(CatalogName, CatalogName),
    GoBack(WayBack),
}

/// The form that renames a catalog. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct Renaming {
    /// Whether it is open.
    pub is_open: RwSignal<bool>,
    /// The name that is typed.
    pub name: RwSignal<String>,
    /// Why that is refused; empty if it is not.
    pub error: RwSignal<String>,
}

/// The page of catalogs. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct CatalogShelf {
    after: After,
    shown: RwSignal<String>,
    in_use: Memo<CatalogInUse>,
    way_back: RwSignal<Option<WayBack>>,
    error: RwSignal<String>,
    act: Action<ShelfAct, ()>,
    /// The words that rows must hold.
    pub words: RwSignal<String>,
    /// The form that renames the catalog on show.
    pub renaming: Renaming,
    /// The form that brings one in.
    pub import: CatalogImport,
}

impl CatalogShelf {
    /// The page, with the catalog of this name on show; with the built-in one where there is none.
    #[must_use]
    pub fn new(console: Console, name: String) -> Self {
        let after = console.after();
        let (shown, way_back, error) = (RwSignal::new(name), RwSignal::new(None), RwSignal::new(String::new()));
        let renaming = Renaming {
            is_open: RwSignal::new(false),
            name: RwSignal::new(String::new()),
            error: RwSignal::new(String::new()),
        };
        let outcome = Acting { after, shown, way_back, error, renaming };
        let show = Callback::new(move |name: String| {
            way_back.set(None);
            shown.set(name);
        });
        Self {
            after,
            shown,
            in_use: in_use(after.workspace, shown.into()),
            way_back,
            error,
            act: task(move |act: &ShelfAct| outcome.perform(act.clone())),
            words: RwSignal::new(String::new()),
            renaming,
            import: CatalogImport::new(after, show),
        }
    }

    /// Every catalog, the built-in one first.
    #[must_use]
    pub fn on_offer(self) -> Signal<Vec<CatalogOnOffer>> {
        let workspace = self.after.workspace;
        Signal::derive(move || workspace.with(on_offer))
    }

    /// The catalog on show.
    #[must_use]
    pub fn in_use(self) -> Memo<CatalogInUse> {
        self.in_use
    }

    /// Shows another one.
    pub fn show(self, name: String) {
        self.renaming.is_open.set(false);
        self.error.set(String::new());
        self.shown.set(name);
    }

    /// The name that is wanted, where no catalog of it can be read; empty where there is one.
    #[must_use]
    pub fn missing(self) -> Signal<String> {
        let Self { shown, in_use, .. } = self;
        Signal::derive(move || {
            let wanted = shown.get();
            if in_use.with(|catalog| catalog.name() == wanted) { String::new() } else { wanted }
        })
    }

    /// The resources on show.
    #[must_use]
    pub fn rows(self) -> Memo<Vec<CatalogRow>> {
        let Self { in_use, words, .. } = self;
        Memo::new(move |_| in_use.with(|catalog| words.with(|words| rows(catalog.catalog(), words))))
    }

    /// Opens the form that renames the catalog on show.
    pub fn begin_renaming(self) {
        self.renaming.name.set(self.in_use.with_untracked(|catalog| catalog.name().to_owned()));
        self.renaming.error.set(String::new());
        self.renaming.is_open.set(true);
    }

    /// Gives the catalog on show the name that is typed.
    pub fn rename(self) {
        let Some(before) = self.name() else { return };
        match self.renaming.name.with_untracked(|name| name.trim().parse::<CatalogName>()) {
            Ok(name) if name == before => self.renaming.is_open.set(false),
            Ok(name) => {
                self.act.dispatch(ShelfAct::Rename(before, name));
            }
            Err(error) => self.renaming.error.set(error.to_string()),
        }
    }

    /// Removes the catalog on show.
    pub fn remove(self) {
        if let Some(name) = self.name() {
            self.act.dispatch(ShelfAct::Remove(name));
        }
    }

    /// How the last act is taken back; none where there is nothing to take back.
    #[must_use]
    pub fn way_back(self) -> Signal<Option<WayBack>> {
        self.way_back.into()
    }

    /// Takes the last act back.
    pub fn undo(self) {
        if let Some(way_back) = self.way_back.get_untracked() {
            self.act.dispatch(ShelfAct::GoBack(way_back));
        }
    }

    /// Why the last act was refused; empty when it was not.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.error.into()
    }

    /// Whether an act is on its way to the store.
    #[must_use]
    pub fn is_pending(self) -> Signal<bool> {
        self.act.pending().into()
    }

    fn name(self) -> Option<CatalogName> {
        self.in_use.with_untracked(|catalog| catalog.record().map(|record| record.name.clone()))
    }
}

/// What an act does it with, and where its outcome goes.
#[derive(Clone, Copy)]
struct Acting {
    after: After,
    shown: RwSignal<String>,
    way_back: RwSignal<Option<WayBack>>,
    error: RwSignal<String>,
    renaming: Renaming,
}

impl Acting {
    async fn perform(self, act: ShelfAct) {
        match act {
            ShelfAct::Remove(name) => self.remove(name).await,
            ShelfAct::Rename(before, name) => self.rename(before, name).await,
            ShelfAct::GoBack(way_back) => self.go_back(way_back).await,
        }
    }

    async fn remove(self, name: CatalogName) {
        let before = self.as_it_is(&name);
        let services = self.after.services();
        let outcome = services.manager.remove_catalog(name.clone()).await;
        if self.settled(outcome, self.error) {
            self.done(before, None, format!("The catalog {name} is removed"), String::new());
        }
    }

    /// Keeps the catalog under its new name before it goes under the old one, so that it is never gone.
    async fn rename(self, before: CatalogName, name: CatalogName) {
        if let Err(refusal) = self.may_be_renamed(&before, &name) {
            self.renaming.error.set(refusal);
            return;
        }
        let Some(restored) = self.as_it_is(&before) else { return };
        let renamed =
            NewCatalog { catalog: restored.catalog.with_title(name.as_str()), name: name.clone(), ..restored.clone() };
        let services = self.after.services();
        let kept = services.manager.import_catalog(renamed).await;
        if !self.settled(kept, self.renaming.error) {
            return;
        }
        let gone = services.manager.remove_catalog(before).await;
        if self.settled(gone, self.renaming.error) {
            let words = format!("The catalog {} is now called {name}", restored.name);
            self.done(Some(restored), Some(name.clone()), words, name.to_string());
        }
    }

    fn may_be_renamed(self, before: &CatalogName, name: &CatalogName) -> Result<(), String> {
        self.after.workspace.with_untracked(|workspace| {
            if workspace.library().catalog(name).is_some() {
                return Err(format!("there is a catalog {name} already: choose another name"));
            }
            remove_catalog(workspace, before).map(drop).map_err(|refusal| told(&refusal))
        })
    }

    async fn go_back(self, way_back: WayBack) {
        let WayBack { restored, removed, .. } = way_back;
        let name = restored.name.to_string();
        let services = self.after.services();
        let kept = services.manager.import_catalog(restored).await;
        if !self.settled(kept, self.error) {
            return;
        }
        if let Some(removed) = removed {
            let gone = services.manager.remove_catalog(removed).await;
            if !self.settled(gone, self.error) {
                return;
            }
        }
        self.way_back.try_set(None);
        self.shown.try_set(name.clone());
        self.after.notices.done(format!("The catalog {name} is as before"), None);
    }

    /// A catalog as it would be kept anew; none if it is gone or cannot be read.
    fn as_it_is(self, name: &CatalogName) -> Option<NewCatalog> {
        self.after.workspace.with_untracked(|workspace| {
            let record: &ImportedCatalog = workspace.library().catalog(name)?;
            Some(NewCatalog { name: name.clone(), origin: record.origin.clone(), catalog: record.read().ok()? })
        })
    }

    /// Whether an act was done; a refusal is shown.
    fn settled(self, outcome: Result<(), Operation<LibraryError>>, error: RwSignal<String>) -> bool {
        match self.after.settle(outcome) {
            Some(Ok(())) => {
                error.try_set(String::new());
                true
            }
            Some(Err(refusal)) => {
                error.try_set(told(&refusal));
                false
            }
            None => false,
        }
    }

    fn done(self, restored: Option<NewCatalog>, removed: Option<CatalogName>, words: String, shown: String) {
        self.renaming.is_open.try_set(false);
        self.after.notices.done(words.clone(), None);
        self.shown.try_set(shown);
        self.way_back.try_set(restored.map(|restored| WayBack { words, restored, removed }));
    }
}

fn told(refusal: &LibraryError) -> String {
    format!("{refusal}: {}", refusal.help())
}
