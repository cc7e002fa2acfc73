//! The catalog as it is shown.

use tollgate_policy::{Access, Catalog, Resource};

/// One resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogRow {
    /// Names the row: the resource's module, unique in the catalog.
    pub module: &'static str,
    /// What a policy calls it.
    pub policy_id: &'static str,
    /// The methods that the server implements.
    pub methods: String,
    /// What an id rule is compared with; empty for none.
    pub item_key: &'static str,
    /// URL templates of list and item.
    pub urls: Vec<&'static str>,
    /// Whether tokens never reach it.
    pub is_closed: bool,
    /// Whether another resource has the same policy id.
    pub is_shared: bool,
}

/// How many resources there are.
#[must_use]
pub fn count() -> usize {
    Catalog::review_board_8_1().resources().len()
}

/// The resources that hold every word.
#[must_use]
pub fn rows(words: &str) -> Vec<CatalogRow> {
    let catalog = Catalog::review_board_8_1();
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
    let row = |resource: &'static Resource| CatalogRow {
        module: &resource.module,
        policy_id: &resource.policy_id,
        methods: resource.methods.join(" "),
        item_key: resource.item_key.as_deref().unwrap_or_default(),
        urls: [resource.list_uri.as_deref(), resource.item_uri.as_deref()].into_iter().flatten().collect(),
        is_closed: resource.token_access == Access::Closed,
        is_shared: catalog.by_policy_id(&resource.policy_id).count() > 1,
    };
    catalog.resources().iter().filter(holds).map(row).collect()
}
