//! The form in which a catalog is stored: versioned, and checked when it is read.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::lookup::{Catalog, Mount};
use super::resource::{Access, MethodsApart, Origin, Resource};
use super::template::Template;

/// The version that is written; the only one there has been.
const VERSION: u32 = 1;

/// A catalog as it is stored, through any format of serde.
///
/// A catalog that is read again is the one that was written.
///
/// ```
/// use tollgate_policy::{Catalog, StoredCatalog};
///
/// let catalog = Catalog::review_board_8_1();
/// let json = serde_json::to_string(&catalog.to_stored())?;
/// assert!(json.starts_with(r#"{"version":1,"title":"Review Board 8.1""#));
///
/// let stored: StoredCatalog = serde_json::from_str(&json)?;
/// assert_eq!(stored.into_catalog()?, *catalog);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StoredCatalog {
    version: u32,
    title: String,
    mount: StoredMount,
    policy_ids: Vec<String>,
    resources: Vec<StoredResource>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
enum StoredMount {
    Api {},
    Paths { paths: Vec<String> },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct StoredResource {
    policy_id: Cow<'static, str>,
    name: Cow<'static, str>,
    name_plural: Cow<'static, str>,
    module: Cow<'static, str>,
    parent: Option<Cow<'static, str>>,
    list_uri: Option<Cow<'static, str>>,
    item_uri: Option<Cow<'static, str>>,
    item_key: Option<Cow<'static, str>>,
    item_id_pattern: Option<Cow<'static, str>>,
    methods: Vec<Cow<'static, str>>,
    methods_apart: Option<MethodsApart>,
    is_singleton: bool,
    token_access: Access,
    summary: Option<Cow<'static, str>>,
    origin: Origin,
}

/// Why what was stored is no catalog.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoredCatalogError {
    /// It has a version that this program does not know.
    #[error("the catalog is stored in version {version}, which is not known here")]
    UnknownVersion {
        /// The version that it has.
        version: u32,
    },
    /// The URL of a resource is no template.
    #[error("`{uri}` is no path template")]
    BadTemplate {
        /// The URL.
        uri: String,
    },
    /// Two resources have the same module.
    #[error("the module `{module}` is there twice")]
    RepeatedModule {
        /// The module.
        module: String,
    },
    /// A resource has a policy id that no policy could name.
    #[error("`*` is no policy id")]
    StarAsPolicyId,
}

impl Catalog {
    /// The catalog in the form that is stored.
    ///
    /// Costs a copy of every text that is not of the built-in table.
    pub fn to_stored(&self) -> StoredCatalog {
        StoredCatalog {
            version: VERSION,
            title: self.title().to_owned(),
            mount: match self.mount() {
                Mount::Api => StoredMount::Api {},
                Mount::Paths(paths) => StoredMount::Paths { paths: paths.clone() },
            },
            policy_ids: self.policy_ids().map(str::to_owned).collect(),
            resources: self.resources().iter().cloned().map(StoredResource::from).collect(),
        }
    }
}

impl StoredCatalog {
    /// The catalog that was stored.
    ///
    /// # Errors
    ///
    /// [`StoredCatalogError`] if the version is unknown, a URL is no template, a module comes twice, or a policy id
    /// is `*`. Errors of shape come earlier, from the format.
    pub fn into_catalog(self) -> Result<Catalog, StoredCatalogError> {
        if self.version != VERSION {
            return Err(StoredCatalogError::UnknownVersion { version: self.version });
        }
        let mut modules: BTreeSet<&str> = BTreeSet::new();
        for resource in &self.resources {
            if !modules.insert(&resource.module) {
                return Err(StoredCatalogError::RepeatedModule { module: resource.module.to_string() });
            }
            let mut uris = [&resource.list_uri, &resource.item_uri].into_iter().flatten();
            if let Some(bad) = uris.find(|uri| Template::parse(uri).is_err()) {
                return Err(StoredCatalogError::BadTemplate { uri: bad.to_string() });
            }
        }
        let policy_ids = self.resources.iter().map(|resource| &*resource.policy_id);
        if policy_ids.chain(self.policy_ids.iter().map(String::as_str)).any(|policy_id| policy_id == "*") {
            return Err(StoredCatalogError::StarAsPolicyId);
        }
        let mount = match self.mount {
            StoredMount::Api {} => Mount::Api,
            StoredMount::Paths { paths } => Mount::Paths(paths),
        };
        let resources = self.resources.into_iter().map(Resource::from).collect();
        Ok(Catalog::new(Cow::Owned(self.title), mount, resources).with_policy_ids(self.policy_ids))
    }
}

impl From<Resource> for StoredResource {
    fn from(resource: Resource) -> StoredResource {
        StoredResource {
            policy_id: resource.policy_id,
            name: resource.name,
            name_plural: resource.name_plural,
            module: resource.module,
            parent: resource.parent,
            list_uri: resource.list_uri,
            item_uri: resource.item_uri,
            item_key: resource.item_key,
            item_id_pattern: resource.item_id_pattern,
            methods: resource.methods,
            methods_apart: resource.methods_apart,
            is_singleton: resource.is_singleton,
            token_access: resource.token_access,
            summary: resource.summary,
            origin: resource.origin,
        }
    }
}

impl From<StoredResource> for Resource {
    fn from(stored: StoredResource) -> Resource {
        Resource {
            policy_id: stored.policy_id,
            name: stored.name,
            name_plural: stored.name_plural,
            module: stored.module,
            parent: stored.parent,
            list_uri: stored.list_uri,
            item_uri: stored.item_uri,
            item_key: stored.item_key,
            item_id_pattern: stored.item_id_pattern,
            methods: stored.methods,
            methods_apart: stored.methods_apart,
            is_singleton: stored.is_singleton,
            token_access: stored.token_access,
            summary: stored.summary,
            origin: stored.origin,
        }
    }
}
