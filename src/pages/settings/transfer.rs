//! The workspace as a file: out, in again, and away.

use leptos::ev;
use leptos::prelude::*;

use super::import::{ImportProgress, ImportQuestion};
use crate::components::{Button, ButtonLook, ConfirmDialog, Confirmation, FileButton};
use crate::pages::words::console;
use crate::state::{Import, Settings, VaultSettings, Wipe};

#[component]
pub(super) fn TransferSection() -> impl IntoView {
    let console = console();
    let settings = Settings::new(console);
    let import = Import::new(console);
    // Sample data has an act of its own that takes it away, and would be made again.
    let wipe = (!console.is_sample()).then(|| view! { <WipeAct settings=settings /> });
    view! {
        <section aria-labelledby="transfer">
            <div>
                <h2 id="transfer">"Export and import"</h2>
                <p class="why">
                    "The whole workspace as one file: tokens, users, sites and the record. No secret is in it, but names, notes and policies are."
                </p>
            </div>
            <div class="body">
                <div class="row wrap">
                    <Button on_click=move |()| settings.export()>"Export this workspace"</Button>
                    <FileButton
                        label="Import…"
                        accept=".json,application/json"
                        disabled=import.is_pending()
                        on_pick=move |event: ev::Event| import.pick(&event)
                    />
                    {wipe}
                </div>
                <ImportProgress import=import />
                <ImportQuestion import=import settings=settings />
            </div>
        </section>
    }
}

const WIPED: &str = "Tokens, users, sites and the whole record are removed from this browser, the second copy included. \
                     On a server nothing changes. This cannot be undone: only an export brings it back.";

/// Takes the workspace away, after asking.
#[component]
fn WipeAct(
    /// What exports first.
    settings: Settings,
) -> impl IntoView {
    let (wipe, vault) = (Wipe::new(console()), VaultSettings::new(console()));
    let vault_goes = Memo::new(move |_| wipe.vault_goes());
    let has_vault = Memo::new(move |_| vault_goes.with(|words| !words.is_empty()));
    let says = Signal::derive(move || Confirmation {
        title: "Wipe this workspace?".to_owned(),
        text: format!("{WIPED} {}", vault_goes.get()).trim_end().to_owned(),
        act: "Wipe this workspace".to_owned(),
        word: wipe.workspace(),
        ..Confirmation::default()
    });
    view! {
        <Button look=ButtonLook::Danger on_click=move |()| wipe.asks.set(true)>
            "Wipe this workspace…"
        </Button>
        <ConfirmDialog
            id="wipe"
            open=wipe.asks
            says=says
            on_confirm=move |_: String| wipe.confirm()
            on_close=move |()| wipe.asks.set(false)
        >
            <div class="row wrap">
                <Button on_click=move |()| settings.export()>"Export it first"</Button>
                <Show when=move || has_vault.get()>
                    <Button on_click=move |()| vault.export()>"Export the vault first"</Button>
                </Show>
            </div>
        </ConfirmDialog>
    }
}
