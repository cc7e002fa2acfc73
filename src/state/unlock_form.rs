//! The passphrase that unlocks the vault.

use leptos::prelude::*;
use tollgate_browser::Passphrase;

use super::Console;
use super::console::After;
use super::refusal::why;
use super::task::task;

/// The question for the passphrase.
#[derive(Clone, Copy)]
pub struct UnlockForm {
    error: RwSignal<String>,
    unlock: Action<(), ()>,
}

impl UnlockForm {
    /// The input in which the passphrase is typed. What is typed never becomes part of the state.
    pub const INPUT: &'static str = "vault-passphrase";

    /// The question, not answered yet.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        let error = RwSignal::new(String::new());
        Self { error, unlock: task(move |(): &()| unlock(after, error)) }
    }

    /// Why the last try was refused; empty when it was not.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.error.into()
    }

    /// Whether the key is being made.
    #[must_use]
    pub fn is_pending(self) -> Signal<bool> {
        self.unlock.pending().into()
    }

    /// Unlocks the vault with what was typed, and goes on with what waited for that.
    pub fn unlock(self) {
        if !self.unlock.pending().get_untracked() {
            self.error.set(String::new());
            self.unlock.dispatch(());
        }
    }
}

async fn unlock(after: After, error: RwSignal<String>) {
    let Some(vault) = after.vault.open_vault() else { return };
    let outcome = match Passphrase::typed(UnlockForm::INPUT) {
        Ok(passphrase) => vault.unlock(passphrase).await,
        Err(refusal) => Err(refusal),
    };
    match outcome {
        Ok(()) => after.vault.go_on(),
        Err(refusal) => {
            error.try_set(why(&refusal));
        }
    }
}
