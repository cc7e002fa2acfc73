//! Exactly what an act on the selection changes.

use leptos::prelude::*;

use crate::components::ChangeList;
use crate::pages::words::{change_row, sentence};
use crate::state::Preview;

/// What an act would change, or why it would change nothing.
pub(super) type Previewed = Memo<Result<Preview, String>>;

/// How many tokens change, and the first of them.
#[component]
pub(super) fn Changes(
    /// What would change.
    preview: Previewed,
) -> impl IntoView {
    let summary = move || {
        preview.with(|preview| match preview {
            Ok(preview) => preview.summary(),
            Err(why) => sentence(why),
        })
    };
    let rows = Signal::derive(move || {
        let lines = preview.with(|preview| preview.as_ref().map(|preview| preview.lines.clone()).unwrap_or_default());
        lines.into_iter().map(change_row).collect::<Vec<_>>()
    });
    let rest = Signal::derive(move || preview.with(|preview| preview.as_ref().map(Preview::rest).unwrap_or_default()));
    let has_rows = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    view! {
        <div>
            <p role="status">{summary}</p>
            <Show when=move || has_rows.get()>
                <ChangeList caption="What changes" head="Token" rows=rows rest=rest />
            </Show>
        </div>
    }
}
