//! What changes from one policy to another, a line for all items of a resource that change alike.

use tollgate_browser::analysis::ChangeLook;
use tollgate_policy::{Catalog, Change, Effect, ItemClass, MethodClass, ResourceClass};

use super::requests::{any_path, path};
use super::words::{Named, verb};

/// How many items of a group are tried for a request that a client could send.
const MOST_TRIED: usize = 3;

/// Changes of one resource that are alike but for the item.
pub(super) struct Group<'c> {
    effect: Effect,
    resource: &'c ResourceClass,
    methods: &'c [MethodClass],
    items: Vec<ItemClass>,
    changes: Vec<&'c Change>,
}

/// Puts together what is alike. Changes of one resource stand side by side, as a comparison gives them.
pub(super) fn grouped(changes: &[Change]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for change in changes {
        let near = groups.iter_mut().rev().take_while(|group| *group.resource == change.resource);
        let mut alike = near.filter(|group| group.effect == change.effect && *group.methods == change.methods);
        match alike.next() {
            Some(group) => {
                group.items.push(change.item.clone());
                group.changes.push(change);
            }
            None => groups.push(Group {
                effect: change.effect,
                resource: &change.resource,
                methods: &change.methods,
                items: vec![change.item.clone()],
                changes: vec![change],
            }),
        }
    }
    groups.sort_by_key(|group| group.effect);
    groups
}

impl Group<'_> {
    /// The group with one request of it.
    pub(super) fn look(&self, named: &Named, catalog: &Catalog) -> ChangeLook {
        let (method, path) = self.request(catalog);
        ChangeLook {
            is_granted: self.effect == Effect::Allow,
            what: named.scope(self.resource, &self.items, catalog),
            methods: named.methods(self.methods),
            method,
            path,
        }
    }

    /// The group as a sentence without subject and full stop: `allows PUT on all other reviews`.
    pub(super) fn sentence(&self, named: &Named, catalog: &Catalog) -> String {
        let (methods, what) = (named.methods(self.methods), named.scope(self.resource, &self.items, catalog));
        format!("{} {methods} on {what}", verb(self.effect))
    }

    /// Whether any of its requests has a method that servers know, or one that nobody names.
    pub(super) fn has_real_method(&self) -> bool {
        self.methods.iter().any(|class| match class {
            MethodClass::Named(method) => method.is_known(),
            MethodClass::Other => true,
        })
    }

    /// One request that changes, if possible such as a client could send.
    fn request(&self, catalog: &Catalog) -> (String, String) {
        for change in self.changes.iter().take(MOST_TRIED) {
            let (policy_id, item_id) = (&change.witness.policy_id, change.witness.item_id.as_ref());
            for class in self.methods {
                let MethodClass::Named(method) = class else { continue };
                let item_id = item_id.map(|item_id| item_id.as_str());
                if let Some(path) = path(catalog, policy_id.as_str(), item_id, method.as_str()) {
                    return (method.to_string(), path);
                }
            }
        }
        let Some(change) = self.changes.first() else { return (String::new(), String::new()) };
        let witness = &change.witness;
        let item_id = witness.item_id.as_ref().map(|item_id| item_id.as_str());
        (witness.method.to_string(), any_path(catalog, witness.policy_id.as_str(), item_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_policy::{Policy, compare};

    #[test]
    fn what_changes_for_a_whole_resource_is_one_line_with_a_real_request() {
        let policy = |text| Policy::stored(text).unwrap();
        let before = policy(r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#);
        let after = policy(
            r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]},
                "repository": {"7": {"allow": ["PUT"]}}, "status_update": {"*": {"allow": ["POST", "PUT"]}},
                "review": {"*": {"block": ["GET"]}}}}"#,
        );
        let catalog = Catalog::review_board_8_1();
        let (named, comparison) = (Named::by(&before, &after), compare(&before, &after, catalog));
        let lines: Vec<String> = grouped(&comparison.changes)
            .iter()
            .map(|group| {
                let look = group.look(&named, catalog);
                format!("{}: {} {}", group.sentence(&named, catalog), look.method, look.path)
            })
            .collect();
        let expected = [
            "allows PUT on repository 7: PUT /api/repositories/7/",
            "allows POST and PUT on all status updates: PUT /api/review-requests/42/status-updates/1/",
            "blocks GET on all reviews: GET /api/review-requests/42/reviews/1/",
        ];
        assert_eq!(lines, expected);
    }
}
