//! The head: what is looked at, and the acts on the whole text.

use leptos::prelude::*;

use super::tools::Tools;
use crate::components::{Button, Choice, Field, IconName, Notice, PageHead, Select, Tone};

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
            <Speaks tools=tools />
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
        <Missing tools=tools />
    }
}

/// Which catalog the text speaks of.
#[component]
fn Speaks(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let catalog = tools.bench.catalog;
    let (on_offer, in_use) = (catalog.on_offer(), catalog.in_use());
    let choices = Signal::derive(move || {
        on_offer.get().into_iter().map(|offer| Choice::new(offer.name, offer.title)).collect::<Vec<_>>()
    });
    view! {
        <div class="chosen">
            <Field id="catalog" label="For">
                <Select
                    id="catalog"
                    choices=choices
                    value=Signal::derive(move || in_use.with(|catalog| catalog.name().to_owned()))
                    on_change=move |name: String| tools.change(|place| catalog.choose(&name, place))
                />
            </Field>
        </div>
    }
}

/// Says that the catalog that is wanted is not here.
#[component]
fn Missing(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let missing = tools.bench.catalog.missing();
    let heading = Signal::derive(move || format!("There is no catalog {} in this workspace.", missing.get()));
    view! {
        <Show when=move || missing.with(|missing| !missing.is_empty())>
            <div class="page">
                <Notice
                    tone=Tone::Warn
                    heading=heading
                    text="The text is looked at with Review Board 8.1. Import the catalog again, or choose another."
                >
                    <a href="/catalog">"Catalogs"</a>
                </Notice>
            </div>
        </Show>
    }
}
