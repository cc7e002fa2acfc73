//! Findings in the shape in which they cross over from the worker.

use tollgate_browser::{ReportedDiagnostic, ReportedLabel};
use tollgate_policy::{Diagnostic, Label, Severity};

/// One finding.
pub(crate) fn diagnostic(found: &Diagnostic) -> ReportedDiagnostic {
    let severity = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    ReportedDiagnostic {
        code: found.code.id().to_owned(),
        name: found.code.name().to_owned(),
        severity: severity.to_owned(),
        message: found.message.clone(),
        pointer: found.pointer.to_string(),
        line: found.position.line,
        column: found.position.column,
        offset: found.position.offset,
        labels: found.labels.iter().map(label).collect(),
        help: found.help.clone(),
    }
}

fn label(label: &Label) -> ReportedLabel {
    ReportedLabel { start: label.span.start, end: label.span.end, text: label.text.clone() }
}
