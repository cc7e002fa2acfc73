//! Importing catalogs, and removing them.

use tollgate_policy::Catalog;

use super::LibraryError;
use super::save::check_words;
use crate::event::{CatalogImported, EventBody};
use crate::ids::CatalogName;
use crate::model::Workspace;
use crate::scan::json_holds_token;

/// The longest catalog that is kept, in bytes as it is stored: its resources, not the document that it was read from.
const LONGEST_CATALOG: usize = 4 << 20;

/// A catalog that was read, to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCatalog {
    /// What it is called. One that has the name gives way to it.
    pub name: CatalogName,
    /// Where it came from, in words: an address, or the name of a file.
    pub origin: String,
    /// The catalog.
    pub catalog: Catalog,
}

/// Decides that a catalog is kept.
///
/// # Errors
///
/// [`LibraryError`] when it is too long, holds a token, or is the one that is there.
pub fn import_catalog(workspace: &Workspace, call: &NewCatalog) -> Result<(Vec<EventBody>, ()), LibraryError> {
    let NewCatalog { name, origin, catalog } = call;
    check_words("name", name.as_str())?;
    check_words("origin", origin)?;
    let unreadable = |error: serde_json::Error| LibraryError::Catalog(error.to_string());
    let text = serde_json::to_string(&catalog.to_stored()).map_err(unreadable)?;
    if text.len() > LONGEST_CATALOG {
        return Err(LibraryError::TooLong { what: "catalog", bytes: text.len(), limit: LONGEST_CATALOG });
    }
    if json_holds_token(&text) {
        return Err(LibraryError::LooksLikeToken { field: "catalog" });
    }
    if workspace.library().catalog(name).is_some_and(|known| known.text == text && known.origin == *origin) {
        return Err(LibraryError::Unchanged("the catalog"));
    }
    let imported = CatalogImported { name: name.clone(), origin: origin.clone(), text };
    Ok((vec![EventBody::CatalogImported(imported)], ()))
}

/// Decides that a catalog is removed, if no policy that is offered speaks of it.
///
/// # Errors
///
/// [`LibraryError::UnknownCatalog`], or [`LibraryError::CatalogInUse`].
pub fn remove_catalog(workspace: &Workspace, name: &CatalogName) -> Result<(Vec<EventBody>, ()), LibraryError> {
    let library = workspace.library();
    if library.catalog(name).is_none() {
        return Err(LibraryError::UnknownCatalog(name.clone()));
    }
    let newest = library.policies().filter(|policy| !policy.is_archived).filter_map(|policy| policy.newest());
    match newest.filter(|version| version.catalog.as_ref() == Some(name)).count() {
        0 => Ok((vec![EventBody::CatalogRemoved(name.clone())], ())),
        policies => Err(LibraryError::CatalogInUse { name: name.clone(), policies }),
    }
}
