//! Which resources belong together.

use crate::catalog::{Catalog, Resource};

/// The policy id of the topmost resource that `resource` is below, leaving the root of the server aside; its own if
/// there is none.
///
/// A parent is known by its name alone. Where several resources have it, it is the first: the others are copies of
/// lists, and nothing is below those.
/// Costs a walk over the catalog for each step up.
pub(super) fn head<'c>(resource: &'c Resource, catalog: &'c Catalog) -> &'c str {
    let mut head = resource;
    // A catalog whose parents go round in a circle ends here, too.
    for _ in catalog.resources() {
        match parent(head, catalog).filter(|parent| !is_root(parent)) {
            Some(parent) => head = parent,
            None => break,
        }
    }
    &head.policy_id
}

fn parent<'c>(resource: &Resource, catalog: &'c Catalog) -> Option<&'c Resource> {
    let name = resource.parent.as_deref()?;
    catalog.resources().iter().find(|candidate| candidate.name == name)
}

fn is_root(resource: &Resource) -> bool {
    resource.parent.is_none() && resource.is_singleton && resource.name == "root"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(module: &str, expected: &str) {
        let catalog = Catalog::review_board_8_1();
        assert_eq!(head(catalog.by_module(module).unwrap(), catalog), expected, "{module}");
    }

    #[test]
    fn a_resource_belongs_to_what_is_right_below_the_root() {
        check("root", "root");
        check("repository", "repository");
        check("repository_branches", "repository");
        check("review_request", "review_request");
        check("patched_file", "review_request");
        check("review_reply_general_comment", "review_request");
        check("draft_patched_file", "review_request");
        check("watched_review_group", "user");
        check("validate_diff", "validation");
        check("root_review", "review");
    }
}
