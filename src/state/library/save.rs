//! The form that saves a text: as a policy of its own, or as the next version of one.

use leptos::prelude::*;
use tollgate_browser::analysis::TestCase;
use tollgate_policy::{Checked, Severity, check, lint};
use tollgate_tokens::library::{NewVersion, SaveAs, SavedPolicy};
use tollgate_tokens::{FindingCode, PolicyName, PolicyUid, TemplateId, Workspace};

use super::acts::refused;
use super::effect::{EffectLook, effect};
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
    asked: StoredValue<Asked>,
    error: RwSignal<String>,
    save: Action<NewVersion, ()>,
}

/// What is told of the text before it is saved.
#[derive(Clone)]
struct Asked {
    what: ToSave,
    codes: Vec<FindingCode>,
    found: String,
    is_accepted: bool,
    effect: Option<EffectLook>,
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
        let asked = console.workspace().with_untracked(|workspace| Asked::of(what, workspace));
        Self {
            name: RwSignal::new(name),
            note: RwSignal::new(String::new()),
            asked: StoredValue::new(asked),
            error,
            save: task(move |call: &NewVersion| save(after, call.clone(), error, done)),
        }
    }

    /// Whether it begins a policy, which needs a name.
    #[must_use]
    pub fn is_new(self) -> bool {
        self.asked.with_value(|asked| matches!(asked.what.target, SaveTarget::New { .. }))
    }

    /// What is found in the text and recorded with it, as a sentence.
    #[must_use]
    pub fn found(self) -> String {
        self.asked.with_value(|asked| asked.found.clone())
    }

    /// What changes against the version before; nothing where there is none.
    #[must_use]
    pub fn effect(self) -> Option<EffectLook> {
        self.asked.with_value(|asked| asked.effect.clone())
    }

    /// What is kept beside the text, as a sentence.
    #[must_use]
    pub fn beside(self) -> String {
        match self.asked.with_value(|asked| asked.what.tests.len()) {
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
        let is_accepted = self.asked.with_value(|asked| asked.is_accepted);
        let is_new = self.is_new();
        Signal::derive(move || {
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
        self.asked.with_value(|asked| {
            let (save_as, template) = match &asked.what.target {
                SaveTarget::New { template, .. } => {
                    let name = self.name.with(|name| name.trim().parse::<PolicyName>());
                    let name = name.map_err(|error| format!("{error}."))?;
                    (SaveAs::New(name), template.and_then(|id| id.parse::<TemplateId>().ok()))
                }
                SaveTarget::Next { policy, based_on } => (SaveAs::Next { policy: *policy, based_on: *based_on }, None),
            };
            Ok(NewVersion {
                note: self.note.get(),
                findings: asked.codes.clone(),
                template,
                // The built-in one has no name.
                catalog: asked.what.catalog.name().parse().ok(),
                tests: policy_tests(&asked.what.tests),
                ..NewVersion::of(save_as, asked.what.text.as_str())
            })
        })
    }
}

impl Asked {
    fn of(what: ToSave, workspace: &Workspace) -> Self {
        let catalog = what.catalog.catalog();
        let checked = check(&what.text, catalog);
        let is_accepted = checked.verdict().is_accepted();
        let findings = lint(&checked, catalog);
        let codes =
            findings.iter().filter_map(|found| found.diagnostic.code.id().parse::<FindingCode>().ok()).collect();
        let severities: Vec<Severity> = findings.iter().map(|found| found.diagnostic.severity).collect();
        let effect = effect_of(&what, workspace, &checked);
        let found = found_words(what.catalog.title(), is_accepted, &severities);
        Self { found, codes, is_accepted, effect, what }
    }
}

fn effect_of(what: &ToSave, workspace: &Workspace, checked: &Checked) -> Option<EffectLook> {
    let SaveTarget::Next { policy, .. } = &what.target else { return None };
    let newest = workspace.library().policy(*policy)?.newest()?;
    Some(effect(&newest.text, &format!("version {}", newest.number), checked, what.catalog.catalog()))
}

fn found_words(server: &str, is_accepted: bool, found: &[Severity]) -> String {
    if !is_accepted {
        return format!("{server} refuses this text, so it cannot be saved. Mend it first.");
    }
    let count = |wanted: Severity| found.iter().filter(|severity| **severity == wanted).count() as u64;
    let words = |count: u64, one: &str, many: &str| (count > 0).then(|| format::plural(count, one, many));
    let warnings = words(count(Severity::Warning), "warning", "warnings");
    let notes = words(count(Severity::Hint), "note", "notes");
    let both: Vec<&str> = [warnings.as_deref(), notes.as_deref()].into_iter().flatten().collect();
    if both.is_empty() {
        return format!("{server} accepts it, and nothing was found.");
    }
    format!("{server} accepts it. It is saved with {}, and the record says with which.", format::list(both))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_counted_and_a_refused_text_is_not_saved() {
        let asked = |text: &str| {
            let target = SaveTarget::New { name: String::new(), template: None };
            let what = ToSave { text: text.to_owned(), tests: Vec::new(), catalog: CatalogInUse::built_in(), target };
            Asked::of(what, &Workspace::default())
        };
        let clean = asked("{}");
        assert!(clean.is_accepted && clean.codes.is_empty() && clean.effect.is_none());
        assert_eq!(clean.found, "Review Board 8.1 accepts it, and nothing was found.");
        let wrong_case = asked(r#"{"resources": {"review": {"*": {"allow": ["get"], "block": ["*"]}}}}"#);
        assert!(wrong_case.codes.iter().any(|code| code.as_str() == "P0304"), "{:?}", wrong_case.codes);
        assert!(wrong_case.found.contains("It is saved with"), "{}", wrong_case.found);
        let refused = asked("{");
        assert!(!refused.is_accepted && refused.found.contains("Mend it first"));
    }
}
