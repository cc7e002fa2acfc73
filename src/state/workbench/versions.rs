//! The text held against what is kept of it: the version that was opened, those before it, and the draft.

use std::sync::Arc;

use leptos::prelude::*;
use tollgate_browser::analysis::TestCase;
use tollgate_tokens::PolicyVersion;

use super::bench::Workbench;
use super::place::Against;
use super::sheet::Sheet;
use super::start::pretty;
use crate::state::library::{Foreign, SaveTarget, ToSave};

impl Workbench {
    /// The versions of the policy that is opened, newest first: what chooses each, and its words. None for other texts.
    #[must_use]
    pub fn versions(self) -> Vec<(String, String)> {
        let Some(uid) = self.place.with(|place| place.policy) else { return Vec::new() };
        self.after.workspace.with(|workspace| {
            let versions = workspace.library().policy(uid).map(|policy| policy.versions.as_slice()).unwrap_or_default();
            versions.iter().rev().map(|version| choice(version)).collect()
        })
    }

    /// Whether the text is another one than it was opened with, or saved as since.
    #[must_use]
    pub fn differs(self) -> bool {
        self.text.with(|text| self.opened.with(|opened| **opened != **text))
    }

    /// Whether text, tests or catalog are others than they are where they are saved.
    #[must_use]
    pub fn is_changed(self) -> bool {
        self.differs() || self.tests.differ() || self.catalog.differs()
    }

    /// The text from elsewhere that is looked at, if it is one.
    #[must_use]
    pub fn foreign(self) -> Option<Arc<Foreign>> {
        self.foreign.get_value()
    }

    /// The text with its tests, to be saved.
    #[must_use]
    pub fn to_save(self, target: SaveTarget) -> ToSave {
        let tests = self.tests.cases().get_untracked();
        let catalog = self.catalog.in_use().get_untracked();
        ToSave { text: self.text.get_untracked(), tests, catalog, target }
    }

    /// The text with its tests, to be saved as a policy of its own.
    #[must_use]
    pub fn to_save_as(self) -> ToSave {
        let (name, template) =
            self.foreign().map_or((String::new(), None), |foreign| (foreign.name.clone(), foreign.template));
        self.to_save(SaveTarget::New { name, template })
    }

    /// The text with what lies beside it.
    pub(in crate::state) fn sheet(self) -> Sheet {
        Sheet { text: self.text.get(), tests: self.tests.cases().get(), catalog: self.catalog.wanted() }
    }

    /// What they are held against.
    fn held(self) -> Sheet {
        let text = self.opened.with(ToString::to_string);
        Sheet { text, tests: self.tests.kept(), catalog: self.catalog.kept() }
    }

    /// This is what is kept elsewhere from now on.
    pub(in crate::state) fn hold_against(self, kept: Sheet) {
        self.opened.set(Arc::from(kept.text));
        self.tests.hold_against(kept.tests);
        self.catalog.hold_against(kept.catalog);
    }

    /// Puts another text with what lies beside it in the place of this one, as the page begins.
    pub(in crate::state) fn put(self, sheet: Sheet) {
        self.put_beside(sheet.tests, sheet.catalog);
        self.set_text(sheet.text);
    }

    /// A newer version, of this number, is kept elsewhere: whatever the author did not change becomes what that one has.
    pub(in crate::state) fn catch_up(self, newest: Sheet, number: u32) {
        let (mine, was) = untrack(|| (self.sheet(), self.held()));
        let version = format!("version {number}");
        let (next, told) = mine.clone().caught_up(&was, &newest, &version);
        self.hold_against(newest);
        self.put_beside(next.tests, next.catalog);
        if next.text != mine.text {
            self.set_text_by(&format!("{version} is put in place"), next.text);
        }
        if !told.is_empty() {
            self.after.notices.done(told, None);
        }
    }

    fn put_beside(self, tests: Vec<TestCase>, catalog: String) {
        if self.tests.cases().with_untracked(|cases| *cases != tests) {
            self.tests.put_all(tests);
        }
        if untrack(|| self.catalog.wanted()) != catalog {
            self.catalog.speak_of(catalog);
            self.place.update(|place| place.catalog = None);
        }
    }

    /// Whether there is another text to put in the place of this one.
    #[must_use]
    pub fn can_take_other(self) -> bool {
        self.against.with(|other| other.as_ref().is_some_and(|other| self.text.with(|text| **other != **text)))
    }

    /// Puts what the text is compared with in its place.
    pub fn take_other(self) {
        let against = self.place.with_untracked(|place| place.against.clone());
        let Some(other) = self.against.get_untracked() else { return };
        let text = match against {
            Against::Opened | Against::Version(_) | Against::Text => other.to_string(),
            Against::FullAccess | Against::ReadOnly | Against::Token(_) => pretty(&other),
        };
        self.set_text_by(&format!("{} is put in place", against.words()), text);
    }
}

fn choice(version: &PolicyVersion) -> (String, String) {
    let number = version.number;
    let words = match version.note.as_str() {
        "" => format!("Version {number}"),
        note => format!("Version {number}: {note}"),
    };
    (Against::Version(number).choice(), words)
}
