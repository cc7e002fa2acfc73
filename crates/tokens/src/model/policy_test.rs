//! What a policy must decide, as it is kept beside it.

use serde::{Deserialize, Serialize};
use tollgate_policy::suite::Expectation;
use tollgate_policy::{Effect, ItemId, Method, PolicyId};

/// One decision that is expected of a policy. A stored shape: a change of it needs a new version of its events.
///
/// Names are kept as they were written; whether they are in a catalog is not looked at here.
///
/// ```
/// use tollgate_policy::Effect;
/// use tollgate_policy::suite::Expectation;
/// use tollgate_tokens::PolicyTest;
///
/// let expectation = Expectation::new("repository", Some("7".into()), "DELETE", Effect::Deny);
/// let test = PolicyTest::from(expectation.clone());
/// assert_eq!(test.method.as_str(), "DELETE");
/// assert_eq!(Expectation::from(test), expectation);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyTest {
    /// The resource.
    pub policy_id: PolicyId,
    /// The item; `None` is the list, or a request without an id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_id: Option<ItemId>,
    /// The method.
    pub method: Method,
    /// What is expected.
    pub effect: Effect,
    /// Why, in the author's words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl From<Expectation> for PolicyTest {
    fn from(expectation: Expectation) -> Self {
        let Expectation { policy_id, item_id, method, effect, note } = expectation;
        Self { policy_id, item_id, method, effect, note }
    }
}

impl From<PolicyTest> for Expectation {
    fn from(test: PolicyTest) -> Self {
        let PolicyTest { policy_id, item_id, method, effect, note } = test;
        Self { policy_id, item_id, method, effect, note }
    }
}
