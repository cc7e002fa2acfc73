//! The head: what is looked at, and the acts on the whole text.

use leptos::prelude::*;

use super::tools::Tools;
use crate::components::{Button, IconName, PageHead};

#[component]
pub(super) fn Head(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let bench = tools.bench;
    let undoes = bench.undoes();
    let label = Signal::derive(move || match undoes.get() {
        nothing if nothing.is_empty() => "Undo".to_owned(),
        act => format!("Undo: {act}"),
    });
    let is_accepted = Signal::derive(move || bench.findings().with(|findings| findings.is_accepted));
    view! {
        <PageHead title="Policies" sub=bench.about()>
            <Button
                icon=IconName::Undo
                label=label
                disabled=Signal::derive(move || undoes.with(String::is_empty))
                on_click=move |()| bench.undo()
            >
                "Undo"
            </Button>
            <Button
                disabled=Signal::derive(move || !is_accepted.get())
                on_click=move |()| bench.choices.shrinks.set(true)
            >
                "Make smallest"
            </Button>
        </PageHead>
    }
}
