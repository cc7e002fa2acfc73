//! The page of the library: which policies are listed, filtered and sorted. Its state is in the URL.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use tollgate_tokens::{PolicyUid, PolicyVersion, looks_like_token};

use super::rows::{PolicyRow, rows};
use crate::state::Console;
use crate::state::token_list::encode;
use crate::state::token_view::PolicyMeaning;

/// Which part of the library is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LibraryView {
    /// The policies that are offered.
    #[default]
    Policies,
    /// What there is to start from.
    Templates,
    /// The policies that were put away.
    Archived,
}

impl LibraryView {
    /// All of them, in the order of their links.
    pub const ALL: [Self; 3] = [Self::Policies, Self::Templates, Self::Archived];

    /// Its name in the URL.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Policies => "policies",
            Self::Templates => "templates",
            Self::Archived => "archived",
        }
    }

    /// Its word.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Policies => "Policies",
            Self::Templates => "Templates",
            Self::Archived => "Archived",
        }
    }
}

/// What the URL says about the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryState {
    /// The part that is shown.
    pub view: LibraryView,
    /// The words that a policy must hold.
    pub query: String,
    /// The column that it is sorted by; empty is the name.
    pub sort: String,
    /// Whether the largest come first.
    pub descending: bool,
}

impl LibraryState {
    /// Reads the state from the parts of a URL. What looks like a token is dropped, never kept.
    #[must_use]
    pub fn read(part: impl Fn(&str) -> Option<String>) -> Self {
        let part = |name: &str| part(name).filter(|text| !looks_like_token(text)).unwrap_or_default();
        let (view, sort) = (part("view"), part("sort"));
        let (descending, column) = match sort.strip_prefix('-') {
            Some(column) => (true, column.to_owned()),
            None => (false, sort),
        };
        let view = LibraryView::ALL.into_iter().find(|known| known.id() == view).unwrap_or_default();
        Self { view, query: part("q"), sort: column, descending }
    }

    /// The path of this state.
    #[must_use]
    pub fn path(&self) -> String {
        let mut parts = Vec::new();
        if self.view != LibraryView::default() {
            parts.push(format!("view={}", self.view.id()));
        }
        if !self.query.is_empty() && !looks_like_token(&self.query) {
            parts.push(format!("q={}", encode(&self.query)));
        }
        if !self.sort.is_empty() {
            parts.push(format!("sort={}{}", if self.descending { "-" } else { "" }, self.sort));
        }
        if parts.is_empty() { "/library".to_owned() } else { format!("/library?{}", parts.join("&")) }
    }
}

/// What a text means is worked out once.
type Meanings = BTreeMap<String, Option<Arc<PolicyMeaning>>>;

/// The library as a list. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct LibraryList {
    console: Console,
    state: Memo<LibraryState>,
    all: Memo<Vec<PolicyRow>>,
    found: Memo<Vec<PolicyRow>>,
}

impl LibraryList {
    /// The list for what the URL says.
    #[must_use]
    pub fn new(console: Console, state: Memo<LibraryState>) -> Self {
        let meanings = StoredValue::new(Meanings::new());
        let are_archived = Memo::new(move |_| state.with(|state| state.view == LibraryView::Archived));
        let all = Memo::new(move |_| {
            let (now, are_archived) = (console.now().get(), are_archived.get());
            let meaning = |version: &PolicyVersion| meaning(meanings, version);
            console.workspace().with(|workspace| rows(workspace, now, are_archived, meaning))
        });
        let found = Memo::new(move |_| all.with(|all| state.with(|state| arranged(all, state))));
        Self { console, state, all, found }
    }

    /// What the URL says.
    #[must_use]
    pub fn state(self) -> Memo<LibraryState> {
        self.state
    }

    /// The keys of the rows, in order.
    #[must_use]
    pub fn keys(self) -> Vec<String> {
        self.found.with(|found| found.iter().map(|row| row.uid.to_string()).collect())
    }

    /// One row by its key.
    #[must_use]
    pub fn row(self, key: &str) -> Option<PolicyRow> {
        let uid: PolicyUid = key.parse().ok()?;
        self.found.with(|found| found.iter().find(|row| row.uid == uid).cloned())
    }

    /// How many policies match, and how many there are in this part of the library.
    #[must_use]
    pub fn counts(self) -> (usize, usize) {
        (self.found.with(Vec::len), self.all.with(Vec::len))
    }

    /// How many policies a part of the library holds; nothing to count in that of the templates.
    #[must_use]
    pub fn count(self, view: LibraryView) -> Option<usize> {
        let are_archived = match view {
            LibraryView::Policies => false,
            LibraryView::Archived => true,
            LibraryView::Templates => return None,
        };
        let count = |archived: bool| {
            self.console.workspace().with(|workspace| {
                workspace.library().policies().filter(|policy| policy.is_archived == archived).count()
            })
        };
        Some(count(are_archived))
    }
}

fn meaning(known: StoredValue<Meanings>, version: &PolicyVersion) -> Option<Arc<PolicyMeaning>> {
    if let Some(known) = known.with_value(|known| known.get(&version.text).cloned()) {
        return known;
    }
    let meaning = PolicyMeaning::of_stored(&version.text).map(Arc::new);
    known.update_value(|known| {
        known.insert(version.text.clone(), meaning.clone());
    });
    meaning
}

/// The rows that hold every word of the filter, in the order that is asked for; of alike ones, by name.
fn arranged(all: &[PolicyRow], state: &LibraryState) -> Vec<PolicyRow> {
    let words: Vec<String> = state.query.split_whitespace().map(str::to_lowercase).collect();
    let text = |row: &PolicyRow| {
        let may = row.meaning.as_ref().map(|meaning| meaning.sentence.as_str()).unwrap_or_default();
        format!("{} {} {may}", row.name, row.note).to_lowercase()
    };
    let is_found = |row: &&PolicyRow| {
        let text = text(row);
        words.iter().all(|word| text.contains(word))
    };
    let mut found: Vec<PolicyRow> = all.iter().filter(is_found).cloned().collect();
    found.sort_by_cached_key(|row| (row.name.to_lowercase(), row.uid));
    match state.sort.as_str() {
        "version" => found.sort_by_key(|row| row.version),
        "uses" => found.sort_by_key(|row| row.uses),
        "changed" => found.sort_by_key(|row| row.changed_at),
        _ => {}
    }
    if state.descending {
        found.reverse();
    }
    found
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use tollgate_tokens::test_support::noon;

    use super::*;
    use crate::state::token_view::moment;

    fn row(number: u8, name: &str, uses: usize) -> PolicyRow {
        let changed_at = noon() - TimeDelta::days(i64::from(number));
        PolicyRow {
            uid: PolicyUid::from_bytes([number; 16]),
            name: name.to_owned(),
            note: format!("note {number}"),
            meaning: None,
            version: u32::from(number),
            uses,
            changed: moment(changed_at, noon()),
            changed_at,
        }
    }

    #[test]
    fn the_list_is_filtered_by_words_and_sorted_by_a_column() {
        let all = [row(1, "mirror", 5), row(2, "CI bots", 0), row(3, "Reviewers", 5)];
        let names = |query: &str, sort: &str, descending| {
            let (query, sort) = (query.to_owned(), sort.to_owned());
            let found = arranged(&all, &LibraryState { query, sort, descending, ..LibraryState::default() });
            found.into_iter().map(|row| row.name).collect::<Vec<_>>()
        };
        assert_eq!(names("", "", false), ["CI bots", "mirror", "Reviewers"]);
        assert_eq!(names("", "uses", false), ["CI bots", "mirror", "Reviewers"]);
        assert_eq!(names("", "changed", false), ["Reviewers", "CI bots", "mirror"]);
        assert_eq!(names("", "version", true), ["Reviewers", "CI bots", "mirror"]);
        assert_eq!(names("NOTE mir", "", false), ["mirror"]);
        assert!(names("nothing", "", false).is_empty());
    }

    #[test]
    fn a_state_of_the_list_is_a_place() {
        let state = LibraryState {
            view: LibraryView::Archived,
            query: "ci bots".to_owned(),
            sort: "uses".to_owned(),
            descending: true,
        };
        assert_eq!(state.path(), "/library?view=archived&q=ci%20bots&sort=-uses");
        let part = |name: &str| match name {
            "view" => Some("archived".to_owned()),
            "q" => Some("ci bots".to_owned()),
            "sort" => Some("-uses".to_owned()),
            _ => None,
        };
        assert_eq!(LibraryState::read(part), state);
        assert_eq!(LibraryState::default().path(), "/library");
        let token = tollgate_tokens::VendorChecksum::assemble("rbp", &"a".repeat(245));
        assert_eq!(LibraryState::read(|_| Some(token.clone())), LibraryState::default());
    }
}
