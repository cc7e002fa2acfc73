//! A secret for the one time it is shown.

use leptos::prelude::*;
use tollgate_browser::{VaultStanding, copy_text};
use tollgate_tokens::TokenUid;
use tollgate_tokens::checked::Generated;

use super::console::After;
use super::refusal::refused;
use super::secret_text::{SecretText, Unseen};
use super::task::task;

/// A token that was just made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// The token.
    pub uid: TokenUid,
    /// Its number.
    pub number: u64,
}

/// The place of a page where a secret is shown, until it is dismissed or the page is left.
#[derive(Clone, Copy)]
pub struct ShownSecret {
    after: After,
    /// The secret: it is in here, and nowhere else unless it is kept in the vault.
    pub text: SecretText,
    made: ReadSignal<Option<Made>>,
    set_made: WriteSignal<Option<Made>>,
    copied: RwSignal<bool>,
    kept: RwSignal<bool>,
    copy: Action<(), ()>,
    keep: Action<(), ()>,
    on_unlocked: Callback<()>,
}

impl ShownSecret {
    /// The place, with nothing to show yet.
    pub(super) fn new(after: After) -> Self {
        let (made, set_made) = signal(None);
        let (text, copied, kept) = (SecretText::new(), RwSignal::new(false), RwSignal::new(false));
        let keep = task(move |(): &()| keep(after, made, text, kept));
        let on_unlocked = Callback::new(move |()| {
            keep.dispatch(());
        });
        let unsaved = after.program.unsaved;
        unsaved.watch("the secret, which is shown once", move || made.with(Option::is_some) && !kept.get());
        let copy = task(move |(): &()| copy(after, text, copied));
        Self { after, text, made, set_made, copied, kept, copy, keep, on_unlocked }
    }

    /// The token that was just made, until its secret is dismissed.
    #[must_use]
    pub fn made(self) -> ReadSignal<Option<Made>> {
        self.made
    }

    /// Whether the secret was copied.
    #[must_use]
    pub fn is_copied(self) -> Signal<bool> {
        self.copied.into()
    }

    /// Whether there is a vault to keep it in.
    #[must_use]
    pub fn can_be_kept(self) -> Signal<bool> {
        let standing = self.after.vault.standing();
        Signal::derive(move || standing.get() != VaultStanding::Absent)
    }

    /// Whether the secret is in the vault.
    #[must_use]
    pub fn is_kept(self) -> Signal<bool> {
        self.kept.into()
    }

    /// Whether it is on its way to the vault.
    #[must_use]
    pub fn is_being_kept(self) -> Signal<bool> {
        self.keep.pending().into()
    }

    /// Copies the secret to the clipboard.
    pub fn copy(self) {
        self.copy.dispatch(());
    }

    /// Keeps the secret in the vault, once that is unlocked.
    pub fn keep(self) {
        self.after.vault.when_unlocked(self.on_unlocked);
    }

    /// Takes the secret off the page for good.
    pub fn forget(self) {
        self.text.forget();
        self.set_made.try_set(None);
    }

    /// Shows the secret of a token that was just made; without a page it is gone, which `Unseen` says.
    pub(super) fn show(self, generated: Generated) -> Result<(), Unseen> {
        let Generated { uid, number, secret, .. } = generated;
        self.copied.try_set(false);
        self.kept.try_set(false);
        // The one way out of the secret's type, for the one time it is shown.
        self.text.show(secret.expose_once())?;
        self.set_made.try_set(Some(Made { uid, number })).map_or(Ok(()), |_| Err(Unseen))
    }
}

async fn copy(after: After, text: SecretText, copied: RwSignal<bool>) {
    let Some(secret) = text.copied() else { return };
    match copy_text(&secret).await {
        Ok(()) => {
            copied.try_set(true);
        }
        Err(error) => after.notices.failed(format!("Nothing was copied: {error}. Select the text and copy it.")),
    }
}

async fn keep(after: After, made: ReadSignal<Option<Made>>, text: SecretText, kept: RwSignal<bool>) {
    let made = made.try_get_untracked().flatten();
    let (Some(made), Some(secret), Some(vault)) = (made, text.copied(), after.vault.open_vault()) else { return };
    match vault.seal(made.uid, &secret).await {
        Ok(()) => {
            kept.try_set(true);
        }
        Err(error) => after.notices.failed(refused("The secret is not in the vault", &error)),
    }
}
