//! What a user chose on this browser: small, typed, and never worth a failure.
//!
//! Each choice has a default, and garbage under its key counts as the default.
//! Nothing that looks like a token is ever stored here.

use std::collections::BTreeSet;
use std::str::FromStr;

use gloo_storage::{LocalStorage, Storage as _};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tollgate_tokens::{Entropy, EntropyError, Epoch, Identity, ReplicaId, looks_like_token};

use crate::policy_worker::analysis::TestCase;
use crate::web_storage::local_storage;

/// The longest draft of a policy that is kept, in bytes.
pub const POLICY_DRAFT_LIMIT: usize = 64 * 1024;

/// Why a choice was not kept. It still holds until the page is closed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PreferenceError {
    /// The text is too long to keep.
    #[error("the text has {length} bytes, and at most {limit} are kept")]
    TooLong {
        /// The most bytes kept.
        limit: usize,
        /// The bytes given.
        length: usize,
    },
    /// The text holds something that looks like a token.
    #[error("the text holds what looks like a token, so it is not kept")]
    LooksLikeToken,
    /// The text is no name of a workspace.
    #[error("`{text}` is not a name of a workspace: use up to 40 lower-case letters, digits and `-`")]
    WorkspaceName {
        /// The text, cut to what can be shown.
        text: String,
    },
    /// The browser refused.
    #[error("this browser did not keep it ({cause})")]
    Refused {
        /// The browser's reason.
        cause: String,
    },
}

/// A choice that survives a reload.
pub trait Preference: Serialize + DeserializeOwned + Default {
    /// Its key in localStorage, after `tollgate.preferences.`.
    const KEY: &'static str;

    /// The choice, or the default where none was made or what is stored is garbage.
    #[must_use]
    fn load() -> Self {
        load_under(Self::KEY).unwrap_or_default()
    }

    /// Keeps the choice.
    ///
    /// # Errors
    ///
    /// [`PreferenceError::Refused`] when localStorage is missing or full.
    fn store(&self) -> Result<(), PreferenceError> {
        store_under(Self::KEY, self)
    }
}

/// Light, dark, or whichever the system has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

impl Preference for Theme {
    const KEY: &'static str = "theme";
}

/// The name of a workspace, which is the name of its database: lower-case letters, digits and `-`, at most 40.
///
/// ```
/// use tollgate_browser::WorkspaceName;
///
/// assert_eq!(WorkspaceName::default().as_str(), "main");
/// assert!("my tokens".parse::<WorkspaceName>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WorkspaceName(String);

impl WorkspaceName {
    const LONGEST: usize = 40;

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for WorkspaceName {
    fn default() -> Self {
        Self("main".to_owned())
    }
}

impl FromStr for WorkspaceName {
    type Err = PreferenceError;

    fn from_str(text: &str) -> Result<Self, PreferenceError> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if text.is_empty() || text.len() > Self::LONGEST || !text.bytes().all(allowed) {
            return Err(PreferenceError::WorkspaceName { text: text.chars().take(Self::LONGEST).collect() });
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for WorkspaceName {
    type Error = PreferenceError;

    fn try_from(text: String) -> Result<Self, PreferenceError> {
        text.parse()
    }
}

impl From<WorkspaceName> for String {
    fn from(name: WorkspaceName) -> Self {
        name.0
    }
}

impl Preference for WorkspaceName {
    const KEY: &'static str = "workspace";
}

/// The name that stands in every event as the one who acted; empty for none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Actor(String);

impl Actor {
    const LONGEST: usize = 100;

    /// Takes a name over, cut to 100 characters.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self(name.trim().chars().take(Self::LONGEST).collect())
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name, or `None` where there is none.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.clone())
    }
}

impl Preference for Actor {
    const KEY: &'static str = "actor";
}

/// The columns of the list of tokens, in order; empty means the list's own choice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Columns(pub Vec<String>);

impl Preference for Columns {
    const KEY: &'static str = "columns";
}

/// Notices that the user closed for good, by their names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DismissedNotices(pub BTreeSet<String>);

impl Preference for DismissedNotices {
    const KEY: &'static str = "dismissed_notices";
}

/// The policy text that was being written when the page was left.
///
/// ```
/// use tollgate_browser::{PolicyDraft, POLICY_DRAFT_LIMIT};
///
/// assert_eq!(PolicyDraft::new("{}".to_owned())?.as_str(), "{}");
/// assert!(PolicyDraft::new(" ".repeat(POLICY_DRAFT_LIMIT + 1)).is_err());
/// # Ok::<(), tollgate_browser::PreferenceError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PolicyDraft(String);

impl PolicyDraft {
    /// Takes a text that may be kept.
    ///
    /// # Errors
    ///
    /// [`PreferenceError::TooLong`] above [`POLICY_DRAFT_LIMIT`]; [`PreferenceError::LooksLikeToken`] when somebody
    /// pasted a token into it.
    pub fn new(text: String) -> Result<Self, PreferenceError> {
        if text.len() > POLICY_DRAFT_LIMIT {
            return Err(PreferenceError::TooLong { limit: POLICY_DRAFT_LIMIT, length: text.len() });
        }
        if looks_like_token(&text) {
            return Err(PreferenceError::LooksLikeToken);
        }
        Ok(Self(text))
    }

    /// The text; empty when there is no draft.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PolicyDraft {
    type Error = PreferenceError;

    fn try_from(text: String) -> Result<Self, PreferenceError> {
        Self::new(text)
    }
}

impl From<PolicyDraft> for String {
    fn from(draft: PolicyDraft) -> Self {
        draft.0
    }
}

impl Preference for PolicyDraft {
    const KEY: &'static str = "policy_draft";
}

/// The longest tests of a policy draft that are kept, in bytes of their JSON.
pub const POLICY_TESTS_LIMIT: usize = 256 * 1024;

/// The tests that were written beside the draft of a policy.
///
/// ```
/// use tollgate_browser::PolicyTests;
///
/// assert!(PolicyTests::new(Vec::new())?.cases().is_empty());
/// # Ok::<(), tollgate_browser::PreferenceError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<TestCase>", into = "Vec<TestCase>")]
pub struct PolicyTests(Vec<TestCase>);

impl PolicyTests {
    /// Takes tests that may be kept.
    ///
    /// # Errors
    ///
    /// [`PreferenceError::TooLong`] above [`POLICY_TESTS_LIMIT`]; [`PreferenceError::LooksLikeToken`] when somebody
    /// pasted a token into one.
    pub fn new(cases: Vec<TestCase>) -> Result<Self, PreferenceError> {
        let text = serde_json::to_string(&cases).unwrap_or_default();
        if text.len() > POLICY_TESTS_LIMIT {
            return Err(PreferenceError::TooLong { limit: POLICY_TESTS_LIMIT, length: text.len() });
        }
        if looks_like_token(&text) {
            return Err(PreferenceError::LooksLikeToken);
        }
        Ok(Self(cases))
    }

    /// The tests, in the order in which their author wants to see them.
    #[must_use]
    pub fn cases(&self) -> &[TestCase] {
        &self.0
    }
}

impl TryFrom<Vec<TestCase>> for PolicyTests {
    type Error = PreferenceError;

    fn try_from(cases: Vec<TestCase>) -> Result<Self, PreferenceError> {
        Self::new(cases)
    }
}

impl From<PolicyTests> for Vec<TestCase> {
    fn from(tests: PolicyTests) -> Self {
        tests.0
    }
}

impl Preference for PolicyTests {
    const KEY: &'static str = "policy_tests";
}

/// The name of the catalog that the draft of a policy speaks of; empty for the one that is built in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DraftCatalog(pub String);

impl Preference for DraftCatalog {
    const KEY: &'static str = "draft_catalog";
}

/// Who writes into a workspace from this browser: its replica id, drawn once and remembered, and a fresh epoch.
///
/// Where nothing can be remembered the replica id lives as long as the page.
///
/// # Errors
///
/// [`EntropyError`] when there is no randomness to draw an id from.
pub fn identity(workspace: &str, entropy: &impl Entropy) -> Result<Identity, EntropyError> {
    let epoch = Epoch::draw(entropy)?;
    let replica = known_replica(workspace).map_or_else(|| renew_replica(workspace, entropy), Ok)?;
    Ok(Identity { replica, epoch })
}

/// The replica id of a workspace, if one is remembered.
pub(crate) fn known_replica(workspace: &str) -> Option<ReplicaId> {
    load_under(&replica_key(workspace))
}

/// Draws another replica id for a workspace whose history is replaced, and remembers it: the new history may hold
/// events of the old id that this browser has not seen.
pub(crate) fn renew_replica(workspace: &str, entropy: &impl Entropy) -> Result<ReplicaId, EntropyError> {
    let replica = ReplicaId::draw(entropy)?;
    remember_replica(workspace, replica);
    Ok(replica)
}

/// Remembers the replica id of a workspace.
pub(crate) fn remember_replica(workspace: &str, replica: ReplicaId) {
    // Not remembered means that the next page draws another, which only makes one more replica.
    let _ = store_under(&replica_key(workspace), &replica);
}

/// Forgets the replica id of a workspace, so that a new history does not give out event ids of the old one.
pub(crate) fn forget_replica(workspace: &str) {
    if local_storage().is_ok() {
        LocalStorage::delete(full_key(&replica_key(workspace)));
    }
}

fn replica_key(workspace: &str) -> String {
    format!("replica.{workspace}")
}

fn load_under<T: DeserializeOwned>(key: &str) -> Option<T> {
    // The library panics where there is no localStorage, so it is asked for first.
    local_storage().ok()?;
    LocalStorage::get(full_key(key)).ok()
}

fn store_under(key: &str, value: &impl Serialize) -> Result<(), PreferenceError> {
    local_storage().map_err(|cause| PreferenceError::Refused { cause: cause.to_string() })?;
    LocalStorage::set(full_key(key), value).map_err(|error| PreferenceError::Refused { cause: error.to_string() })
}

fn full_key(key: &str) -> String {
    format!("tollgate.preferences.{key}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workspace_names_are_plain() {
        for name in ["main", "sample-2"] {
            assert_eq!(name.parse::<WorkspaceName>().unwrap().as_str(), name);
        }
        for refused in ["", "Main", "a b", "a/b", &"a".repeat(41)] {
            assert!(refused.parse::<WorkspaceName>().is_err(), "{refused}");
        }
    }

    #[test]
    fn draft_with_a_token_is_refused() {
        let token = tollgate_tokens::VendorChecksum::assemble("rbp", &"a".repeat(245));
        let refused = PolicyDraft::new(format!("{{\"note\": \"{token}\"}}")).unwrap_err();
        assert_eq!(refused.to_string(), "the text holds what looks like a token, so it is not kept");
    }

    #[test]
    fn tests_of_a_draft_come_back_and_one_with_a_token_is_refused() {
        let test = |note: &str| TestCase {
            policy_id: "review".to_owned(),
            item_id: Some("7".to_owned()),
            method: "PUT".to_owned(),
            is_allowed: true,
            note: note.to_owned(),
        };
        let tests = PolicyTests::new(vec![test("robots write reviews")]).unwrap();
        let json = serde_json::to_string(&tests).unwrap();
        assert_eq!(serde_json::from_str::<PolicyTests>(&json).unwrap(), tests, "{json}");
        let token = tollgate_tokens::VendorChecksum::assemble("rbp", &"a".repeat(245));
        assert_eq!(PolicyTests::new(vec![test(&token)]), Err(PreferenceError::LooksLikeToken));
    }
}
