//! What can be done with the selection.

use leptos::prelude::*;

use super::bulk_questions::{ChangeExpiry, Delete, Invalidate};
use crate::components::{Button, ButtonLook, ButtonSize, IconName};
use crate::pages::assign_policy::{Asks, AssignDialog};
use crate::pages::words::console;
use crate::state::library::AssignForm;
use crate::state::{Bulk, TokenList};

/// What can be done with the selection.
#[component]
pub(super) fn BulkBar(
    /// The list.
    list: TokenList,
) -> impl IntoView {
    let console = console();
    let bulk = Bulk::new(console, list);
    let form = AssignForm::of_selection(console, list);
    let [changes, gives, invalidates, deletes] = [(); 4].map(|()| RwSignal::new(false));
    let count = Memo::new(move |_| list.selected().len());
    let is_any = Memo::new(move |_| count.get() > 0);
    let pending = bulk.is_pending();
    let can = Signal::derive(move || is_any.get() && !pending.get());
    console.offers.offer("expiry-selected", changes, can);
    console.offers.offer("policy-selected", gives, can);
    console.offers.offer("invalidate-selected", invalidates, can);
    console.offers.offer("delete-selected", deletes, can);
    view! {
        <Show when=move || is_any.get()>
            <div class="bulk" role="region" aria-label="Selected tokens">
                <b>{move || format!("{} selected", count.get())}</b>
                <span class="t2 grow" role="status">
                    {move || if pending.get() { "Saving…".to_owned() } else { list.selection_words() }}
                </span>
                <Button size=ButtonSize::Small disabled=pending on_click=move |()| changes.set(true)>
                    "Change expiry"
                </Button>
                <Button size=ButtonSize::Small disabled=pending on_click=move |()| gives.set(true)>
                    "Change policy"
                </Button>
                <Button
                    look=ButtonLook::Danger
                    size=ButtonSize::Small
                    disabled=pending
                    on_click=move |()| invalidates.set(true)
                >
                    "Invalidate"
                </Button>
                <Button look=ButtonLook::Danger size=ButtonSize::Small disabled=pending on_click=move |()| deletes.set(true)>
                    "Delete"
                </Button>
                <Button
                    icon=IconName::X
                    size=ButtonSize::Small
                    look=ButtonLook::Quiet
                    label="Clear the selection"
                    on_click=move |()| list.clear_selection()
                />
            </div>
        </Show>
        <ChangeExpiry bulk=bulk open=changes count=count />
        <AssignDialog
            id="policy-selected"
            open=gives
            form=form
            asks=Asks::Policy
            on_done=move |()| list.clear_selection()
        />
        <Invalidate bulk=bulk open=invalidates count=count />
        <Delete bulk=bulk open=deletes count=count />
    }
}
