//! A secret for the one time it is shown.

use leptos::prelude::*;
use tollgate_browser::copy_text;
use tollgate_tokens::TokenUid;
use tollgate_tokens::checked::Generated;

use super::console::After;
use super::task::task;

/// A token that was just made: its secret is in here, and nowhere else.
#[derive(Clone, PartialEq)]
pub struct Made {
    /// The token.
    pub uid: TokenUid,
    /// Its number.
    pub number: u64,
    /// The secret, as it is shown.
    pub secret: String,
}

/// The place of a page where a secret is shown, until it is dismissed or the page is left.
#[derive(Clone, Copy)]
pub struct ShownSecret {
    made: ReadSignal<Option<Made>>,
    set_made: WriteSignal<Option<Made>>,
    copied: RwSignal<bool>,
    copy: Action<(), ()>,
}

impl ShownSecret {
    /// The place, with nothing to show yet.
    pub(super) fn new(after: After) -> Self {
        let (made, set_made) = signal(None);
        let copied = RwSignal::new(false);
        let secret = Self { made, set_made, copied, copy: task(move |(): &()| copy(after, made, copied)) };
        after.program.unsaved.watch("the secret, which is shown once", move || made.with(Option::is_some));
        // The secret goes with the page.
        on_cleanup(move || secret.forget());
        secret
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

    /// Copies the secret to the clipboard.
    pub fn copy(self) {
        self.copy.dispatch(());
    }

    /// Takes the secret off the page for good.
    pub fn forget(self) {
        self.set_made.try_update(|made| {
            if let Some(made) = made {
                zeroize::Zeroize::zeroize(&mut made.secret);
            }
            *made = None;
        });
    }

    /// Shows the secret of a token that was just made; without a page it is gone, which `Unseen` says.
    pub(super) fn show(self, generated: Generated) -> Result<(), Unseen> {
        let Generated { uid, number, secret, .. } = generated;
        self.copied.try_set(false);
        // The one way out of the secret's type, for the one time it is shown.
        let shown = Made { uid, number, secret: secret.expose_once().as_str().to_owned() };
        match self.set_made.try_set(Some(shown)) {
            Some(Some(mut unseen)) => {
                zeroize::Zeroize::zeroize(&mut unseen.secret);
                Err(Unseen)
            }
            _ => Ok(()),
        }
    }
}

/// The page was left before the secret could be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unseen;

async fn copy(after: After, made: ReadSignal<Option<Made>>, copied: RwSignal<bool>) {
    let secret = made.with_untracked(|made| made.as_ref().map(|made| made.secret.clone()));
    let Some(mut secret) = secret else { return };
    match copy_text(&secret).await {
        Ok(()) => {
            copied.try_set(true);
        }
        Err(error) => after.notices.failed(format!("Nothing was copied: {error}. Select the text and copy it.")),
    }
    zeroize::Zeroize::zeroize(&mut secret);
}
