//! Requests as clients send them: a method and a path.

use tollgate_policy::{Access, Catalog, Resource};

/// Whether a client can send `method` to one item of a resource; what is posted, is posted to a list.
pub(super) fn is_on_item(resource: &Resource, method: &str) -> bool {
    resource.implements(method) && resource.item_uri.is_some() && !resource.is_singleton && method != "POST"
}

/// Whether a client can send `method` without the id of an item.
pub(super) fn is_on_list(resource: &Resource, method: &str) -> bool {
    let has_list = resource.list_uri.is_some() && matches!(method, "GET" | "POST");
    resource.implements(method) && (resource.is_singleton || has_list)
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
