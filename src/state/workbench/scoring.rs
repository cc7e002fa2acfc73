//! The score of the tests: worked out in the worker, some mistakes at a time, so that it can be watched and stopped.

use std::time::Duration;

use leptos::prelude::*;
use tollgate_browser::analysis::{ScoreLook, TestCase};
use tollgate_browser::{WorkerError, next_turn};

use super::bench::Workbench;
use super::place::Side;
use crate::analysis::Desk;
use crate::state::catalog::CatalogInUse;
use crate::state::console::After;
use crate::state::task::task;

/// How long text and tests rest before the score is worked out anew.
const REST: Duration = Duration::from_millis(350);

/// How many mistakes the worker tries before it tells how far it got.
const STEP: u32 = 1_000;

/// How many are tried in one turn of the page where there is no worker.
const STEP_HERE: u32 = 40;

/// The score of the tests. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct Scores {
    counted: Counted,
    run: Action<u64, ()>,
}

/// What a run needs and tells.
#[derive(Clone, Copy)]
struct Counted {
    after: After,
    text: RwSignal<String>,
    tests: Signal<Vec<TestCase>>,
    catalog: Memo<CatalogInUse>,
    look: RwSignal<Option<ScoreLook>>,
    is_running: RwSignal<bool>,
    /// Counts the runs, so that only the newest goes on.
    number: StoredValue<u64>,
}

impl Scores {
    pub(super) fn new(
        after: After,
        text: RwSignal<String>,
        tests: Signal<Vec<TestCase>>,
        catalog: Memo<CatalogInUse>,
    ) -> Self {
        let counted = Counted {
            after,
            text,
            tests,
            catalog,
            look: RwSignal::new(None),
            is_running: RwSignal::new(false),
            number: StoredValue::new(0),
        };
        Self { counted, run: task(move |number: &u64| counted.work(*number)) }
    }

    /// The score, as far as it is worked out; none before that is begun.
    #[must_use]
    pub fn look(self) -> Signal<Option<ScoreLook>> {
        self.counted.look.into()
    }

    /// Whether it is being worked out.
    #[must_use]
    pub fn is_running(self) -> Signal<bool> {
        self.counted.is_running.into()
    }

    /// Stops where it is.
    pub fn stop(self) {
        self.counted.number.update_value(|number| *number += 1);
        self.counted.is_running.set(false);
    }

    /// Goes on where it stopped.
    pub fn go_on(self) {
        self.stop();
        self.counted.is_running.set(true);
        self.run.dispatch(self.counted.number.get_value());
    }

    /// Begins anew once text and tests rest.
    fn begin_soon(self) {
        self.stop();
        self.counted.look.set(None);
        let number = self.counted.number.get_value();
        let begin = move || {
            // The page may be gone by then, and its actions with it.
            if self.counted.number.try_get_value() == Some(number) {
                self.go_on();
            }
        };
        set_timeout(begin, REST);
    }
}

impl Counted {
    fn is_current(self, number: u64) -> bool {
        self.number.try_get_value() == Some(number)
    }

    async fn work(self, number: u64) {
        let services = self.after.services();
        let mut desk = None::<Desk>;
        while self.is_current(number) {
            let (Some(text), Some(tests)) = (self.text.try_get_untracked(), self.tests.try_get_untracked()) else {
                return;
            };
            let Some(catalog) = self.catalog.try_get_untracked() else { return };
            let look = match &mut desk {
                Some(desk) => {
                    next_turn().await;
                    desk.score(catalog.catalog(), &text, &tests, STEP_HERE)
                }
                None => match services.policy_worker.score(catalog.sent(), &text, tests, STEP).await {
                    Ok(look) => look,
                    // A question came in between and ended the worker; the next one begins anew.
                    Err(WorkerError::Canceled) => continue,
                    Err(_) => {
                        desk = Some(Desk::default());
                        continue;
                    }
                },
            };
            if !self.is_current(number) {
                return;
            }
            let is_done = look.is_done();
            self.look.try_set(Some(look));
            if is_done {
                self.is_running.try_set(false);
                return;
            }
        }
    }
}

impl Workbench {
    /// Works the score out while its side is open, anew whenever text or tests change.
    pub(super) fn watch_score(self) {
        let (cases, catalog) = (self.tests.cases(), self.catalog.in_use());
        let (place, findings) = (self.place(), self.findings);
        let is_open = Memo::new(move |_| {
            place.with(|place| place.side == Side::Tests)
                && findings.with(|findings| findings.is_accepted && !findings.is_pending)
        });
        Effect::new(move |_| {
            self.text.track();
            cases.track();
            catalog.track();
            if is_open.get() {
                self.scores.begin_soon();
            } else {
                self.scores.stop();
            }
        });
    }
}
