//! Findings about a policy text, as JavaScript gets them.

use serde::Serialize;
use tollgate_policy::{Checked, Diagnostic, Severity, Verdict};

use crate::utf16::Utf16Offsets;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingShape {
    /// The short stable code, such as `P0205`.
    pub code: &'static str,
    /// The code in words, such as `unknown_policy_id`.
    pub name: &'static str,
    /// `error`, `warning` or `hint`.
    pub severity: &'static str,
    /// What is wrong, as a lower-case fragment.
    pub message: String,
    /// The value it is about, as a JSON pointer.
    pub pointer: String,
    /// Where its first label begins, as people count.
    pub position: PositionShape,
    /// The marked places, the one it is about first.
    pub labels: Vec<LabelShape>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A place as people and Python count: line and column from 1, in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PositionShape {
    /// The line, from 1.
    pub line: u32,
    /// The column in code points, from 1.
    pub column: u32,
    /// The code points before it, from 0.
    pub offset: u32,
}

/// A marked place, in UTF-16 units: what `text.slice(start, end)` takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LabelShape {
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What to say there.
    pub text: String,
}

/// A stretch of the text, in UTF-16 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SpanShape {
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

/// Why a policy is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RefusedPolicy {
    /// The code of the first check that fails, in the server's order.
    pub code: &'static str,
    /// The value that it fails on, as a JSON pointer.
    pub pointer: String,
    /// Whether the server crashes here instead of refusing.
    pub original_crashes: bool,
    /// Every finding.
    pub findings: Vec<FindingShape>,
    /// How many findings were counted beyond those.
    pub omitted: usize,
}

/// The findings of a text; one walk over it for all of them.
pub(crate) fn findings(text: &str, diagnostics: &[Diagnostic]) -> Vec<FindingShape> {
    let spans = diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels).map(|label| label.span);
    let offsets = Utf16Offsets::new(text, spans);
    diagnostics.iter().map(|diagnostic| finding(diagnostic, &offsets)).collect()
}

/// Why a checked text is refused; `None` when it is not.
pub(crate) fn refusal(text: &str, checked: &Checked) -> Option<RefusedPolicy> {
    let (code, pointer, original_crashes) = match checked.verdict() {
        Verdict::Accepted => return None,
        Verdict::Refused { code, pointer } => (code, pointer, false),
        Verdict::RefusedWhereOriginalCrashes { code, pointer } => (code, pointer, true),
    };
    Some(RefusedPolicy {
        code: code.id(),
        pointer: pointer.to_string(),
        original_crashes,
        findings: findings(text, checked.diagnostics()),
        omitted: checked.omitted(),
    })
}

fn finding(diagnostic: &Diagnostic, offsets: &Utf16Offsets) -> FindingShape {
    let label = |label: &tollgate_policy::Label| {
        let SpanShape { start, end } = offsets.span(label.span);
        LabelShape { start, end, text: label.text.clone() }
    };
    let position = diagnostic.position;
    FindingShape {
        code: diagnostic.code.id(),
        name: diagnostic.code.name(),
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        },
        message: diagnostic.message.clone(),
        pointer: diagnostic.pointer.to_string(),
        position: PositionShape { line: position.line, column: position.column, offset: position.offset },
        labels: diagnostic.labels.iter().map(label).collect(),
        help: diagnostic.help.clone(),
    }
}
