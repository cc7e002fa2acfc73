//! What a check of a policy text found, in the shape that is shown.

use tollgate_browser::{CheckReport, ReportVerdict};
use tollgate_policy::{Checked, LineIndex, Severity as PolicySeverity};

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
}

/// What a check of the text gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Everything there is to say.
    pub list: Vec<Finding>,
    /// How many more there are.
    pub omitted: u64,
    /// Whether Review Board 8.1 accepts the text.
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
}

fn severity(severity: PolicySeverity) -> Severity {
    match severity {
        PolicySeverity::Error => Severity::Error,
        PolicySeverity::Warning => Severity::Warning,
        PolicySeverity::Hint => Severity::Note,
    }
}

/// What a check of a text gave, in the shape that is shown.
pub(super) fn findings(checked: &Checked) -> Findings {
    let text = checked.document().text();
    let index = LineIndex::new(text);
    let finding = |found: &tollgate_policy::Diagnostic| {
        let span = found.span();
        Finding {
            code: found.code.id().to_owned(),
            severity: severity(found.severity),
            message: found.message.clone(),
            help: found.help.clone().unwrap_or_default(),
            line: found.position.line,
            column: found.position.column,
            length: index.position(text, span.end).offset.saturating_sub(index.position(text, span.start).offset),
        }
    };
    Findings {
        list: checked.diagnostics().iter().take(MOST_LISTED).map(finding).collect(),
        omitted: (checked.omitted() + checked.diagnostics().len().saturating_sub(MOST_LISTED)) as u64,
        is_accepted: checked.verdict().is_accepted(),
        is_pending: false,
    }
}

/// What the worker's check of a text gave.
pub(super) fn reported(report: &CheckReport, text: &str) -> Findings {
    let index = LineIndex::new(text);
    let finding = |found: &tollgate_browser::ReportedDiagnostic| {
        let (start, end) = found.labels.first().map_or((0, 0), |label| (label.start, label.end));
        let (start, end) = (index.position(text, start), index.position(text, end));
        Finding {
            code: found.code.clone(),
            severity: match found.severity.as_str() {
                "error" => Severity::Error,
                "warning" => Severity::Warning,
                _ => Severity::Note,
            },
            message: found.message.clone(),
            help: found.help.clone().unwrap_or_default(),
            line: start.line,
            column: start.column,
            length: end.offset.saturating_sub(start.offset),
        }
    };
    Findings {
        list: report.diagnostics.iter().take(MOST_LISTED).map(finding).collect(),
        omitted: report.unlisted + report.diagnostics.len().saturating_sub(MOST_LISTED) as u64,
        is_accepted: report.verdict == ReportVerdict::Accepted,
        is_pending: false,
    }
}
