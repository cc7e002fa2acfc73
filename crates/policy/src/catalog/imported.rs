//! What comes of reading a document as a catalog.

use super::lookup::Catalog;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::syntax::{Document, MAX_DIAGNOSTICS, locate};

/// A document, read as a catalog.
///
/// There is a catalog unless a finding is an error.
/// Warnings and hints are about parts that were left out, or about which less is known than the document meant to say.
#[derive(Clone, Debug)]
pub struct Imported {
    catalog: Option<Catalog>,
    diagnostics: Vec<Diagnostic>,
    omitted: usize,
}

impl Imported {
    /// The catalog, unless the document holds none.
    pub fn catalog(&self) -> Option<&Catalog> {
        self.catalog.as_ref()
    }

    /// The catalog, taken out.
    ///
    /// ```
    /// use tollgate_policy::import_openapi;
    ///
    /// let imported = import_openapi(r#"{"openapi": "3.1.0", "paths": {"/pets": {"get": {}}}}"#);
    /// let catalog = imported.into_catalog().ok_or("refused")?;
    /// assert_eq!(catalog.policy_ids().collect::<Vec<_>>(), ["pets"]);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn into_catalog(self) -> Option<Catalog> {
        self.catalog
    }

    /// Everything there is to say: errors, then warnings and hints by place; at most
    /// [`MAX_DIAGNOSTICS`].
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many findings were counted beyond those kept.
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    pub(super) fn new(document: &Document, findings: Findings, catalog: Option<Catalog>) -> Imported {
        let Findings { errors: mut found, others } = findings;
        let (mut others, omitted) = others.into_parts();
        let (errors, warnings) = document.diagnostics().split_at(document.error_count());
        errors.iter().filter_map(reworded).for_each(|diagnostic| found.push(|| diagnostic));
        others.extend(warnings.iter().filter_map(reworded));
        others.sort_by_key(|diagnostic| (diagnostic.severity, diagnostic.span(), diagnostic.code));
        others.into_iter().for_each(|diagnostic| found.push(|| diagnostic));

        let (mut diagnostics, omitted_later) = found.into_parts();
        locate(&mut diagnostics, document.text());
        Imported { catalog, diagnostics, omitted: omitted + omitted_later + document.omitted() }
    }

    /// The outcome for a text that is one whole mistake of another kind than its syntax.
    pub(super) fn refused(text: &str, mistake: Diagnostic) -> Imported {
        let mut diagnostics = vec![mistake];
        locate(&mut diagnostics, text);
        Imported { catalog: None, diagnostics, omitted: 0 }
    }
}

/// The findings of an import; errors are kept apart, so that no number of others hides them.
#[derive(Debug)]
pub(super) struct Findings {
    errors: Sink,
    others: Sink,
}

impl Findings {
    pub(super) fn new() -> Findings {
        Findings { errors: Sink::new(MAX_DIAGNOSTICS), others: Sink::new(MAX_DIAGNOSTICS) }
    }

    /// Adds an error, because of which there is no catalog.
    pub(super) fn refuse(&mut self, make: impl FnOnce() -> Diagnostic) {
        self.errors.push(make);
    }

    /// Adds a warning or a hint.
    pub(super) fn note(&mut self, make: impl FnOnce() -> Diagnostic) {
        self.others.push(make);
    }
}

/// Words about the syntax that only fit policies, and what fits other documents.
const WORDS: [(&str, &str); 3] = [
    ("the text goes on after the end of the policy", "the text goes on after the end of the document"),
    ("the text ends before the policy starts", "the text ends before the document starts"),
    ("expected a policy here", "expected the document here"),
];

/// A finding about the syntax in words that fit; none if only a policy minds.
fn reworded(diagnostic: &Diagnostic) -> Option<Diagnostic> {
    if matches!(diagnostic.code, Code::NestingTooDeep | Code::LoneSurrogate) {
        return None;
    }
    let mut diagnostic = diagnostic.clone();
    let labels = diagnostic.labels.iter_mut().map(|label| &mut label.text);
    for words in labels.chain([&mut diagnostic.message]) {
        if let Some((_, fitting)) = WORDS.iter().find(|(unfit, _)| words.as_str() == *unfit) {
            *words = (*fitting).to_owned();
        }
    }
    match diagnostic.help.as_deref() {
        Some("write `{}` for full access") => diagnostic.help = None,
        Some(_) if diagnostic.code == Code::Comment => diagnostic.help = Some("remove it".to_owned()),
        _ => {}
    }
    Some(diagnostic)
}
