//! A labelled field: label, control, help and error, wired by id.

use super::tone::non_empty;
use leptos::prelude::*;

/// Whether the label can be seen; it is always there for assistive technology.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LabelShow {
    /// Above the control.
    #[default]
    Shown,
    /// Only for assistive technology.
    Hidden,
}

/// The ids that describe the control `id`: its help and its error, in that order.
pub(super) fn described_by(id: &str) -> String {
    format!("{id}-help {id}-error")
}

/// Label, control, help and error of one input; the control inside carries the same `id`.
#[component]
pub fn Field(
    /// Id of the control inside; `{id}-help` and `{id}-error` are derived from it.
    #[prop(into)]
    id: String,
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// Whether the label can be seen.
    #[prop(optional)]
    show: LabelShow,
    /// What the value does, below the control.
    #[prop(optional, into)]
    help: Signal<String>,
    /// What is wrong and what to do; empty when nothing is.
    #[prop(optional, into)]
    error: Signal<String>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let label_class = match show {
        LabelShow::Shown => "lab",
        LabelShow::Hidden => "vh",
    };
    let help_id = format!("{id}-help");
    let error_id = format!("{id}-error");
    view! {
        <div class="f">
            <label class=label_class for=id>
                {move || label.get()}
            </label>
            {children()}
            <p class="hint" id=help_id>
                {move || non_empty(help.get())}
            </p>
            <p class="err" id=error_id aria-live="polite">
                {move || non_empty(error.get())}
            </p>
        </div>
    }
}

/// A group of controls under one legend, such as radios with a text input beside them.
#[component]
pub fn FieldGroup(
    /// Id the help and error ids are derived from.
    #[prop(into)]
    id: String,
    /// The legend.
    #[prop(into)]
    legend: Signal<String>,
    /// What the value does, below the controls.
    #[prop(optional, into)]
    help: Signal<String>,
    /// What is wrong and what to do; empty when nothing is.
    #[prop(optional, into)]
    error: Signal<String>,
    /// The controls.
    children: Children,
) -> impl IntoView {
    let described = described_by(&id);
    let help_id = format!("{id}-help");
    let error_id = format!("{id}-error");
    view! {
        <fieldset class="f" aria-describedby=described>
            <legend>{move || legend.get()}</legend>
            {children()}
            <p class="hint" id=help_id>
                {move || non_empty(help.get())}
            </p>
            <p class="err" id=error_id aria-live="polite">
                {move || non_empty(error.get())}
            </p>
        </fieldset>
    }
}
