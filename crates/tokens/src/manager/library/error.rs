//! Why the library was not changed.

use crate::ids::{CatalogName, GuardrailUid, PolicyName, PolicyUid};
use crate::ports::EntropyError;

/// Why the library was not changed. Nothing was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LibraryError {
    /// There is no such policy.
    #[error("there is no policy {0} in the library")]
    UnknownPolicy(PolicyUid),
    /// The policy has no such version.
    #[error("the policy `{name}` has no version {version}")]
    UnknownVersion {
        /// The policy.
        name: PolicyName,
        /// The version's number.
        version: u32,
    },
    /// Another policy is offered under this name, whatever its case.
    #[error("there is a policy `{0}` already")]
    NameTaken(PolicyName),
    /// The name begins or ends with a blank, so that it looks like another one.
    #[error("the name begins or ends with a blank")]
    BlankAround,
    /// Somebody saved another version meanwhile.
    #[error("version {newest} of the policy `{name}` was saved meanwhile")]
    SavedMeanwhile {
        /// The policy.
        name: PolicyName,
        /// The version that is the newest now.
        newest: u32,
    },
    /// The policy was put away.
    #[error("the policy `{0}` is archived")]
    Archived(PolicyName),
    /// What was asked for is so already.
    #[error("{0} is like that already")]
    Unchanged(&'static str),
    /// The service would refuse the policy.
    #[error("the policy is refused: {0}")]
    Policy(String),
    /// A text that is kept for good looks like a token.
    #[error("the {field} contains what looks like a token, and would keep it for good")]
    LooksLikeToken {
        /// Which text.
        field: &'static str,
    },
    /// A text is too long to be kept.
    #[error("the {what} has {bytes} bytes, and at most {limit} are kept")]
    TooLong {
        /// Which text.
        what: &'static str,
        /// How many bytes it has.
        bytes: usize,
        /// The most that it may have.
        limit: usize,
    },
    /// There is no such guardrail.
    #[error("there is no guardrail {0}")]
    UnknownGuardrail(GuardrailUid),
    /// There is no such catalog.
    #[error("there is no catalog `{0}`")]
    UnknownCatalog(CatalogName),
    /// The catalog cannot be read or written.
    #[error("the catalog cannot be read: {0}")]
    Catalog(String),
    /// Policies speak of the catalog's resources.
    #[error("{policies} policies speak of the catalog `{name}`")]
    CatalogInUse {
        /// The catalog.
        name: CatalogName,
        /// How many policies of which the newest version does.
        policies: usize,
    },
    /// There is no randomness to name it with.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl LibraryError {
    /// A stable code, for documents and searches.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownPolicy(_) => "L0101",
            Self::UnknownVersion { .. } => "L0102",
            Self::NameTaken(_) => "L0103",
            Self::BlankAround => "L0104",
            Self::SavedMeanwhile { .. } => "L0105",
            Self::Archived(_) => "L0106",
            Self::Unchanged(_) => "L0107",
            Self::Policy(_) => "L0108",
            Self::LooksLikeToken { .. } => "L0109",
            Self::TooLong { .. } => "L0110",
            Self::UnknownGuardrail(_) => "L0201",
            Self::UnknownCatalog(_) => "L0301",
            Self::Catalog(_) => "L0302",
            Self::CatalogInUse { .. } => "L0303",
            Self::Entropy(_) => "L0401",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::UnknownPolicy(_) | Self::UnknownGuardrail(_) | Self::UnknownCatalog(_) => {
                "go back to the list; another tab may have another workspace open"
            }
            Self::UnknownVersion { .. } => "choose one of its versions",
            Self::NameTaken(_) => "choose another name, or save a version of that policy",
            Self::BlankAround => "take the blank away",
            Self::SavedMeanwhile { .. } => "compare with that version, then save on top of it",
            Self::Archived(_) => "restore it first",
            Self::Unchanged(_) => "nothing needs doing",
            Self::Policy(_) => "mend what is underlined",
            Self::LooksLikeToken { .. } => "take the token out of the text; name it by its last four characters",
            Self::TooLong { .. } => "make it shorter",
            Self::Catalog(_) => "import the catalog again",
            Self::CatalogInUse { .. } => "archive these policies first",
            Self::Entropy(_) => "try again",
        }
    }
}
