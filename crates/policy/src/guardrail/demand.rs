//! What a guardrail demands, and of which tokens.

use serde::{Deserialize, Serialize};

use super::stored::StoredGuardrail;
use crate::eval::Effect;
use crate::ids::{ItemId, Method, PolicyId};

/// A limit that the policies of many tokens must keep to.
///
/// Stored as an object with `version` 1; unknown fields and other versions are refused, and so is what
/// [`Guardrail::new`] refuses.
///
/// ```
/// use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
///
/// let scope = Scope { local_site: Some("acme".to_owned()), users: Choice::Any };
/// let target = Target {
///     methods: Choice::Named(vec!["DELETE".into()]),
///     resources: Choice::Named(vec!["repository".into()]),
///     items: Items::All,
/// };
/// let guardrail = Guardrail::new("keep repositories", scope, Rule::Never, target)?;
/// assert_eq!(guardrail.sentence(), "no token in site acme may DELETE repository");
/// # Ok::<(), tollgate_policy::guardrail::GuardrailError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredGuardrail", into = "StoredGuardrail")]
pub struct Guardrail {
    name: String,
    scope: Scope,
    rule: Rule,
    target: Target,
}

impl Guardrail {
    /// A guardrail that demands something.
    ///
    /// # Errors
    ///
    /// [`GuardrailError::NoName`] if the name is empty or blank; [`GuardrailError::NothingNamed`] if a list of names is
    /// empty, so that nothing could ever breach it; [`GuardrailError::AnyNamed`] if one has `*` among its names.
    pub fn new(name: impl Into<String>, scope: Scope, rule: Rule, target: Target) -> Result<Guardrail, GuardrailError> {
        let guardrail = Guardrail { name: name.into(), scope, rule, target };
        let Target { methods, resources, items } = &guardrail.target;
        if guardrail.name.trim().is_empty() {
            return Err(GuardrailError::NoName);
        }
        check("user", guardrail.scope.users.names().map(|users| users.iter().map(String::as_str)))?;
        check("method", methods.names().map(|names| names.iter().map(Method::as_str)))?;
        check("resource", resources.names().map(|names| names.iter().map(PolicyId::as_str)))?;
        check("item", items.names().map(|names| names.iter().map(ItemId::as_str)))?;
        Ok(guardrail)
    }

    /// What people call it; never blank.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The tokens that must keep to it.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Whether it forbids or demands.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// The requests that it is about.
    pub fn target(&self) -> &Target {
        &self.target
    }
}

/// Refuses a list of names that is empty or has `*` in it.
fn check<'n>(kind: &'static str, names: Option<impl Iterator<Item = &'n str>>) -> Result<(), GuardrailError> {
    let Some(names) = names else { return Ok(()) };
    let mut is_empty = true;
    for name in names {
        is_empty = false;
        if name == Method::ANY {
            return Err(GuardrailError::AnyNamed { kind });
        }
    }
    if is_empty { Err(GuardrailError::NothingNamed { kind }) } else { Ok(()) }
}

/// Why a guardrail cannot be made or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GuardrailError {
    /// It has no name.
    #[error("the guardrail has no name")]
    NoName,
    /// It is about named things only, and names none.
    #[error("the guardrail names no {kind}, so nothing could breach it")]
    NothingNamed {
        /// What kind of thing.
        kind: &'static str,
    },
    /// It names `*`, which stands for everything in policies and for nothing in requests.
    #[error("`*` is the name of no {kind}")]
    AnyNamed {
        /// What kind of thing.
        kind: &'static str,
    },
    /// A newer program wrote it.
    #[error("a guardrail of version {version} cannot be read by this program, which knows version 1")]
    UnknownVersion {
        /// The version that it says it has.
        version: u32,
    },
}

/// The tokens that a guardrail is about.
///
/// A token that is bound to no Local Site works on all of them.
/// A guardrail for one site does not cover such tokens; one for all tokens does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scope {
    /// The Local Site that they are bound to; none means all tokens, those that are bound to no site included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local_site: Option<String>,
    /// The login names of their owners.
    pub users: Choice<String>,
}

impl Scope {
    /// All tokens there are.
    pub const ALL: Scope = Scope { local_site: None, users: Choice::Any };

    /// Whether a token is one of them, given the Local Site that it is bound to and the login name of its owner.
    ///
    /// ```
    /// use tollgate_policy::guardrail::{Choice, Scope};
    ///
    /// let scope = Scope { local_site: Some("acme".to_owned()), users: Choice::Any };
    /// assert!(scope.covers(Some("acme"), "alice"));
    /// assert!(!scope.covers(None, "alice"));
    /// assert!(Scope::ALL.covers(None, "alice"));
    /// ```
    pub fn covers(&self, local_site: Option<&str>, user: &str) -> bool {
        let is_here = self.local_site.as_deref().is_none_or(|site| local_site == Some(site));
        is_here && self.users.names().is_none_or(|users| users.iter().any(|name| name == user))
    }
}

/// Whether a guardrail forbids or demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Rule {
    /// None of the requests may be allowed.
    Never,
    /// All of the requests must be allowed.
    Always,
}

impl Rule {
    /// The decision that breaches the guardrail.
    pub fn breached_by(self) -> Effect {
        match self {
            Rule::Never => Effect::Allow,
            Rule::Always => Effect::Deny,
        }
    }
}

/// The requests that a guardrail is about: those with one of the methods, for one of the resources, and for such items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The methods, upper and lower case apart.
    pub methods: Choice<Method>,
    /// The resources, by policy id.
    pub resources: Choice<PolicyId>,
    /// The items.
    pub items: Items,
}

/// Whatever there is, or only what is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "names", rename_all = "camelCase", deny_unknown_fields)]
pub enum Choice<T> {
    /// Whatever there is.
    Any,
    /// Only these; at least one.
    Named(Vec<T>),
}

impl<T> Choice<T> {
    /// The names, if only what is named is meant.
    pub fn names(&self) -> Option<&[T]> {
        match self {
            Choice::Any => None,
            Choice::Named(names) => Some(names),
        }
    }
}

/// Which items of a resource are meant, and whether requests without an id are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "names", rename_all = "camelCase", deny_unknown_fields)]
pub enum Items {
    /// All requests for the resource, with an id or without.
    All,
    /// Requests without an id: for lists, and for resources that have no items.
    None,
    /// Requests for an item, whichever it is.
    Each,
    /// Requests for these items; at least one.
    Named(Vec<ItemId>),
}

impl Items {
    /// The ids, if only named items are meant.
    pub fn names(&self) -> Option<&[ItemId]> {
        match self {
            Items::Named(names) => Some(names),
            Items::All | Items::None | Items::Each => None,
        }
    }
}
