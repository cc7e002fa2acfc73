//! Places with nothing in them teach what they are for.

use leptos::prelude::*;

/// What a place is for, and how to begin.
#[component]
pub fn EmptyState(
    /// What is true now: "No tokens on this device yet".
    #[prop(into)]
    title: Signal<String>,
    /// What this place holds once it is used.
    #[prop(into)]
    lead: Signal<String>,
    /// A last line in small type, such as what sample data is.
    #[prop(optional, into)]
    note: Signal<String>,
    /// The buttons: one to begin, one to load sample data.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="empty">
            <h2>{move || title.get()}</h2>
            <p class="says lead t2">{move || lead.get()}</p>
            {children.map(|children| view! { <div class="row wrap">{children()}</div> })}
            <p class="meta">{move || note.get()}</p>
        </section>
    }
}
