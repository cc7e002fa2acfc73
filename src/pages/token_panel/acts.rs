//! What can be done with the token.

use leptos::prelude::*;

use super::edit::EditDialog;
use super::kept::Kept;
use super::rotate::RotateDialog;
use crate::components::{Button, ButtonLook, ConfirmDialog, Confirmation, IconName};
use crate::format;
use crate::pages::words::console;
use crate::state::TokenView;

/// What can be done with the token. It stands beside the facts, not in them: they are drawn anew whenever the clock or
/// an act changes them, and a question that is open must not go with them.
#[component]
pub(in crate::pages) fn Acts(
    /// The token's state.
    token: TokenView,
    /// Runs once the token is deleted.
    #[prop(into)]
    on_deleted: Callback<()>,
) -> impl IntoView {
    let [edits, invalidates, deletes] = [(); 3].map(|()| RwSignal::new(false));
    let rotation = token.rotate_form();
    let exists = token.holds(|_| true);
    let can_rotate = token.holds(|facts| facts.can_be_rotated);
    let can_invalidate = token.holds(|facts| facts.status.can_be_invalidated());
    let offers = console().offers;
    offers.offer("edit-token", edits, exists);
    offers.offer("rotate-token", rotation.open, can_rotate);
    offers.offer("invalidate-token", invalidates, can_invalidate);
    offers.offer("delete-token", deletes, exists);
    view! {
        <Kept token=token />
        <div class="row wrap">
            <Show when=move || exists.get()>
                <Button icon=IconName::Pen on_click=move |()| edits.set(true)>
                    "Edit"
                </Button>
            </Show>
            <Show when=move || can_rotate.get()>
                <Button icon=IconName::Rotate on_click=move |()| rotation.open.set(true)>
                    "Rotate"
                </Button>
            </Show>
            <Show when=move || can_invalidate.get()>
                <Button look=ButtonLook::Danger on_click=move |()| invalidates.set(true)>
                    "Invalidate"
                </Button>
            </Show>
            <Show when=move || exists.get()>
                <Button look=ButtonLook::Danger on_click=move |()| deletes.set(true)>
                    "Delete"
                </Button>
            </Show>
            <UndoInvalidation token=token />
        </div>
        <EditDialog token=token open=edits />
        <RotateDialog token=token form=rotation />
        <Invalidate token=token open=invalidates />
        <Delete token=token open=deletes on_deleted=on_deleted />
    }
}

#[component]
fn UndoInvalidation(
    /// The token's state.
    token: TokenView,
) -> impl IntoView {
    move || {
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
    }
}

#[component]
fn Invalidate(
    /// The token's state.
    token: TokenView,
    /// Whether it is asked.
    open: RwSignal<bool>,
) -> impl IntoView {
    let says = Signal::derive(move || Confirmation {
        title: format!("Invalidate {}?", token.name()),
        text: "It stops working here at once, and stays in the list with the reason. This can be undone.".to_owned(),
        act: "Invalidate".to_owned(),
        asks: "Reason".to_owned(),
        ..Confirmation::default()
    });
    view! {
        <ConfirmDialog
            id="invalidate-one"
            open=open
            says=says
            on_confirm=move |reason: String| {
                open.set(false);
                token.invalidate(reason);
            }
            on_close=move |()| open.set(false)
        />
    }
}

const DELETION: &str = "It stops working here at once and leaves the list. The record keeps what it was, with the reason, \
                        so that this can be undone. Its number is not given again.";

/// What undoing does not bring back.
const FORGOTTEN: &str = " The vault forgets its secret for good.";

#[component]
fn Delete(
    /// The token's state.
    token: TokenView,
    /// Whether it is asked.
    open: RwSignal<bool>,
    /// Runs once the token is deleted.
    on_deleted: Callback<()>,
) -> impl IntoView {
    let is_kept = token.is_kept();
    let says = Signal::derive(move || Confirmation {
        title: format!("Delete {}?", token.name()),
        text: format!("{DELETION}{}", if is_kept.get() { FORGOTTEN } else { "" }),
        act: "Delete".to_owned(),
        asks: "Reason".to_owned(),
        ..Confirmation::default()
    });
    view! {
        <ConfirmDialog
            id="delete-one"
            open=open
            says=says
            on_confirm=move |reason: String| {
                open.set(false);
                token.delete(reason, on_deleted);
            }
            on_close=move |()| open.set(false)
        />
    }
}
