//! What the service is set to, and the act on everybody's tokens.

use leptos::prelude::*;

use crate::components::{Button, ButtonKind, ButtonLook, Choice, Field, Notice, Select, TextInput, TextKind, Tone};
use crate::format;
use crate::pages::words::console;
use crate::state::ServiceForm;

#[component]
pub(super) fn ServiceSection() -> impl IntoView {
    let form = ServiceForm::new(console());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    let (error, can_be_saved) = (form.error(), form.can_be_saved());
    let has_error = Memo::new(move |_| error.with(|error| !error.is_empty()));
    view! {
        <section aria-labelledby="service">
            <div>
                <h2 id="service">"Service"</h2>
                <p class="why">"How tokens are made from now on. Those that are there stay as they are."</p>
            </div>
            <form class="body" id="service-form" on:submit=submit>
                <Makers form=form />
                <Lifetimes form=form />
                <Show when=move || has_error.get()>
                    <Notice tone=Tone::Bad heading="Nothing was changed:" text=error />
                </Show>
                <Button kind=ButtonKind::Submit disabled=Signal::derive(move || !can_be_saved.get())>
                    "Save"
                </Button>
            </form>
        </section>
    }
}

#[component]
fn Makers(
    /// The form's state.
    form: ServiceForm,
) -> impl IntoView {
    let choices = Signal::derive(move || {
        form.generators().0.into_iter().map(|id| Choice::new(id.clone(), id)).collect::<Vec<_>>()
    });
    let help = Signal::derive(move || match form.generators().1 {
        deprecated if deprecated.is_empty() => String::new(),
        deprecated => {
            let names = format::list(deprecated.iter().map(String::as_str));
            format!("Deprecated: {names}. Tokens of that format log in, and none is made any more.")
        }
    });
    view! {
        <Field id="generator" label="Generator of new tokens" help=help>
            <Select
                id="generator"
                choices=choices
                value=form.generator
                on_change=move |id: String| form.generator.set(id)
            />
        </Field>
        <Field
            id="token-type"
            label="Token type"
            help="What the text of a token starts with. Review Board uses rbp; leak scanners look for that."
        >
            <TextInput
                id="token-type"
                kind=TextKind::Code
                value=form.token_type
                on_input=move |text: String| form.token_type.set(text)
            />
        </Field>
    }
}

#[component]
fn Lifetimes(
    /// The form's state.
    form: ServiceForm,
) -> impl IntoView {
    let days = |id: &'static str, label: &'static str, help: &'static str, field: RwSignal<String>| {
        view! {
            <Field id=id label=label help=help>
                <TextInput id=id kind=TextKind::Number value=field on_input=move |days: String| field.set(days) />
            </Field>
        }
    };
    view! {
        {days("default-days", "Default lifetime, in days", "What the form for a new token begins with.", form.default_days)}
        {days("longest-days", "Longest lifetime, in days", "A later end is refused. Never asks for a reason.", form.longest_days)}
        {days("client-days", "Lifetime of a client’s token, in days", "0 is for ever, as on the server.", form.client_days)}
    }
}

/// The act on everybody's tokens, which stands apart from all others.
#[component]
pub(super) fn EverybodySection() -> impl IntoView {
    let console = console();
    let reach = move || {
        let reach = console.everybody();
        let users = format::plural(reach.users as u64, "user", "users");
        format!("{} of {users}", format::plural(reach.tokens as u64, "valid token", "valid tokens"))
    };
    view! {
        <section aria-labelledby="everybody">
            <div>
                <h2 id="everybody">"Everybody’s tokens"</h2>
                <p class="why">"For the day on which nobody can say which of them leaked."</p>
            </div>
            <div class="body">
                <p>{reach}</p>
                <Button
                    look=ButtonLook::Danger
                    disabled=console.is_invalidating()
                    on_click=move |()| console.asks_everybody().set(true)
                >
                    "Invalidate every token…"
                </Button>
            </div>
        </section>
    }
}
