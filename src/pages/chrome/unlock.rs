//! The question for the passphrase of the vault, over every page.

use leptos::prelude::*;

use crate::components::{Button, ButtonKind, ButtonLook, Dialog, DialogActions, Field, Notice, PassphraseInput, Tone};
use crate::pages::words::console;
use crate::state::UnlockForm;

/// What the passphrase is, whenever something needs the vault.
#[component]
pub(super) fn UnlockQuestion() -> impl IntoView {
    let vault = console().vault;
    let asks = vault.asks_passphrase();
    // Each time the input is a new one, with nothing in it.
    let fields = move || asks.get().then(|| view! { <Fields /> });
    view! {
        <Dialog id="unlock-vault" open=asks on_close=move |()| vault.leave_locked() title="Unlock the vault">
            {fields}
        </Dialog>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let console = console();
    let form = UnlockForm::new(console);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.unlock();
    };
    let (error, is_pending) = (form.error(), form.is_pending());
    let has_error = Memo::new(move |_| error.with(|error| !error.is_empty()));
    let act = move || if is_pending.get() { "Unlocking…" } else { "Unlock" };
    view! {
        <form class="form" id="unlock-form" on:submit=submit>
            <Field id=UnlockForm::INPUT label="Passphrase" help="Nobody but you has it, and it cannot be recovered.">
                <PassphraseInput id=UnlockForm::INPUT />
            </Field>
            <Show when=move || has_error.get()>
                <Notice tone=Tone::Bad heading="The vault is still locked:" text=error />
            </Show>
            <DialogActions>
                <Button look=ButtonLook::Primary kind=ButtonKind::Submit disabled=is_pending>
                    {act}
                </Button>
                <Button on_click=move |()| console.vault.leave_locked()>"Cancel"</Button>
            </DialogActions>
        </form>
    }
}
