//! When the token expires, and what it may do.

use crate::pages::policies::{Problems, marks};
use leptos::prelude::*;

use crate::components::{
    Choice, DateInput, EditorPlace, Field, FieldGroup, Pick, PickList, PolicyEditor, Segmented, TextInput, TextKind,
};
use crate::state::{Expiry, NewTokenForm, PolicyChoice};

#[component]
pub(super) fn ExpiryFields(
    /// The form's state.
    form: NewTokenForm,
) -> impl IntoView {
    let choices = vec![
        Choice::new("7", "7 days"),
        Choice::new("30", "30 days"),
        Choice::new("90", "90 days"),
        Choice::new("date", "Date…"),
        Choice::new("never", "Never"),
    ];
    let value = Signal::derive(move || match form.expiry.get() {
        Expiry::Days(days) => days.to_string(),
        Expiry::On(_) => "date".to_owned(),
        Expiry::Never => "never".to_owned(),
    });
    let choose = move |choice: String| {
        form.expiry.set(match choice.as_str() {
            "date" => Expiry::On(String::new()),
            "never" => Expiry::Never,
            days => Expiry::Days(days.parse().unwrap_or(90)),
        });
    };
    let date = Signal::derive(move || match form.expiry.get() {
        Expiry::On(date) => date,
        _ => String::new(),
    });
    let is_date = Memo::new(move |_| matches!(form.expiry.get(), Expiry::On(_)));
    let is_never = Memo::new(move |_| form.expiry.get() == Expiry::Never);
    view! {
        <FieldGroup id="expires" legend="Expires after" help="Longest allowed here: 365 days. “Never” asks for a reason.">
            <div class="row wrap">
                <Segmented name="expires" legend="Expires after" choices=choices value=value on_change=choose />
                <span class="t2">{move || form.expiry_words()}</span>
            </div>
            <Show when=move || is_date.get()>
                <Field id="expires-on" label="Last day, in UTC">
                    <DateInput id="expires-on" value=date on_change=move |date: String| form.expiry.set(Expiry::On(date)) />
                </Field>
            </Show>
            <Show when=move || is_never.get()>
                <Field id="never-reason" label="Why it never expires">
                    <TextInput
                        id="never-reason"
                        value=form.never_reason
                        on_input=move |reason: String| form.never_reason.set(reason)
                    />
                </Field>
            </Show>
        </FieldGroup>
    }
}

#[component]
pub(super) fn PolicyFields(
    /// The form's state.
    form: NewTokenForm,
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
    let go = RwSignal::new(None::<EditorPlace>);
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
                <div class="ed-box">
                    <PolicyEditor
                        id="custom-policy"
                        label="Policy as JSON"
                        text=form.custom
                        on_input=move |text: String| form.custom.set(text)
                        marks=marks(form.custom_findings())
                        go=go
                    />
                </div>
                <Problems
                    editor="custom-policy"
                    findings=form.custom_findings()
                    on_go=move |at: EditorPlace| go.set(Some(at))
                />
            </Show>
        </FieldGroup>
    }
}
