//! A text from elsewhere, and a link that was not opened.

use leptos::prelude::*;

use super::tools::Tools;
use crate::components::{Button, ButtonSize, Notice, Tone};
use crate::pages::words::console;

/// Says where the text came from, and leads back to the draft.
#[component]
pub(super) fn FromElsewhere(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let incoming = console().incoming;
    let bench = tools.bench;
    bench.foreign().map(|foreign| {
        view! {
            <div class="page-note">
                <Notice tone=Tone::Warn heading=format!("{}.", foreign.origin) text=foreign.caution()>
                    <Button size=ButtonSize::Small on_click=move |()| incoming.dismiss()>
                        "Back to my draft"
                    </Button>
                    <Button size=ButtonSize::Small on_click=move |()| bench.keep_as_draft(incoming)>
                        "Replace my draft with it"
                    </Button>
                </Notice>
            </div>
        }
    })
}

/// The way back to the draft that a text from elsewhere took the place of.
#[component]
pub(super) fn FormerDraft(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let incoming = console().incoming;
    let bench = tools.bench;
    let is_aside = Memo::new(move |_| incoming.has_draft_aside());
    let is_own = bench.is_own_draft();
    view! {
        <Show when=move || is_own && is_aside.get()>
            <div class="page-note">
                <Notice
                    tone=Tone::Info
                    heading="Another text took the place of your draft."
                    text="The former one is there until the program is closed. Taking it back drops what is here now."
                >
                    <Button size=ButtonSize::Small on_click=move |()| bench.take_draft_back(incoming)>
                        "Take my former draft back"
                    </Button>
                    <Button size=ButtonSize::Small on_click=move |()| incoming.forget_draft_aside()>
                        "Close"
                    </Button>
                </Notice>
            </div>
        </Show>
    }
}

/// Says why a link was not opened.
#[component]
pub(super) fn LinkRefused() -> impl IntoView {
    let incoming = console().incoming;
    let refused = incoming.refused();
    let is_refused = Memo::new(move |_| refused.with(|refused| !refused.is_empty()));
    view! {
        <Show when=move || is_refused.get()>
            <div class="page-note">
                <Notice tone=Tone::Bad heading="The link was not opened." text=refused>
                    <Button size=ButtonSize::Small on_click=move |()| incoming.forget_refusal()>
                        "Close"
                    </Button>
                </Notice>
            </div>
        </Show>
    }
}
