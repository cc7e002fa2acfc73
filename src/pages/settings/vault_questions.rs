//! What is asked about the vault: a passphrase, another one, and whether it shall go.

use leptos::prelude::*;

use crate::components::{ConfirmDialog, Confirmation, Dialog, Field, PassphraseForm, PassphraseInput, PassphraseKind};
use crate::format;
use crate::state::{VaultQuestion, VaultSettings};

#[component]
pub(super) fn CreateVault(
    /// The part's state.
    settings: VaultSettings,
) -> impl IntoView {
    let open = Signal::derive(move || settings.asks.get() == Some(VaultQuestion::Create));
    // Each time the inputs are new ones, with nothing in them.
    let fields = move || {
        open.get().then(|| {
            view! {
                <NewPassphrase settings=settings act="Create the vault" on_submit=move |()| settings.create()>
                    <p class="t2">
                        "Whoever reads the storage of this browser finds sealed bytes. Without the passphrase nobody can open them: not even you."
                    </p>
                </NewPassphrase>
            }
        })
    };
    view! {
        <Dialog id="create-vault" open=open on_close=move |()| settings.leave() title="Create a vault">
            {fields}
        </Dialog>
    }
}

#[component]
pub(super) fn ChangePassphrase(
    /// The part's state.
    settings: VaultSettings,
) -> impl IntoView {
    let open = Signal::derive(move || settings.asks.get() == Some(VaultQuestion::Change));
    let fields = move || {
        open.get().then(|| {
            view! {
                <NewPassphrase settings=settings act="Change the passphrase" on_submit=move |()| settings.change()>
                    <Field id=VaultSettings::CURRENT label="Present passphrase">
                        <PassphraseInput id=VaultSettings::CURRENT />
                    </Field>
                </NewPassphrase>
            }
        })
    };
    view! {
        <Dialog id="change-passphrase" open=open on_close=move |()| settings.leave() title="Change the passphrase">
            {fields}
        </Dialog>
    }
}

/// A new passphrase, typed twice.
#[component]
fn NewPassphrase(
    /// The part's state.
    settings: VaultSettings,
    /// The words of the button.
    act: &'static str,
    /// Runs when the passphrase was typed.
    #[prop(into)]
    on_submit: Callback<()>,
    /// What stands above.
    children: Children,
) -> impl IntoView {
    let is_pending = settings.is_pending();
    let words = Signal::derive(move || if is_pending.get() { "Making the key…" } else { act }.to_owned());
    view! {
        <PassphraseForm
            id="vault-form"
            act=words
            pending=is_pending
            refusal="Nothing was changed:"
            error=settings.error()
            on_submit=on_submit
            on_cancel=move |()| settings.leave()
        >
            {children()}
            <Field
                id=VaultSettings::NEW
                label="New passphrase"
                help="At least 12 characters. Several words are easier to remember and harder to guess than signs."
            >
                <PassphraseInput id=VaultSettings::NEW kind=PassphraseKind::New />
            </Field>
            <Field id=VaultSettings::AGAIN label="New passphrase, once more">
                <PassphraseInput id=VaultSettings::AGAIN kind=PassphraseKind::New />
            </Field>
        </PassphraseForm>
    }
}

#[component]
pub(super) fn DeleteVault(
    /// The part's state.
    settings: VaultSettings,
) -> impl IntoView {
    let says = Signal::derive(move || Confirmation {
        title: "Delete the vault?".to_owned(),
        text: format!(
            "{} gone for good. The tokens go on working, and the record stays as it is.",
            format::plural(settings.vault.count() as u64, "secret in it is", "secrets in it are")
        ),
        act: "Delete the vault".to_owned(),
        word: "delete".to_owned(),
        ..Confirmation::default()
    });
    view! {
        <ConfirmDialog
            id="delete-vault"
            open=Signal::derive(move || settings.asks.get() == Some(VaultQuestion::Delete))
            says=says
            on_confirm=move |_: String| settings.delete()
            on_close=move |()| settings.leave()
        />
    }
}
