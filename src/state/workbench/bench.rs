//! The text, what is asked about it, and what is told.

use std::sync::Arc;

use leptos::prelude::*;
use tollgate_browser::analysis::{
    Asked, AskedSide, BrokenLook, EditLook, Look, PlaceLook, SideLook, SmallestLook, TestCase,
};
use tollgate_browser::{OFF_THREAD_BYTES, PolicyDraft, Preference as _};
use tollgate_tokens::Workspace;

use super::asking::{Seen, here};
use super::catalog::BenchCatalog;
use super::choices::Choices;
use super::edits::edited;
use super::guarded::guardrails;
use super::history::History;
use super::live::live;
use super::opened::{Opened, other_text};
use super::place::{Side, WorkbenchPlace};
use super::scoring::Scores;
use super::test_list::{Keeps, TestList, request_of};
use super::words::tab_count;
use crate::state::Console;
use crate::state::console::After;
use crate::state::editor::laid_out;
use crate::state::findings::Findings;
use crate::state::library::Foreign;

/// The workbench on one text. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct Workbench {
    pub(super) after: After,
    pub(super) text: RwSignal<String>,
    pub(super) findings: RwSignal<Findings>,
    /// The text as it was checked here; none while it is too large for that.
    pub(super) seen: RwSignal<Option<Seen>>,
    pub(super) asked: Memo<Asked>,
    pub(super) against: Memo<Option<Arc<str>>>,
    /// What was worked out here; none where the worker is asked.
    pub(super) here: Memo<Option<Look>>,
    /// What the worker told; none until it did.
    pub(super) away: RwSignal<Option<Look>>,
    /// Counts the questions, so that only the newest is answered.
    pub(super) question: StoredValue<u64>,
    /// Whether the worker is asked just now.
    pub(super) is_asking: StoredValue<bool>,
    /// The side on show.
    side: Memo<Option<SideLook>>,
    look: Memo<Option<Look>>,
    /// What the text changes, told at once.
    live: Memo<String>,
    pub(super) place: RwSignal<WorkbenchPlace>,
    /// The text that it was opened with, or that was saved since.
    pub(super) opened: RwSignal<Arc<str>>,
    /// The text from elsewhere that it was opened with, if it was.
    pub(super) foreign: StoredValue<Option<Arc<Foreign>>>,
    history: RwSignal<History>,
    /// A token's text is only looked at: the user's own draft stays what it was.
    pub(super) keeps: Keeps,
    about: StoredValue<String>,
    /// The catalog that the text is looked at with.
    pub catalog: BenchCatalog,
    /// What the user chose to look at.
    pub choices: Choices,
    /// The tests beside the text.
    pub tests: TestList,
    /// How good they are.
    pub scores: Scores,
}

impl Workbench {
    /// The workbench at a place: on the draft that was kept, on the policy of a token, or on one of the library.
    #[must_use]
    pub fn new(console: Console, place: WorkbenchPlace) -> Self {
        let after = console.after();
        let is_elsewhere = place.policy.is_some() || place.token.is_some();
        let foreign = console.incoming.shown().get_untracked().filter(|_| !is_elsewhere);
        let begin = |workspace: &Workspace| Opened::new(workspace, &place, foreign.as_deref());
        let Opened { text: first, tests, catalog, keeps, about } = console.workspace().with_untracked(begin);
        let opened = RwSignal::new(Arc::<str>::from(first.as_str()));
        let (text, place, seen) = (RwSignal::new(String::new()), RwSignal::new(place), RwSignal::new(None::<Seen>));
        let (choices, catalog) = (Choices::new(), BenchCatalog::new(console.workspace(), place, keeps, catalog));
        let tests = TestList::new(keeps, tests, catalog.in_use());
        let asked = choices.asked(place, tests, guardrails(console, place, catalog.in_use()));
        let against = against(console, place, choices, opened);
        let (here, away) = (answered_here(seen, against, asked), RwSignal::new(None::<Look>));
        let look = Memo::new(move |_| here.get().or_else(|| away.get()));
        let bench = Self {
            after,
            text,
            findings: RwSignal::new(Findings::default()),
            seen,
            asked,
            against,
            here,
            away,
            question: StoredValue::new(0),
            is_asking: StoredValue::new(false),
            side: side_on_show(look, asked),
            look,
            live: live(text, against, place),
            place,
            opened,
            foreign: StoredValue::new(foreign),
            history: RwSignal::new(History::default()),
            keeps,
            about: StoredValue::new(about),
            catalog,
            choices,
            tests,
            scores: Scores::new(after, text, tests.cases(), catalog.in_use()),
        };
        bench.set_text(first);
        bench.watch_foreign(console.incoming);
        bench.watch_left(console.incoming);
        on_cleanup(move || console.incoming.forget_secrets());
        bench.watch_catalog();
        bench.watch_questions();
        bench.watch_score();
        bench.start_worker_early();
        bench
    }

    /// What is looked at, as a line beside the title.
    #[must_use]
    pub fn about(self) -> String {
        self.about.get_value()
    }

    /// The text.
    #[must_use]
    pub fn text(self) -> Signal<String> {
        self.text.into()
    }

    /// Takes over what was typed: small texts are checked at once, large ones off the main thread.
    pub fn set_text(self, text: String) {
        if text.len() <= OFF_THREAD_BYTES {
            let seen = Seen::of(&text, self.catalog.in_use().get_untracked());
            self.findings.set(seen.findings());
            // A draft that is too long, or holds a token, is not kept; the text stays on the page.
            if self.keeps == Keeps::Draft
                && let Ok(draft) = PolicyDraft::new(text.clone())
            {
                drop(draft.store());
            }
            self.seen.set(Some(seen));
        } else {
            self.findings.set(Findings { is_pending: true, ..Findings::default() });
            self.seen.set(None);
        }
        self.text.set(text);
    }

    /// Puts another text in the place of this one, by an act that can be undone. Whatever changes the text but typing
    /// comes through here; `act` says what was done: `the smallest form`.
    pub fn set_text_by(self, act: &str, text: String) {
        let before = self.text.get_untracked();
        if before == text {
            self.after.notices.done("The text is as it was", None);
            return;
        }
        self.history.update(|history| history.record(act.to_owned(), before, text.clone()));
        self.set_text(text);
        self.after.notices.done(format!("Done: {act}. Undo takes it back"), None);
    }

    /// Makes edits that were found for this text, and says where the first of them stands; none if they do not fit it.
    pub fn apply(self, act: &str, edits: &[EditLook]) -> Option<PlaceLook> {
        let (text, at) = self.text.with_untracked(|text| edited(text, edits))?;
        self.set_text_by(act, text);
        Some(at)
    }

    /// What would be undone next, in words; empty where there is nothing to undo.
    #[must_use]
    pub fn undoes(self) -> Signal<String> {
        Signal::derive(move || {
            let next = self.history.with(|history| self.text.with(|text| history.next(text).map(str::to_owned)));
            next.unwrap_or_default()
        })
    }

    /// Undoes the last act, or what was typed since.
    pub fn undo(self) {
        let text = self.text.get_untracked();
        let undone = self.history.try_update(|history| history.undo(&text)).flatten();
        if let Some(undone) = undone {
            self.set_text(undone.text);
            self.after.notices.done(format!("Undone: {}", undone.words), None);
        }
    }

    /// Whether the text can be laid out evenly.
    #[must_use]
    pub fn can_be_laid_out(self) -> Signal<bool> {
        Signal::derive(move || {
            self.findings.with(Findings::is_json) && self.text.with(|text| text.len() <= OFF_THREAD_BYTES)
        })
    }

    /// Lays the text out evenly; nothing but its white space changes.
    pub fn lay_out(self) {
        if let Some(text) = self.text.with_untracked(|text| laid_out(text)) {
            self.set_text_by("the text is laid out", text);
        }
    }

    /// What a check of the text gave.
    #[must_use]
    pub fn findings(self) -> Signal<Findings> {
        self.findings.into()
    }

    /// What is told of the open side; none before it was worked out.
    #[must_use]
    pub fn side(self) -> Memo<Option<SideLook>> {
        self.side
    }

    /// The guardrails that the text breaks; those of the last answer, while the worker is at it.
    #[must_use]
    pub fn broken(self) -> Memo<Vec<BrokenLook>> {
        let look = self.look;
        Memo::new(move |last: Option<&Vec<BrokenLook>>| {
            let told = look.with(|look| look.as_ref().map(|look| look.broken.clone()));
            told.or_else(|| last.cloned()).unwrap_or_default()
        })
    }

    /// What the text changes against the one that it is compared with, in a few words that never lag behind; empty where
    /// that takes longer.
    #[must_use]
    pub fn live(self) -> Memo<String> {
        self.live
    }

    /// Whether the worker is at it, so that what is on show may be of an earlier text or question.
    #[must_use]
    pub fn is_working(self) -> Signal<bool> {
        let look = self.look;
        Signal::derive(move || look.with(Option::is_none))
    }

    /// The smallest form, while that is asked for and known.
    #[must_use]
    pub fn smallest(self) -> Memo<Option<SmallestLook>> {
        let look = self.look;
        Memo::new(move |_| {
            look.with(|look| match look.as_ref().map(|look| &look.side) {
                Some(SideLook::Smallest(smallest)) => Some(smallest.clone()),
                _ => None,
            })
        })
    }

    /// What stands behind the word of a tab; empty for nothing.
    #[must_use]
    pub fn count(self, side: Side) -> Signal<String> {
        Signal::derive(move || {
            let counts = self.look.with(|look| look.as_ref().map(|look| look.counts));
            tab_count(side, counts.unwrap_or_default(), self.tests.count())
        })
    }

    /// Where the workbench is.
    #[must_use]
    pub fn place(self) -> Signal<WorkbenchPlace> {
        self.place.into()
    }

    /// Goes elsewhere on the workbench.
    pub fn go(self, place: WorkbenchPlace) {
        self.place.set(place);
    }

    /// Follows the URL where something else changed it, such as the way back.
    pub fn follow(self, url: Memo<WorkbenchPlace>) {
        Effect::new(move |_| {
            let place = url.get();
            if self.place.with_untracked(|here| here.url() != place.url()) {
                self.place.set(place);
            }
        });
    }

    /// The request of a test as it is shown: its method and a path.
    #[must_use]
    pub fn request_of(self, case: &TestCase) -> String {
        self.catalog.in_use().with_untracked(|catalog| request_of(case, catalog.catalog()))
    }

    /// Makes a test of a request.
    pub fn expect(self, case: TestCase) {
        let words = if case.is_allowed { "is allowed" } else { "is blocked" };
        self.after.notices.done(format!("Tested from now on: {} {words}", self.request_of(&case)), None);
        self.tests.add(case);
    }
}

fn against(
    console: Console,
    place: RwSignal<WorkbenchPlace>,
    choices: Choices,
    opened: RwSignal<Arc<str>>,
) -> Memo<Option<Arc<str>>> {
    let against = Memo::new(move |_| place.with(|place| (place.policy, place.against.clone())));
    Memo::new(move |_| {
        let ((policy, against), opened, pasted) = (against.get(), opened.get(), choices.pasted.get());
        let place = WorkbenchPlace { policy, against, ..WorkbenchPlace::default() };
        console.workspace().with(|workspace| other_text(&place, &opened, &pasted, workspace))
    })
}

fn answered_here(
    seen: RwSignal<Option<Seen>>,
    against: Memo<Option<Arc<str>>>,
    asked: Memo<Asked>,
) -> Memo<Option<Look>> {
    Memo::new(move |_| {
        let (asked, against) = (asked.get(), against.get());
        seen.with(|seen| here(seen.as_ref(), against.as_deref(), &asked))
    })
}

/// What was told last stays on show while the worker works out the same side anew, so that nothing that is pressed or
/// typed in goes away meanwhile; so it does while the smallest form is asked for over it.
fn side_on_show(look: Memo<Option<Look>>, asked: Memo<Asked>) -> Memo<Option<SideLook>> {
    Memo::new(move |last: Option<&Option<SideLook>>| {
        let told = look.with(|look| look.as_ref().map(|look| look.side.clone()));
        match told {
            Some(SideLook::Smallest(_)) => last.cloned().flatten(),
            Some(side) => Some(side),
            None => last.cloned().flatten().filter(|side| asked.with(|asked| is_about(side, &asked.side))),
        }
    })
}

fn is_about(told: &SideLook, asked: &AskedSide) -> bool {
    match asked {
        AskedSide::Nothing => *told == SideLook::Nothing,
        AskedSide::Meaning { .. } => matches!(told, SideLook::Meaning(_)),
        AskedSide::Explain { .. } => matches!(told, SideLook::Explain(_)),
        AskedSide::Compare => matches!(told, SideLook::Compare(_)),
        AskedSide::Lint => matches!(told, SideLook::Lint(_)),
        AskedSide::Tests => matches!(told, SideLook::Tests(_)),
        // Whatever lies under the dialog.
        AskedSide::Smallest => true,
        // Asked by the dialog that saves, which shows the answer itself.
        AskedSide::Saving => false,
    }
}
