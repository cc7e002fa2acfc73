//! Which resources lie below which in the URLs of a catalog.

use crate::catalog::{Catalog, Resource};

/// The resources below `resource`: those whose URLs go on from its own, in the order of the catalog.
///
/// The root of the interface has none: everything lies below it, and nobody means everything by it.
/// Costs a comparison of each resource of the catalog with those found.
pub(super) fn below<'c>(catalog: &'c Catalog, resource: &'c Resource) -> Vec<&'c Resource> {
    let is_root = resource.is_singleton && resource.parent.is_none() && resource.name == "root";
    if is_root {
        return Vec::new();
    }
    let mut family = vec![resource];
    for candidate in catalog.resources() {
        if family.iter().any(|parent| is_child(candidate, parent)) {
            family.push(candidate);
        }
    }
    family.into_iter().skip(1).collect()
}

/// The names of two resources may be the same, so the URL must fit as well.
fn is_child(resource: &Resource, parent: &Resource) -> bool {
    if resource.parent.as_deref() != Some(&*parent.name) {
        return false;
    }
    let Some(uri) = resource.list_uri.as_deref().or(resource.item_uri.as_deref()) else { return false };
    let places = [parent.item_uri.as_deref(), parent.list_uri.as_deref()];
    places.into_iter().flatten().any(|place| uri.starts_with(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(module: &str, expected: &[&str]) {
        let catalog = Catalog::review_board_8_1();
        let resource = catalog.by_module(module).unwrap();
        let found: Vec<String> = below(catalog, resource).iter().map(|resource| resource.module.to_string()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn children_and_their_children_are_below() {
        let of_a_repository = ["diff_file_attachment", "repository_branches", "repository_commits", "repository_group"];
        check("repository", &[&of_a_repository[..], &["repository_info", "repository_user"]].concat());
        check("watched", &["watched_review_group", "watched_review_request"]);
    }

    #[test]
    fn of_two_resources_of_one_name_the_url_decides() {
        check("root_review", &[]);
        let catalog = Catalog::review_board_8_1();
        assert!(!below(catalog, catalog.by_module("review").unwrap()).is_empty());
    }

    #[test]
    fn a_draft_is_below_although_it_has_no_id() {
        let catalog = Catalog::review_board_8_1();
        let found = below(catalog, catalog.by_module("review").unwrap());
        assert!(found.iter().any(|resource| resource.module == "review_draft"));
    }

    #[test]
    fn nothing_is_below_the_root() {
        check("root", &[]);
    }
}
