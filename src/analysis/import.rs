//! A document, read as a catalog.

use tollgate_browser::analysis::{CatalogSource, ImportLook, ReadCatalog};
use tollgate_policy::{Catalog, Code, Imported, import_openapi, import_root};

use super::reported::diagnostic;

/// Reads a document as a catalog, whichever kind of document it is.
///
/// Costs a walk over the text, or two if it is no OpenAPI document.
pub(crate) fn import(document: &str) -> ImportLook {
    let (source, imported) = read(document);
    let stored = imported.catalog().and_then(|catalog| serde_json::to_string(&catalog.to_stored()).ok());
    ImportLook {
        diagnostics: imported.diagnostics().iter().map(diagnostic).collect(),
        unlisted: imported.omitted() as u64,
        catalog: stored.map(|text| ReadCatalog { source, text }),
    }
}

/// What is no OpenAPI document may be a root resource. What is neither is told what an OpenAPI document would need.
fn read(document: &str) -> (CatalogSource, Imported) {
    let openapi = import_openapi(document);
    if !has(&openapi, Code::NotOpenApi) {
        return (CatalogSource::OpenApi, openapi);
    }
    let root = import_root(document, Catalog::review_board_8_1());
    if has(&root, Code::NotRootResource) { (CatalogSource::OpenApi, openapi) } else { (CatalogSource::Root, root) }
}

fn has(imported: &Imported, code: Code) -> bool {
    imported.diagnostics().iter().any(|found| found.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_policy::StoredCatalog;

    fn catalog(look: &ImportLook) -> Catalog {
        let stored: StoredCatalog = serde_json::from_str(&look.catalog.as_ref().unwrap().text).unwrap();
        stored.into_catalog().unwrap()
    }

    #[test]
    fn either_kind_of_document_is_known_by_what_it_holds() {
        let openapi = import(r#"{"openapi": "3.1.0", "paths": {"/pets/{id}": {"get": {}}}}"#);
        assert_eq!(openapi.catalog.as_ref().map(|read| read.source), Some(CatalogSource::OpenApi));
        assert!(catalog(&openapi).is_known("pets"));
        assert_eq!(openapi.diagnostics[0].code, "P0422");

        let root = import(r#"{"uri_templates": {"checklists": "https://example.com/api/checklists/"}}"#);
        assert_eq!(root.catalog.as_ref().map(|read| read.source), Some(CatalogSource::Root));
        assert!(catalog(&root).is_known("checklists") && catalog(&root).is_known("review"));
    }

    #[test]
    fn what_is_neither_says_where_and_why() {
        let look = import("{\n \"paths\": {}}");
        assert_eq!((look.catalog, look.diagnostics[0].code.as_str()), (None, "P0402"));
        let broken = import("{\n \"openapi\": \"3.0.0\",\n \"paths\" {}}");
        assert_eq!((broken.catalog, broken.diagnostics[0].line), (None, 3));
    }
}
