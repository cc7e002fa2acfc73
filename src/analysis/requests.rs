//! Requests as clients send them: a method and a path.

use tollgate_policy::{Access, Catalog, Resource};

/// Whether a client can send `method` to one item of a resource.
pub(super) fn is_on_item(resource: &Resource, method: &str) -> bool {
    resource.implements(method) && resource.is_about_items(method)
}

/// Whether a client can send `method` without the id of an item.
pub(super) fn is_on_list(resource: &Resource, method: &str) -> bool {
    resource.implements(method) && resource.may_lack_id(method)
}

/// The path of a request that a client could send, and that the server would ask the policy about; none if there is no
/// such request.
pub(super) fn path(catalog: &Catalog, policy_id: &str, item_id: Option<&str>, method: &str) -> Option<String> {
    let mut open = catalog.by_policy_id(policy_id).filter(|resource| resource.token_access == Access::Open);
    open.find_map(|resource| {
        let is_sent = match item_id {
            Some(_) => is_on_item(resource, method),
            None => is_on_list(resource, method),
        };
        catalog.instance(resource, item_id).filter(|_| is_sent)
    })
}

/// A short path that asks for an item, to show what paths of a catalog look like; empty if it has no path at all.
pub(crate) fn example(catalog: &Catalog) -> String {
    let of = |item_ids: &[Option<&str>]| {
        let path = |resource: &Resource| item_ids.iter().find_map(|item_id| catalog.instance(resource, *item_id));
        catalog.resources().iter().filter_map(path).min_by_key(|path| path.matches('/').count())
    };
    of(&[Some("42"), Some("name")]).or_else(|| of(&[None])).unwrap_or_default()
}

/// The path of any request for a resource and an item, even of one that is answered before the policy is asked; empty
/// if there is none.
pub(super) fn any_path(catalog: &Catalog, policy_id: &str, item_id: Option<&str>) -> String {
    catalog.by_policy_id(policy_id).find_map(|resource| catalog.instance(resource, item_id)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(policy_id: &str, item_id: Option<&str>, method: &str, expected: Option<&str>) {
        assert_eq!(path(Catalog::review_board_8_1(), policy_id, item_id, method).as_deref(), expected);
    }

    #[test]
    fn an_example_is_short_and_asks_for_an_item() {
        let text = r#"{"openapi": "3.0.0", "paths": {"/health": {"get": {}}, "/a/{x}/b/{y}": {"get": {}},
            "/pets/{id}": {"get": {}}}}"#;
        let catalog = tollgate_policy::import_openapi(text).into_catalog().unwrap();
        assert_eq!(example(&catalog), "/pets/42");
        let catalog = Catalog::review_board_8_1();
        assert!(catalog.resolve(&example(catalog)).is_some_and(|found| found.item_id.is_some()));
    }

    #[test]
    fn a_request_has_a_path_if_clients_can_send_it() {
        check("review", Some("9"), "PUT", Some("/api/review-requests/42/reviews/9/"));
        check("review", None, "POST", Some("/api/review-requests/42/reviews/"));
        check("review", None, "PUT", None);
        check("review", Some("9"), "POST", None);
        check("session", None, "DELETE", Some("/api/session/"));
        check("api_token", None, "GET", None);
        check("nothing", None, "GET", None);
        assert_eq!(any_path(Catalog::review_board_8_1(), "review", Some("9")), "/api/review-requests/42/reviews/9/");
    }
}
