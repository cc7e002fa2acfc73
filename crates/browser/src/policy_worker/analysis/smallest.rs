//! The smallest policy that decides the same.

use serde::{Deserialize, Serialize};

/// What is told about the smallest form of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "is", rename_all = "camelCase")]
pub enum SmallestLook {
    /// Why there is none, as a sentence.
    Silent(String),
    /// The smallest form.
    Found(SmallerLook),
}

/// The smallest form of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SmallerLook {
    /// Its text, laid out for people.
    pub text: String,
    /// The size as it is.
    pub before: SizeLook,
    /// The size that it would have.
    pub after: SizeLook,
    /// On how many kinds of request both were compared, and decide the same.
    pub atoms: u64,
}

/// How large a policy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SizeLook {
    /// Entries of lists.
    pub entries: u64,
    /// Rule sets.
    pub rule_sets: u64,
    /// Sections of single resources.
    pub sections: u64,
    /// Bytes of the document without white space.
    pub bytes: u64,
}
