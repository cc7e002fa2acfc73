//! The question for the passphrase of the vault, over every page.

use leptos::prelude::*;

use crate::components::{Dialog, Field, PassphraseForm, PassphraseInput};
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
    let is_pending = form.is_pending();
    let act = Signal::derive(move || if is_pending.get() { "Unlocking…" } else { "Unlock" }.to_owned());
    view! {
        <PassphraseForm
            id="unlock-form"
            act=act
            pending=is_pending
            refusal="The vault is still locked:"
            error=form.error()
            on_submit=move |()| form.unlock()
            on_cancel=move |()| console.vault.leave_locked()
        >
            <Field id=UnlockForm::INPUT label="Passphrase" help="Nobody but you has it, and it cannot be recovered.">
                <PassphraseInput id=UnlockForm::INPUT />
            </Field>
        </PassphraseForm>
    }
}
