//! The form that saves a text: as a policy of its own, or as the next version of one.

use leptos::prelude::*;
use tollgate_browser::analysis::TestCase;
use tollgate_tokens::library::{NewVersion, SaveAs, SavedPolicy};
use tollgate_tokens::{PolicyName, PolicyUid, TemplateId};

use super::acts::refused;
use super::effect::EffectLook;
use super::saving::{Saving, Told};
use super::suite::policy_tests;
use crate::format;
use crate::state::Console;
use crate::state::catalog::CatalogInUse;
use crate::state::console::After;
use crate::state::task::task;

/// A text that shall be saved, and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToSave {
    /// The text.
    pub text: String,
    /// The tests beside it.
    pub tests: Vec<TestCase>,
    /// The catalog that it speaks of.
    pub catalog: CatalogInUse,
    /// Where it goes.
    pub target: SaveTarget,
}

/// Where a text goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveTarget {
    /// It begins a policy.
    New {
        /// The name that is offered; may be empty.
        name: String,
        /// The id of the template that it began as.
        template: Option<&'static str>,
    },
    /// It is the next version of a policy.
    Next {
        /// The policy.
        policy: PolicyUid,
        /// The version that the author had before them.
        based_on: u32,
    },
}

/// The form.
#[derive(Clone, Copy)]
pub struct SaveForm {
    /// The name of a new policy.
    pub name: RwSignal<String>,
    /// What the author says of the version.
    pub note: RwSignal<String>,
    what: StoredValue<ToSave>,
    /// None while the worker is at it.
    told: RwSignal<Option<Told>>,
    error: RwSignal<String>,
    save: Action<NewVersion, ()>,
}

impl SaveForm {
    /// The form for a text; `done` runs with the version once it is saved, if its page is still there.
    #[must_use]
    pub fn new(console: Console, what: ToSave, done: Callback<SavedPolicy>) -> Self {
        let after = console.after();
        let error = RwSignal::new(String::new());
        let name = match &what.target {
            SaveTarget::New { name, .. } => name.clone(),
            SaveTarget::Next { .. } => String::new(),
        };
        let saving = console.workspace().with_untracked(|workspace| Saving::of(what.clone(), workspace));
        let told = RwSignal::new(saving.told_at_once());
        if told.with_untracked(Option::is_none) {
            task(move |(): &()| ask(after, saving.clone(), told)).dispatch(());
        }
        Self {
            name: RwSignal::new(name),
            note: RwSignal::new(String::new()),
            what: StoredValue::new(what),
            told,
            error,
            save: task(move |call: &NewVersion| save(after, call.clone(), error, done)),
        }
    }

    /// Whether it begins a policy, which needs a name.
    #[must_use]
    pub fn is_new(self) -> bool {
        self.what.with_value(|what| matches!(what.target, SaveTarget::New { .. }))
    }

    /// What is found in the text and recorded with it, as a sentence.
    #[must_use]
    pub fn found(self) -> String {
        let found = self.told.with(|told| told.as_ref().map(|told| told.found.clone()));
        found.unwrap_or_else(|| "The text is large, and being looked at.".to_owned())
    }

    /// What changes against the version before; nothing where there is none, and while that is worked out.
    #[must_use]
    pub fn effect(self) -> Option<EffectLook> {
        self.told.with(|told| told.as_ref().and_then(|told| told.effect.clone()))
    }

    /// What is kept beside the text, as a sentence.
    #[must_use]
    pub fn beside(self) -> String {
        match self.what.with_value(|what| what.tests.len()) {
            0 => String::new(),
            count => format!("{} kept with it.", format::plural(count as u64, "test is", "tests are")),
        }
    }

    /// Why the last try was refused; empty when it was not.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.error.into()
    }

    /// Whether it can be saved now.
    #[must_use]
    pub fn can_be_saved(self) -> Signal<bool> {
        let pending = self.save.pending();
        let is_new = self.is_new();
        Signal::derive(move || {
            let is_accepted = self.told.with(|told| told.as_ref().is_some_and(|told| told.is_accepted));
            is_accepted && !pending.get() && (!is_new || self.name.with(|name| !name.trim().is_empty()))
        })
    }

    /// Saves it, or says what is wrong with the name.
    pub fn save(self) {
        match untrack(|| self.call()) {
            Ok(call) => {
                self.error.set(String::new());
                self.save.dispatch(call);
            }
            Err(why) => self.error.set(why),
        }
    }

    fn call(self) -> Result<NewVersion, String> {
        let findings = self.told.with(|told| told.as_ref().map(|told| told.codes.clone()).unwrap_or_default());
        self.what.with_value(|what| {
            let (save_as, template) = match &what.target {
                SaveTarget::New { template, .. } => {
                    let name = self.name.with(|name| name.trim().parse::<PolicyName>());
                    let name = name.map_err(|error| format!("{error}."))?;
                    (SaveAs::New(name), template.and_then(|id| id.parse::<TemplateId>().ok()))
                }
                SaveTarget::Next { policy, based_on } => (SaveAs::Next { policy: *policy, based_on: *based_on }, None),
            };
            Ok(NewVersion {
                note: self.note.get(),
                findings,
                template,
                // The built-in one has no name.
                catalog: what.catalog.name().parse().ok(),
                tests: policy_tests(&what.tests),
                ..NewVersion::of(save_as, what.text.as_str())
            })
        })
    }
}

/// Has the worker look at a text.
async fn ask(after: After, saving: Saving, told: RwSignal<Option<Told>>) {
    // Questions of the workbench may end the worker; this one is asked anew as long as the form is there.
    while told.try_with_untracked(Option::is_none) == Some(true) {
        if let Some(answer) = saving.told_away(after).await {
            told.try_set(Some(answer));
        }
    }
}

async fn save(after: After, call: NewVersion, error: RwSignal<String>, done: Callback<SavedPolicy>) {
    match after.save_policy(call).await {
        Some(Ok(saved)) => {
            done.try_run(saved);
        }
        Some(Err(refusal)) => {
            error.try_set(refused("Nothing was saved", &refusal));
        }
        None => {
            error.try_set("Nothing was saved: the store did not take it.".to_owned());
        }
    }
}
