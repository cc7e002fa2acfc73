//! The page of guardrails: those that are up with who breaks them, and putting them up and taking them down.

use leptos::prelude::*;
use tollgate_tokens::library::{LibraryError, NewGuardrail};
use tollgate_tokens::{GuardrailRecord, GuardrailUid, Operation};

use super::Console;
use super::console::After;
use super::guardrail_form::{GuardrailForm, example};
use super::guardrail_standing::GuardrailStanding;
use super::refusal::refused;
use super::task::task;

/// A guardrail that is up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardrailRow {
    /// The guardrail.
    pub uid: GuardrailUid,
    /// What it is called.
    pub name: String,
    /// What it demands, as a lower-case fragment.
    pub demand: String,
    /// Why it is there; may be empty.
    pub note: String,
    /// How the tokens that it covers stand to it.
    pub standing: GuardrailStanding,
}

#[derive(Clone)]
enum GuardrailAct {
    PutUp(NewGuardrail, Origin),
    TakeDown(GuardrailUid),
}

/// Where a guardrail that is put up comes from: only its own words go from the form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Form,
    Offer,
}

/// The page of guardrails.
#[derive(Clone, Copy)]
pub struct Guardrails {
    /// The form for another one.
    pub form: GuardrailForm,
    rows: Memo<Vec<GuardrailRow>>,
    taken_down: RwSignal<Option<NewGuardrail>>,
    error: RwSignal<String>,
    act: Action<GuardrailAct, ()>,
}

/// What an act on guardrails moves.
#[derive(Clone, Copy)]
struct Moved {
    form: GuardrailForm,
    taken_down: RwSignal<Option<NewGuardrail>>,
    error: RwSignal<String>,
}

impl Guardrails {
    /// The state of the page.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        let form = GuardrailForm::new(console);
        let (taken_down, error) = (RwSignal::new(None), RwSignal::new(String::new()));
        let moved = Moved { form, taken_down, error };
        Self {
            form,
            rows: Memo::new(move |_| rows(console)),
            taken_down,
            error,
            act: task(move |act: &GuardrailAct| perform(after, moved, act.clone())),
        }
    }

    /// The guardrails that are up, by name.
    #[must_use]
    pub fn rows(self) -> Memo<Vec<GuardrailRow>> {
        self.rows
    }

    /// The sentence of the guardrail that an empty list offers.
    #[must_use]
    pub fn example() -> String {
        example().map(|example| example.guardrail.sentence()).unwrap_or_default()
    }

    /// Why the last act was refused; empty when it was not.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.error.into()
    }

    /// Whether an act is on its way to the store.
    #[must_use]
    pub fn is_pending(self) -> Signal<bool> {
        self.act.pending().into()
    }

    /// Puts up what the form says.
    pub fn put_up(self) {
        match self.form.draft() {
            Ok(call) => self.dispatch(GuardrailAct::PutUp(call, Origin::Form)),
            Err(why) => self.error.set(format!("Nothing was put up: {why}")),
        }
    }

    /// Puts up the example of an empty list.
    pub fn put_up_example(self) {
        if let Some(call) = example() {
            self.dispatch(GuardrailAct::PutUp(call, Origin::Offer));
        }
    }

    /// Takes a guardrail down.
    pub fn take_down(self, uid: GuardrailUid) {
        self.dispatch(GuardrailAct::TakeDown(uid));
    }

    /// The sentence of the guardrail that was taken down last, as long as it is not up again.
    #[must_use]
    pub fn taken_down(self) -> Option<String> {
        self.taken_down.with(|taken| taken.as_ref().map(|taken| taken.guardrail.sentence()))
    }

    /// Puts up again what was taken down last.
    pub fn put_up_again(self) {
        if let Some(call) = self.taken_down.get_untracked() {
            self.dispatch(GuardrailAct::PutUp(call, Origin::Offer));
        }
    }

    fn dispatch(self, act: GuardrailAct) {
        self.error.set(String::new());
        self.act.dispatch(act);
    }
}

fn rows(console: Console) -> Vec<GuardrailRow> {
    let now = console.now().get();
    console.workspace().with(|workspace| {
        let row = |record: &GuardrailRecord| GuardrailRow {
            uid: record.uid,
            name: record.guardrail.name().to_owned(),
            demand: record.guardrail.sentence(),
            note: record.note.clone(),
            standing: GuardrailStanding::of(workspace, record, now),
        };
        let mut rows: Vec<GuardrailRow> = workspace.library().guardrails().map(|record| row(record.as_ref())).collect();
        rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.uid));
        rows
    })
}

async fn perform(after: After, moved: Moved, act: GuardrailAct) {
    match act {
        GuardrailAct::PutUp(call, origin) => put_up(after, moved, call, origin).await,
        GuardrailAct::TakeDown(uid) => take_down(after, moved, uid).await,
    }
}

async fn put_up(after: After, moved: Moved, call: NewGuardrail, origin: Origin) {
    let services = after.services();
    let outcome = services.manager.add_guardrail(call.clone()).await;
    if told(after, moved, outcome, "Nothing was put up").is_some() {
        after.notices.done("The guardrail is up", None);
        if origin == Origin::Form {
            moved.form.clear_words();
        }
        // What was taken down is offered no longer once it is up again.
        moved.taken_down.try_update(|taken| {
            if taken.as_ref() == Some(&call) {
                *taken = None;
            }
        });
    }
}

async fn take_down(after: After, moved: Moved, uid: GuardrailUid) {
    let services = after.services();
    let known = after.workspace.with_untracked(|workspace| {
        let record = workspace.library().guardrail(uid);
        record.map(|record| NewGuardrail { guardrail: record.guardrail.clone(), note: record.note.clone() })
    });
    let outcome = services.manager.remove_guardrail(uid).await;
    if told(after, moved, outcome, "Nothing was taken down").is_some() {
        after.notices.done("The guardrail is taken down", None);
        moved.taken_down.try_set(known);
    }
}

/// The answer of an act; nothing where it was refused, which the page then says.
fn told<T>(after: After, moved: Moved, outcome: Result<T, Operation<LibraryError>>, what: &str) -> Option<T> {
    match after.settle(outcome) {
        Some(Ok(answer)) => Some(answer),
        Some(Err(refusal)) => {
            moved.error.try_set(refused(what, &refusal));
            None
        }
        None => {
            moved.error.try_set(format!("{what}: the change was not saved."));
            None
        }
    }
}
