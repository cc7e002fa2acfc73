//! The list of tokens: filter, order and selection. Its state is in the URL.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use tollgate_tokens::{
    SortBy, SortOrder, Token, TokenDigest, TokenQuery, TokenUid, list_csv, looks_like_token, tokens_in,
};

use super::Console;
use super::export::{NewFile, file_name, hand_out};
use super::selection::Selection;
use super::token_view::{PolicyMeaning, TokenRow, token_row};

/// A named view of the list: a filter with a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Its name.
    pub label: &'static str,
    /// Its filter.
    pub query: &'static str,
    /// How many tokens it holds.
    pub count: usize,
}

/// A view, and what it lists where its name does not say all of it.
struct Named {
    label: &'static str,
    query: &'static str,
    lists: &'static str,
}

const fn named(label: &'static str, query: &'static str, lists: &'static str) -> Named {
    Named { label, query, lists }
}

const VIEWS: [Named; 7] = [
    named("All", "", ""),
    named("Live", "state:live", "Active ones, and those that expire soon"),
    named("Expiring soon", "state:expiring", "They expire within 14 days"),
    named("Never used", "state:live used:never", "Live, with no login on record here"),
    named("Stale", "state:live used>90d", "Live, with their last login more than 90 days ago"),
    named("Never expires", "state:live expires:never", "Live, and without an end"),
    named("Invalid", "state:invalid", ""),
];

/// What the URL says about the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListState {
    /// The filter, in words.
    pub query: String,
    /// The column that it is sorted by.
    pub sort: String,
    /// Whether the largest come first.
    pub descending: bool,
    /// The token whose panel is open.
    pub open: Option<TokenUid>,
}

impl ListState {
    /// The path of this state of the list.
    #[must_use]
    pub fn path(&self) -> String {
        let mut parts = Vec::new();
        if !self.query.is_empty() {
            parts.push(format!("q={}", encode(&self.query)));
        }
        if !self.sort.is_empty() {
            parts.push(format!("sort={}{}", if self.descending { "-" } else { "" }, self.sort));
        }
        if let Some(open) = self.open {
            parts.push(format!("open={open}"));
        }
        if parts.is_empty() { "/tokens".to_owned() } else { format!("/tokens?{}", parts.join("&")) }
    }

    /// Reads the state from the parts of a URL. What looks like a token is dropped, never kept.
    #[must_use]
    pub fn read(query: Option<String>, sort: Option<String>, open: Option<String>) -> Self {
        let query = query.filter(|query| !looks_like_token(query)).unwrap_or_default();
        let sort = sort.unwrap_or_default();
        let (descending, column) = match sort.strip_prefix('-') {
            Some(column) => (true, column),
            None => (false, sort.as_str()),
        };
        Self { query, sort: column.to_owned(), descending, open: open.and_then(|open| open.parse().ok()) }
    }
}

/// Everything that a query string cannot hold as it is becomes `%` and two digits.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b':' => {
                encoded.push(char::from(byte))
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The page of the list.
#[derive(Clone, Copy)]
pub struct TokenList {
    console: Console,
    state: Memo<ListState>,
    found: Memo<Vec<Arc<Token>>>,
    selection: RwSignal<Selection>,
    caught: RwSignal<String>,
    meanings: StoredValue<BTreeMap<Arc<str>, Option<Arc<PolicyMeaning>>>>,
}

impl TokenList {
    /// The list for what the URL says.
    #[must_use]
    pub fn new(console: Console, state: Memo<ListState>) -> Self {
        let found = Memo::new(move |_| {
            let state = state.get();
            let (by, order) = (sort_by(&state.sort), order(&state));
            let registry = console.registry();
            let now = console.now().get();
            console
                .workspace()
                .with(|workspace| TokenQuery::parse(&state.query).run(workspace, &registry, now, by, order))
        });
        Self {
            console,
            state,
            found,
            selection: RwSignal::new(Selection::default()),
            caught: RwSignal::new(String::new()),
            meanings: StoredValue::new(BTreeMap::new()),
        }
    }

    /// What the URL says.
    #[must_use]
    pub fn state(self) -> Memo<ListState> {
        self.state
    }

    /// The keys of the rows, in order.
    #[must_use]
    pub fn keys(self) -> Vec<String> {
        self.found.with(|found| found.iter().map(|token| token.uid.to_string()).collect())
    }

    /// How many tokens match, and how many there are.
    #[must_use]
    pub fn counts(self) -> (usize, usize) {
        (self.found.with(Vec::len), self.console.workspace().with(tollgate_tokens::Workspace::token_count))
    }

    /// One row by its key.
    #[must_use]
    pub fn row(self, key: &str) -> Option<TokenRow> {
        let uid: TokenUid = key.parse().ok()?;
        let token = self.console.workspace().with(|workspace| workspace.token(uid).cloned())?;
        let meaning = self.meaning(&token.policy);
        Some(token_row(&token, meaning, &self.console.registry(), self.console.now().get()))
    }

    /// What is wrong with the filter, sentence by sentence, or what became of a token that was pasted into it.
    #[must_use]
    pub fn problems(self) -> Vec<String> {
        let mut problems = self.state.with(|state| TokenQuery::parse(&state.query).problems().to_vec());
        problems.extend(Some(self.caught.get()).filter(|caught| !caught.is_empty()));
        problems
    }

    /// The state of the list for a filter as it is typed.
    ///
    /// A token that is pasted is looked up by its digest and opened; its text goes no further.
    #[must_use]
    pub fn typed(self, query: String) -> ListState {
        let state = self.state.get_untracked();
        if !looks_like_token(&query) {
            self.caught.set(String::new());
            return ListState { query, ..state };
        }
        let found = self.console.workspace().with_untracked(|workspace| {
            tokens_in(&query).find_map(|text| workspace.token_by_digest(&TokenDigest::of(text)).cloned())
        });
        let (open, caught) = match found {
            Some(token) => {
                (Some(token.uid), format!("that text is token {}, opened here; the text was not kept", token.number))
            }
            None => (state.open, "that text is a token, but none of these; it was not kept".to_owned()),
        };
        self.caught.set(caught);
        ListState { query: String::new(), open, ..state }
    }

    /// The named views with their counts.
    #[must_use]
    pub fn views(self) -> Vec<View> {
        let registry = self.console.registry();
        let now = self.console.now().get();
        self.console.workspace().with(|workspace| {
            let view = |Named { label, query, .. }: Named| {
                let filter = TokenQuery::parse(query);
                let count = workspace.tokens().filter(|token| filter.matches(token, &registry, now)).count();
                View { label, query, count }
            };
            VIEWS.into_iter().map(view).collect()
        })
    }

    /// What the view on show lists; empty where its name says it, or where another filter is typed.
    #[must_use]
    pub fn view_lists(self) -> &'static str {
        self.state.with(|state| VIEWS.into_iter().find(|view| view.query == state.query).map_or("", |view| view.lists))
    }

    /// Without which word how many tokens would match, for a filter that matches none.
    #[must_use]
    pub fn relaxations(self) -> Vec<(String, String, usize)> {
        let words: Vec<String> = self.state.with(|state| state.query.split_whitespace().map(str::to_owned).collect());
        let registry = self.console.registry();
        let now = self.console.now().get();
        let without = |dropped: usize| {
            let rest: Vec<&str> = words
                .iter()
                .enumerate()
                .filter(|(index, _)| *index != dropped)
                .map(|(_, word)| word.as_str())
                .collect();
            let query = rest.join(" ");
            let filter = TokenQuery::parse(&query);
            let count = self
                .console
                .workspace()
                .with(|workspace| workspace.tokens().filter(|token| filter.matches(token, &registry, now)).count());
            words.get(dropped).map(|word| (word.clone(), query, count))
        };
        (0..words.len()).filter_map(without).collect()
    }

    /// The selected tokens that are in the list now.
    #[must_use]
    pub fn selected(self) -> Vec<Arc<Token>> {
        self.selection.with(|selection| {
            self.found.with(|found| found.iter().filter(|token| selection.contains(token.uid)).cloned().collect())
        })
    }

    /// Whether the row with this key is selected.
    #[must_use]
    pub fn is_selected(self, key: &str) -> bool {
        key.parse::<TokenUid>().is_ok_and(|uid| self.selection.with(|selection| selection.contains(uid)))
    }

    /// Selects a row or lets it go.
    pub fn toggle(self, key: &str) {
        if let Ok(uid) = key.parse::<TokenUid>() {
            self.selection.update(|selection| selection.toggle(uid));
        }
    }

    /// Selects every row from the one that was selected last to this one.
    pub fn select_to(self, key: &str) {
        if let Ok(uid) = key.parse::<TokenUid>() {
            let list = self.uids();
            self.selection.update(|selection| selection.extend_to(uid, &list));
        }
    }

    /// Selects every row that matches, or none.
    pub fn toggle_all(self) {
        let list = self.uids();
        self.selection.update(|selection| selection.toggle_all(&list));
    }

    /// Lets every row go.
    pub fn clear_selection(self) {
        self.selection.try_set(Selection::default());
    }

    fn uids(self) -> Vec<TokenUid> {
        self.found.with_untracked(|found| found.iter().map(|token| token.uid).collect())
    }

    /// What the selection touches, in words: `2 users, 3 sites`.
    #[must_use]
    pub fn selection_words(self) -> String {
        let selected = self.selected();
        let mut owners = BTreeSet::<&str>::new();
        owners.extend(selected.iter().map(|token| token.owner.as_str()));
        let invalid = selected.iter().filter(|token| !token.valid).count();
        let owners = crate::format::plural(owners.len() as u64, "user", "users");
        match invalid {
            0 => owners,
            count => format!("{owners}, {count} invalid already"),
        }
    }

    /// Saves the list as a table for other programs: what the filter shows, in its order.
    pub fn export(self) {
        let after = self.console.after();
        let now = self.console.now().get_untracked();
        let may_do = |token: &Token| match self.meaning(&token.policy) {
            Some(meaning) => meaning.short(),
            None => "policy is refused".to_owned(),
        };
        let count = self.found.with_untracked(Vec::len);
        match self.found.with_untracked(|found| list_csv(found, now, may_do)) {
            Ok(text) => {
                let name = file_name(after.services().workspace.as_str(), now, "csv");
                let file = NewFile { name, media_type: "text/csv", text: &text };
                hand_out(after, &file, &crate::format::plural(count as u64, "token", "tokens"));
            }
            Err(error) => after.notices.failed(format!("Nothing was saved: {error}")),
        }
    }

    /// Many tokens have one policy: what it means is worked out once.
    fn meaning(self, policy: &Arc<str>) -> Option<Arc<PolicyMeaning>> {
        if let Some(known) = self.meanings.with_value(|known| known.get(policy).cloned()) {
            return known;
        }
        let meaning = PolicyMeaning::of_stored(policy).map(Arc::new);
        self.meanings.update_value(|known| {
            known.insert(Arc::clone(policy), meaning.clone());
        });
        meaning
    }
}

fn sort_by(column: &str) -> SortBy {
    match column {
        "status" => SortBy::Status,
        "user" => SortBy::Owner,
        "site" => SortBy::Site,
        "note" => SortBy::Note,
        "used" => SortBy::LastUsed,
        "number" => SortBy::Number,
        _ => SortBy::Expires,
    }
}

fn order(state: &ListState) -> SortOrder {
    if state.descending { SortOrder::Descending } else { SortOrder::Ascending }
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::EXPIRING_SOON;

    use super::*;

    #[test]
    fn every_view_is_a_filter_and_says_what_it_lists() {
        for Named { label, query, lists } in VIEWS {
            assert!(TokenQuery::parse(query).problems().is_empty(), "{label}");
            assert_eq!(lists.is_empty(), ["All", "Invalid"].contains(&label), "{label}");
        }
        assert_eq!(EXPIRING_SOON.num_days(), 14, "as the view says");
    }

    #[test]
    fn a_view_is_a_place() {
        let stale = ListState { query: "state:live used>90d".to_owned(), ..ListState::default() };
        assert_eq!(stale.path(), "/tokens?q=state:live%20used%3E90d");
    }
}
