//! The shape in which guardrails are stored.

use serde::{Deserialize, Serialize};

use super::demand::{Choice, Guardrail, GuardrailError, Items, Rule, Scope, Target};
use crate::ids::{Method, PolicyId};

/// The stored shape of a guardrail.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoredGuardrail {
    version: u32,
    name: String,
    scope: Scope,
    rule: Rule,
    methods: Choice<Method>,
    resources: Choice<PolicyId>,
    items: Items,
}

const VERSION: u32 = 1;

impl From<Guardrail> for StoredGuardrail {
    fn from(guardrail: Guardrail) -> StoredGuardrail {
        let Target { methods, resources, items } = guardrail.target().clone();
        StoredGuardrail {
            version: VERSION,
            name: guardrail.name().to_owned(),
            scope: guardrail.scope().clone(),
            rule: guardrail.rule(),
            methods,
            resources,
            items,
        }
    }
}

impl TryFrom<StoredGuardrail> for Guardrail {
    type Error = GuardrailError;

    fn try_from(stored: StoredGuardrail) -> Result<Guardrail, GuardrailError> {
        let StoredGuardrail { version, name, scope, rule, methods, resources, items } = stored;
        match version {
            VERSION => Guardrail::new(name, scope, rule, Target { methods, resources, items }),
            version => Err(GuardrailError::UnknownVersion { version }),
        }
    }
}
