//! What becomes of every operation of the catalog from one policy to another.

use std::collections::BTreeSet;

use tollgate_policy::{Catalog, CompiledPolicy, Place, Policy, PowerRow, Share, power};

use super::subject::small;

/// Every operation that a token can reach, and what becomes of it.
pub(super) struct Operations {
    /// Operations that are granted, if only for some ids.
    pub(super) granted: u32,
    /// Operations that are removed, if only for some ids.
    pub(super) removed: u32,
    /// Operations that both allow, if only for some ids.
    pub(super) stay: u32,
    /// Those of each resource, by method; resources of one policy id apart.
    pub(super) rows: Vec<OperationRow>,
}

/// The operations of one resource.
pub(super) struct OperationRow {
    pub(super) policy_id: String,
    pub(super) flows: Vec<(String, Flow)>,
}

/// What becomes of one operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) granted: Option<Reach>,
    pub(super) removed: Option<Reach>,
    pub(super) stays: bool,
}

/// For which ids something changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// For all that have no rules of their own, and perhaps for others.
    All,
    /// For these alone.
    Only(Vec<String>),
}

impl Operations {
    /// Costs what it takes to find out what both policies allow, and for a resource with named ids as many decisions.
    pub(super) fn between(before: &CompiledPolicy, after: &CompiledPolicy, catalog: &Catalog) -> Self {
        let (earlier, later) = (power(before, catalog), power(after, catalog));
        let mut operations = Self { granted: 0, removed: 0, stay: 0, rows: Vec::new() };
        // Both have the open resources of the catalog in its order.
        for (was, is) in earlier.rows().iter().zip(later.rows()) {
            let policy_id = is.resource.policy_id.to_string();
            let ids = named_ids([before.policy(), after.policy()], &policy_id);
            let both = Both { before, after, policy_id: &policy_id, ids: &ids };
            let flows: Vec<(String, Flow)> = both.flows(was, is);
            operations.granted += count(&flows, |flow| flow.granted.is_some());
            operations.removed += count(&flows, |flow| flow.removed.is_some());
            operations.stay += count(&flows, |flow| flow.stays);
            operations.rows.push(OperationRow { policy_id, flows });
        }
        operations
    }
}

fn count(flows: &[(String, Flow)], holds: impl Fn(&Flow) -> bool) -> u32 {
    small(flows.iter().filter(|(_, flow)| holds(flow)).count())
}

/// The ids that any of some policies has rules for, in order.
fn named_ids<'p>(policies: [&'p Policy; 2], policy_id: &str) -> BTreeSet<&'p str> {
    let mut ids = BTreeSet::new();
    for policy in policies {
        let rule_sets = policy.section(policy_id).map(|section| policy.rule_sets_of(section)).unwrap_or_default();
        ids.extend(rule_sets.iter().filter_map(|rules| match rules.place() {
            Place::Item { item_id, .. } => Some(item_id.as_str()),
            Place::Resource { .. } | Place::Everything => None,
        }));
    }
    ids
}

/// Two policies, at one resource.
struct Both<'p> {
    before: &'p CompiledPolicy,
    after: &'p CompiledPolicy,
    policy_id: &'p str,
    ids: &'p BTreeSet<&'p str>,
}

impl Both<'_> {
    fn flows(&self, was: &PowerRow, is: &PowerRow) -> Vec<(String, Flow)> {
        let operations = was.operations.iter().zip(&is.operations);
        let flow = operations.map(|(was, is)| (is.method.to_string(), self.flow(is.method, was.share, is.share)));
        flow.collect()
    }

    fn flow(&self, method: &str, was: Share, is: Share) -> Flow {
        let all = |holds: bool| holds.then_some(Reach::All);
        if was != Share::Some && is != Share::Some {
            let (was, is) = (was == Share::All, is == Share::All);
            return Flow { granted: all(!was && is), removed: all(was && !is), stays: was && is };
        }
        let decide = |item_id| {
            let allows = |policy: &CompiledPolicy| policy.decide(self.policy_id, method, item_id).is_allowed();
            (allows(self.before), allows(self.after))
        };
        let (was, is) = decide(None);
        let mut stays = was && is;
        let (mut granted, mut removed) = (Vec::new(), Vec::new());
        for item_id in self.ids {
            match decide(Some(*item_id)) {
                (false, true) => granted.push((*item_id).to_owned()),
                (true, false) => removed.push((*item_id).to_owned()),
                (true, true) => stays = true,
                (false, false) => {}
            }
        }
        let reach = |ids: Vec<String>, is_all| if is_all { Some(Reach::All) } else { some(ids) };
        Flow { granted: reach(granted, !was && is), removed: reach(removed, was && !is), stays }
    }
}

fn some(ids: Vec<String>) -> Option<Reach> {
    (!ids.is_empty()).then_some(Reach::Only(ids))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(before: &str, after: &str) -> Operations {
        let compiled = |text| CompiledPolicy::new(&Policy::stored(text).unwrap());
        Operations::between(&compiled(before), &compiled(after), Catalog::review_board_8_1())
    }

    fn flow(operations: &Operations, policy_id: &str, method: &str) -> Flow {
        let row = operations.rows.iter().find(|row| row.policy_id == policy_id).unwrap();
        row.flows.iter().find(|(found, _)| found == method).unwrap().1.clone()
    }

    #[test]
    fn every_operation_is_counted_once() {
        let read_only = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#;
        let operations = between("{}", read_only);
        assert_eq!(operations.granted, 0);
        assert_eq!(operations.removed + operations.stay, 168);
        let back = between(read_only, "{}");
        assert_eq!((back.granted, back.removed, back.stay), (operations.removed, 0, operations.stay));
    }

    #[test]
    fn single_ids_are_named() {
        let before = r#"{"resources": {"*": {"block": ["*"]}, "repository": {"7": {"allow": ["GET", "PUT"]}}}}"#;
        let after = r#"{"resources": {"*": {"block": ["*"]}, "repository": {"7": {"allow": ["GET"]}, "8": {"allow": ["PUT"]}}}}"#;
        let operations = between(before, after);
        let only = |id: &str| Some(Reach::Only(vec![id.to_owned()]));
        assert_eq!(flow(&operations, "repository", "GET"), Flow { stays: true, ..Flow::default() });
        let put = Flow { granted: only("8"), removed: only("7"), stays: false };
        assert_eq!(flow(&operations, "repository", "PUT"), put);
        assert_eq!((operations.granted, operations.removed, operations.stay), (1, 1, 1));
    }
}
