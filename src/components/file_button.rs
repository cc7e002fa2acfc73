//! A button that asks for a file.

use leptos::ev;
use leptos::prelude::*;

/// A button that asks for a file: the browser's own input, in the look of the other buttons.
#[component]
pub fn FileButton(
    /// The act: "Import…".
    #[prop(into)]
    label: String,
    /// What is offered first, as the input's `accept`.
    #[prop(into)]
    accept: String,
    /// Whether it cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Runs with the event of the input, once a file is picked.
    #[prop(into)]
    on_pick: Callback<ev::Event>,
) -> impl IntoView {
    view! {
        <label class="b file">
            {label}
            <input
                class="vh"
                type="file"
                accept=accept
                disabled=move || disabled.get()
                on:change=move |event| on_pick.run(event)
            />
        </label>
    }
}
