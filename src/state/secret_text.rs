//! The text of a secret while it is shown.

use std::time::Duration;

use leptos::prelude::*;
use zeroize::Zeroizing;

/// One copy of a secret, zeroed when it is taken off the page or the page is left.
#[derive(Clone, Copy)]
pub struct SecretText {
    text: RwSignal<Option<Zeroizing<String>>>,
    /// Counts what was shown, so that the clock of an earlier secret does not hide a later one.
    turn: StoredValue<u64>,
}

impl SecretText {
    /// Nothing yet. It goes with the page.
    pub(super) fn new() -> Self {
        let secret = Self { text: RwSignal::new(None), turn: StoredValue::new(0) };
        on_cleanup(move || secret.forget());
        secret
    }

    /// Whether there is one.
    #[must_use]
    pub fn is_shown(self) -> Signal<bool> {
        Signal::derive(move || self.text.with(Option::is_some))
    }

    /// Hands the text to a reader, who must not keep a copy; an empty text once it is gone.
    pub fn read<R>(self, reader: impl FnOnce(&str) -> R) -> R {
        self.text.with(|text| reader(text.as_deref().map_or("", String::as_str)))
    }

    /// Takes the secret off the page for good.
    pub fn forget(self) {
        self.text.try_set(None);
    }

    /// A copy that is zeroed as well.
    pub(super) fn copied(self) -> Option<Zeroizing<String>> {
        self.text.try_get_untracked().flatten()
    }

    /// Shows a secret; without a page it is gone, which `Unseen` says.
    pub(super) fn show(self, text: Zeroizing<String>) -> Result<(), Unseen> {
        self.turn.try_update_value(|turn| *turn += 1);
        self.text.try_set(Some(text)).map_or(Ok(()), |_| Err(Unseen))
    }

    /// Shows a secret for so long and no longer.
    pub(super) fn show_for(self, text: Zeroizing<String>, stays: Duration) -> Result<(), Unseen> {
        self.show(text)?;
        let shown = self.turn.try_get_value();
        let hide = move || {
            if self.turn.try_get_value() == shown {
                self.forget();
            }
        };
        set_timeout(hide, stays);
        Ok(())
    }
}

/// The page was left before the secret could be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unseen;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secret_goes_with_its_page() {
        let app = Owner::new();
        app.set();
        let page = app.child();
        let secret = page.with(SecretText::new);
        assert_eq!(secret.show(Zeroizing::new("rbp_one".to_owned())), Ok(()));
        assert_eq!(secret.read(str::len), 7);
        secret.forget();
        assert!(secret.read(str::is_empty) && secret.copied().is_none());
        page.cleanup();
        assert_eq!(secret.show(Zeroizing::new("rbp_two".to_owned())), Err(Unseen));
    }
}
