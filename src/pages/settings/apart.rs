//! What can be done with entries of the second copy that do not fit.

use leptos::prelude::*;

use crate::components::{Button, ButtonLook, ConfirmDialog, Confirmation, Notice, Tone};
use crate::pages::words::console;
use crate::state::Apart;

/// Nothing stands here where all of them fit.
#[component]
pub(super) fn ApartNotice() -> impl IntoView {
    let console = console();
    let apart = Apart::new(console);
    let is_there = apart.is_there();
    let pending = apart.is_pending();
    console.offers.offer("discard-apart", apart.asks, Signal::derive(move || is_there.get() && !pending.get()));
    view! {
        <Show when=move || is_there.get()>
            <Notice
                tone=Tone::Warn
                heading=Signal::derive(move || apart.says())
                text=Signal::derive(move || apart.begin())
                detail="They are of another history, or from behind a gap. Saved, they can be looked into later; discarded, no start speaks of them any more."
            >
                <Button disabled=pending on_click=move |()| apart.save()>"Save them as a file"</Button>
                <Button look=ButtonLook::Danger disabled=pending on_click=move |()| apart.asks.set(true)>
                    "Discard them…"
                </Button>
            </Notice>
        </Show>
        <Discard apart=apart />
    }
}

#[component]
fn Discard(
    /// The state of the section.
    apart: Apart,
) -> impl IntoView {
    let says = Signal::derive(move || {
        Confirmation {
        title: format!("Discard {} of the second copy?", apart.count()),
        text: "They lie nowhere else in this browser, and nothing brings them back. The journal stays as it is, and its second copy with it."
            .to_owned(),
        act: format!("Discard {}", apart.count()),
        word: Apart::WORD.to_owned(),
        ..Confirmation::default()
    }
    });
    view! {
        <ConfirmDialog
            id="discard-apart"
            open=apart.asks
            says=says
            on_confirm=move |_: String| apart.discard()
            on_close=move |()| apart.asks.set(false)
        >
            <Button on_click=move |()| apart.save()>"Save them first"</Button>
        </ConfirmDialog>
    }
}
