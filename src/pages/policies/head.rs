//! The head: what is looked at, and the acts on the whole text.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use tollgate_tokens::library::SavedPolicy;

use super::share::Share;
use super::tools::Tools;
use crate::components::{Button, ButtonLook, ButtonSize, Choice, Field, IconName, Notice, PageHead, Select, Tone};
use crate::pages::save_policy::SaveDialog;
use crate::pages::words::console;

#[component]
pub(super) fn Head(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let (bench, console) = (tools.bench, console());
    let [saves, shares] = [(); 2].map(|()| RwSignal::new(false));
    let navigate = use_navigate();
    let on_saved = Callback::new(move |saved: SavedPolicy| {
        let is_foreign = bench.foreign().is_some();
        bench.forget_left(console.incoming);
        navigate(&format!("/policies/{}", saved.policy), Default::default());
        // It is in the library now, and is no text from elsewhere any more.
        if is_foreign {
            console.incoming.finish();
        }
    });
    let is_missing = bench.catalog.is_missing();
    let what = Callback::new(move |()| bench.to_save_as());
    let save_file = move |()| bench.text().with_untracked(|text| console.save_policy_file("draft", text));
    view! {
        <PageHead title="Policies" sub=bench.about()>
            <TextActs tools=tools />
            <Button on_click=move |()| shares.set(true)>"Copy link…"</Button>
            <Button on_click=save_file>"Save as file"</Button>
            <Button
                look=ButtonLook::Primary
                icon=IconName::Plus
                disabled=is_missing
                on_click=move |()| saves.set(true)
            >
                "Save as…"
            </Button>
        </PageHead>
        <Share tools=tools open=shares />
        <SaveDialog id="save-as" open=saves title="Save in the library" what=what on_saved=on_saved />
    }
}

/// The acts that put another text in the place of this one, and the way back.
#[component]
pub(super) fn TextActs(
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
pub(super) fn Missing(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let catalog = tools.bench.catalog;
    let (missing, is_missing) = (catalog.missing(), catalog.is_missing());
    let heading = Signal::derive(move || format!("There is no catalog {} in this workspace.", missing.get()));
    view! {
        <Show when=move || is_missing.get()>
            <div class="page">
                <Notice
                    tone=Tone::Warn
                    heading=heading
                    text="It is looked at with Review Board 8.1. To save it, import the catalog again or choose another."
                >
                    <Button size=ButtonSize::Small on_click=move |()| tools.change(|place| catalog.choose("", place))>
                        "Use Review Board 8.1"
                    </Button>
                    <a href="/catalog">"Catalogs"</a>
                </Notice>
            </div>
        </Show>
    }
}
