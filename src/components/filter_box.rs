//! A filter line: what already narrows the list as chips, and room to type more.

use super::icon::{Icon, IconName};
use super::tone::non_empty;
use leptos::html;
use leptos::prelude::*;

/// One condition that narrows the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterChip {
    /// What it looks at, with its sign: "user:".
    pub key: String,
    /// What it asks for: "ci-bot".
    pub value: String,
}

/// The chips and the input; the slash key focuses it through `focus_on`.
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
    /// The conditions.
    #[prop(optional, into)]
    chips: Signal<Vec<FilterChip>>,
    /// What is typed.
    #[prop(into)]
    text: Signal<String>,
    /// Runs with the text at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Runs when Enter makes conditions out of the text.
    #[prop(optional, into)]
    on_enter: Option<Callback<()>>,
    /// Runs with the place of the chip to take away, counted from 0.
    #[prop(optional, into)]
    on_remove: Option<Callback<usize>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let remove = move |index: usize| {
        if let Some(on_remove) = on_remove {
            on_remove.run(index);
        }
        if let Some(input) = input.get_untracked() {
            drop(input.focus());
        }
    };
    let chip = move |(index, chip): (usize, FilterChip)| {
        let name = format!("Remove {}{}", chip.key, chip.value);
        view! {
            <span class="chip">
                <i>{chip.key}</i>
                {chip.value}
                <button type="button" aria-label=name on:click=move |_| remove(index)>
                    <Icon name=IconName::X />
                </button>
            </span>
        }
    };
    let keys = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            if let Some(on_enter) = on_enter {
                on_enter.run(());
            }
        }
        // Backspace in an empty line takes the last condition away, as in a text.
        "Backspace" if text.with_untracked(String::is_empty) => {
            if let Some(last) = chips.with_untracked(Vec::len).checked_sub(1) {
                remove(last);
            }
        }
        _ => {}
    };
    view! {
        <div class="query" role="search">
            <Icon name=IconName::Search />
            {move || chips.get().into_iter().enumerate().map(chip).collect_view()}
            <input
                id=id
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-label=label
                placeholder=move || non_empty(placeholder.get())
                prop:value=move || text.get()
                node_ref=input
                on:input=move |event| on_input.run(event_target_value(&event))
                on:keydown=keys
            />
        </div>
    }
}
