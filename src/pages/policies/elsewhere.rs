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
    let dismiss = move |()| {
        incoming.dismiss();
        tools.make_way();
    };
    let keep = move |()| {
        bench.keep_as_draft(incoming);
        // Where it was refused, the text stays.
        if incoming.shown().with_untracked(Option::is_none) {
            tools.make_way();
        }
    };
    bench.foreign().map(|foreign| {
        view! {
            <div class="page-note">
                <Notice tone=Tone::Warn heading=format!("{}.", foreign.origin) text=foreign.caution()>
                    <Button size=ButtonSize::Small on_click=dismiss>
                        "Back to my draft"
                    </Button>
                    <Button size=ButtonSize::Small on_click=keep>
                        "Replace my draft with it"
                    </Button>
                </Notice>
            </div>
        }
    })
}

/// The way back to a text that another one took the place of.
#[component]
pub(super) fn OfferedBack(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let incoming = console().incoming;
    let bench = tools.bench;
    let offer = Memo::new(move |_| incoming.offer());
    let take = move |()| {
        bench.take_back(incoming);
        tools.make_way();
    };
    move || {
        offer.get().map(|offer| {
            let words = offer.take;
            view! {
                <div class="page-note">
                    <Notice tone=Tone::Info heading=offer.heading text=offer.text>
                        <Button size=ButtonSize::Small on_click=take>
                            {words}
                        </Button>
                        <Button size=ButtonSize::Small on_click=move |()| incoming.drop_offered()>
                            "Drop it"
                        </Button>
                    </Notice>
                </div>
            }
        })
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
