//! Refusals in words: what is true now, why, what to do, and the code to look it up by.

use std::fmt::Display;

use tollgate_browser::{VaultError, VaultFileError};
use tollgate_tokens::checked::TokenError;
use tollgate_tokens::library::LibraryError;
use tollgate_tokens::settings::SettingsError;
use tollgate_tokens::{ArchiveError, DocumentError, JournalError, ShareError};

/// Why something was not done; displayed, it is a lower-case fragment.
pub(super) trait Refusal: Display {
    /// What to do, as a lower-case fragment.
    fn advice(&self) -> &'static str;

    /// A stable code.
    fn id(&self) -> &'static str;
}

macro_rules! refusals {
    ($($refusal:ty),+ $(,)?) => {
        $(impl Refusal for $refusal {
            fn advice(&self) -> &'static str {
                self.help()
            }

            fn id(&self) -> &'static str {
                self.code()
            }
        })+
    };
}

refusals!(
    ArchiveError,
    DocumentError,
    JournalError,
    LibraryError,
    SettingsError,
    ShareError,
    TokenError,
    VaultError,
    VaultFileError,
);

/// Why, and what to do.
pub(super) fn why(refusal: &impl Refusal) -> String {
    format!("{refusal}. What to do: {} ({})", refusal.advice(), refusal.id())
}

/// The same behind what is true now.
pub(super) fn refused(what: &str, refusal: &impl Refusal) -> String {
    format!("{what}: {}", why(refusal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_is_true_why_and_what_to_do() {
        let refusal = TokenError::NothingToChange;
        let said = refused("Nothing was changed", &refusal);
        let (why, help, code) = (refusal.to_string(), refusal.help(), refusal.code());
        assert_eq!(said, format!("Nothing was changed: {why}. What to do: {help} ({code})"));
    }
}
