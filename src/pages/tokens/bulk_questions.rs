//! What is asked before an act on the selection.

use leptos::prelude::*;

use super::bulk_preview::{Changes, Previewed};
use crate::components::{ButtonLook, ConfirmDialog, Confirmation, StopList};
use crate::format;
use crate::pages::expiry_fields::ExpiryFields;
use crate::pages::guardrail_stop::{overriding, stop_items};
use crate::state::{Bulk, word_for};

const INVALIDATION: &str =
    "They stop working here at once, and stay in the list with the reason. This can be undone, as a whole.";

const DELETION: &str = "They stop working here at once and leave the list. The record keeps what they were, with the \
                        reason, so that this can be undone, as a whole.";

const CHANGE: &str = "They all get the same one; notes and policies stay as they are. This can be undone, as a whole.";

/// A question about an act on this many tokens.
fn about(verb: &str, what: &str, count: usize, text: &str) -> Confirmation {
    let tokens = format::plural(count as u64, "token", "tokens");
    Confirmation {
        title: format!("{verb} {what}{tokens}?"),
        text: text.to_owned(),
        act: format!("{verb} {tokens}"),
        word: word_for(count),
        ..Confirmation::default()
    }
}

#[component]
pub(super) fn ChangeExpiry(
    /// The acts on the selection.
    bulk: Bulk,
    /// Whether it is asked.
    open: RwSignal<bool>,
    /// How many tokens are selected.
    count: Memo<usize>,
) -> impl IntoView {
    let stops = Memo::new(move |_| if open.get() { bulk.expiry_stops() } else { Vec::new() });
    let is_stopped = Memo::new(move |_| stops.with(|stops| !stops.is_empty()));
    let says = Signal::derive(move || {
        let says = about("Change", "the expiry of ", count.get(), CHANGE);
        if is_stopped.get() { overriding(says) } else { says }
    });
    let look = move || if is_stopped.get() { ButtonLook::Danger } else { ButtonLook::Primary };
    let preview = Memo::new(move |_| bulk.expiry_preview());
    let close = move || {
        open.set(false);
        bulk.expiry.reset();
    };
    let stop_list = move || is_stopped.get().then(|| view! { <StopList stops=stop_items(stops.into()) /> });
    let fields = move || {
        open.get().then(|| {
            view! {
                <ExpiryFields form=bulk.expiry />
                <Changes preview=preview />
                {stop_list}
            }
        })
    };
    view! {
        <ConfirmDialog
            id="expiry-selected"
            open=open
            says=says
            look=Signal::derive(look)
            locked=Signal::derive(move || open.get() && preview.with(Result::is_err))
            on_confirm=move |reason: String| {
                bulk.change_expiry(reason);
                close();
            }
            on_close=move |()| close()
        >
            {fields}
        </ConfirmDialog>
    }
}

#[component]
pub(super) fn Invalidate(
    /// The acts on the selection.
    bulk: Bulk,
    /// Whether it is asked.
    open: RwSignal<bool>,
    /// How many tokens are selected.
    count: Memo<usize>,
) -> impl IntoView {
    let says = Signal::derive(move || about("Invalidate", "", count.get(), INVALIDATION));
    let preview = Memo::new(move |_| bulk.invalidation_preview());
    let on_confirm = move |reason: String| bulk.invalidate(reason);
    view! { <AskReason id="invalidate-selected" open=open says=says preview=preview on_confirm=on_confirm /> }
}

#[component]
pub(super) fn Delete(
    /// The acts on the selection.
    bulk: Bulk,
    /// Whether it is asked.
    open: RwSignal<bool>,
    /// How many tokens are selected.
    count: Memo<usize>,
) -> impl IntoView {
    let says = Signal::derive(move || about("Delete", "", count.get(), DELETION));
    let preview = Memo::new(move |_| bulk.deletion_preview());
    let on_confirm = move |reason: String| bulk.delete(reason);
    view! { <AskReason id="delete-selected" open=open says=says preview=preview on_confirm=on_confirm /> }
}

/// A question with what would change and a reason.
#[component]
fn AskReason(
    /// Id, unique in the page.
    id: &'static str,
    /// Whether it is asked.
    open: RwSignal<bool>,
    /// What it says.
    says: Signal<Confirmation>,
    /// What would change.
    preview: Previewed,
    /// Runs with the reason.
    #[prop(into)]
    on_confirm: Callback<String>,
) -> impl IntoView {
    let says = Signal::derive(move || Confirmation { asks: "Reason".to_owned(), ..says.get() });
    view! {
        <ConfirmDialog
            id=id
            open=open
            says=says
            locked=Signal::derive(move || open.get() && preview.with(Result::is_err))
            on_confirm=move |reason: String| {
                open.set(false);
                on_confirm.run(reason);
            }
            on_close=move |()| open.set(false)
        >
            {move || open.get().then(|| view! { <Changes preview=preview /> })}
        </ConfirmDialog>
    }
}
