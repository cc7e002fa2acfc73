//! One policy of the library on the workbench: what it is, its versions, who uses it, and the acts on it.

use leptos::prelude::*;
use tollgate_browser::analysis::TestCase;
use tollgate_tokens::{PolicyName, PolicyUid};

use super::acts::refused;
use super::incoming::{Edit, LeftAt};
use super::rows::{PolicyFacts, UseRow, VersionRow, facts, uses, versions};
use super::save::{SaveTarget, ToSave};
use super::suite::policy_tests;
use crate::state::console::After;
use crate::state::task::task;
use crate::state::workbench::{Sheet, Workbench};
use crate::state::{Console, ListState};

/// One policy. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct NamedView {
    console: Console,
    uid: PolicyUid,
    bench: Workbench,
    facts: Memo<Option<PolicyFacts>>,
    /// The version that the author has before them: the next one is saved on top of it.
    base: RwSignal<u32>,
    /// The name that is typed, while it is renamed.
    pub name: RwSignal<String>,
    error: RwSignal<String>,
    rename: Action<(PolicyName, RwSignal<bool>), ()>,
    put_away: Action<bool, ()>,
    keep_tests: Action<(u32, Vec<TestCase>), ()>,
}

impl NamedView {
    /// The policy that a workbench was opened on.
    #[must_use]
    pub fn new(console: Console, uid: PolicyUid, bench: Workbench) -> Self {
        let after = console.after();
        let facts = Memo::new(move |_| {
            let now = console.now().get();
            console.workspace().with(|workspace| facts(workspace, uid, now))
        });
        let error = RwSignal::new(String::new());
        let newest = facts.with_untracked(|facts| facts.as_ref().map_or(0, |facts| facts.newest));
        let base = RwSignal::new(newest);
        if let Some(left) = console.incoming.left(LeftAt::Policy(uid)) {
            if let Some(kept) = version(console, uid, left.base) {
                base.set(left.base);
                bench.hold_against(kept);
            }
            bench.put(left.sheet);
        }
        Effect::new(move |_| {
            let edit = bench.is_changed().then(|| Edit { base: base.get(), sheet: bench.sheet() });
            console.incoming.leave(LeftAt::Policy(uid), edit);
        });
        Self {
            console,
            uid,
            bench,
            facts,
            base,
            name: RwSignal::new(String::new()),
            error,
            rename: task(move |(name, open): &(PolicyName, RwSignal<bool>)| {
                rename(after, uid, name.clone(), *open, error)
            }),
            put_away: task(move |away: &bool| put_away(after, uid, *away)),
            keep_tests: task(move |(version, cases): &(u32, Vec<TestCase>)| {
                keep_tests(after, uid, *version, cases.clone(), bench)
            }),
        }
    }

    /// Whether there is such a policy.
    #[must_use]
    pub fn is_there(console: Console, uid: PolicyUid) -> bool {
        console.workspace().with(|workspace| workspace.library().policy(uid).is_some())
    }

    /// The policy.
    #[must_use]
    pub fn uid(self) -> PolicyUid {
        self.uid
    }

    /// What is known of it; none when there is no such policy.
    #[must_use]
    pub fn facts(self) -> Memo<Option<PolicyFacts>> {
        self.facts
    }

    /// Its name; empty when there is no such policy.
    #[must_use]
    pub fn policy_name(self) -> String {
        self.facts.with(|facts| facts.as_ref().map(|facts| facts.name.clone()).unwrap_or_default())
    }

    /// Whether what its facts say holds; false when there is no such policy.
    #[must_use]
    pub fn holds(self, says: fn(&PolicyFacts) -> bool) -> Signal<bool> {
        Signal::derive(move || self.facts.with(|facts| facts.as_ref().is_some_and(says)))
    }

    /// The version that the author has before them.
    #[must_use]
    pub fn base(self) -> Signal<u32> {
        self.base.into()
    }

    /// How the text and what lies beside it stand to the version, as a sentence.
    #[must_use]
    pub fn standing(self) -> String {
        let bench = self.bench;
        standing(self.base.get(), bench.differs(), bench.tests.differ(), bench.catalog.differs())
    }

    /// Whether there is something to save.
    #[must_use]
    pub fn is_changed(self) -> bool {
        self.bench.is_changed()
    }

    /// The version that was saved elsewhere since this one was opened; none if none was.
    #[must_use]
    pub fn newer(self) -> Option<u32> {
        let base = self.base.get();
        self.facts.with(|facts| facts.as_ref().map(|facts| facts.newest).filter(|newest| *newest > base))
    }

    /// What is on the page goes on top of the newest version from now on, and is held against that.
    pub fn catch_up(self) {
        if let Some(newest) = untrack(|| self.newer())
            && let Some(kept) = version(self.console, self.uid, newest)
        {
            self.base.set(newest);
            self.bench.catch_up(kept, newest);
        }
    }

    /// The text with its tests, to be saved as the next version.
    #[must_use]
    pub fn to_save(self) -> ToSave {
        let target = SaveTarget::Next { policy: self.uid, based_on: self.base.get_untracked() };
        self.bench.to_save(target)
    }

    /// A version was saved from here: what is on the page is held against that one.
    pub fn saved(self, number: u32) {
        if let Some(kept) = version(self.console, self.uid, number) {
            self.base.set(number);
            self.bench.hold_against(kept);
        }
    }

    /// Its versions, newest first.
    #[must_use]
    pub fn versions(self) -> Vec<VersionRow> {
        let now = self.console.now().get();
        self.console.workspace().with(|workspace| versions(workspace, self.uid, now))
    }

    /// Puts the text of a version in the place of the one on the page.
    pub fn take_version(self, number: u32) {
        let text = self.console.workspace().with_untracked(|workspace| {
            let version = workspace.library().policy(self.uid)?.version(number)?;
            Some(version.text.clone())
        });
        if let Some(text) = text {
            self.bench.set_text_by(&format!("version {number} is put in place"), text);
        }
    }

    /// The tokens that use it.
    #[must_use]
    pub fn uses(self) -> Vec<UseRow> {
        self.console.workspace().with(|workspace| uses(workspace, self.uid))
    }

    /// The list of the tokens that use it.
    #[must_use]
    pub fn users_path(self) -> String {
        ListState { query: self.users_filter(), ..ListState::default() }.path()
    }

    /// The filter that lists the tokens that use it.
    #[must_use]
    pub fn users_filter(self) -> String {
        format!("policy:{}", self.uid)
    }

    /// Begins to rename it.
    pub fn begin_rename(self) {
        let name = self.facts.with_untracked(|facts| facts.as_ref().map(|facts| facts.name.clone()));
        self.name.set(name.unwrap_or_default());
        self.error.set(String::new());
    }

    /// Why the name was refused; empty when it was not.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.error.into()
    }

    /// Renames it as is typed; `open` is set to false once that is done.
    pub fn rename(self, open: RwSignal<bool>) {
        match self.name.with_untracked(|name| name.trim().parse::<PolicyName>()) {
            Ok(name) => {
                self.error.set(String::new());
                self.rename.dispatch((name, open));
            }
            Err(error) => self.error.set(format!("{error}.")),
        }
    }

    /// Puts it away, with the way back.
    pub fn archive(self) {
        self.put_away.dispatch(true);
    }

    /// Offers it again.
    pub fn restore(self) {
        self.put_away.dispatch(false);
    }

    /// Whether there are other tests to keep beside the version: those of another catalog mean nothing there.
    #[must_use]
    pub fn can_keep_tests(self) -> bool {
        let bench = self.bench;
        bench.tests.differ() && !bench.catalog.differs() && !bench.catalog.is_missing().get()
    }

    /// Keeps the tests as they are beside the version, which stays the same.
    pub fn keep_tests(self) {
        if !untrack(|| self.can_keep_tests()) {
            return;
        }
        self.keep_tests.dispatch((self.base.get_untracked(), self.bench.tests.cases().get_untracked()));
    }
}

/// Says which of text, tests and catalog differ from a version.
fn standing(version: u32, text: bool, tests: bool, catalog: bool) -> String {
    let rest = |rest: &str| format!("{rest} from version {version}, and are not saved.");
    match (text, tests, catalog) {
        (false, false, false) => format!("The text is that of version {version}."),
        (true, false, false) => format!("The text differs from version {version}, and is not saved."),
        (false, true, false) => format!("The tests differ from those of version {version}, and are not saved."),
        (false, false, true) => format!("The catalog differs from that of version {version}, and is not saved."),
        (true, true, false) => rest("Text and tests differ"),
        (true, false, true) => rest("Text and catalog differ"),
        (false, true, true) => rest("Tests and catalog differ"),
        (true, true, true) => rest("Text, tests and catalog differ"),
    }
}

/// What a version holds; none where there is no such version.
fn version(console: Console, uid: PolicyUid, number: u32) -> Option<Sheet> {
    console.workspace().with_untracked(|workspace| Sheet::of_version(workspace, uid, number))
}

async fn rename(after: After, uid: PolicyUid, name: PolicyName, open: RwSignal<bool>, error: RwSignal<String>) {
    match after.rename_policy(uid, name).await {
        Some(Ok(())) => {
            open.try_set(false);
        }
        Some(Err(refusal)) => {
            error.try_set(refused("Nothing was renamed", &refusal));
        }
        None => {
            error.try_set("Nothing was renamed: the store did not take it.".to_owned());
        }
    }
}

async fn put_away(after: After, uid: PolicyUid, away: bool) {
    if away {
        after.archive_policy(uid).await;
    } else {
        after.restore_policy(uid).await;
    }
}

async fn keep_tests(after: After, uid: PolicyUid, version: u32, cases: Vec<TestCase>, bench: Workbench) {
    if after.keep_tests(uid, version, policy_tests(&cases)).await {
        // Others may be on the page by then.
        bench.tests.hold_against(cases);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_differs_from_the_version_is_said() {
        assert_eq!(standing(2, false, false, false), "The text is that of version 2.");
        assert_eq!(standing(2, false, false, true), "The catalog differs from that of version 2, and is not saved.");
        assert_eq!(standing(2, true, false, true), "Text and catalog differ from version 2, and are not saved.");
    }
}
