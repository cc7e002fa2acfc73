//! Who answers: the page for what is quickly worked out, the worker for the rest. The latest question wins.

use std::time::Duration;

use leptos::prelude::*;
use tollgate_browser::analysis::{Asked, AskedSide, Look};
use tollgate_browser::{OFF_THREAD_BYTES, WorkerError};
use tollgate_policy::{Checked, check};

use super::bench::Workbench;
use crate::analysis::look;
use crate::state::catalog::CatalogInUse;
use crate::state::findings::{Findings, findings, reported};
use crate::state::task::task;

/// How long a text or a question rests before the worker is asked.
const REST: Duration = Duration::from_millis(200);

/// How long the page has been shown when the worker is started.
const PAGE_RESTS: Duration = Duration::from_millis(500);

/// Texts above this many bytes are left to the worker where edits are looked for: that takes many readings.
const EDITS_HERE_BYTES: usize = 12 * 1024;

/// A text as it was checked, with the catalog that it was checked with.
pub(super) struct Seen {
    pub(super) checked: Checked,
    pub(super) catalog: CatalogInUse,
}

impl Seen {
    pub(super) fn of(text: &str, catalog: CatalogInUse) -> Self {
        Self { checked: check(text, catalog.catalog()), catalog }
    }

    pub(super) fn findings(&self) -> Findings {
        findings(&self.checked, self.catalog.catalog())
    }

    fn look(&self, against: Option<&str>, asked: &Asked) -> Look {
        look(&self.checked, self.catalog.catalog(), against, asked)
    }
}

/// The answer to a question that is quickly worked out.
pub(super) fn here(seen: Option<&Seen>, against: Option<&str>, asked: &Asked) -> Option<Look> {
    let seen = seen.filter(|seen| is_quick(seen.checked.document().text().len(), asked))?;
    Some(seen.look(against, asked))
}

fn is_quick(bytes: usize, asked: &Asked) -> bool {
    let looks_for_edits = match &asked.side {
        AskedSide::Meaning { cell, .. } => cell.is_some(),
        AskedSide::Explain { .. } => true,
        _ => false,
    };
    // Every guardrail looks at all classes of requests.
    let takes_long = looks_for_edits || !asked.guardrails.is_empty();
    bytes <= if takes_long { EDITS_HERE_BYTES } else { OFF_THREAD_BYTES }
}

impl Workbench {
    /// Asks the worker whatever is not worked out here, as soon as text and question rest.
    pub(super) fn watch_questions(self) {
        let ask = task(move |number: &u64| self.ask(*number));
        Effect::new(move |_| {
            self.text.track();
            self.asked.track();
            self.against.track();
            let is_here = self.here.with(Option::is_some);
            self.give_up();
            // An answer to an earlier question would be on show as soon as this page answers no more.
            self.away.set(None);
            if !is_here {
                let number = self.question.get_value();
                let ask_now = move || {
                    // The page may be gone by then, and its actions with it.
                    if self.question.try_get_value() == Some(number) {
                        ask.dispatch(number);
                    }
                };
                set_timeout(ask_now, REST);
            }
        });
    }

    /// Leaves the question that is under way, if one is.
    fn give_up(self) {
        self.question.update_value(|question| *question += 1);
        if self.is_asking.get_value() {
            self.is_asking.set_value(false);
            self.after.services().policy_worker.cancel();
        }
    }

    async fn ask(self, number: u64) {
        let services = self.after.services();
        let (Some(text), Some(asked)) = (self.text.try_get_untracked(), self.asked.try_get_untracked()) else { return };
        let against = self.against.try_get_untracked().flatten();
        let Some(catalog) = self.catalog.in_use().try_get_untracked() else { return };
        self.is_asking.try_set_value(true);
        let told = services.policy_worker.analyze(catalog.sent(), &text, against.as_deref(), asked.clone()).await;
        if self.question.try_get_value() != Some(number) {
            return;
        }
        self.is_asking.try_set_value(false);
        let (found, look) = match told {
            Ok(analysis) => (reported(&analysis.check, &text), analysis.look),
            Err(WorkerError::Canceled) => return,
            // Without a worker the text is looked at here: typing waits for it, but the answer is the same.
            Err(_) => {
                let seen = Seen::of(&text, catalog);
                (seen.findings(), seen.look(against.as_deref(), &asked))
            }
        };
        if self.seen.try_with_untracked(Option::is_none) == Some(true) {
            self.findings.try_set(found);
        }
        self.away.try_set(Some(look));
    }

    /// Starts the worker while the network is there: later it may be needed without one.
    pub(super) fn start_worker_early(self) {
        let warm = task(move |(): &()| {
            let services = self.after.services();
            async move { drop(services.policy_worker.analyze(None, "{}", None, Asked::default()).await) }
        });
        let warm = move || {
            if self.question.try_get_value().is_some() {
                warm.dispatch(());
            }
        };
        set_timeout(warm, PAGE_RESTS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_looked_for_here_in_small_texts_only() {
        let explain = AskedSide::Explain { method: "GET".to_owned(), path: "/api/".to_owned() };
        let seen = |bytes: usize| Seen::of(&format!("{{{}}}", " ".repeat(bytes)), CatalogInUse::built_in());
        let answers = |bytes, side: &AskedSide| {
            let asked = Asked { side: side.clone(), ..Asked::default() };
            here(Some(&seen(bytes)), None, &asked).is_some()
        };
        assert!(answers(10, &explain) && answers(10, &AskedSide::Lint));
        assert!(!answers(EDITS_HERE_BYTES, &explain) && answers(EDITS_HERE_BYTES, &AskedSide::Lint));
        assert!(!answers(OFF_THREAD_BYTES, &AskedSide::Lint));
        let guarded = Asked { guardrails: vec!["{}".to_owned()], ..Asked::default() };
        assert!(here(Some(&seen(EDITS_HERE_BYTES)), None, &guarded).is_none());
        assert_eq!(here(None, None, &Asked::default()), None);
    }
}
