//! What the client would get, and why, before it gets it.

use leptos::prelude::*;

use crate::components::{Button, ButtonLook, DialogActions, Notice, Tone};
use crate::pages::guardrail_stop::GuardrailStop;
use crate::pages::words::{may, sentence};
use crate::state::{ClientPreview, ClientTokenForm, Foreseen, Passed, Planned};

/// What the client would get, and the button that does it.
#[component]
pub(super) fn Preview(
    /// The form's state.
    form: ClientTokenForm,
) -> impl IntoView {
    let preview = form.preview();
    let says = move || preview.with(says);
    let refusal = Signal::derive(move || preview.with(refusal));
    let has_refusal = Memo::new(move |_| refusal.with(|refusal| !refusal.is_empty()));
    let error = form.error();
    let has_error = Memo::new(move |_| error.with(|error| !error.is_empty()));
    let act = move || {
        preview
            .with(|preview| preview.foreseen().map_or_else(|| "Hand out".to_owned(), |foreseen| foreseen.act.clone()))
    };
    let reasons = move || preview.with(|preview| preview.foreseen().cloned()).map(|foreseen| reasons(form, foreseen));
    view! {
        <section class="side summary" aria-labelledby="foreseen">
            <div class="stack">
                <h2 id="foreseen">"What the client gets"</h2>
                <p class="says lead" role="status">
                    {says}
                </p>
            </div>
            {reasons}
            <Show when=move || has_refusal.get()>
                <Notice tone=Tone::Warn heading="What is asked would be refused." text=refusal />
            </Show>
            <GuardrailStop
                id="client-override"
                past=form.past
                act="Override and make the token"
                pending=form.is_pending()
                on_override=move |()| form.ask()
            />
            <Show when=move || has_error.get()>
                <Notice tone=Tone::Bad heading="Nothing was changed." text=error />
            </Show>
            <div class="stack">
                <p class="t2">"Done here, on this device: a server learns of it when you connect one."</p>
                <DialogActions>
                    <Button look=ButtonLook::Primary disabled=form.is_locked() on_click=move |()| form.ask()>
                        {act}
                    </Button>
                </DialogActions>
            </div>
        </section>
    }
}

fn says(preview: &ClientPreview) -> String {
    match preview {
        ClientPreview::Nameless => "Say what the client calls itself, to see which token it gets.".to_owned(),
        ClientPreview::Refused(_) => "Nothing, as it stands.".to_owned(),
        ClientPreview::Foreseen(foreseen) => foreseen.says.clone(),
    }
}

fn refusal(preview: &ClientPreview) -> String {
    match preview {
        ClientPreview::Refused(why) => sentence(why),
        ClientPreview::Nameless | ClientPreview::Foreseen(_) => String::new(),
    }
}

/// Why that token: what a new one would be, and what each of the others lacks.
fn reasons(form: ClientTokenForm, foreseen: Foreseen) -> impl IntoView {
    let Foreseen { planned, ties, passed_over, .. } = foreseen;
    let ties = (!ties.is_empty()).then(|| view! { <p class="t2">{ties}</p> });
    let planned = planned.map(|planned| planned_token(form, planned));
    let passed_over = (!passed_over.is_empty()).then(|| {
        view! {
            <div class="stack">
                <h3 id="passed-over">"Passed over"</h3>
                <ul class="passed" aria-labelledby="passed-over">
                    {passed_over.into_iter().map(passed).collect_view()}
                </ul>
            </div>
        }
    });
    view! {
        {ties}
        {planned}
        {passed_over}
    }
}

fn planned_token(form: ClientTokenForm, planned: Planned) -> impl IntoView {
    let meaning = form.fields.policy.meaning();
    view! {
        <dl class="kv">
            <dt>"Note"</dt>
            <dd>{planned.note}</dd>
            <dt>"Expires"</dt>
            <dd>{planned.expires}</dd>
            <dt>"May do"</dt>
            <dd>{move || meaning.with(|meaning| may(meaning.as_ref()))}</dd>
        </dl>
    }
}

fn passed(passed: Passed) -> impl IntoView {
    let href = format!("/tokens/{}", passed.uid);
    view! {
        <li>
            <p>
                <a href=href>{passed.name}</a>
                ": "
                {passed.why}
            </p>
            <p class="t3">{passed.note}</p>
        </li>
    }
}
