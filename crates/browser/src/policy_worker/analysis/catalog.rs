//! A document that was read as a catalog.

use serde::{Deserialize, Serialize};

use crate::policy_worker::report::ReportedDiagnostic;

/// What comes of reading a document as a catalog.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportLook {
    /// Everything that is found, worst first.
    pub diagnostics: Vec<ReportedDiagnostic>,
    /// How many more were found than are listed.
    pub unlisted: u64,
    /// The catalog; none if the document holds none, as the findings say.
    pub catalog: Option<ReadCatalog>,
}

/// A catalog that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReadCatalog {
    /// What kind of document it was.
    pub source: CatalogSource,
    /// It, as JSON text in the form that is stored.
    pub text: String,
}

/// What a catalog was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CatalogSource {
    /// An OpenAPI document.
    #[serde(rename = "openapi")]
    OpenApi,
    /// A server's root resource.
    Root,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_read_as_it_was_written() {
        let catalog = ReadCatalog { source: CatalogSource::OpenApi, text: "{}".to_owned() };
        let look = ImportLook { catalog: Some(catalog), unlisted: 2, ..ImportLook::default() };
        let json = serde_json::to_string(&look).unwrap();
        assert!(json.contains(r#""source":"openapi""#), "{json}");
        assert_eq!(serde_json::from_str::<ImportLook>(&json).unwrap(), look, "{json}");
    }
}
