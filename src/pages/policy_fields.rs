//! The fields that ask what a new token may do.

use leptos::prelude::*;

use super::policy_text::PolicyText;
use crate::components::{EditorCaret, Field, FieldGroup, Pick, PickList, TextInput, TextKind};
use crate::state::{PolicyChoice, PolicyForm};

#[component]
pub(super) fn PolicyFields(
    /// The form's state.
    form: PolicyForm,
) -> impl IntoView {
    let picks = Signal::derive(move || {
        let mut counts = form.choice_counts().into_iter();
        let pick = |(choice, title, lead): (PolicyChoice, &str, &str)| Pick {
            value: choice.key().to_owned(),
            title: title.to_owned(),
            lead: lead.to_owned(),
            count: counts.next().flatten().map(|(allowed, total)| format!("{allowed} of {total}")).unwrap_or_default(),
        };
        PolicyChoice::ALL.into_iter().map(pick).collect::<Vec<_>>()
    });
    let choose = move |key: String| {
        if let Some((choice, _, _)) = PolicyChoice::ALL.iter().find(|(choice, _, _)| choice.key() == key) {
            form.choice.set(*choice);
        }
    };
    let is = move |choice: PolicyChoice| Memo::new(move |_| form.choice.get() == choice);
    let (is_repository, is_custom) = (is(PolicyChoice::OneRepository), is(PolicyChoice::Custom));
    view! {
        <FieldGroup
            id="policy"
            legend="What it may do"
            help="Counts are operations: resource and method, out of those a token can reach on Review Board 8.1."
        >
            <PickList name="policy" picks=picks value=Signal::derive(move || form.choice.get().key().to_owned()) on_change=choose />
            <Show when=move || is_repository.get()>
                <Field id="repository" label="Repository id">
                    <TextInput
                        id="repository"
                        kind=TextKind::Code
                        value=form.repository
                        on_input=move |id: String| form.repository.set(id)
                    />
                </Field>
            </Show>
            <Show when=move || is_custom.get()>
                <PolicyText
                    id="custom-policy"
                    text=form.custom
                    on_input=move |text: String| form.custom.set(text)
                    findings=form.custom_findings()
                    caret=EditorCaret::new()
                />
            </Show>
        </FieldGroup>
    }
}
