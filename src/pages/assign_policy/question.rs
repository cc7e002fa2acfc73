//! Which tokens, or which policy.

use leptos::prelude::*;

use super::dialog::Asks;
use crate::components::{Button, ButtonSize, Choice, Field, Select, TextInput, TextKind};
use crate::pages::policy_fields::PolicyFields;
use crate::state::library::AssignForm;

#[component]
pub(super) fn Question(
    /// Id of the dialog.
    id: &'static str,
    /// The form's state.
    form: AssignForm,
    /// What it asks for.
    asks: Asks,
) -> impl IntoView {
    match asks {
        Asks::Tokens => view! { <Tokens id=format!("{id}-filter") form=form /> }.into_any(),
        Asks::Policy => view! { <Policy id=format!("{id}-policy") form=form /> }.into_any(),
    }
}

#[component]
fn Tokens(
    /// Id of the field.
    id: String,
    /// The form's state.
    form: AssignForm,
) -> impl IntoView {
    view! {
        <Field
            id=id.clone()
            label="Tokens"
            help="A filter as in the list of tokens: words, user:ci-bot, state:live, site:acme, expires<30d."
        >
            <TextInput
                id=id
                kind=TextKind::Code
                value=form.filter
                on_input=move |filter: String| form.type_filter(filter)
            />
        </Field>
        <p>
            <Button size=ButtonSize::Small on_click=move |()| form.choose_users()>
                "Choose those that use it"
            </Button>
        </p>
    }
}

/// A policy of the library, if there is one, or a text of its own.
#[component]
fn Policy(
    /// Id of the field.
    id: String,
    /// The form's state.
    form: AssignForm,
) -> impl IntoView {
    let choices = Signal::derive(move || {
        let named = form.choices().into_iter().map(|(uid, name)| Choice::new(uid, name));
        std::iter::once(Choice::new("", "A preset, or a text of its own")).chain(named).collect::<Vec<_>>()
    });
    let has_library = Memo::new(move |_| choices.with(|choices| choices.len() > 1));
    let is_own = Memo::new(move |_| form.policy.with(String::is_empty));
    let library = move || {
        has_library.get().then(|| {
            let id = id.clone();
            view! {
                <Field id=id.clone() label="Policy">
                    <Select
                        id=id
                        choices=choices
                        value=form.policy
                        on_change=move |uid: String| form.policy.set(uid)
                    />
                </Field>
            }
        })
    };
    view! {
        {library}
        <Show when=move || is_own.get()>
            <PolicyFields form=form.written />
        </Show>
    }
}
