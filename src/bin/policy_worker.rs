//! The policy worker: checks big policy texts in a thread of its own.
//!
//! The page asks it only for texts above [`OFF_THREAD_BYTES`](tollgate_browser::OFF_THREAD_BYTES).

use tollgate_browser::{CheckReport, ReportVerdict, ReportedDiagnostic, ReportedLabel, serve};
use tollgate_policy::{Catalog, Checked, Code, Diagnostic, JsonPointer, Label, Severity, Verdict, check};

fn main() {
    console_error_panic_hook::set_once();
    serve(answer);
}

fn answer(text: String) -> String {
    let checked = check(&text, Catalog::review_board_8_1());
    // An empty answer is no report, and the page says that it cannot be read.
    report(&checked).to_json().unwrap_or_default()
}

fn report(checked: &Checked) -> CheckReport {
    CheckReport {
        verdict: verdict(checked.verdict()),
        diagnostics: checked.diagnostics().iter().map(diagnostic).collect(),
        unlisted: u64::try_from(checked.omitted()).unwrap_or(u64::MAX),
    }
}

fn verdict(verdict: &Verdict) -> ReportVerdict {
    let words = |code: &Code, pointer: &JsonPointer| (code.id().to_owned(), pointer.to_string());
    match verdict {
        Verdict::Accepted => ReportVerdict::Accepted,
        Verdict::Refused { code, pointer } => {
            let (code, pointer) = words(code, pointer);
            ReportVerdict::Refused { code, pointer }
        }
        Verdict::RefusedWhereOriginalCrashes { code, pointer } => {
            let (code, pointer) = words(code, pointer);
            ReportVerdict::RefusedWhereOriginalCrashes { code, pointer }
        }
    }
}

fn diagnostic(found: &Diagnostic) -> ReportedDiagnostic {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answer_is_a_report() {
        let answer = answer(r#"{"resources": {"reviw": {}}}"#.to_owned());
        let report = CheckReport::from_json(&answer).unwrap();
        assert!(matches!(report.verdict, ReportVerdict::Refused { code, .. } if code == "P0205"));
        assert_eq!(report.diagnostics[0].message, "unknown resource `reviw`");
        assert_eq!(report.diagnostics[0].column, 16);
    }
}
