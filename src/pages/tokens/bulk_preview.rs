//! Exactly what an act on the selection changes.

use leptos::prelude::*;

use crate::components::{ChangeList, Notice, Tone};
use crate::pages::words::{change_row, sentence};
use crate::state::Preview;

/// What an act would change, or why it would change nothing.
pub(super) type Previewed = Memo<Result<Preview, String>>;

/// What is true of a secret that leaves the vault.
const NOT_BACK: &str = "Undoing brings the tokens back, and not what the vault kept of them.";

/// How many tokens change, the first of them, and what the vault forgets.
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
    let forgets =
        Signal::derive(move || preview.with(|preview| preview.as_ref().map(Preview::forgets).unwrap_or_default()));
    let has_forgets = Memo::new(move |_| forgets.with(|forgets| !forgets.is_empty()));
    let has_rows = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    view! {
        <div class="stack">
            <p role="status">{summary}</p>
            <Show when=move || has_forgets.get()>
                <Notice tone=Tone::Warn heading=forgets text=NOT_BACK />
            </Show>
            <Show when=move || has_rows.get()>
                <ChangeList caption="What changes" head="Token" rows=rows rest=rest />
            </Show>
        </div>
    }
}
