//! The dialog: which tokens get which policy, and the question whether they shall.

use leptos::prelude::*;

use super::question::Question;
use super::told::{Refused, Told};
use crate::components::{ButtonLook, ConfirmDialog, Confirmation, StopList};
use crate::format;
use crate::pages::guardrail_stop::{overriding, stop_items};
use crate::state::library::{AssignForm, AssignView};
use crate::state::word_for;

const TO_TOKENS: &str = "They hold this version until they are given something else: a newer version changes nothing \
                         for them by itself. This can be undone, as a whole.";

const TO_SELECTED: &str = "They all get the same one, and hold it until they are given something else; notes and \
                           expiries stay as they are. This can be undone, as a whole.";

/// What the dialog asks for; the other is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Asks {
    /// Which tokens.
    Tokens,
    /// Which policy.
    Policy,
}

#[component]
pub(in crate::pages) fn AssignDialog(
    /// Id, unique in the page.
    id: &'static str,
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The form's state.
    form: AssignForm,
    /// What it asks for.
    asks: Asks,
    /// Runs once it is done.
    #[prop(optional, into)]
    on_done: Option<Callback<()>>,
) -> impl IntoView {
    let close = move || {
        open.set(false);
        form.reset();
    };
    let done = Callback::new(move |()| {
        close();
        if let Some(on_done) = on_done {
            on_done.run(());
        }
    });
    let view = Memo::new(move |_| if open.get() { form.view() } else { Err(String::new()) });
    let says = Signal::derive(move || view.with(|view| confirmation(asks, view, form.chosen())));
    let stops = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.stops.clone()).unwrap_or_default()));
    let is_stopped = Memo::new(move |_| stops.with(|stops| !stops.is_empty()));
    let stop_list = move || is_stopped.get().then(|| view! { <StopList stops=stop_items(stops.into()) /> });
    let inside = move || {
        open.get().then(|| {
            view! {
                <Question id=id form=form asks=asks />
                <Told view=view />
                {stop_list}
                <Refused form=form />
            }
        })
    };
    let look = move || if is_stopped.get() { ButtonLook::Danger } else { ButtonLook::Primary };
    view! {
        <ConfirmDialog
            id=id
            open=open
            says=says
            look=Signal::derive(look)
            locked=Signal::derive(move || open.get() && form.is_locked())
            on_confirm=move |reason: String| form.assign(reason, done)
            on_close=move |()| close()
        >
            {inside}
        </ConfirmDialog>
    }
}

fn confirmation(asks: Asks, view: &Result<AssignView, String>, chosen: usize) -> Confirmation {
    let changed = view.as_ref().map_or(chosen, |view| view.changed);
    let is_stopped = view.as_ref().is_ok_and(|view| !view.stops.is_empty());
    let tokens = |count: usize| format::plural(count as u64, "token", "tokens");
    let (title, text, act) = match (asks, changed) {
        (Asks::Tokens, 0) => ("Assign to tokens".to_owned(), TO_TOKENS, "Assign".to_owned()),
        (Asks::Tokens, _) => ("Assign to tokens".to_owned(), TO_TOKENS, format!("Assign to {}", tokens(changed))),
        (Asks::Policy, _) => {
            (format!("Change the policy of {}?", tokens(chosen)), TO_SELECTED, format!("Change {}", tokens(changed)))
        }
    };
    let says = Confirmation { title, text: text.to_owned(), act, word: word_for(changed), ..Confirmation::default() };
    if is_stopped { overriding(says) } else { says }
}
