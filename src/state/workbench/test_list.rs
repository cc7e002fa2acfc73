//! The tests that lie beside the text: listed, written, changed and kept.

use leptos::prelude::*;
use tollgate_browser::analysis::TestCase;
use tollgate_browser::{PolicyTests, Preference as _};
use tollgate_policy::Catalog;

use super::test_form::TestForm;
use crate::state::catalog::CatalogInUse;

/// The word of a test that expects a request to be allowed.
pub const ALLOWED: &str = "allowed";

/// The word of one that expects it to be blocked.
pub const BLOCKED: &str = "blocked";

/// Whether tests outlive the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keeps {
    /// They are kept on this device, beside the draft.
    Draft,
    /// They belong to a text that is only looked at.
    Nothing,
}

/// One test as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestRow {
    /// Its method.
    pub method: String,
    /// A path of the request, or the words of the policy where no path asks for it.
    pub request: String,
    /// Whether the request is expected to be allowed.
    pub is_allowed: bool,
    /// Why; may be empty.
    pub note: String,
}

/// The tests. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct TestList {
    cases: RwSignal<Vec<TestCase>>,
    /// The tests that are kept elsewhere, as those of a version are.
    kept: RwSignal<Vec<TestCase>>,
    keeps: Keeps,
    catalog: Memo<CatalogInUse>,
    /// The form for one of them.
    pub form: TestForm,
}

impl TestList {
    /// The tests of the draft, or those that lie beside a text that is opened.
    pub(super) fn new(keeps: Keeps, beside: Vec<TestCase>, catalog: Memo<CatalogInUse>) -> Self {
        let cases = match keeps {
            Keeps::Draft => PolicyTests::load().cases().to_vec(),
            Keeps::Nothing => beside,
        };
        Self::of(cases, keeps, catalog)
    }

    fn of(cases: Vec<TestCase>, keeps: Keeps, catalog: Memo<CatalogInUse>) -> Self {
        let (kept, cases) = (RwSignal::new(cases.clone()), RwSignal::new(cases));
        Self { cases, kept, keeps, catalog, form: TestForm::new() }
    }

    /// The tests as they are.
    pub(in crate::state) fn cases(self) -> Signal<Vec<TestCase>> {
        self.cases.into()
    }

    /// Whether the tests are lost with the page.
    pub(super) fn is_lost_with_the_page(self) -> bool {
        self.cases.with(|cases| match self.keeps {
            Keeps::Draft => self.kept.with(|kept| kept != cases) && PolicyTests::load().cases() != cases.as_slice(),
            Keeps::Nothing => self.kept.with(|kept| kept != cases),
        })
    }

    /// Whether they are others than those that are kept elsewhere.
    #[must_use]
    pub fn differ(self) -> bool {
        self.keeps == Keeps::Nothing && self.is_lost_with_the_page()
    }

    /// Those that are kept elsewhere.
    pub(super) fn kept(self) -> Vec<TestCase> {
        self.kept.get()
    }

    /// These are kept elsewhere from now on.
    pub(in crate::state) fn hold_against(self, kept: Vec<TestCase>) {
        // The page may be gone by then.
        self.kept.try_set(kept);
    }

    /// Puts other tests in the place of all.
    pub(super) fn put_all(self, cases: Vec<TestCase>) {
        self.form.changed.set(None);
        self.cases.set(cases);
        self.keep();
    }

    /// How many there are.
    #[must_use]
    pub fn count(self) -> usize {
        self.cases.with(Vec::len)
    }

    /// The tests as they are shown, in order.
    #[must_use]
    pub fn rows(self) -> Vec<TestRow> {
        self.catalog
            .with(|catalog| self.cases.with(|cases| cases.iter().map(|case| row(case, catalog.catalog())).collect()))
    }

    /// Whether this very request is tested.
    #[must_use]
    pub fn has(self, case: &TestCase) -> bool {
        self.cases.with(|cases| cases.iter().any(|known| is_same_request(known, case)))
    }

    /// Adds a test; one of the same request gives way to it.
    pub fn add(self, case: TestCase) {
        self.add_all(vec![case]);
    }

    /// Adds tests; those of the same requests give way to them.
    pub fn add_all(self, more: Vec<TestCase>) {
        self.cases.update(|cases| more.into_iter().for_each(|case| put(cases, case)));
        self.keep();
    }

    /// Removes a test.
    pub fn remove(self, index: usize) {
        self.form.changed.set(None);
        self.cases.update(|cases| {
            if index < cases.len() {
                cases.remove(index);
            }
        });
        self.keep();
    }

    /// Has a test expect the opposite.
    pub fn turn(self, index: usize) {
        self.cases.update(|cases| {
            if let Some(case) = cases.get_mut(index) {
                case.is_allowed = !case.is_allowed;
            }
        });
        self.keep();
    }

    /// Takes a test into the form, to be changed.
    pub fn change(self, index: usize) {
        if let Some((_, shown)) = self.shown(index) {
            self.form.take(index, shown);
        }
    }

    /// Writes what the form holds: a new test, or the one that is changed.
    pub fn submit(self) {
        let changed = self.form.changed.get_untracked().and_then(|index| self.shown(index));
        match self.catalog.with_untracked(|catalog| self.form.case(changed, catalog)) {
            Ok(case) => {
                match self.form.changed.get_untracked() {
                    Some(index) => self.cases.update(|cases| replace(cases, index, case)),
                    None => self.cases.update(|cases| put(cases, case)),
                }
                self.form.clear();
                self.keep();
            }
            Err(why) => self.form.error.set(why),
        }
    }

    /// A test, and as it is shown.
    fn shown(self, index: usize) -> Option<(TestCase, TestRow)> {
        let case = self.cases.with_untracked(|cases| cases.get(index).cloned())?;
        let shown = self.catalog.with_untracked(|catalog| row(&case, catalog.catalog()));
        Some((case, shown))
    }

    fn keep(self) {
        if self.keeps == Keeps::Draft
            && let Ok(tests) = self.cases.with_untracked(|cases| PolicyTests::new(cases.clone()))
        {
            // What cannot be kept stays on the page, and a restart of the program asks before it is lost.
            drop(tests.store());
        }
    }
}

/// The request of a test as it is shown: its method and a path.
pub(super) fn request_of(case: &TestCase, catalog: &Catalog) -> String {
    format!("{} {}", case.method, request(&case.policy_id, case.item_id.as_deref(), catalog))
}

/// The word for what a test expects.
#[must_use]
pub fn wanted(is_allowed: bool) -> &'static str {
    if is_allowed { ALLOWED } else { BLOCKED }
}

fn row(case: &TestCase, catalog: &Catalog) -> TestRow {
    TestRow {
        method: case.method.clone(),
        request: request(&case.policy_id, case.item_id.as_deref(), catalog),
        is_allowed: case.is_allowed,
        note: case.note.clone(),
    }
}

fn request(policy_id: &str, item_id: Option<&str>, catalog: &Catalog) -> String {
    let path = catalog.by_policy_id(policy_id).find_map(|resource| catalog.instance(resource, item_id));
    path.unwrap_or_else(|| match item_id {
        Some(item_id) => format!("{policy_id} {item_id}"),
        None => policy_id.to_owned(),
    })
}

/// Whether two tests are of the same request, whatever they expect.
pub(super) fn is_same_request(one: &TestCase, other: &TestCase) -> bool {
    (&one.policy_id, &one.item_id, &one.method) == (&other.policy_id, &other.item_id, &other.method)
}

fn put(cases: &mut Vec<TestCase>, case: TestCase) {
    match cases.iter_mut().find(|known| is_same_request(known, &case)) {
        Some(known) => *known = case,
        None => cases.push(case),
    }
}

/// Puts a test in the place of another; a third one of the same request goes.
fn replace(cases: &mut Vec<TestCase>, index: usize, case: TestCase) {
    if let Some(place) = cases.get_mut(index) {
        *place = case.clone();
    }
    let mut at = 0;
    cases.retain(|known| {
        at += 1;
        at == index + 1 || !is_same_request(known, &case)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> TestList {
        TestList::of(Vec::new(), Keeps::Nothing, Memo::new(|_| CatalogInUse::built_in()))
    }

    fn shown(list: TestList) -> Vec<String> {
        let row = |row: TestRow| format!("{} {} {} {}", row.method, row.request, wanted(row.is_allowed), row.note);
        list.rows().into_iter().map(|shown| row(shown).trim().to_owned()).collect()
    }

    fn write(list: TestList, method: &str, path: &str, wanted: &str) {
        list.form.method.set(method.to_owned());
        list.form.path.set(path.to_owned());
        list.form.wanted.set(wanted.to_owned());
        list.submit();
    }

    #[test]
    fn a_test_is_written_as_a_request_and_shown_as_one() {
        let owner = Owner::new();
        owner.set();
        let list = list();
        write(list, "PUT", "/api/review-requests/1/reviews/9/", BLOCKED);
        write(list, "GET", "/api/repositories/", ALLOWED);
        let expected = ["PUT /api/review-requests/42/reviews/9/ blocked", "GET /api/repositories/ allowed"];
        assert_eq!(shown(list), expected);
        assert!(list.is_lost_with_the_page());

        write(list, "GET", "/weather/", ALLOWED);
        assert_eq!(list.form.error().get_untracked(), "`/weather/` is no path of Review Board 8.1");
        assert_eq!(list.count(), 2);
    }

    #[test]
    fn one_request_has_one_test() {
        let owner = Owner::new();
        owner.set();
        let list = list();
        write(list, "GET", "/api/repositories/", ALLOWED);
        write(list, "GET", "/api/repositories/", BLOCKED);
        assert_eq!(shown(list), ["GET /api/repositories/ blocked"]);

        write(list, "GET", "/api/users/", ALLOWED);
        list.change(1);
        assert!(list.form.is_change());
        assert_eq!(list.form.path.get_untracked(), "/api/users/");
        write(list, "GET", "/api/repositories/", ALLOWED);
        assert_eq!(shown(list), ["GET /api/repositories/ allowed"]);
        assert!(!list.form.is_change());
    }

    #[test]
    fn tests_differ_from_those_that_were_kept_whatever_was_written_since() {
        let owner = Owner::new();
        owner.set();
        let list = list();
        write(list, "GET", "/api/repositories/", ALLOWED);
        let sent = list.cases().get_untracked();
        write(list, "GET", "/api/users/", ALLOWED);
        list.hold_against(sent.clone());
        assert!(list.differ());
        list.put_all(sent);
        assert!(!list.differ());
    }

    #[test]
    fn a_test_whose_request_has_no_path_can_be_changed() {
        let owner = Owner::new();
        owner.set();
        let list = list();
        let pet = TestCase {
            policy_id: "pet".to_owned(),
            item_id: Some("7".to_owned()),
            method: "GET".to_owned(),
            is_allowed: true,
            note: String::new(),
        };
        list.add(pet.clone());
        list.change(0);
        write(list, "GET", "pet 7", BLOCKED);
        assert_eq!(list.form.error().get_untracked(), "");
        assert_eq!(list.cases().get_untracked(), [TestCase { is_allowed: false, ..pet }]);
        list.change(0);
        write(list, "PUT", "pet 7", BLOCKED);
        assert_eq!(list.form.error().get_untracked(), "`pet 7` is no path of Review Board 8.1");
    }

    #[test]
    fn tests_are_turned_and_removed() {
        let owner = Owner::new();
        owner.set();
        let list = list();
        write(list, "GET", "/api/repositories/", ALLOWED);
        list.turn(0);
        assert_eq!(shown(list), ["GET /api/repositories/ blocked"]);
        list.remove(0);
        list.remove(7);
        assert!(shown(list).is_empty() && !list.is_lost_with_the_page());
    }
}
