//! Which of many requests to show as an example: one that a client could really send.

use crate::analyze::Witness;
use crate::catalog::{Access, Catalog, matches_pattern};

/// Whether a server with this catalog would ask the policy about such a request at all.
///
/// It would not if the resource is closed or unknown, if it does not implement the method, or if no URL of it fits.
pub(crate) fn is_likely(catalog: &Catalog, request: &Witness) -> bool {
    let method = request.method.as_str();
    catalog.by_policy_id(request.policy_id.as_str()).any(|resource| {
        let has_url = match &request.item_id {
            Some(item_id) => {
                let fits = |pattern: &str| matches_pattern(pattern, item_id.as_str());
                resource.is_about_items(method) && resource.item_id_pattern.as_deref().is_none_or(fits)
            }
            None => resource.may_lack_id(method),
        };
        has_url && resource.token_access == Access::Open && resource.implements(method)
    })
}
