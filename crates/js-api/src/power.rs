//! What a token may do under a policy, in numbers and in words.

use serde::{Deserialize, Serialize};
use tollgate_policy::{Catalog, CompiledPolicy, MethodPower, Operation, PowerRow, Share};

use crate::decide::accepted;
use crate::finding::RefusedPolicy;

/// A policy to sum up.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PowerCall {
    /// The policy text.
    pub policy: String,
}

/// What a token may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PowerAnswer {
    /// The sum.
    Power {
        /// In words.
        sentence: String,
        /// How many operations are allowed, for all or some ids.
        allowed_operations: usize,
        /// How many operations a token can reach at all.
        total_operations: usize,
        /// The same for each method.
        per_method: Vec<MethodShape>,
        /// The same for each resource that tokens can reach.
        resources: Vec<ResourceShape>,
    },
    /// The policy itself is refused, so that it allows nothing.
    PolicyRefused(RefusedPolicy),
}

/// How much of one method is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MethodShape {
    /// The method.
    pub method: &'static str,
    /// The operations that are allowed for all or some ids.
    pub allowed: usize,
    /// The operations that a token can reach at all.
    pub total: usize,
}

/// One method of one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OperationShape {
    /// The method.
    pub method: &'static str,
    /// For how many of its items it is allowed: `all`, `some` or `none`.
    pub share: &'static str,
}

/// How much of one resource is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceShape {
    /// The name of the resource.
    pub name: &'static str,
    /// The id under which policies speak of it.
    pub policy_id: &'static str,
    /// Its methods, in the order of the catalog.
    pub operations: Vec<OperationShape>,
    /// Whether its list is allowed but fails on Review Board 8.1.
    pub list_crashes: bool,
}

/// Sums up what a token may do. A few thousand decisions.
#[must_use]
pub fn power(call: &PowerCall) -> PowerAnswer {
    let policy = match accepted(&call.policy) {
        Ok(policy) => policy,
        Err(refused) => return PowerAnswer::PolicyRefused(refused),
    };
    let power = tollgate_policy::power(&CompiledPolicy::new(&policy), Catalog::review_board_8_1());
    let method =
        |sum: &MethodPower<'static>| MethodShape { method: sum.method, allowed: sum.allowed, total: sum.total };
    PowerAnswer::Power {
        sentence: power.sentence(),
        allowed_operations: power.allowed_operations(),
        total_operations: power.total_operations(),
        per_method: power.per_method().iter().map(method).collect(),
        resources: power.rows().iter().map(resource).collect(),
    }
}

fn resource(row: &PowerRow<'static>) -> ResourceShape {
    let operation = |operation: &Operation<'static>| OperationShape {
        method: operation.method,
        share: match operation.share {
            Share::All => "all",
            Share::Some => "some",
            Share::None => "none",
        },
    };
    ResourceShape {
        name: &row.resource.name,
        policy_id: &row.resource.policy_id,
        operations: row.operations.iter().map(operation).collect(),
        list_crashes: row.list_crashes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_access_is_everything() {
        let PowerAnswer::Power { sentence, allowed_operations, total_operations, .. } =
            power(&PowerCall { policy: "{}".to_owned() })
        else {
            panic!("the policy is refused");
        };
        assert_eq!(sentence, "read and write everything");
        assert_eq!(allowed_operations, total_operations);
    }

    #[test]
    fn refused_policy_has_no_power() {
        let answer = serde_json::to_value(power(&PowerCall { policy: "no".to_owned() })).unwrap();
        assert_eq!(answer["type"], "policyRefused");
        assert_eq!(answer["code"], "P0101");
    }
}
