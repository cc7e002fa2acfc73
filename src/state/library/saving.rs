//! What is told of a text before it is saved: worked out here for small texts, and by the worker for large ones.

use std::sync::Arc;

use tollgate_browser::analysis::{Asked, AskedSide, SavingLook, SideLook};
use tollgate_browser::{OFF_THREAD_BYTES, WorkerError};
use tollgate_policy::check;
use tollgate_tokens::{FindingCode, PolicyVersion, Workspace};

use super::effect::{EffectLook, effect_of};
use super::save::{SaveTarget, ToSave};
use crate::analysis::look;
use crate::format;
use crate::state::console::After;

/// What is told of a text.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// What is recorded with it.
    pub(super) codes: Vec<FindingCode>,
    /// The same as a sentence.
    pub(super) found: String,
    /// Whether it can be saved.
    pub(super) is_accepted: bool,
    /// What changes against the version before; nothing where there is none.
    pub(super) effect: Option<EffectLook>,
}

/// A text, and the version that it takes the place of.
#[derive(Clone)]
pub(super) struct Saving {
    what: ToSave,
    before: Option<Arc<PolicyVersion>>,
}

impl Saving {
    pub(super) fn of(what: ToSave, workspace: &Workspace) -> Self {
        let before = match &what.target {
            SaveTarget::New { .. } => None,
            SaveTarget::Next { policy, .. } => workspace.library().policy(*policy).and_then(|policy| policy.newest()),
        };
        Self { before: before.cloned(), what }
    }

    /// What is told of it, if that is quickly worked out.
    pub(super) fn told_at_once(&self) -> Option<Told> {
        let is_quick = |text: &str| text.len() <= OFF_THREAD_BYTES;
        (is_quick(&self.what.text) && self.against().is_none_or(is_quick)).then(|| self.told_here())
    }

    /// What the worker tells of it; nothing where another question ended the worker.
    pub(super) async fn told_away(&self, after: After) -> Option<Told> {
        let (services, ToSave { text, catalog, .. }) = (after.services(), &self.what);
        let told = services.policy_worker.analyze(catalog.sent(), text, self.against(), asked()).await;
        match told.map(|told| told.look.side) {
            Ok(SideLook::Saving(look)) => Some(self.told(look)),
            Err(WorkerError::Canceled) => None,
            // Without a worker the dialog waits for it, but the answer is the same.
            _ => Some(self.told_here()),
        }
    }

    fn told_here(&self) -> Told {
        let catalog = self.what.catalog.catalog();
        match look(&check(&self.what.text, catalog), catalog, self.against(), &asked()).side {
            SideLook::Saving(look) => self.told(look),
            // It tells what it is asked.
            _ => Told { codes: Vec::new(), found: String::new(), is_accepted: false, effect: None },
        }
    }

    fn against(&self) -> Option<&str> {
        self.before.as_ref().map(|before| before.text.as_str())
    }

    fn told(&self, look: SavingLook) -> Told {
        let found = found_words(self.what.catalog.title(), &look);
        let SavingLook { is_accepted, codes, compared, .. } = look;
        Told {
            codes: codes.iter().filter_map(|code| code.parse().ok()).collect(),
            found,
            is_accepted,
            effect: self.before.as_ref().map(|before| effect_of(compared, &format!("version {}", before.number))),
        }
    }
}

fn asked() -> Asked {
    Asked { side: AskedSide::Saving, ..Asked::default() }
}

fn found_words(server: &str, look: &SavingLook) -> String {
    if !look.is_accepted {
        return format!("{server} refuses this text, so it cannot be saved. Mend it first.");
    }
    let words = |count: u64, one: &str, many: &str| (count > 0).then(|| format::plural(count, one, many));
    let warnings = words(look.warnings, "warning", "warnings");
    let notes = words(look.notes, "note", "notes");
    let both: Vec<&str> = [warnings.as_deref(), notes.as_deref()].into_iter().flatten().collect();
    if both.is_empty() {
        return format!("{server} accepts it, and nothing was found.");
    }
    format!("{server} accepts it. It is saved with {}, and the record says with which.", format::list(both))
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::Journal as _;
    use tollgate_tokens::library::{NewVersion, SaveAs};
    use tollgate_tokens::test_support::memory_manager;

    use super::*;
    use crate::state::catalog::CatalogInUse;
    use crate::state::test_support::at_once;

    fn to_save(text: &str, target: SaveTarget) -> ToSave {
        ToSave { text: text.to_owned(), tests: Vec::new(), catalog: CatalogInUse::built_in(), target }
    }

    fn new(text: &str) -> Saving {
        let target = SaveTarget::New { name: String::new(), template: None };
        Saving::of(to_save(text, target), &Workspace::default())
    }

    #[test]
    fn what_is_found_is_counted_and_a_refused_text_is_not_saved() {
        let clean = new("{}").told_at_once().unwrap();
        assert!(clean.is_accepted && clean.codes.is_empty() && clean.effect.is_none());
        assert_eq!(clean.found, "Review Board 8.1 accepts it, and nothing was found.");
        let wrong_case = r#"{"resources": {"review": {"*": {"allow": ["get"], "block": ["*"]}}}}"#;
        let wrong_case = new(wrong_case).told_at_once().unwrap();
        assert!(wrong_case.codes.iter().any(|code| code.as_str() == "P0304"), "{:?}", wrong_case.codes);
        assert!(wrong_case.found.contains("It is saved with"), "{}", wrong_case.found);
        let refused = new("{").told_at_once().unwrap();
        assert!(!refused.is_accepted && refused.found.contains("Mend it first"));
    }

    #[test]
    fn the_next_version_is_held_against_the_newest() {
        let manager = memory_manager();
        let version = NewVersion::of(SaveAs::New("CI bots".parse().unwrap()), "{}");
        let policy = at_once(manager.save_policy(version)).unwrap().policy;
        let next = to_save(r#"{"resources": {"*": {"block": ["DELETE"]}}}"#, SaveTarget::Next { policy, based_on: 1 });
        let saving = manager.journal().read(|ledger| Saving::of(next, ledger.workspace()));
        let effect = saving.told_at_once().unwrap().effect.unwrap();
        assert!(effect.says.starts_with("Allows less than version 1, and nothing else."), "{}", effect.says);
    }

    #[test]
    fn a_large_text_is_left_to_the_worker() {
        let large = format!("{{{}}}", " ".repeat(OFF_THREAD_BYTES));
        assert!(new(&large).told_at_once().is_none());
        assert!(new(&large).told_here().is_accepted);
    }
}
