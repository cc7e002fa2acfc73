//! The text that is looked at, with what every side of it needs.

use std::cell::OnceCell;

use tollgate_browser::analysis::{EditLook, PlaceLook};
use tollgate_policy::{Catalog, Checked, CompiledPolicy, Finding, LineIndex, Span, TextEdit, lint};

/// Why nothing is told about a text that is refused.
pub(super) const REFUSED: &str = "The policy is refused, so no server would hold it. Mend it first.";

/// A checked text.
pub(super) struct Subject<'t> {
    pub(super) checked: &'t Checked,
    pub(super) catalog: &'t Catalog,
    /// Its policy, prepared for many decisions; none if the text is refused.
    pub(super) policy: Option<CompiledPolicy>,
    /// Made when the first place is asked for.
    index: OnceCell<LineIndex>,
    /// Made when they are asked for.
    findings: OnceCell<Vec<Finding>>,
}

impl<'t> Subject<'t> {
    /// The text, as it was checked with this catalog.
    pub(super) fn of(checked: &'t Checked, catalog: &'t Catalog) -> Self {
        let policy = checked.policy().map(|policy| CompiledPolicy::new(&policy));
        Self { checked, catalog, policy, index: OnceCell::new(), findings: OnceCell::new() }
    }

    pub(super) fn text(&self) -> &'t str {
        self.checked.document().text()
    }

    /// Everything that is found, worst first.
    pub(super) fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| lint(self.checked, self.catalog))
    }

    /// The place of a byte, as people count.
    pub(super) fn place(&self, byte: u32) -> PlaceLook {
        let index = self.index.get_or_init(|| LineIndex::new(self.text()));
        let position = index.position(self.text(), byte);
        PlaceLook { line: position.line, column: position.column }
    }

    /// Where a span begins, if there is one.
    pub(super) fn begin(&self, span: Option<Span>) -> Option<PlaceLook> {
        span.map(|span| self.place(span.start))
    }

    /// Edits, with what stands now where each of them is made.
    pub(super) fn edits(&self, edits: &[TextEdit]) -> Vec<EditLook> {
        let edit = |edit: &TextEdit| EditLook {
            start: edit.span.start,
            end: edit.span.end,
            was: edit.span.slice(self.text()).to_owned(),
            text: edit.text.clone(),
        };
        edits.iter().map(edit).collect()
    }
}

/// A count in a shape that every machine has.
pub(super) fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
