//! What the chosen way to import would change.

use leptos::prelude::*;

use crate::components::ChangeList;
use crate::pages::words::change_row;
use crate::state::Import;

/// What the chosen way would change: in sentences, and token by token.
#[component]
pub(super) fn WayChanges(
    /// The import.
    import: Import,
) -> impl IntoView {
    let changes = Memo::new(move |_| import.changes());
    let sentences = move || {
        let sentences = changes.get().map(|changes| changes.sentences).unwrap_or_default();
        sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()
    };
    let rows = Signal::derive(move || {
        let lines = changes.get().map(|changes| changes.lines).unwrap_or_default();
        lines.into_iter().map(change_row).collect::<Vec<_>>()
    });
    let rest = Signal::derive(move || changes.get().map(|changes| changes.rest).unwrap_or_default());
    let has_rows = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    view! {
        <div class="stack" role="status">
            {sentences}
        </div>
        <Show when=move || has_rows.get()>
            <ChangeList caption="What changes" head="Token" rows=rows rest=rest />
        </Show>
    }
}
