//! The status bar: where data lives, whether that is durable, and whether the console starts without a network.

use leptos::prelude::*;
use tollgate_browser::{ProgramCopy, StoreKind, VaultStanding};

use crate::components::{IconName, StatusItem, StatusPlace, Tone};
use crate::state::{Console, Durability, Program};

/// The facts of the bar, most important first.
pub(super) fn status_items(console: Console) -> Vec<StatusItem> {
    let storage = console.storage;
    let durability = match storage.durability() {
        Durability::Persistent => "Persistent",
        Durability::BestEffort => "Best effort: the browser may clear it",
        Durability::Unknown => "Durability not known",
    };
    let tabs = match storage.tabs() {
        1 => "1 tab open".to_owned(),
        tabs => format!("{tabs} tabs open"),
    };
    let durability = StatusItem { href: "/settings".to_owned(), ..fact(IconName::Pin, durability) };
    let server = fact(IconName::Push, "No server connected");
    let tabs = StatusItem { place: StatusPlace::End, ..fact(IconName::Pen, &tabs) };
    let (start, vault) = (start(console.program), vault(console));
    let facts = [Some(saved(console)), Some(durability), start, Some(server), vault, Some(tabs)];
    facts.into_iter().flatten().collect()
}

/// What the bar offers about the vault.
const LOCK: &str = "Lock";
const UNLOCK: &str = "Unlock";

/// Does what the bar offers.
pub(super) fn perform(console: Console, act: &str) {
    match act {
        LOCK => console.vault.lock(),
        _ => console.vault.unlock(),
    }
}

/// Whether secrets can be taken out of the vault; nothing where there is none.
fn vault(console: Console) -> Option<StatusItem> {
    let (text, act) = match console.vault.standing().get() {
        VaultStanding::Absent => return None,
        VaultStanding::Locked => ("Vault locked", UNLOCK),
        VaultStanding::Unlocked => ("Vault unlocked", LOCK),
    };
    Some(StatusItem { act: act.to_owned(), ..fact(IconName::Key, text) })
}

/// Whether what was done last is kept, and for how long.
fn saved(console: Console) -> StatusItem {
    let storage = console.storage;
    let attention = |tone, icon, text: &str, title: String| StatusItem {
        tone,
        href: "/settings".to_owned(),
        title,
        ..fact(icon, text)
    };
    if let Some(error) = storage.failure() {
        return attention(Tone::Bad, IconName::Error, "The last change is not saved", error.to_string());
    }
    match storage.kind() {
        StoreKind::IndexedDb => StatusItem { tone: Tone::Ok, ..fact(IconName::Saved, "Saved on this device") },
        StoreKind::LocalStorage => {
            attention(Tone::Warn, IconName::Warn, "Kept in this tab, may lose the last seconds", String::new())
        }
        StoreKind::Memory => attention(Tone::Warn, IconName::Warn, "Not kept: gone with this tab", String::new()),
    }
}

/// What the next start needs, or brings; nothing while that is not known.
fn start(program: Program) -> Option<StatusItem> {
    let settings =
        |text: &str, title: String| StatusItem { href: "/settings".to_owned(), title, ..fact(IconName::Backup, text) };
    if program.is_newer_there() {
        return Some(settings("A new version is here", String::new()));
    }
    match program.copy() {
        ProgramCopy::Pending => None,
        ProgramCopy::Kept => Some(fact(IconName::Backup, "Works without a network")),
        ProgramCopy::Absent { cause } => Some(settings("Needs the network to start", cause)),
    }
}

fn fact(icon: IconName, text: &str) -> StatusItem {
    StatusItem {
        icon,
        text: text.to_owned(),
        tone: Tone::Plain,
        href: String::new(),
        title: String::new(),
        act: String::new(),
        place: StatusPlace::Start,
    }
}
