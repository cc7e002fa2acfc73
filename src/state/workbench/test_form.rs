//! The form that writes a test, or changes one.

use leptos::prelude::*;
use tollgate_browser::analysis::TestCase;

use super::test_list::{ALLOWED, TestRow, wanted};
use crate::state::catalog::CatalogInUse;

/// The form that writes a test, or changes one.
#[derive(Clone, Copy)]
pub struct TestForm {
    /// The method.
    pub method: RwSignal<String>,
    /// The path.
    pub path: RwSignal<String>,
    /// What is expected: [`ALLOWED`] or [`BLOCKED`](super::BLOCKED).
    pub wanted: RwSignal<String>,
    /// Why.
    pub note: RwSignal<String>,
    /// Which test is changed; none while one is written.
    pub(super) changed: RwSignal<Option<usize>>,
    pub(super) error: RwSignal<String>,
}

impl TestForm {
    pub(super) fn new() -> Self {
        Self {
            method: RwSignal::new("GET".to_owned()),
            path: RwSignal::new(String::new()),
            wanted: RwSignal::new(ALLOWED.to_owned()),
            note: RwSignal::new(String::new()),
            changed: RwSignal::new(None),
            error: RwSignal::new(String::new()),
        }
    }

    /// Whether a test that is there is changed.
    #[must_use]
    pub fn is_change(self) -> bool {
        self.changed.with(Option::is_some)
    }

    /// What is wrong with the form; empty when nothing is.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.error.into()
    }

    /// Empties the form.
    pub fn clear(self) {
        self.path.set(String::new());
        self.note.set(String::new());
        self.error.set(String::new());
        self.changed.set(None);
    }

    /// Takes a test in, to be changed.
    pub(super) fn take(self, index: usize, shown: TestRow) {
        self.method.set(shown.method);
        self.path.set(shown.request);
        self.wanted.set(wanted(shown.is_allowed).to_owned());
        self.note.set(shown.note);
        self.changed.set(Some(index));
        self.error.set(String::new());
    }

    /// The test that it holds. One that is changed and asks what it did keeps its words: not every one has a path.
    pub(super) fn case(self, changed: Option<(TestCase, TestRow)>, catalog: &CatalogInUse) -> Result<TestCase, String> {
        let (method, path) = (self.method.get_untracked(), self.path.get_untracked());
        let (method, path) = (method.trim(), path.trim());
        if let Some((case, _)) = changed.filter(|(_, row)| row.method == method && row.request == path) {
            return Ok(self.expecting(case));
        }
        let resolved = catalog.catalog().resolve(path);
        let resolved = resolved.ok_or_else(|| format!("`{path}` is no path of {}", catalog.title()))?;
        if method.is_empty() {
            return Err("name a method, such as GET".to_owned());
        }
        Ok(self.expecting(TestCase {
            policy_id: resolved.resource.policy_id.to_string(),
            item_id: resolved.item_id,
            method: method.to_owned(),
            is_allowed: true,
            note: String::new(),
        }))
    }

    /// The request of a test with what is expected here, and why.
    fn expecting(self, request: TestCase) -> TestCase {
        let is_allowed = self.wanted.with_untracked(|wanted| wanted == ALLOWED);
        TestCase { is_allowed, note: self.note.get_untracked().trim().to_owned(), ..request }
    }
}
