//! Why the vault did not do what it was asked.

use tollgate_tokens::{EntropyError, JournalError};

use super::passphrase::SHORTEST_PASSPHRASE;
use crate::worker::LinkError;

/// Why the vault did not do what it was asked. Nothing was changed, and no message holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// There is no vault in this workspace.
    #[error("there is no vault in this workspace")]
    Absent,
    /// There is one already.
    #[error("there is a vault in this workspace already")]
    Exists,
    /// The new passphrase is too short.
    #[error("a passphrase has at least {} characters", SHORTEST_PASSPHRASE)]
    TooShort,
    /// The new passphrase was typed in two ways.
    #[error("the two passphrases differ")]
    Differ,
    /// The passphrase is another one.
    #[error("this is not the passphrase of the vault")]
    WrongPassphrase,
    /// The vault has to be unlocked first.
    #[error("the vault is locked")]
    Locked,
    /// The secret of the token is not in the vault.
    #[error("the secret of this token is not in the vault")]
    NotKept,
    /// What says how the vault is sealed cannot be read.
    #[error("the vault cannot be read ({cause})")]
    Unreadable {
        /// What is wrong.
        cause: String,
    },
    /// A sealed secret was changed, or belongs to another token or another vault.
    #[error("the sealed secret was changed, or belongs to another token")]
    Changed,
    /// The vault got another passphrase while this tab had it unlocked.
    #[error("the vault got another passphrase in another tab")]
    Replaced,
    /// The browser does not seal.
    #[error("this browser cannot seal anything ({cause})")]
    Crypto {
        /// The browser's reason.
        cause: String,
    },
    /// The passphrase could not be made into a key.
    #[error("the passphrase could not be made into a key ({cause})")]
    Derivation {
        /// The reason.
        cause: String,
    },
    /// There is no randomness to seal with.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The database did not do what it was asked.
    #[error(transparent)]
    Store(#[from] JournalError),
}

impl VaultError {
    /// A stable code, for documents and searches.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Absent => "V0101",
            Self::Exists => "V0102",
            Self::TooShort => "V0103",
            Self::Differ => "V0104",
            Self::WrongPassphrase => "V0105",
            Self::Locked => "V0106",
            Self::NotKept => "V0107",
            Self::Unreadable { .. } => "V0108",
            Self::Changed => "V0109",
            Self::Replaced => "V0110",
            Self::Crypto { .. } => "V0111",
            Self::Derivation { .. } => "V0112",
            Self::Entropy(_) => "V0113",
            Self::Store(error) => error.code(),
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Absent => "create one under Settings",
            Self::Exists => "unlock it, or delete it first",
            Self::TooShort => "take several words; they are easier to remember and harder to guess than signs",
            Self::Differ => "type the same passphrase twice",
            Self::WrongPassphrase => "try again; without its passphrase a vault can only be deleted",
            Self::Locked | Self::Replaced => "unlock the vault and try again",
            Self::NotKept => "rotate the token to get a secret that you can keep",
            Self::Unreadable { .. } => {
                "reload the page in the newest version; if it stays so, delete the vault and rotate its tokens"
            }
            Self::Changed => "remove it from the vault and rotate the token",
            Self::Crypto { .. } => "open the page over https or on this machine, in a current browser",
            Self::Derivation { .. } => "close other pages to free memory, reload this one, and try again",
            Self::Entropy(_) => "reload the page in a current browser",
            Self::Store(error) => error.help(),
        }
    }
}

impl From<LinkError> for VaultError {
    fn from(error: LinkError) -> Self {
        let cause = match error {
            LinkError::Ended => "the worker was ended".to_owned(),
            LinkError::Url(error) => error.to_string(),
            LinkError::Failed(cause) => format!("the worker failed: {cause}"),
        };
        Self::Derivation { cause }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_what_to_do() {
        let short = VaultError::TooShort;
        assert_eq!(short.to_string(), "a passphrase has at least 12 characters");
        assert_eq!((short.code(), VaultError::WrongPassphrase.code()), ("V0103", "V0105"));
        let full = VaultError::Store(JournalError::Full { cause: "QuotaExceededError".to_owned() });
        assert_eq!(full.code(), "J0101");
        assert_eq!(full.to_string(), "this browser gives Tollgate no more space (QuotaExceededError)");
    }
}
