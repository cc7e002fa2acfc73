//! Why a file is not taken in.

use super::document::DocumentError;

/// Why a text is no workspace that can be taken in. Nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// The text is not the document that it should be.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// There is no record in it.
    #[error("the file holds no entry")]
    Empty,
    /// A record cannot be read from the text.
    #[error("record {number} of the file {cause}")]
    Record {
        /// Which one, from 1.
        number: usize,
        /// What is wrong with it.
        cause: &'static str,
    },
    /// A record is damaged, or one is missing, and no repair in the file recorded that.
    #[error("entry {entry}: {cause}")]
    Damaged {
        /// The number that the damaged entry lies under.
        entry: u64,
        /// What is wrong with it.
        cause: String,
    },
    /// The records belong to another history than the file says.
    #[error("the file names another history than the one that its records tell")]
    OtherEpoch,
    /// The records end elsewhere than the file says.
    #[error("the file says that it ends at entry {said}, but what it holds ends otherwise, at entry {found}")]
    OtherHead {
        /// Where it says that it ends.
        said: u64,
        /// Where it ends.
        found: u64,
    },
    /// An entry holds a text that is a token.
    #[error("entry {entry} holds what looks like a token")]
    LooksLikeToken {
        /// The number of the entry.
        entry: u64,
    },
    /// An entry holds what this program would never have written, and could not go on from.
    #[error("entry {entry} holds {what} that no console gives")]
    OutOfBounds {
        /// The number of the entry.
        entry: u64,
        /// What it holds.
        what: &'static str,
    },
}

impl ArchiveError {
    /// A stable code, for documents and searches.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Document(error) => error.code(),
            Self::Empty => "X0201",
            Self::Record { .. } => "X0202",
            Self::Damaged { .. } => "X0203",
            Self::OtherEpoch => "X0204",
            Self::OtherHead { .. } => "X0205",
            Self::LooksLikeToken { .. } => "X0206",
            Self::OutOfBounds { .. } => "X0207",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Document(error) => error.help(),
            Self::Empty => "choose the export of a workspace in which something has happened",
            Self::Damaged { .. } => {
                "take another export; where this one was made, Activity records a repair, after which it can be exported again"
            }
            Self::Record { .. } | Self::OtherEpoch | Self::OtherHead { .. } => {
                "take the file as it was saved: one that was cut off or edited cannot be taken in"
            }
            Self::LooksLikeToken { .. } => {
                "treat that token as leaked: invalidate it, and delete the file; no file of this console holds one"
            }
            Self::OutOfBounds { .. } => "do not trust this file: it was not written by a console",
        }
    }
}
