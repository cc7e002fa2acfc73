//! Where the data is, and joining two journals.

use leptos::prelude::*;
use tollgate_browser::{MirrorState, StoreKind};

use super::apart::ApartNotice;
use crate::components::{Button, ButtonLook, Notice, Tone};
use crate::format;
use crate::pages::words::console;
use crate::state::{Durability, Settings};

#[component]
pub(super) fn StorageSection() -> impl IntoView {
    let console = console();
    let settings = Settings::new(console);
    let storage = console.storage;
    let place = match storage.kind() {
        StoreKind::IndexedDb => "IndexedDB, in a database of its own",
        StoreKind::Memory => "memory only: nothing is kept when this tab closes",
        StoreKind::LocalStorage => "localStorage, because the browser refused its database",
    };
    let durability = move || match storage.durability() {
        Durability::Persistent => "Persistent: the browser removes it only when you do",
        Durability::BestEffort => "Best effort: the browser may remove it when space runs short",
        Durability::Unknown => "This browser does not say",
    };
    let space = move || {
        storage.space().map_or_else(
            || "This browser does not say".to_owned(),
            |space| {
                format!(
                    "{} used; the browser’s own estimate of what is left is not to be relied on",
                    format::bytes(space.usage_bytes)
                )
            },
        )
    };
    let failure = move || {
        storage.failure().map(|error| {
            let help = format!("What to do: {} ({}).", error.help(), error.code());
            view! { <Notice tone=Tone::Bad heading=format!("The last change is not saved: {error}.") text=help /> }
        })
    };
    let join = storage.has_two_journals().then(|| view! { <JoinNotice settings=settings /> });
    view! {
        <section aria-labelledby="storage">
            <div>
                <h2 id="storage">"Storage"</h2>
                <p class="why">"Where your data is, and whether the browser may clear it."</p>
            </div>
            <div class="body">
                {failure}
                {join}
                <ApartNotice />
                <dl class="kv">
                    <dt>"Place"</dt>
                    <dd>{place}</dd>
                    <dt>"Second copy"</dt>
                    <dd>{move || second_copy(&storage.mirror())}</dd>
                    <dt>"Durability"</dt>
                    <dd>{durability}</dd>
                    <dt>"Space"</dt>
                    <dd>{space}</dd>
                </dl>
                <Show when=move || storage.durability() != Durability::Persistent>
                    <Button on_click=move |()| settings.ask_to_persist()>"Ask the browser to keep it"</Button>
                </Show>
            </div>
        </section>
    }
}

fn second_copy(mirror: &MirrorState) -> String {
    match mirror {
        MirrorState::Kept { file, owed: 0 } => {
            format!("Kept in files beside the database, here {file}; a lost database is restored from them")
        }
        MirrorState::Kept { file, owed } => {
            let owed = format::plural(*owed, "older record is", "older records are");
            format!("Kept in files beside the database, here {file}; {owed} still to be copied")
        }
        MirrorState::Absent { cause } => format!("Not available here: {cause}"),
        MirrorState::Failed { cause } => format!("Stopped until this page is reloaded: {cause}"),
    }
}

#[component]
pub(super) fn JoinNotice(
    /// The page's state.
    settings: Settings,
) -> impl IntoView {
    let plan = settings.join_plan();
    view! {
        <Notice
            tone=Tone::Warn
            heading="There are two journals on this device."
            text=Signal::derive(move || plan.get())
        >
            <div class="row wrap">
                <Button look=ButtonLook::Primary on_click=move |()| settings.join()>"Join them"</Button>
            </div>
        </Notice>
    }
}
