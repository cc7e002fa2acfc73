//! What is asked: whose client it is, what it calls itself, and what a new token would be.

use leptos::prelude::*;

use crate::components::{Checkbox, Choice, DateInput, Field, FieldGroup, Segmented, TextInput, TextKind};
use crate::pages::owner_fields::OwnerFields;
use crate::pages::policy_fields::PolicyFields;
use crate::state::ClientFields;

#[component]
pub(super) fn Fields(
    /// The fields' state.
    fields: ClientFields,
) -> impl IntoView {
    view! {
        <OwnerFields owner=fields.owner site=fields.site />
        <Field
            id="client"
            label="Client name"
            help="What the client calls itself. It finds its token again by exactly this text."
        >
            <TextInput
                id="client"
                value=fields.client
                on_input=move |name: String| fields.client.set(name)
                placeholder="RBTools"
            />
        </Field>
        <Field
            id="min-validity"
            label="Still valid for, in seconds"
            help="A token that ends sooner is passed over. Review Board asks for 300."
        >
            <TextInput
                id="min-validity"
                kind=TextKind::Number
                value=fields.min_validity_secs
                on_input=move |seconds: String| fields.min_validity_secs.set(seconds)
            />
        </Field>
        <Checkbox checked=fields.ignore_deprecated on_change=move |on: bool| fields.ignore_deprecated.set(on)>
            "Pass over tokens of an old format"
        </Checkbox>
        <div class="stack">
            <h2>"If a new token is made"</h2>
            <p class="t2">"One that is there keeps its own expiry and policy."</p>
        </div>
        <Lifetime fields=fields />
        <PolicyFields form=fields.policy />
    }
}

#[component]
fn Lifetime(
    /// The fields' state.
    fields: ClientFields,
) -> impl IntoView {
    let choices = ClientFields::LIFETIMES.map(|(name, words)| Choice::new(name, words)).to_vec();
    let is_date = Memo::new(move |_| fields.lifetime() == "date");
    view! {
        <FieldGroup
            id="lifetime"
            legend="It expires"
            help="“Never” asks for no reason: the note is the one that Review Board writes, and has no place for it."
        >
            <div class="row wrap">
                <Segmented
                    name="lifetime"
                    legend="It expires"
                    choices=choices
                    value=Signal::derive(move || fields.lifetime().to_owned())
                    on_change=move |name: String| fields.choose_lifetime(&name)
                />
                <span class="t2">{move || fields.lifetime_words()}</span>
            </div>
            <Show when=move || is_date.get()>
                <Field id="last-day" label="Last day, in UTC">
                    <DateInput
                        id="last-day"
                        value=Signal::derive(move || fields.last_day())
                        on_change=move |date: String| fields.set_last_day(date)
                    />
                </Field>
            </Show>
        </FieldGroup>
    }
}
