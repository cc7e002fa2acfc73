//! The catalog that the text is looked at with: the one that the URL names, or the one that the draft speaks of.

use leptos::prelude::*;
use tollgate_browser::{DraftCatalog, Preference as _};
use tollgate_tokens::Workspace;

use super::bench::Workbench;
use super::place::WorkbenchPlace;
use super::test_list::Keeps;
use crate::analysis::requests::example;
use crate::state::catalog::in_use::{in_use, named, on_offer};
use crate::state::catalog::{CatalogInUse, CatalogOnOffer};

/// Which catalog is in use, and which there are. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct BenchCatalog {
    workspace: ReadSignal<Workspace>,
    keeps: Keeps,
    /// The one that the text speaks of, by its name; empty for the built-in one.
    of_text: RwSignal<String>,
    /// The one that the text speaks of as it is saved elsewhere.
    kept: RwSignal<String>,
    wanted: Signal<String>,
    in_use: Memo<CatalogInUse>,
}

impl BenchCatalog {
    pub(super) fn new(
        workspace: ReadSignal<Workspace>,
        place: RwSignal<WorkbenchPlace>,
        keeps: Keeps,
        of_opened: String,
    ) -> Self {
        let of_text = RwSignal::new(match keeps {
            Keeps::Draft => DraftCatalog::load().0,
            Keeps::Nothing => of_opened,
        });
        let kept = RwSignal::new(of_text.get_untracked());
        let wanted: Signal<String> =
            Memo::new(move |_| place.with(|place| place.catalog.clone()).unwrap_or_else(|| of_text.get())).into();
        Self { workspace, keeps, of_text, kept, wanted, in_use: in_use(workspace, wanted) }
    }

    /// The catalog in use.
    #[must_use]
    pub fn in_use(self) -> Memo<CatalogInUse> {
        self.in_use
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> Signal<String> {
        let in_use = self.in_use;
        Signal::derive(move || in_use.with(|catalog| catalog.title().to_owned()))
    }

    /// Every catalog, the built-in one first.
    #[must_use]
    pub fn on_offer(self) -> Signal<Vec<CatalogOnOffer>> {
        let workspace = self.workspace;
        Signal::derive(move || workspace.with(on_offer))
    }

    /// The name that is wanted, where no catalog of it can be read; empty where there is one.
    #[must_use]
    pub fn missing(self) -> Signal<String> {
        let Self { wanted, in_use, .. } = self;
        Signal::derive(move || {
            let wanted = wanted.get();
            if in_use.with(|catalog| catalog.name() == wanted) { String::new() } else { wanted }
        })
    }

    /// Whether no catalog of the name that is wanted can be read: saved now, the text would speak of another one.
    #[must_use]
    pub fn is_missing(self) -> Signal<bool> {
        let missing = self.missing();
        Signal::derive(move || missing.with(|name| !name.is_empty()))
    }

    /// The name of the one that the text speaks of, whether it is there or not; empty for the built-in one.
    pub(super) fn wanted(self) -> String {
        self.wanted.get()
    }

    /// The name of the one that the text speaks of as it is saved elsewhere.
    pub(super) fn kept(self) -> String {
        self.kept.get()
    }

    /// The text is saved elsewhere with this one.
    pub(super) fn hold_against(self, kept: String) {
        self.kept.set(kept);
    }

    /// The text speaks of this one, unless the place says otherwise.
    pub(super) fn speak_of(self, name: String) {
        self.keep(&name);
        self.of_text.set(name);
    }

    fn keep(self, name: &str) {
        if self.keeps == Keeps::Draft {
            // What is not kept still holds until the page is left.
            drop(DraftCatalog(name.to_owned()).store());
        }
    }

    /// Whether the text speaks of another one than it does where it is saved.
    #[must_use]
    pub fn differs(self) -> bool {
        self.keeps == Keeps::Nothing && self.wanted.with(|wanted| self.kept.with(|kept| wanted != kept))
    }

    /// Where the workbench is with another catalog, which the text speaks of from now on. The request that is tried
    /// becomes one that the catalog knows.
    pub fn choose(self, name: &str, place: &mut WorkbenchPlace) {
        // The place names no catalog where it is the built-in one.
        self.of_text.set(name.to_owned());
        self.keep(name);
        let usual = WorkbenchPlace::default();
        let catalog = self.workspace.with_untracked(|workspace| named(workspace, name)).unwrap_or_default();
        let knows_path = catalog.catalog().resolve(&place.path).is_some();
        place.catalog = (!name.is_empty()).then(|| name.to_owned());
        if !knows_path {
            place.path = if name.is_empty() { usual.path } else { example(catalog.catalog()) };
        }
    }
}

impl Workbench {
    /// Looks at the text anew when another catalog is used, or the same was imported anew.
    pub(super) fn watch_catalog(self) {
        let in_use = self.catalog.in_use();
        Effect::new(move |before: Option<CatalogInUse>| {
            let now = in_use.get();
            if before.is_some_and(|before| before != now) {
                self.set_text(self.text.get_untracked());
            }
            now
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::test_support::at_once;
    use tollgate_policy::import_openapi;
    use tollgate_tokens::Journal as _;
    use tollgate_tokens::library::NewCatalog;
    use tollgate_tokens::test_support::memory_manager;

    /// A workspace with a catalog of pets.
    fn with_pets() -> Workspace {
        let manager = memory_manager();
        let document = r#"{"openapi": "3.0.0", "paths": {"/pets/{id}": {"get": {}}}}"#;
        let catalog = import_openapi(document).into_catalog().unwrap();
        let call = NewCatalog { name: "Pets".parse().unwrap(), origin: "pets.json".to_owned(), catalog };
        at_once(manager.import_catalog(call)).unwrap();
        manager.journal().read(|ledger| ledger.workspace().clone())
    }

    #[test]
    fn a_policy_of_another_service_can_be_made_one_of_review_board() {
        let owner = Owner::new();
        owner.set();
        let (workspace, _) = signal(with_pets());
        let place = RwSignal::new(WorkbenchPlace::default());
        let bench = BenchCatalog::new(workspace, place, Keeps::Nothing, "Pets".to_owned());
        assert_eq!((bench.title().get_untracked().as_str(), bench.differs()), ("Pets", false));
        place.update(|place| bench.choose("", place));
        assert_eq!((bench.title().get_untracked().as_str(), bench.differs()), ("Review Board 8.1", true));
        bench.hold_against(String::new());
        assert!(!bench.differs());
    }

    #[test]
    fn another_catalog_brings_a_request_that_it_knows() {
        let owner = Owner::new();
        owner.set();
        let (workspace, _) = signal(with_pets());
        let place = RwSignal::new(WorkbenchPlace::default());
        let bench = BenchCatalog::new(workspace, place, Keeps::Nothing, String::new());
        assert_eq!(bench.title().get_untracked(), "Review Board 8.1");

        place.update(|place| bench.choose("Pets", place));
        assert_eq!(bench.title().get_untracked(), "Pets");
        assert_eq!(place.get_untracked().path, "/pets/42");
        place.update(|place| place.path = "/pets/rex".to_owned());
        place.update(|place| bench.choose("Pets", place));
        assert_eq!(place.get_untracked().path, "/pets/rex");

        place.update(|place| bench.choose("", place));
        assert_eq!(place.get_untracked(), WorkbenchPlace::default());
        assert!(!bench.is_missing().get_untracked());
        place.update(|place| place.catalog = Some("Cats".to_owned()));
        assert_eq!(
            (bench.title().get_untracked().as_str(), bench.missing().get_untracked().as_str()),
            ("Review Board 8.1", "Cats")
        );
        assert!(bench.is_missing().get_untracked());
    }
}
