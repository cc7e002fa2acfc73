//! The vault in the settings: making it, another passphrase, when it locks itself, and deleting it.

use leptos::prelude::*;
use tollgate_browser::{AutoLock, Passphrase, Preference as _, VaultError, VaultStanding, save_file};

use super::console::After;
use super::refusal::{refused, why};
use super::task::task;
use super::{Console, VaultView};
use crate::format;

/// What is asked about the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VaultQuestion {
    /// The passphrase of a new vault.
    Create,
    /// Another passphrase.
    Change,
    /// Whether it shall go, with everything in it.
    Delete,
}

/// The part of the settings.
#[derive(Clone, Copy)]
pub struct VaultSettings {
    /// The vault.
    pub vault: VaultView,
    /// What is asked now.
    pub asks: RwSignal<Option<VaultQuestion>>,
    auto_lock: RwSignal<AutoLock>,
    error: RwSignal<String>,
    create: Action<(), ()>,
    change: Action<(), ()>,
    delete: Action<(), ()>,
    export: Action<(), ()>,
    after: After,
}

impl VaultSettings {
    /// The input of the present passphrase. What is typed never becomes part of the state.
    pub const CURRENT: &'static str = "vault-current";

    /// The input of a new passphrase.
    pub const NEW: &'static str = "vault-new";

    /// The input of the same once more.
    pub const AGAIN: &'static str = "vault-again";

    /// The settings as they are now.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        let (asks, error) = (RwSignal::new(None), RwSignal::new(String::new()));
        Self {
            vault: console.vault,
            asks,
            auto_lock: RwSignal::new(AutoLock::load()),
            error,
            create: task(move |(): &()| create(after, asks, error)),
            change: task(move |(): &()| change(after, asks, error)),
            delete: task(move |(): &()| delete(after)),
            export: task(move |(): &()| export(after)),
            after,
        }
    }

    /// How the vault stands, in words.
    #[must_use]
    pub fn says(self) -> String {
        let secrets = || format::plural(self.vault.count() as u64, "secret", "secrets");
        match self.vault.standing().get() {
            VaultStanding::Absent => {
                "There is none: secrets are shown once, and only their digests are kept.".to_owned()
            }
            VaultStanding::Locked => format!("Locked, with {} in it.", secrets()),
            VaultStanding::Unlocked => format!("Unlocked in this tab, with {} in it.", secrets()),
        }
    }

    /// Opens a question anew.
    pub fn ask(self, question: VaultQuestion) {
        self.error.set(String::new());
        self.asks.set(Some(question));
    }

    /// Closes whatever is asked.
    pub fn leave(self) {
        self.asks.set(None);
    }

    /// Why the last try was refused; empty when it was not.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.error.into()
    }

    /// Whether a key is being made.
    #[must_use]
    pub fn is_pending(self) -> Signal<bool> {
        let (create, change) = (self.create.pending(), self.change.pending());
        Signal::derive(move || create.get() || change.get())
    }

    /// Makes the vault with what was typed.
    pub fn create(self) {
        self.error.set(String::new());
        self.create.dispatch(());
    }

    /// Changes the passphrase to what was typed.
    pub fn change(self) {
        self.error.set(String::new());
        self.change.dispatch(());
    }

    /// Deletes the vault with everything in it.
    pub fn delete(self) {
        self.leave();
        self.delete.dispatch(());
    }

    /// Saves the vault as a file, sealed as it is: no other export holds anything of it.
    pub fn export(self) {
        self.export.dispatch(());
    }

    /// The choices of when it locks itself, each with the text that names it and its words.
    #[must_use]
    pub fn auto_locks() -> Vec<(String, String)> {
        let words = |choice: AutoLock| format::plural(u64::from(choice.minutes()), "minute", "minutes");
        AutoLock::ALL.into_iter().map(|choice| (choice.minutes().to_string(), words(choice))).collect()
    }

    /// The text that names the chosen one.
    #[must_use]
    pub fn auto_lock(self) -> Signal<String> {
        Signal::derive(move || self.auto_lock.get().minutes().to_string())
    }

    /// Chooses the one that a text names, for all tabs and from now on.
    pub fn choose_auto_lock(self, name: &str) {
        let Some(choice) = AutoLock::ALL.into_iter().find(|choice| choice.minutes().to_string() == name) else {
            return;
        };
        self.auto_lock.set(choice);
        if let Err(error) = choice.store() {
            self.after.notices.failed(format!("When the vault locks itself is as it was: {error}"));
        }
    }
}

async fn create(after: After, asks: RwSignal<Option<VaultQuestion>>, error: RwSignal<String>) {
    let Some(vault) = after.vault.open_vault() else { return };
    let outcome = match Passphrase::chosen(VaultSettings::NEW, VaultSettings::AGAIN) {
        Ok(passphrase) => vault.create(passphrase).await,
        Err(refusal) => Err(refusal),
    };
    if is_done(&outcome, asks, error) {
        after.notices.done("The vault is made, and unlocked in this tab", None);
        after.storage.ask_to_persist().await;
    }
}

async fn change(after: After, asks: RwSignal<Option<VaultQuestion>>, error: RwSignal<String>) {
    let Some(vault) = after.vault.open_vault() else { return };
    // The new one first: what is refused of it leaves the present one in its input.
    let typed = Passphrase::chosen(VaultSettings::NEW, VaultSettings::AGAIN)
        .and_then(|new| Passphrase::typed(VaultSettings::CURRENT).map(|current| (current, new)));
    let outcome = match typed {
        Ok((current, new)) => vault.change_passphrase(current, new).await,
        Err(refusal) => Err(refusal),
    };
    if is_done(&outcome, asks, error) {
        after.notices.done("The vault has another passphrase; other tabs are locked", None);
    }
}

async fn delete(after: After) {
    let Some(vault) = after.vault.open_vault() else { return };
    match vault.delete().await {
        Ok(()) => after.notices.done("The vault is deleted, with every secret in it", None),
        Err(error) => after.notices.failed(refused("The vault is still there", &error)),
    }
}

async fn export(after: After) {
    let services = after.services();
    let copy = match services.vault.sealed_copy().await {
        Ok(Some(copy)) => copy,
        Ok(None) => return,
        Err(error) => return after.notices.failed(refused("The vault was not exported", &error)),
    };
    let name = format!("tollgate-{}.vault", services.workspace.as_str());
    match save_file(&name, "application/json", copy.as_bytes()) {
        Ok(()) => after.notices.done(format!("The vault is saved as {name}, sealed under its passphrase"), None),
        Err(error) => after.notices.failed(format!("The vault was not exported: {error}")),
    }
}

/// Closes the question once it is done; otherwise says there why not.
fn is_done(outcome: &Result<(), VaultError>, asks: RwSignal<Option<VaultQuestion>>, error: RwSignal<String>) -> bool {
    match outcome {
        Ok(()) => {
            asks.try_set(None);
        }
        Err(refusal) => {
            error.try_set(why(refusal));
        }
    }
    outcome.is_ok()
}
