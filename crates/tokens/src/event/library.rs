//! What happens to the library: its policies, guardrails and catalogs. Stored shapes: a change of one needs a new
//! version.

use serde::{Deserialize, Serialize};

use super::assigned::PolicySource;
use crate::ids::{CatalogName, FindingCode, PolicyName, PolicyUid, TemplateId};
use crate::model::PolicyTest;

/// A version of a policy was saved; the first one makes the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicySaved {
    /// The policy.
    pub policy: PolicyUid,
    /// What it was called when this was saved; only the first version names it.
    pub name: PolicyName,
    /// The number of the version, from 1.
    pub version: u32,
    /// The text as it was written, layout included.
    pub text: String,
    /// What the author says of this version.
    pub note: String,
    /// The codes of what was found in the text and saved all the same, each once and in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<FindingCode>,
    /// The template that it began as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<TemplateId>,
    /// The imported catalog whose resources it speaks of; `None` is Review Board 8.1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalog: Option<CatalogName>,
    /// What it must decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<PolicyTest>,
}

/// A policy got another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyRenamed {
    /// The policy.
    pub policy: PolicyUid,
    /// What it was called.
    pub before: PolicyName,
    /// What it is called.
    pub after: PolicyName,
}

/// The tests beside a version of a policy were replaced; the version stays the same, and so does who uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyTestsChanged {
    /// The version.
    pub version: PolicySource,
    /// What it must decide from now on.
    pub tests: Vec<PolicyTest>,
}

/// A catalog was imported, in the place of the one that had its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogImported {
    /// What it is called.
    pub name: CatalogName,
    /// Where it came from, in words: an address, or the name of a file.
    pub origin: String,
    /// Its resources, as JSON text in a form and version of its own.
    pub text: String,
}
