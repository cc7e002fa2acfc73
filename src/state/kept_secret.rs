//! The secret of one token that is in the vault: copied, revealed, removed.

use std::time::Duration;

use leptos::prelude::*;
use tollgate_browser::{VaultStanding, copy_text};
use tollgate_tokens::{TokenSecret, TokenUid};

use super::Console;
use super::console::After;
use super::refusal::refused;
use super::secret_text::SecretText;
use super::task::task;

/// How long a revealed secret stays on the page.
const STAYS: Duration = Duration::from_secs(30);

/// The secret of one token.
#[derive(Clone, Copy)]
pub struct KeptSecret {
    after: After,
    uid: TokenUid,
    /// The secret, while it is revealed.
    pub text: SecretText,
    copied: RwSignal<bool>,
    on_copy: Callback<()>,
    on_reveal: Callback<()>,
    remove: Action<(), ()>,
}

impl KeptSecret {
    /// The secret of a token, which need not be in the vault.
    #[must_use]
    pub fn new(console: Console, uid: TokenUid) -> Self {
        let after = console.after();
        let (text, copied) = (SecretText::new(), RwSignal::new(false));
        let copy = task(move |(): &()| copy(after, uid, copied));
        let reveal = task(move |(): &()| reveal(after, uid, text));
        let remove = task(move |(): &()| remove(after, uid));
        let standing = after.vault.standing();
        // It sets a signal, because a secret that must not be shown any more must not wait to be read to go.
        Effect::new(move |_| {
            if standing.get() != VaultStanding::Unlocked {
                text.forget();
                copied.set(false);
            }
        });
        let on_copy = Callback::new(move |()| {
            copy.dispatch(());
        });
        let on_reveal = Callback::new(move |()| {
            reveal.dispatch(());
        });
        Self { after, uid, text, copied, on_copy, on_reveal, remove }
    }

    /// Whether it is in the vault.
    #[must_use]
    pub fn is_kept(self) -> Signal<bool> {
        self.after.vault.keeps(self.uid)
    }

    /// Whether it was copied.
    #[must_use]
    pub fn is_copied(self) -> Signal<bool> {
        self.copied.into()
    }

    /// Copies it to the clipboard without showing it, once the vault is unlocked and the record says so.
    pub fn copy(self) {
        self.after.vault.when_unlocked(self.on_copy);
    }

    /// Shows it for half a minute, once the vault is unlocked and the record says so.
    pub fn reveal(self) {
        self.after.vault.when_unlocked(self.on_reveal);
    }

    /// Removes it from the vault for good.
    pub fn remove(self) {
        self.text.forget();
        self.remove.dispatch(());
    }
}

/// Takes the secret out of the vault, once it is on record that somebody did.
async fn taken_out(after: After, uid: TokenUid) -> Option<TokenSecret> {
    const WHAT: &str = "The secret was not taken out of the vault";
    let services = after.services();
    // Opened first, so that the record does not tell of a secret that could not be had.
    let secret = match services.vault.open(uid).await {
        Ok(secret) => secret,
        Err(error) => {
            after.notices.failed(refused(WHAT, &error));
            return None;
        }
    };
    match after.settle(services.manager.record_reveal(uid).await)? {
        Ok(()) => Some(secret),
        Err(refusal) => {
            after.notices.failed(refused(WHAT, &refusal));
            None
        }
    }
}

async fn copy(after: After, uid: TokenUid, copied: RwSignal<bool>) {
    copied.try_set(false);
    let Some(secret) = taken_out(after, uid).await else { return };
    match copy_text(&secret.expose_once()).await {
        Ok(()) => {
            copied.try_set(true);
        }
        Err(error) => after.notices.failed(format!("Nothing was copied: {error}. Reveal the secret and copy it.")),
    }
}

async fn reveal(after: After, uid: TokenUid, text: SecretText) {
    if let Some(secret) = taken_out(after, uid).await {
        // Whoever left the page meanwhile is shown nothing.
        let _ = text.show_for(secret.expose_once(), STAYS);
    }
}

async fn remove(after: After, uid: TokenUid) {
    let Some(vault) = after.vault.open_vault() else { return };
    match vault.remove(&[uid]).await {
        Ok(()) => after.notices.done("The secret is not in the vault any more", None),
        Err(error) => after.notices.failed(refused("The secret is still in the vault", &error)),
    }
}
