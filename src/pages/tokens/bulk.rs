//! What can be done with the selection.

use leptos::prelude::*;

use crate::components::{Button, ButtonLook, ButtonSize, ConfirmDialog, Confirmation, IconName};
use crate::format;
use crate::state::TokenList;

/// What can be done with the selection, and exactly what it touches.
#[component]
pub(super) fn BulkBar(
    /// The list.
    list: TokenList,
) -> impl IntoView {
    let asks = RwSignal::new(false);
    let count = Memo::new(move |_| list.selected().len());
    let is_any = Memo::new(move |_| count.get() > 0);
    let tokens = move || format::plural(count.get() as u64, "token", "tokens");
    let says = Signal::derive(move || Confirmation {
        title: format!("Invalidate {}?", tokens()),
        text: format!(
            "{}. They stop working here at once, and stay in the list with the reason. This can be undone.",
            list.selection_words()
        ),
        act: format!("Invalidate {}", tokens()),
        word: if count.get() > 20 { count.get().to_string() } else { String::new() },
        asks: "Reason".to_owned(),
        ..Confirmation::default()
    });
    view! {
        <Show when=move || is_any.get()>
            <div class="bulk" role="region" aria-label="Selected tokens">
                <b>{move || format!("{} selected", count.get())}</b>
                <span class="t2 grow">{move || list.selection_words()}</span>
                <Button look=ButtonLook::Danger size=ButtonSize::Small on_click=move |()| asks.set(true)>
                    "Invalidate"
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
        <ConfirmDialog
            id="invalidate-selected"
            open=asks
            says=says
            on_confirm=move |reason: String| {
                asks.set(false);
                list.invalidate_selected(reason);
            }
            on_close=move |()| asks.set(false)
        />
    }
}
