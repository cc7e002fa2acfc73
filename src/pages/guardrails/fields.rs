//! The form for another guardrail, with what it says and finds while it is filled.

use leptos::prelude::*;

use super::demand::Demand;
use super::list::breaking_token;
use crate::components::{Button, ButtonKind, ButtonLook, Choice, Field, IconName, Notice, Select, TextInput, Tone};
use crate::pages::words::{console, sentence};
use crate::state::{GuardrailForm, Guardrails};

#[component]
pub(super) fn Fields(
    /// The page's state.
    guardrails: Guardrails,
) -> impl IntoView {
    let form = guardrails.form;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        guardrails.put_up();
    };
    let error = guardrails.error();
    let has_error = Memo::new(move |_| error.with(|error| !error.is_empty()));
    view! {
        <section class="box" aria-labelledby="new-guardrail">
            <div class="box-h">
                <h2 id="new-guardrail">"Another guardrail"</h2>
            </div>
            <form class="box-b stack4" on:submit=submit>
                <Whose form=form />
                <Demand form=form />
                <Words form=form />
                <Draft form=form />
                <Show when=move || has_error.get()>
                    <Notice tone=Tone::Bad heading="The guardrails are as they were." text=error />
                </Show>
                <Button kind=ButtonKind::Submit look=ButtonLook::Primary icon=IconName::Plus disabled=guardrails.is_pending()>
                    "Put it up"
                </Button>
            </form>
        </section>
    }
}

/// Whose tokens it is about.
#[component]
fn Whose(
    /// The form's state.
    form: GuardrailForm,
) -> impl IntoView {
    let console = console();
    let sites = Signal::derive(move || {
        let sites = console.sites().into_iter().map(|site| Choice::new(site.as_str(), site.as_str()));
        std::iter::once(Choice::new("", "All tokens")).chain(sites).collect::<Vec<_>>()
    });
    let users = Signal::derive(move || {
        let users = console.active_users().into_iter().map(|user| Choice::new(user.as_str(), user.as_str()));
        std::iter::once(Choice::new("", "Anybody")).chain(users).collect::<Vec<_>>()
    });
    view! {
        <div class="two">
            <Field id="guarded-site" label="Local Site" help="A global token is bound to none.">
                <Select id="guarded-site" choices=sites value=form.site on_change=move |site: String| form.site.set(site) />
            </Field>
            <Field id="guarded-user" label="Owner">
                <Select id="guarded-user" choices=users value=form.user on_change=move |user: String| form.user.set(user) />
            </Field>
        </div>
    }
}

/// What it is called, and why it is there.
#[component]
fn Words(
    /// The form's state.
    form: GuardrailForm,
) -> impl IntoView {
    view! {
        <Field id="guardrail-name" label="Name" help="Left empty, it is called by what it says.">
            <TextInput
                id="guardrail-name"
                value=form.name
                placeholder=Signal::derive(move || form.usual_name())
                on_input=move |name: String| form.name.set(name)
            />
        </Field>
        <Field id="guardrail-note" label="Why it is there">
            <TextInput id="guardrail-note" value=form.note on_input=move |note: String| form.note.set(note) />
        </Field>
    }
}

/// What it says, and who would break it now.
#[component]
fn Draft(
    /// The form's state.
    form: GuardrailForm,
) -> impl IntoView {
    let says = move || form.sentence().map_or_else(|why| sentence(&why), |says| sentence(&says));
    let standing = Memo::new(move |_| form.standing());
    let counts = move || standing.with(|standing| standing.as_ref().map(|standing| standing.says()));
    let example = move || standing.get().and_then(|standing| standing.example).map(breaking_token);
    view! {
        <div class="stack">
            <p class="says lead" role="status">
                {says}
            </p>
            <p class="t2" role="status" aria-label="What it would find">
                {counts}
                {example}
            </p>
        </div>
    }
}
