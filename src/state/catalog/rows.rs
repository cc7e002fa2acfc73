//! A catalog as it is shown.

use tollgate_policy::{Access, Catalog, Resource};

/// One resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogRow {
    /// Names the row: the resource's module, unique in the catalog.
    pub module: String,
    /// What a policy calls it.
    pub policy_id: String,
    /// The methods that the server implements.
    pub methods: String,
    /// What an id rule is compared with; empty for none.
    pub item_key: String,
    /// URL templates of list and item.
    pub urls: Vec<String>,
    /// Whether tokens never reach it.
    pub is_closed: bool,
    /// Whether another resource has the same policy id.
    pub is_shared: bool,
    /// Whether its methods are not known but assumed.
    pub is_assumed: bool,
}

/// The resources that hold every word.
#[must_use]
pub fn rows(catalog: &Catalog, words: &str) -> Vec<CatalogRow> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let holds = |resource: &&Resource| {
        let text = format!(
            "{} {} {} {} {}",
            resource.policy_id,
            resource.name,
            resource.methods.join(" "),
            resource.list_uri.as_deref().unwrap_or_default(),
            resource.item_uri.as_deref().unwrap_or_default()
        )
        .to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    catalog.resources().iter().filter(holds).map(|resource| row(catalog, resource)).collect()
}

pub(super) fn row(catalog: &Catalog, resource: &Resource) -> CatalogRow {
    let uris = [resource.list_uri.as_deref(), resource.item_uri.as_deref()];
    CatalogRow {
        module: resource.module.to_string(),
        policy_id: resource.policy_id.to_string(),
        methods: resource.methods.join(" "),
        item_key: resource.item_key.as_deref().unwrap_or_default().to_owned(),
        urls: uris.into_iter().flatten().map(str::to_owned).collect(),
        is_closed: resource.token_access == Access::Closed,
        is_shared: catalog.by_policy_id(&resource.policy_id).count() > 1,
        is_assumed: resource.has_assumed_methods(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_is_found_by_its_method_and_a_part_of_its_url() {
        let document = r#"{"openapi": "3.0.0", "paths": {"/pets/{petId}": {"patch": {}}, "/health": {"get": {}}}}"#;
        let catalog = tollgate_policy::import_openapi(document).into_catalog().unwrap();
        let found = rows(&catalog, "PATCH pets");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].methods.as_str(), found[0].item_key.as_str()), ("PATCH", "petId"));
        assert_eq!(found[0].urls, ["/pets/{petId}"]);
        assert_eq!(rows(Catalog::review_board_8_1(), "").len(), 71);
    }
}
