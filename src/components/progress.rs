//! How far a long work got.

use leptos::prelude::*;

/// A bar with its numbers in words.
#[component]
pub fn Progress(
    /// What is worked on: "Working out the score".
    #[prop(into)]
    label: String,
    /// How much is done.
    #[prop(into)]
    done: Signal<u64>,
    /// How much there is to do.
    #[prop(into)]
    total: Signal<u64>,
    /// The same in words: "300 of 12,000 mistakes tried".
    #[prop(into)]
    says: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="progress">
            <progress
                aria-label=label
                max=move || total.get().max(1).to_string()
                value=move || done.get().to_string()
            ></progress>
            <p class="meta">{move || says.get()}</p>
        </div>
    }
}
