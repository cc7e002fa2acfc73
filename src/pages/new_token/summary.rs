//! What the token will mean, before it is made.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::components::{Button, ButtonKind, ButtonLook, DialogActions, Matrix, MatrixLegend, Notice, Tone};
use crate::pages::guardrail_stop::GuardrailStop;
use crate::pages::words::{matrix_rows, may};
use crate::state::NewTokenForm;

/// What the token will mean, before it is made.
#[component]
pub(super) fn Summary(
    /// The form's state.
    form: NewTokenForm,
) -> impl IntoView {
    let meaning = form.policy.meaning();
    let rows = Signal::derive(move || {
        meaning.with(|meaning| meaning.as_ref().map(|meaning| matrix_rows(&meaning.lines)).unwrap_or_default())
    });
    let navigate = use_navigate();
    let about = move || {
        let site = form.site.get();
        let place = if site.is_empty() { "every site".to_owned() } else { site };
        format!(
            "As {} on {place}. Made here, on this device: a server learns of it when you connect one.",
            form.owner.get()
        )
    };
    let has_error = Memo::new(move |_| form.error().with(|error| !error.is_empty()));
    view! {
        <section class="side summary" aria-labelledby="meaning">
            <div class="stack">
                <h2 id="meaning">"What this token may do"</h2>
                <p class="says lead">{move || meaning.with(|meaning| may(meaning.as_ref()))}</p>
            </div>
            <div class="stack">
                <Matrix caption="What the token may do, by resource and method" rows=rows />
                <MatrixLegend />
            </div>
            <GuardrailStop
                id="new-override"
                past=form.past
                act="Override and create"
                pending=form.is_pending()
                on_override=move |()| form.create()
            />
            <Show when=move || has_error.get()>
                <Notice tone=Tone::Bad heading="No token was made." text=form.error() />
            </Show>
            <div class="stack">
                <p class="t2">{about}</p>
                <DialogActions>
                    <Button look=ButtonLook::Primary kind=ButtonKind::Act disabled=form.is_locked() on_click=move |()| form.create()>
                        "Create token"
                    </Button>
                    <Button on_click=move |()| navigate("/tokens", Default::default())>"Cancel"</Button>
                </DialogActions>
            </div>
        </section>
    }
}
