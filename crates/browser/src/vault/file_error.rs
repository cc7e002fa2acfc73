//! Why a file is not taken for a vault that was saved.

/// Why a file is not taken for a vault that was saved. No message quotes what may be a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VaultFileError {
    /// The text is no JSON.
    #[error("the file is not JSON (line {line}, column {column})")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// The text is JSON, but no vault.
    #[error("the file is no vault that this console saved")]
    NotOurs,
    /// A newer program wrote it.
    #[error("the file is a vault of version {version}, and this program knows versions up to {known}")]
    Newer {
        /// The version that it names.
        version: u64,
        /// The newest version that can be read.
        known: u64,
    },
    /// A field is missing, twice there, unknown, or holds what it cannot hold.
    #[error("a field is missing, twice there, unknown or of another kind (line {line}, column {column})")]
    Shape {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// Somebody put a token into it.
    #[error("line {line} holds what looks like a token")]
    LooksLikeToken {
        /// The line, from 1.
        line: usize,
    },
    /// What says how the vault is sealed cannot be used.
    #[error("its header cannot be used ({cause})")]
    Header {
        /// What is wrong.
        cause: String,
    },
    /// A secret is named for no token, or for one that has another in the file.
    #[error("secret {number} of the file is named for no token, or for one that is there twice")]
    Name {
        /// Which secret, from 1.
        number: usize,
    },
    /// What lies under the name of a token is nothing that was sealed.
    #[error("secret {number} of the file is not what was sealed")]
    Secret {
        /// Which secret, from 1.
        number: usize,
    },
    /// There is more in it than any vault has.
    #[error("the file holds {found} secrets, and files of at most {most} are read")]
    TooMany {
        /// How many there are.
        found: usize,
        /// How many are read.
        most: usize,
    },
}

impl VaultFileError {
    /// A stable code, for documents and searches.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "V0201",
            Self::NotOurs => "V0202",
            Self::Newer { .. } => "V0203",
            Self::Shape { .. } => "V0204",
            Self::LooksLikeToken { .. } => "V0205",
            Self::Header { .. } => "V0206",
            Self::Name { .. } => "V0207",
            Self::Secret { .. } => "V0208",
            Self::TooMany { .. } => "V0209",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "take the file as it was saved: one that was cut off or edited cannot be read",
            Self::NotOurs => "choose a file whose name ends with .vault, as this console saves them",
            Self::Newer { .. } => "open the console that saved it, or a newer one than this",
            Self::LooksLikeToken { .. } => {
                "treat that token as leaked: invalidate it, and delete the file; no vault that was saved shows one"
            }
            Self::Shape { .. } | Self::Header { .. } | Self::Name { .. } | Self::Secret { .. } => {
                "take the file as it was saved, without changes; if it is damaged, rotate the tokens instead"
            }
            Self::TooMany { .. } => "take a file that this console saved; no vault of it grows to that",
        }
    }
}
