//! The vault in the settings.

use leptos::prelude::*;
use tollgate_browser::VaultStanding;

use super::vault_file::TakeInVault;
use super::vault_questions::{ChangePassphrase, CreateVault, DeleteVault};
use crate::components::{Button, ButtonLook, Choice, Field, IconName, Select};
use crate::pages::words::console;
use crate::state::{VaultFileForm, VaultQuestion, VaultSettings};

#[component]
pub(super) fn VaultSection() -> impl IntoView {
    let settings = VaultSettings::new(console());
    let file = VaultFileForm::new(console());
    let standing = settings.vault.standing();
    let is_there = Memo::new(move |_| standing.get() != VaultStanding::Absent);
    view! {
        <section aria-labelledby="vault">
            <div>
                <h2 id="vault">"Vault"</h2>
                <p class="why">"Keeps the secrets that you choose, sealed under a passphrase. Off until you make one."</p>
            </div>
            <div class="body">
                <p>{move || settings.says()}</p>
                <Show when=move || is_there.get()>
                    <AutoLockField settings=settings />
                    <Acts settings=settings />
                </Show>
                <TakeInVault form=file>
                    <Show when=move || !is_there.get()>
                        <Button icon=IconName::Key on_click=move |()| settings.ask(VaultQuestion::Create)>
                            "Create a vault…"
                        </Button>
                    </Show>
                </TakeInVault>
            </div>
            <CreateVault settings=settings />
            <ChangePassphrase settings=settings />
            <DeleteVault settings=settings />
        </section>
    }
}

#[component]
fn Acts(
    /// The part's state.
    settings: VaultSettings,
) -> impl IntoView {
    let vault = settings.vault;
    let standing = vault.standing();
    let words = move || if standing.get() == VaultStanding::Unlocked { "Lock now" } else { "Unlock…" };
    let turn = move |()| match standing.get_untracked() {
        VaultStanding::Unlocked => vault.lock(),
        VaultStanding::Locked | VaultStanding::Absent => vault.unlock(),
    };
    view! {
        <div class="row wrap">
            <Button icon=IconName::Key on_click=turn>
                {words}
            </Button>
            <Button on_click=move |()| settings.ask(VaultQuestion::Change)>"Change the passphrase…"</Button>
            <Button on_click=move |()| settings.export()>"Export the vault"</Button>
            <Button look=ButtonLook::Danger on_click=move |()| settings.ask(VaultQuestion::Delete)>
                "Delete the vault…"
            </Button>
        </div>
    }
}

#[component]
fn AutoLockField(
    /// The part's state.
    settings: VaultSettings,
) -> impl IntoView {
    let choices: Vec<Choice> =
        VaultSettings::auto_locks().into_iter().map(|(name, words)| Choice::new(name, words)).collect();
    view! {
        <Field
            id="auto-lock"
            label="Lock it after"
            help="Without use. It is locked as well when this page is closed, or out of sight for a minute."
        >
            <Select
                id="auto-lock"
                choices=choices
                value=settings.auto_lock()
                on_change=move |name: String| settings.choose_auto_lock(&name)
            />
        </Field>
    }
}
