//! What a check of a policy text found, in the shape that is shown.

use tollgate_browser::{
    CheckReport, EditorEdit, EditorFinding, EditorFix, EditorSeverity, ReportVerdict, ReportedDiagnostic,
};
use tollgate_policy::{Catalog, Checked, Fix, LineIndex, Severity as PolicySeverity, Span, TextEdit, lint};

/// How many findings are listed; the others are counted.
const MOST_LISTED: usize = 100;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Accepted, probably not meant.
    Warning,
    /// Refused.
    Error,
}

/// A way to mend a finding, for exactly the text that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// What it does, as words on a button.
    pub title: String,
    fix: Fix,
    edits: Vec<EditorEdit>,
}

impl Mend {
    /// The text after it; `None` if it does not fit this text.
    #[must_use]
    pub fn apply(&self, text: &str) -> Option<String> {
        self.fix.apply(text)
    }
}

/// One thing to say about the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its stable code.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is true.
    pub message: String,
    /// What to do; empty for nothing.
    pub help: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
    /// Length in code points.
    pub length: u32,
    /// How it can be mended, the likeliest way first.
    pub mends: Vec<Mend>,
    /// Where it begins and ends in UTF-16 units.
    units: (u32, u32),
}

/// What a check of the text gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Everything there is to say.
    pub list: Vec<Finding>,
    /// How many more there are.
    pub omitted: u64,
    /// Whether the text is accepted.
    pub is_accepted: bool,
    /// Whether a larger text is still being checked.
    pub is_pending: bool,
}

impl Findings {
    /// Whether the text is known to be JSON, accepted or not.
    #[must_use]
    pub fn is_json(&self) -> bool {
        !self.is_pending && !self.list.iter().any(|found| found.code.starts_with("P01"))
    }

    /// The findings as the editor takes them.
    pub(super) fn for_editor(&self) -> Vec<EditorFinding> {
        self.list.iter().map(Finding::for_editor).collect()
    }
}

impl Finding {
    fn for_editor(&self) -> EditorFinding {
        let (from, to) = self.units;
        let fix = |mend: &Mend| EditorFix { title: mend.title.clone(), edits: mend.edits.clone() };
        EditorFinding {
            from,
            to,
            severity: match self.severity {
                Severity::Error => EditorSeverity::Error,
                Severity::Warning => EditorSeverity::Warning,
                Severity::Note => EditorSeverity::Note,
            },
            message: self.message.clone(),
            help: self.help.clone(),
            code: self.code.clone(),
            fixes: self.mends.iter().map(fix).collect(),
        }
    }
}

/// What a check of a text gave with this catalog.
pub(super) fn findings(checked: &Checked, catalog: &Catalog) -> Findings {
    let place = Places::of(checked.document().text());
    let finding = |tollgate_policy::Finding { diagnostic: found, fixes, .. }| Finding {
        code: found.code.id().to_owned(),
        severity: match found.severity {
            PolicySeverity::Error => Severity::Error,
            PolicySeverity::Warning => Severity::Warning,
            PolicySeverity::Hint => Severity::Note,
        },
        line: found.position.line,
        column: found.position.column,
        length: place.length(found.span()),
        mends: place.mends(fixes),
        units: place.units(found.span()),
        help: found.help.unwrap_or_default(),
        message: found.message,
    };
    let mut found = lint(checked, catalog);
    // What lint adds comes last, and is not always the least.
    found.sort_by_key(|found| found.diagnostic.severity);
    let unlisted = found.len().saturating_sub(MOST_LISTED);
    Findings {
        list: found.into_iter().take(MOST_LISTED).map(finding).collect(),
        omitted: (checked.omitted() + unlisted) as u64,
        is_accepted: checked.verdict().is_accepted(),
        is_pending: false,
    }
}

/// What the worker's check of a text gave. How to mend it is not said: texts that large are not mended one by one.
pub(super) fn reported(report: &CheckReport, text: &str) -> Findings {
    let place = Places::of(text);
    let mut findings = told(&report.diagnostics, report.unlisted, report.verdict == ReportVerdict::Accepted);
    for (finding, found) in findings.list.iter_mut().zip(&report.diagnostics) {
        let span = found.labels.first().map_or(Span::default(), |label| Span::new(label.start, label.end));
        let start = place.index.position(text, span.start);
        (finding.line, finding.column) = (start.line, start.column);
        (finding.length, finding.units) = (place.length(span), place.units(span));
    }
    findings
}

/// Findings in a text that no editor marks, as the worker told them: where they begin, and not how long they are.
pub(super) fn told(found: &[ReportedDiagnostic], unlisted: u64, is_accepted: bool) -> Findings {
    let finding = |found: &ReportedDiagnostic| Finding {
        code: found.code.clone(),
        severity: match found.severity.as_str() {
            "error" => Severity::Error,
            "warning" => Severity::Warning,
            _ => Severity::Note,
        },
        message: found.message.clone(),
        help: found.help.clone().unwrap_or_default(),
        line: found.line,
        column: found.column,
        length: 0,
        mends: Vec::new(),
        units: (0, 0),
    };
    Findings {
        list: found.iter().take(MOST_LISTED).map(finding).collect(),
        omitted: unlisted + found.len().saturating_sub(MOST_LISTED) as u64,
        is_accepted,
        is_pending: false,
    }
}

/// Counts what spans of one text are in code points and in UTF-16 units.
struct Places<'t> {
    text: &'t str,
    index: LineIndex,
}

impl<'t> Places<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, index: LineIndex::new(text) }
    }

    fn length(&self, span: Span) -> u32 {
        let offset = |byte| self.index.position(self.text, byte).offset;
        offset(span.end).saturating_sub(offset(span.start))
    }

    fn units(&self, span: Span) -> (u32, u32) {
        (self.index.utf16_offset(self.text, span.start), self.index.utf16_offset(self.text, span.end))
    }

    fn mends(&self, fixes: Vec<Fix>) -> Vec<Mend> {
        let edit = |edit: &TextEdit| {
            let (from, to) = self.units(edit.span);
            EditorEdit { from, to, text: edit.text.clone() }
        };
        let mend = |fix: Fix| Mend { title: capitalized(&fix.title), edits: fix.edits.iter().map(edit).collect(), fix };
        fixes.into_iter().map(mend).collect()
    }
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_policy::check;

    #[test]
    fn a_finding_is_placed_as_people_and_as_browsers_count() {
        let text = "{\"😀\": 1,\n \"resources\": {\"*\": {\"block\": [\"put\"]}}}";
        let found = findings(&check(text, Catalog::review_board_8_1()), Catalog::review_board_8_1());
        let method = found.list.iter().find(|found| found.code == "P0304").unwrap();
        assert_eq!((method.line, method.column, method.length), (2, 32, 5));
        let (from, to) = method.units;
        let units = text.encode_utf16().skip(from as usize).take((to - from) as usize).collect::<Vec<_>>();
        assert_eq!(String::from_utf16(&units).unwrap(), "\"put\"");
    }

    #[test]
    fn a_mend_says_on_its_button_what_it_does() {
        let text = r#"{"resources": {"*": {"block": ["put"]}}}"#;
        let found = findings(&check(text, Catalog::review_board_8_1()), Catalog::review_board_8_1());
        let mend = found.list.iter().flat_map(|found| &found.mends).next().unwrap();
        assert_eq!(mend.title, "Write `PUT`");
        assert_eq!(mend.apply(text).as_deref(), Some(r#"{"resources": {"*": {"block": ["PUT"]}}}"#));
        assert!(found.is_json());
    }
}
