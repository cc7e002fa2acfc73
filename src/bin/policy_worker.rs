//! The policy worker: looks at big policy texts, and works out scores, in a thread of its own.
//!
//! The page asks it what it asks itself about texts below [`OFF_THREAD_BYTES`](tollgate_browser::OFF_THREAD_BYTES).

use std::cell::RefCell;

use tollgate_browser::analysis::Analysis;
use tollgate_browser::{
    CheckReport, PolicyQuestion, PolicyTask, ReportVerdict, ReportedDiagnostic, ReportedLabel, serve,
};
use tollgate_policy::{Catalog, Checked, Code, Diagnostic, JsonPointer, Label, Severity, Verdict, check};

// By its path, and not as a part of the app: the worker would carry all of that.
#[path = "../analysis/mod.rs"]
mod analysis;

fn main() {
    console_error_panic_hook::set_once();
    let desk = RefCell::new(analysis::Desk::default());
    serve(move |question| answer(&question, &mut desk.borrow_mut()));
}

/// An empty answer is no report, and the page says that it cannot be read.
fn answer(question: &PolicyQuestion, desk: &mut analysis::Desk) -> String {
    let told = match &question.task {
        PolicyTask::Analyze { asked } => {
            let checked = check(&question.text, Catalog::review_board_8_1());
            let look = analysis::look(&checked, question.against.as_deref(), asked);
            serde_json::to_string(&Analysis { check: report(&checked), look })
        }
        PolicyTask::Score { tests, mistakes } => serde_json::to_string(&desk.score(&question.text, tests, *mistakes)),
    };
    told.unwrap_or_default()
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
    use tollgate_browser::analysis::{Asked, AskedSide, ExplainLook, ScoreLook, SideLook};

    fn ask(text: &str, task: PolicyTask) -> String {
        let question = PolicyQuestion { text: text.to_owned(), against: Some("{}".to_owned()), task };
        answer(&question, &mut analysis::Desk::default())
    }

    #[test]
    fn a_check_is_a_report() {
        let answer = ask(r#"{"resources": {"reviw": {}}}"#, PolicyTask::Analyze { asked: Asked::default() });
        let report = serde_json::from_str::<Analysis>(&answer).unwrap().check;
        assert!(matches!(report.verdict, ReportVerdict::Refused { code, .. } if code == "P0205"));
        assert_eq!(report.diagnostics[0].message, "unknown resource `reviw`");
        assert_eq!(report.diagnostics[0].column, 16);
    }

    #[test]
    fn a_side_that_is_asked_for_comes_with_it() {
        let side = AskedSide::Explain { method: "GET".to_owned(), path: "/api/repositories/".to_owned() };
        let asked = Asked { side, ..Asked::default() };
        let answer = ask(r#"{"resources": {"*": {"block": ["*"]}}}"#, PolicyTask::Analyze { asked });
        let look = serde_json::from_str::<Analysis>(&answer).unwrap().look;
        assert!(matches!(look.side, SideLook::Explain(ExplainLook::Answered(answer)) if !answer.is_allowed));
        assert_eq!(look.counts.changed, Some((0, 168)));
    }

    #[test]
    fn a_score_is_worked_out() {
        let task = PolicyTask::Score { tests: Vec::new(), mistakes: u32::MAX };
        let score: ScoreLook = serde_json::from_str(&ask(r#"{"resources": {"*": {"block": ["*"]}}}"#, task)).unwrap();
        assert!(score.is_done() && !score.suggested.is_empty());
    }
}
