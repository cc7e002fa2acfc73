//! Inputs of one line, of several lines, and of a date; each lives in a `Field` with the same id.

use super::field::described_by;
use super::tone::non_empty;
use leptos::prelude::*;

/// What kind of text is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    /// Words.
    #[default]
    Words,
    /// Words to look for.
    Search,
    /// Ids, URLs and other exact text, in the monospace face.
    Code,
    /// Something not to be seen over a shoulder.
    Secret,
    /// A whole number.
    Number,
}

/// An input of one line.
#[component]
pub fn TextInput(
    /// Id, the same as the field's.
    #[prop(into)]
    id: String,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Runs with the text at every change; the caller sets `value` at once.
    #[prop(into)]
    on_input: Callback<String>,
    /// What kind of text.
    #[prop(optional)]
    kind: TextKind,
    /// An example, shown while it is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// Id of a `<datalist>` with suggestions.
    #[prop(optional, into)]
    list: String,
    /// Whether the value is refused; the field says why.
    #[prop(optional, into)]
    invalid: Signal<bool>,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let (kind, class) = match kind {
        TextKind::Words => ("text", "in"),
        TextKind::Search => ("search", "in"),
        TextKind::Code => ("text", "in mono"),
        TextKind::Secret => ("password", "in mono"),
        TextKind::Number => ("number", "in"),
    };
    let described = described_by(&id);
    view! {
        <input
            id=id
            class=class
            type=kind
            autocomplete="off"
            spellcheck="false"
            list=non_empty(list)
            placeholder=move || non_empty(placeholder.get())
            aria-describedby=described
            aria-invalid=move || invalid.get().then_some("true")
            disabled=move || disabled.get()
            prop:value=move || value.get()
            on:input=move |event| on_input.run(event_target_value(&event))
        />
    }
}

/// Suggestions for a [`TextInput`]: its `list` names this `id`.
#[component]
pub fn Suggestions(
    /// Id the input's `list` names.
    #[prop(into)]
    id: String,
    /// The suggested texts.
    #[prop(into)]
    values: Signal<Vec<String>>,
) -> impl IntoView {
    let options = move || values.get().into_iter().map(|value| view! { <option value=value></option> }).collect_view();
    view! { <datalist id=id>{options}</datalist> }
}

/// An input of several lines.
#[component]
pub fn TextArea(
    /// Id, the same as the field's.
    #[prop(into)]
    id: String,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Runs with the text at every change; the caller sets `value` at once.
    #[prop(into)]
    on_input: Callback<String>,
    /// Lines shown.
    #[prop(default = 3)]
    rows: u32,
    /// Whether the value is refused; the field says why.
    #[prop(optional, into)]
    invalid: Signal<bool>,
) -> impl IntoView {
    let described = described_by(&id);
    view! {
        <textarea
            id=id
            class="in"
            rows=rows.to_string()
            aria-describedby=described
            aria-invalid=move || invalid.get().then_some("true")
            prop:value=move || value.get()
            on:input=move |event| on_input.run(event_target_value(&event))
        ></textarea>
    }
}

/// A calendar date; the caller says in words which hour and zone it means.
#[component]
pub fn DateInput(
    /// Id, the same as the field's.
    #[prop(into)]
    id: String,
    /// The date as `YYYY-MM-DD`, or empty.
    #[prop(into)]
    value: Signal<String>,
    /// Runs with the date as `YYYY-MM-DD`, or empty.
    #[prop(into)]
    on_change: Callback<String>,
    /// Earliest date allowed, `YYYY-MM-DD`, or empty.
    #[prop(optional, into)]
    earliest: Signal<String>,
    /// Latest date allowed, `YYYY-MM-DD`, or empty.
    #[prop(optional, into)]
    latest: Signal<String>,
    /// Whether the value is refused; the field says why.
    #[prop(optional, into)]
    invalid: Signal<bool>,
) -> impl IntoView {
    let described = described_by(&id);
    view! {
        <input
            id=id
            class="in date"
            type="date"
            min=move || non_empty(earliest.get())
            max=move || non_empty(latest.get())
            aria-describedby=described
            aria-invalid=move || invalid.get().then_some("true")
            prop:value=move || value.get()
            on:change=move |event| on_change.run(event_target_value(&event))
        />
    }
}
