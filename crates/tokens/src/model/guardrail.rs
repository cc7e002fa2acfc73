//! A guardrail of the library, and which tokens must keep to it.

use serde::{Deserialize, Serialize};
use tollgate_policy::guardrail::Guardrail;

use crate::ids::{GuardrailUid, SiteName, Username};

/// A guardrail that was put up, such as "no token in site acme may DELETE repository".
///
/// A stored shape. What it demands has a version of its own: a new one of that is a new version of the events, too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuardrailRecord {
    /// Names it for ever.
    pub uid: GuardrailUid,
    /// What it demands, and of which tokens.
    pub guardrail: Guardrail,
    /// Why it is there, in the words of whoever put it up; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl GuardrailRecord {
    /// Whether the tokens that somebody has in one place must keep to it; `None` is a global token.
    ///
    /// ```
    /// use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
    /// use tollgate_tokens::{GuardrailRecord, GuardrailUid, SiteName, Username};
    ///
    /// let target = Target { methods: Choice::Any, resources: Choice::Any, items: Items::All };
    /// let scope = Scope { local_site: Some("acme".to_owned()), users: Choice::Any };
    /// let guardrail = Guardrail::new("nothing at acme", scope, Rule::Never, target)?;
    /// let record = GuardrailRecord { uid: GuardrailUid::from_bytes([1; 16]), guardrail, note: String::new() };
    /// let (alice, acme): (Username, SiteName) = ("alice".parse()?, "acme".parse()?);
    /// assert!(record.covers(&alice, Some(&acme)));
    /// assert!(!record.covers(&alice, None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn covers(&self, owner: &Username, local_site: Option<&SiteName>) -> bool {
        self.guardrail.scope().covers(local_site.map(SiteName::as_str), owner.as_str())
    }
}
