//! What a policy is expected to decide.

use serde::{Deserialize, Serialize};

use crate::compile::CompiledPolicy;
use crate::eval::{Decision, Effect};
use crate::ids::{ItemId, Method, PolicyId};

/// What a policy is expected to decide about one request.
///
/// ```
/// use tollgate_policy::Effect;
/// use tollgate_policy::suite::Expectation;
///
/// let mut expectation = Expectation::new("repository", None, "DELETE", Effect::Deny);
/// expectation.note = "robots delete nothing".to_owned();
/// assert_eq!(expectation.policy_id.as_str(), "repository");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expectation {
    /// The resource.
    pub policy_id: PolicyId,
    /// The item; none for its list, and for resources without items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_id: Option<ItemId>,
    /// The method, upper and lower case apart.
    pub method: Method,
    /// What the policy should decide.
    pub effect: Effect,
    /// Why, for people; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Expectation {
    /// What to expect of one request, without a note.
    pub fn new(
        policy_id: impl Into<PolicyId>,
        item_id: Option<ItemId>,
        method: impl Into<Method>,
        effect: Effect,
    ) -> Expectation {
        Expectation { policy_id: policy_id.into(), item_id, method: method.into(), effect, note: String::new() }
    }

    /// What a policy really decides about the request.
    pub(super) fn decide(&self, policy: &CompiledPolicy) -> Decision {
        let item_id = self.item_id.as_ref().map(ItemId::as_str);
        policy.decide(self.policy_id.as_str(), self.method.as_str(), item_id)
    }
}

/// The tests of one policy.
///
/// Stored as an object with `version` 1; unknown fields and other versions are refused.
/// What was written comes back, and is written again byte for byte.
///
/// ```
/// use tollgate_policy::suite::Suite;
///
/// let json = r#"{"version":1,"expectations":[{"policyId":"review","method":"GET","effect":"allow"}]}"#;
/// let suite: Suite = serde_json::from_str(json)?;
/// assert_eq!(suite.expectations.len(), 1);
/// assert_eq!(serde_json::to_string(&suite)?, json);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredSuite", into = "StoredSuite")]
pub struct Suite {
    /// The tests, in the order in which their author wants to see them.
    pub expectations: Vec<Expectation>,
}

/// Why stored tests cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SuiteError {
    /// A newer program wrote them.
    #[error("tests of version {version} cannot be read by this program, which knows version 1")]
    UnknownVersion {
        /// The version that they say they have.
        version: u32,
    },
}

/// The stored shape of a suite.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredSuite {
    version: u32,
    expectations: Vec<Expectation>,
}

const VERSION: u32 = 1;

impl From<Suite> for StoredSuite {
    fn from(suite: Suite) -> StoredSuite {
        StoredSuite { version: VERSION, expectations: suite.expectations }
    }
}

impl TryFrom<StoredSuite> for Suite {
    type Error = SuiteError;

    fn try_from(stored: StoredSuite) -> Result<Suite, SuiteError> {
        match stored.version {
            VERSION => Ok(Suite { expectations: stored.expectations }),
            version => Err(SuiteError::UnknownVersion { version }),
        }
    }
}
