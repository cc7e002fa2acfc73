//! A policy of the library, with every version of it that was saved.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::policy_test::PolicyTest;
use crate::event::PolicySource;
use crate::ids::{CatalogName, EventId, FindingCode, PolicyName, PolicyUid, TemplateId};
use crate::time::{Timestamp, micros};

/// A policy of the library. A stored shape: what keeps it carries a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedPolicy {
    /// Names it for ever.
    pub uid: PolicyUid,
    /// What it is called.
    pub name: PolicyName,
    /// Whether it was put away: it is not offered any more, and whoever uses it goes on doing so.
    pub is_archived: bool,
    /// Its versions, in the order of their numbers; there is at least one.
    #[serde(with = "shared")]
    pub versions: Vec<Arc<PolicyVersion>>,
}

/// One version of a policy. Its tests may be replaced; all else stays as it was saved. A stored shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyVersion {
    /// Its number, from 1; greater than those before it, with gaps where entries were lost.
    pub number: u32,
    /// The text as it was written, layout included.
    pub text: String,
    /// What the author says of it.
    pub note: String,
    /// The codes of what was found in the text and saved all the same.
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
    /// When it was saved.
    #[serde(with = "micros")]
    pub saved_at: Timestamp,
    /// The event that saved it, which no other version has.
    pub saved_by: EventId,
    /// Who saved it, as the administrator called themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
}

impl NamedPolicy {
    /// The version that was saved last.
    #[must_use]
    pub fn newest(&self) -> Option<&Arc<PolicyVersion>> {
        self.versions.last()
    }

    /// The version with this number.
    #[must_use]
    pub fn version(&self, number: u32) -> Option<&Arc<PolicyVersion>> {
        self.versions.iter().find(|version| version.number == number)
    }

    /// The version that an event saved. Linear in the versions.
    #[must_use]
    pub fn version_saved_by(&self, event: EventId) -> Option<&Arc<PolicyVersion>> {
        self.versions.iter().find(|version| version.saved_by == event)
    }

    /// How a token names the version with this number.
    #[must_use]
    pub fn source(&self, number: u32) -> Option<PolicySource> {
        self.version(number).map(|version| self.source_of(version))
    }

    /// How a token names a version, which must be one of these.
    #[must_use]
    pub fn source_of(&self, version: &PolicyVersion) -> PolicySource {
        PolicySource { policy: self.uid, version: version.number, saved_by: version.saved_by }
    }

    /// The number that the next version gets.
    #[must_use]
    pub fn next_number(&self) -> u32 {
        self.newest().map_or(1, |newest| newest.number.saturating_add(1))
    }

    /// Puts a version in its place. One whose number is taken gets the next.
    pub(super) fn add(&mut self, mut version: PolicyVersion) {
        if self.version(version.number).is_some() {
            version.number = self.next_number();
        }
        let place = self.versions.partition_point(|known| known.number < version.number);
        self.versions.insert(place, Arc::new(version));
    }

    /// Replaces the tests beside the version that an event saved.
    pub(super) fn set_tests(&mut self, saved_by: EventId, tests: &[PolicyTest]) {
        for version in self.versions.iter_mut().filter(|version| version.saved_by == saved_by) {
            Arc::make_mut(version).tests = tests.to_vec();
        }
    }
}

/// Serializes versions as if they were not shared.
mod shared {
    use std::sync::Arc;

    use serde::{Deserialize as _, Deserializer, Serializer};

    use super::PolicyVersion;

    pub(super) fn serialize<S: Serializer>(versions: &[Arc<PolicyVersion>], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(versions.iter().map(|version| &**version))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Arc<PolicyVersion>>, D::Error> {
        let versions = Vec::<PolicyVersion>::deserialize(deserializer)?;
        Ok(versions.into_iter().map(Arc::new).collect())
    }
}
