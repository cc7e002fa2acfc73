//! A filter line.

use super::icon::{Icon, IconName};
use super::tone::non_empty;
use leptos::prelude::*;

/// The input; the slash key focuses it by its id, which is `filter` on every page.
#[component]
pub fn FilterBox(
    /// Id of the input.
    #[prop(into)]
    id: String,
    /// Name of the input: "Filter tokens".
    #[prop(into)]
    label: String,
    /// An example, shown while it is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// What is typed.
    #[prop(into)]
    text: Signal<String>,
    /// Runs with the text at every change.
    #[prop(into)]
    on_input: Callback<String>,
) -> impl IntoView {
    view! {
        <div class="query" role="search">
            <Icon name=IconName::Search />
            <input
                id=id
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-label=label
                placeholder=move || non_empty(placeholder.get())
                prop:value=move || text.get()
                on:input=move |event| on_input.run(event_target_value(&event))
            />
        </div>
    }
}
