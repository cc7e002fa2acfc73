//! What can be done with the token.

use leptos::prelude::*;

use crate::components::{Button, ButtonLook, ConfirmDialog, Confirmation, IconName};
use crate::format;
use crate::state::TokenView;

/// What can be done with the token.
#[component]
pub(super) fn Acts(
    /// The token's state.
    token: TokenView,
) -> impl IntoView {
    let asks = RwSignal::new(false);
    let says = Signal::derive(move || Confirmation {
        title: format!("Invalidate {}?", token.name()),
        text: "It stops working here at once, and stays in the list with the reason. This can be undone.".to_owned(),
        act: "Invalidate".to_owned(),
        asks: "Reason".to_owned(),
        ..Confirmation::default()
    });
    let can_invalidate = move || token.facts().get().is_some_and(|facts| facts.status.can_be_invalidated());
    let undo = move || {
        token.undoable().map(|undoable| {
            let words = match undoable.tokens {
                1 => "Undo the invalidation".to_owned(),
                many => format!("Undo for all {}", format::plural(many as u64, "token", "tokens")),
            };
            view! {
                <Button icon=IconName::Undo on_click=move |()| token.undo(undoable.act)>
                    {words}
                </Button>
            }
        })
    };
    view! {
        <div class="row wrap">
            <Show when=can_invalidate>
                <Button look=ButtonLook::Danger on_click=move |()| asks.set(true)>
                    "Invalidate"
                </Button>
            </Show>
            {undo}
        </div>
        <ConfirmDialog
            id="invalidate-one"
            open=asks
            says=says
            on_confirm=move |reason: String| {
                asks.set(false);
                token.invalidate(reason);
            }
            on_close=move |()| asks.set(false)
        />
    }
}
