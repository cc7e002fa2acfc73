//! The key that does the same.

use leptos::prelude::*;

/// A key or chord, as it is printed on keyboards ("Ctrl K").
#[component]
pub fn KeyHint(
    /// The keys, separated by spaces.
    #[prop(into)]
    keys: Signal<String>,
) -> impl IntoView {
    view! { <kbd>{move || keys.get()}</kbd> }
}
