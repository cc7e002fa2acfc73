//! The library of a workspace: policies under names, guardrails, and imported catalogs.

use std::sync::Arc;

use rpds::RedBlackTreeMapSync;
use serde::{Deserialize, Serialize};
use tollgate_policy::{Catalog, StoredCatalog};

use super::guardrail::GuardrailRecord;
use super::named_policy::{NamedPolicy, PolicyVersion};
use crate::event::PolicySource;
use crate::ids::{CatalogName, EventId, GuardrailUid, PolicyName, PolicyUid};
use crate::time::{Timestamp, micros};

/// Policies with their versions, guardrails, and catalogs that were imported. A clone is cheap.
///
/// ```
/// use tollgate_tokens::{PolicyUid, Workspace};
///
/// let workspace = Workspace::default();
/// assert_eq!(workspace.library().policies().count(), 0);
/// assert!(workspace.library().policy(PolicyUid::from_bytes([7; 16])).is_none());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Library {
    pub(super) policies: RedBlackTreeMapSync<PolicyUid, Arc<NamedPolicy>>,
    pub(super) guardrails: RedBlackTreeMapSync<GuardrailUid, Arc<GuardrailRecord>>,
    pub(super) catalogs: RedBlackTreeMapSync<CatalogName, Arc<ImportedCatalog>>,
}

/// A catalog that was imported. A stored shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedCatalog {
    /// What it is called.
    pub name: CatalogName,
    /// Where it came from, in words.
    pub origin: String,
    /// Its resources, as JSON text in the form and version of [`StoredCatalog`].
    pub text: String,
    /// When it was imported.
    #[serde(with = "micros")]
    pub imported_at: Timestamp,
    /// The event that imported it.
    pub imported_by: EventId,
}

/// Why the text of a catalog is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the catalog cannot be read: {cause}")]
pub struct UnreadableCatalog {
    /// What the reader said.
    pub cause: String,
}

impl ImportedCatalog {
    /// Reads the catalog. Linear in its text: whoever needs it often keeps it.
    ///
    /// # Errors
    ///
    /// [`UnreadableCatalog`] for one that a newer program stored, or somebody else's.
    pub fn read(&self) -> Result<Catalog, UnreadableCatalog> {
        let unreadable = |cause: String| UnreadableCatalog { cause };
        let stored: StoredCatalog = serde_json::from_str(&self.text).map_err(|error| unreadable(error.to_string()))?;
        stored.into_catalog().map_err(|error| unreadable(error.to_string()))
    }
}

/// A library as plain lists. A stored shape: what keeps it carries a version.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LibraryParts {
    /// The policies, by uid.
    pub policies: Vec<NamedPolicy>,
    /// The guardrails, by uid.
    pub guardrails: Vec<GuardrailRecord>,
    /// The catalogs, by name.
    pub catalogs: Vec<ImportedCatalog>,
}

impl LibraryParts {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.policies.is_empty() && self.guardrails.is_empty() && self.catalogs.is_empty()
    }
}

impl Library {
    /// All policies, those that were put away included, by uid.
    pub fn policies(&self) -> impl Iterator<Item = &Arc<NamedPolicy>> {
        self.policies.values()
    }

    /// The policies that are offered, in the order of their names, whatever their case. Sorts them.
    #[must_use]
    pub fn offered(&self) -> Vec<&Arc<NamedPolicy>> {
        let mut offered: Vec<&Arc<NamedPolicy>> = self.policies().filter(|policy| !policy.is_archived).collect();
        offered.sort_by_cached_key(|policy| (policy.name.as_str().to_lowercase(), policy.uid));
        offered
    }

    /// One policy.
    #[must_use]
    pub fn policy(&self, uid: PolicyUid) -> Option<&Arc<NamedPolicy>> {
        self.policies.get(&uid)
    }

    /// The policy that is offered under a name, whatever its case. Linear in the policies.
    #[must_use]
    pub fn policy_called(&self, name: &PolicyName) -> Option<&Arc<NamedPolicy>> {
        let name = name.as_str().to_lowercase();
        self.policies().find(|policy| !policy.is_archived && policy.name.as_str().to_lowercase() == name)
    }

    /// The version that a token names, with its policy; `None` where the entry that saved it was lost.
    ///
    /// Its number may be another one than the token's, if two journals were joined that both had counted to it.
    #[must_use]
    pub fn version_of(&self, source: &PolicySource) -> Option<(&Arc<NamedPolicy>, &Arc<PolicyVersion>)> {
        let policy = self.policy(source.policy)?;
        policy.version_saved_by(source.saved_by).map(|version| (policy, version))
    }

    /// All guardrails, by uid.
    pub fn guardrails(&self) -> impl Iterator<Item = &Arc<GuardrailRecord>> {
        self.guardrails.values()
    }

    /// One guardrail.
    #[must_use]
    pub fn guardrail(&self, uid: GuardrailUid) -> Option<&Arc<GuardrailRecord>> {
        self.guardrails.get(&uid)
    }

    /// All catalogs that were imported, by name.
    pub fn catalogs(&self) -> impl Iterator<Item = &Arc<ImportedCatalog>> {
        self.catalogs.values()
    }

    /// One catalog.
    #[must_use]
    pub fn catalog(&self, name: &CatalogName) -> Option<&Arc<ImportedCatalog>> {
        self.catalogs.get(name)
    }

    /// Takes the library apart. Linear in its size but for the versions, which are shared.
    #[must_use]
    pub fn to_parts(&self) -> LibraryParts {
        // Named one by one, so that a new field cannot be forgotten.
        let Self { policies, guardrails, catalogs } = self;
        LibraryParts {
            policies: policies.values().map(|policy| NamedPolicy::clone(policy)).collect(),
            guardrails: guardrails.values().map(|guardrail| GuardrailRecord::clone(guardrail)).collect(),
            catalogs: catalogs.values().map(|catalog| ImportedCatalog::clone(catalog)).collect(),
        }
    }

    /// Puts a library together again: the parts of the result are these parts, if they are those of a library.
    #[must_use]
    pub fn from_parts(parts: LibraryParts) -> Self {
        let LibraryParts { policies, guardrails, catalogs } = parts;
        Self {
            policies: policies.into_iter().map(|policy| (policy.uid, Arc::new(policy))).collect(),
            guardrails: guardrails.into_iter().map(|guardrail| (guardrail.uid, Arc::new(guardrail))).collect(),
            catalogs: catalogs.into_iter().map(|catalog| (catalog.name.clone(), Arc::new(catalog))).collect(),
        }
    }
}
