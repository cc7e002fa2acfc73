//! What changes from one policy to another, before an act: in sentences, and line by line.

use leptos::prelude::*;

use crate::components::{EffectList, EffectRow};
use crate::format;
use crate::state::library::EffectLook;
use crate::state::workbench::ChangeLook;

/// The sentences, and one real request for each change.
#[component]
pub(super) fn Effect(
    /// What is told of: "What changes", or the tokens that it changes for.
    #[prop(into)]
    title: String,
    /// What changes.
    look: EffectLook,
) -> impl IntoView {
    let EffectLook { says, changes, more } = look;
    let rest =
        if more == 0 { String::new() } else { format!("and {}", format::plural(more, "more change", "more changes")) };
    let rows: Vec<EffectRow> = changes.into_iter().map(row).collect();
    view! {
        <section class="stack" aria-label=title.clone()>
            <p>
                <b>{format!("{title}. ")}</b>
                {says}
            </p>
            <EffectList label=format!("Changes: {title}") rows=rows rest=rest />
        </section>
    }
}

fn row(change: ChangeLook) -> EffectRow {
    let ChangeLook { is_granted, what, methods, method, path } = change;
    let request = if path.is_empty() { String::new() } else { format!("{method} {path}") };
    EffectRow { is_granted, what: format!("{methods} on {what}"), request }
}
