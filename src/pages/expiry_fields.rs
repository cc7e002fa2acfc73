//! The fields that ask when a token shall expire.

use leptos::prelude::*;

use crate::components::{Choice, DateInput, Field, FieldGroup, Segmented, TextInput};
use crate::state::{Expiry, ExpiryForm};

#[component]
pub(super) fn ExpiryFields(
    /// The form's state.
    form: ExpiryForm,
) -> impl IntoView {
    let value = Signal::derive(move || match form.expiry.get() {
        Expiry::Keep => "keep".to_owned(),
        Expiry::Days(days) => days.to_string(),
        Expiry::On(_) => "date".to_owned(),
        Expiry::Never => "never".to_owned(),
    });
    let choose = move |choice: String| {
        form.expiry.set(match choice.as_str() {
            "keep" => Expiry::Keep,
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
    let never = if form.can_be_never() {
        "“Never” asks for a reason."
    } else {
        "“Never” is set token by token, because the reason is kept with the note."
    };
    let help = format!("Longest allowed here: {} days. {never}", form.longest_days());
    view! {
        <FieldGroup id="expires" legend="Expires after" help=help>
            <div class="row wrap">
                <Segmented name="expires" legend="Expires after" choices=choices(form) value=value on_change=choose />
                <span class="t2">{move || form.words()}</span>
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

fn choices(form: ExpiryForm) -> Vec<Choice> {
    let keep = form.can_keep().then(|| Choice::new("keep", "As it is"));
    let days = form.days_on_offer().into_iter().map(|days| Choice::new(days.to_string(), format!("{days} days")));
    let never = form.can_be_never().then(|| Choice::new("never", "Never"));
    keep.into_iter().chain(days).chain([Choice::new("date", "Date…")]).chain(never).collect()
}
