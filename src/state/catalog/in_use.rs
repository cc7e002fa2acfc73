//! The catalog that policies are looked at with: the built-in one, or one of the library.

use std::sync::{Arc, LazyLock};

use leptos::prelude::*;
use tollgate_browser::SentCatalog;
use tollgate_policy::Catalog;
use tollgate_tokens::{CatalogName, ImportedCatalog, UnreadableCatalog, Workspace};

static BUILT_IN: LazyLock<Arc<Catalog>> = LazyLock::new(|| Arc::new(Catalog::review_board_8_1().clone()));

/// A catalog that policies are looked at with. A clone is cheap, and equal to what it was cloned from.
#[derive(Clone, Debug)]
pub struct CatalogInUse {
    catalog: Arc<Catalog>,
    imported: Option<Imported>,
}

/// Where a catalog that is not built in comes from.
#[derive(Clone, Debug)]
struct Imported {
    record: Arc<ImportedCatalog>,
    /// Names these very resources to the worker: under another import they may be others.
    key: Arc<str>,
}

impl Default for CatalogInUse {
    fn default() -> Self {
        Self::built_in()
    }
}

impl PartialEq for CatalogInUse {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.catalog, &other.catalog)
    }
}

impl Eq for CatalogInUse {}

impl CatalogInUse {
    /// The catalog of Review Board 8.1.
    #[must_use]
    pub fn built_in() -> Self {
        Self { catalog: Arc::clone(&BUILT_IN), imported: None }
    }

    /// A catalog of the library; linear in its text.
    fn of(record: &Arc<ImportedCatalog>) -> Result<Self, UnreadableCatalog> {
        let catalog = Arc::new(record.read()?);
        let key = Arc::from(format!("{} {}", record.imported_by, record.name));
        Ok(Self { catalog, imported: Some(Imported { record: Arc::clone(record), key }) })
    }

    /// Its name in the library; empty for the one that is built in.
    #[must_use]
    pub fn name(&self) -> &str {
        self.imported.as_ref().map_or("", |imported| imported.record.name.as_str())
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        self.imported.as_ref().map_or_else(|| self.catalog.title(), |imported| imported.record.name.as_str())
    }

    /// Where it came from, in words; empty for the one that is built in.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.imported.as_ref().map_or("", |imported| imported.record.origin.as_str())
    }

    /// The catalog itself.
    #[must_use]
    pub fn catalog(&self) -> &Arc<Catalog> {
        &self.catalog
    }

    /// The record of the library; none for the one that is built in.
    pub(in crate::state) fn record(&self) -> Option<&Arc<ImportedCatalog>> {
        self.imported.as_ref().map(|imported| &imported.record)
    }

    /// How the worker is told of it; none for the one that is built in.
    pub(in crate::state) fn sent(&self) -> Option<SentCatalog<'_>> {
        self.imported.as_ref().map(|imported| SentCatalog { key: &imported.key, text: &imported.record.text })
    }
}

/// A catalog that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogOnOffer {
    /// Its name in the library; empty for the one that is built in.
    pub name: String,
    /// What it is called.
    pub title: String,
}

/// Every catalog that can be chosen, the built-in one first.
pub(in crate::state) fn on_offer(workspace: &Workspace) -> Vec<CatalogOnOffer> {
    let built_in = CatalogOnOffer { name: String::new(), title: BUILT_IN.title().to_owned() };
    let imported = workspace.library().catalogs().map(|record| {
        let name = record.name.to_string();
        CatalogOnOffer { title: name.clone(), name }
    });
    std::iter::once(built_in).chain(imported).collect()
}

/// A catalog of the library by its name; none for one that cannot be read.
pub(in crate::state) fn named(workspace: &Workspace, name: &str) -> Option<CatalogInUse> {
    let name: CatalogName = name.parse().ok()?;
    CatalogInUse::of(workspace.library().catalog(&name)?).ok()
}

/// The catalog that is wanted by its name in the library, or the built-in one where there is none that can be read.
/// It is read anew only when it was imported anew.
pub(in crate::state) fn in_use(workspace: ReadSignal<Workspace>, wanted: Signal<String>) -> Memo<CatalogInUse> {
    let known = Memo::new(move |_| {
        let name: CatalogName = wanted.with(|wanted| wanted.parse().ok())?;
        let imported_by = workspace.with(|workspace| workspace.library().catalog(&name).map(|found| found.imported_by));
        imported_by.map(|imported_by| (name, imported_by))
    });
    Memo::new(move |_| {
        let found = known.with(|known| {
            let (name, _) = known.as_ref()?;
            workspace.with_untracked(|workspace| named(workspace, name.as_str()))
        });
        found.unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::test_support::at_once;
    use tollgate_policy::import_openapi;
    use tollgate_tokens::Journal as _;
    use tollgate_tokens::library::NewCatalog;
    use tollgate_tokens::test_support::memory_manager;

    #[test]
    fn a_name_leads_to_its_catalog_and_another_one_to_the_built_in() {
        let owner = Owner::new();
        owner.set();
        let manager = memory_manager();
        let document = r#"{"openapi": "3.0.0", "paths": {"/pets": {"get": {}}}}"#;
        let catalog = import_openapi(document).into_catalog().unwrap();
        let call = NewCatalog { name: "Pets".parse().unwrap(), origin: "pets.json".to_owned(), catalog };
        at_once(manager.import_catalog(call)).unwrap();
        let (workspace, _) = signal(manager.journal().read(|ledger| ledger.workspace().clone()));
        let titles: Vec<String> = workspace.with_untracked(on_offer).into_iter().map(|offer| offer.title).collect();
        assert_eq!(titles, ["Review Board 8.1", "Pets"]);

        let pets = in_use(workspace, Signal::stored("Pets".to_owned())).get_untracked();
        assert_eq!((pets.name(), pets.title(), pets.origin()), ("Pets", "Pets", "pets.json"));
        assert!(pets.catalog().is_known("pets") && pets.sent().is_some());
        for wanted in ["", "Cats"] {
            let found = in_use(workspace, Signal::stored(wanted.to_owned())).get_untracked();
            assert!(found == CatalogInUse::built_in() && found.sent().is_none(), "{wanted}");
        }
    }
}
