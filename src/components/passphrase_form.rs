//! The form of a dialog that asks for passphrases.

use super::button::{Button, ButtonKind, ButtonLook};
use super::dialog::DialogActions;
use super::notice::Notice;
use super::tone::Tone;
use leptos::ev;
use leptos::prelude::*;

/// A form of `PassphraseInput`s: below them why the last try was refused, then the act and the way out.
#[component]
pub fn PassphraseForm(
    /// Id, unique in the page.
    #[prop(into)]
    id: String,
    /// The words of the button: the act, or what is under way.
    #[prop(into)]
    act: Signal<String>,
    /// Whether the act is under way, so that it cannot be submitted again.
    #[prop(into)]
    pending: Signal<bool>,
    /// What a refusal has left as it was: "The vault is still locked:".
    #[prop(into)]
    refusal: Signal<String>,
    /// Why the last try was refused; empty when it was not.
    #[prop(into)]
    error: Signal<String>,
    /// Runs when the passphrases were typed.
    #[prop(into)]
    on_submit: Callback<()>,
    /// Runs when the user thinks better of it.
    #[prop(into)]
    on_cancel: Callback<()>,
    /// The inputs in their fields, and what stands above them.
    children: Children,
) -> impl IntoView {
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !pending.get_untracked() {
            on_submit.run(());
        }
    };
    let has_error = Memo::new(move |_| error.with(|error| !error.is_empty()));
    view! {
        <form class="form" id=id on:submit=submit>
            {children()}
            <Show when=move || has_error.get()>
                <Notice tone=Tone::Bad heading=refusal text=error />
            </Show>
            <DialogActions>
                <Button look=ButtonLook::Primary kind=ButtonKind::Submit disabled=pending>
                    {move || act.get()}
                </Button>
                <Button on_click=on_cancel>"Cancel"</Button>
            </DialogActions>
        </form>
    }
}
