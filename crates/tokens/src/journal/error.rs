//! Why a store did not do what it was asked.

use crate::chain::DraftError;

/// Why a store did not do what it was asked. Whatever the variant, nothing of the act was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// There is no more room.
    #[error("this browser gives Tollgate no more space ({cause})")]
    Full {
        /// What the store said.
        cause: String,
    },
    /// Another tab holds the database open in an older version.
    #[error("another tab with an older Tollgate holds the database open ({cause})")]
    Blocked {
        /// What the store said.
        cause: String,
    },
    /// The transaction was aborted.
    #[error("the browser aborted the write ({cause})")]
    Aborted {
        /// What the store said.
        cause: String,
    },
    /// The store cannot be opened at all.
    #[error("this browser refuses the database ({cause})")]
    Unavailable {
        /// What the store said.
        cause: String,
    },
    /// The store went away under an open page.
    #[error("the database was closed or deleted under this page ({cause})")]
    Closed {
        /// What the store said.
        cause: String,
    },
    /// The store holds another history, or less of it, than was acknowledged before.
    #[error("the stored history is not the one this browser had: expected {expected}, found {found}")]
    Lost {
        /// What was expected, in words.
        expected: String,
        /// What is there, in words.
        found: String,
    },
    /// The journal is damaged and not yet repaired.
    #[error("the journal is read-only until it is repaired: {damage}")]
    ReadOnly {
        /// The first damaged entry, in words.
        damage: String,
    },
    /// The act does not fit what this store can hold.
    #[error("this store holds at most {limit}, and this act needs {size}")]
    TooLarge {
        /// The limit, in words.
        limit: String,
        /// What the act needs, in words.
        size: String,
    },
    /// A newer version of this program made the store what it is now.
    #[error("a newer Tollgate has written this database ({cause})")]
    Newer {
        /// What the store said.
        cause: String,
    },
    /// Anything else, with its cause.
    #[error("the change was not saved ({cause})")]
    Failed {
        /// What the store said.
        cause: String,
    },
}

impl JournalError {
    /// A stable code, for documents and searches.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Full { .. } => "J0101",
            Self::Blocked { .. } => "J0102",
            Self::Aborted { .. } => "J0103",
            Self::Unavailable { .. } => "J0104",
            Self::Closed { .. } => "J0105",
            Self::Lost { .. } => "J0106",
            Self::ReadOnly { .. } => "J0107",
            Self::TooLarge { .. } => "J0108",
            Self::Failed { .. } => "J0109",
            Self::Newer { .. } => "J0110",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Full { .. } => {
                "nothing was overwritten: export the journal first, then free space for this site and try again"
            }
            Self::Blocked { .. } => "close or reload the other tabs of Tollgate, then try again",
            Self::Aborted { .. } => "try again; if it happens again, export the journal and reload the page",
            Self::Unavailable { .. } => {
                "leave private browsing or allow site data for this address; until then changes stay in localStorage"
            }
            Self::Closed { .. } => "reload the page; what was acknowledged before is checked when it opens",
            Self::Lost { .. } => "do not go on from here: keep the last export safe, close the other tabs, and reload",
            Self::ReadOnly { .. } => "open Activity, look at the damaged entry, and record a repair",
            Self::TooLarge { .. } => "export the journal, then use a browser that offers IndexedDB",
            Self::Newer { .. } => {
                "reload the page to get the newer Tollgate; nothing was changed, and the records can be saved as they lie there"
            }
            Self::Failed { .. } => "try again; if it happens again, export the journal and reload the page",
        }
    }
}

impl From<DraftError> for JournalError {
    fn from(error: DraftError) -> Self {
        match error {
            DraftError::ReadOnly { damage } => Self::ReadOnly { damage },
            DraftError::Unwritable { cause } => Self::Failed { cause },
        }
    }
}
