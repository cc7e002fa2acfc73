//! The policy worker: looks at big policy texts, and works out scores, in a thread of its own.
//!
//! The page asks it what it asks itself about texts below [`OFF_THREAD_BYTES`](tollgate_browser::OFF_THREAD_BYTES).

use std::cell::RefCell;
use std::sync::Arc;

use tollgate_browser::analysis::Analysis;
use tollgate_browser::{CheckReport, NamedCatalog, PolicyAnswer, PolicyQuestion, PolicyTask, ReportVerdict, serve};
use tollgate_policy::{Catalog, Checked, Code, JsonPointer, StoredCatalog, Verdict, check};

// By its path, and not as a part of the app: the worker would carry all of that.
#[path = "../analysis/mod.rs"]
mod analysis;

fn main() {
    console_error_panic_hook::set_once();
    let worker = RefCell::new(Worker::new());
    serve(move |question| worker.borrow_mut().answer(&question));
}

/// What is remembered from question to question.
struct Worker {
    desk: analysis::Desk,
    built_in: Arc<Catalog>,
    /// The catalog that was told last, with its key.
    told: Option<(String, Arc<Catalog>)>,
}

impl Worker {
    fn new() -> Self {
        let built_in = Arc::new(Catalog::review_board_8_1().clone());
        Self { desk: analysis::Desk::default(), built_in, told: None }
    }

    /// An empty answer is no report, and the page says that it cannot be read.
    fn answer(&mut self, question: &PolicyQuestion) -> PolicyAnswer {
        let catalog = match question.catalog.as_ref().map(|named| self.catalog(named)) {
            None => Arc::clone(&self.built_in),
            Some(Known::Catalog(catalog)) => catalog,
            Some(Known::Nothing) => return PolicyAnswer::LacksCatalog,
            Some(Known::Unreadable) => return PolicyAnswer::Told(String::new()),
        };
        let told = match &question.task {
            PolicyTask::Analyze { asked } => {
                let checked = check(&question.text, &catalog);
                let look = analysis::look(&checked, &catalog, question.against.as_deref(), asked);
                serde_json::to_string(&Analysis { check: report(&checked), look })
            }
            PolicyTask::Score { tests, mistakes } => {
                serde_json::to_string(&self.desk.score(&catalog, &question.text, tests, *mistakes))
            }
            PolicyTask::Import => serde_json::to_string(&analysis::import(&question.text)),
        };
        PolicyAnswer::Told(told.unwrap_or_default())
    }

    fn catalog(&mut self, named: &NamedCatalog) -> Known {
        if let Some((key, catalog)) = &self.told
            && *key == named.key
        {
            return Known::Catalog(Arc::clone(catalog));
        }
        let Some(text) = &named.text else { return Known::Nothing };
        let stored = serde_json::from_str::<StoredCatalog>(text).ok();
        let Some(catalog) = stored.and_then(|stored| stored.into_catalog().ok()) else { return Known::Unreadable };
        let catalog = Arc::new(catalog);
        self.told = Some((named.key.clone(), Arc::clone(&catalog)));
        Known::Catalog(catalog)
    }
}

/// What is known of a catalog that a question names.
enum Known {
    Catalog(Arc<Catalog>),
    Nothing,
    Unreadable,
}

fn report(checked: &Checked) -> CheckReport {
    CheckReport {
        verdict: verdict(checked.verdict()),
        diagnostics: checked.diagnostics().iter().map(analysis::reported::diagnostic).collect(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_browser::analysis::{Asked, AskedSide, ExplainLook, ImportLook, ScoreLook, SideLook};

    fn question(text: &str, task: PolicyTask) -> PolicyQuestion {
        PolicyQuestion { text: text.to_owned(), against: Some("{}".to_owned()), catalog: None, task }
    }

    fn ask(text: &str, task: PolicyTask) -> String {
        match Worker::new().answer(&question(text, task)) {
            PolicyAnswer::Told(told) => told,
            PolicyAnswer::LacksCatalog => panic!("no catalog was named"),
        }
    }

    #[test]
    fn a_catalog_is_told_once_and_known_by_its_key() {
        let told = ask(r#"{"openapi": "3.0.0", "paths": {"/pets": {"get": {}}}}"#, PolicyTask::Import);
        let stored = serde_json::from_str::<ImportLook>(&told).unwrap().catalog.unwrap().text;
        let mut worker = Worker::new();
        let mut ask = |text: Option<&str>| {
            let analyze = PolicyTask::Analyze { asked: Asked::default() };
            let named = NamedCatalog { key: "pets 1".to_owned(), text: text.map(str::to_owned) };
            let question = question(r#"{"resources": {"pets": {"*": {"block": ["*"]}}}}"#, analyze);
            worker.answer(&PolicyQuestion { catalog: Some(named), ..question })
        };
        assert_eq!(ask(None), PolicyAnswer::LacksCatalog);
        let PolicyAnswer::Told(first) = ask(Some(&stored)) else { panic!("not told") };
        let analysis: Analysis = serde_json::from_str(&first).unwrap();
        assert_eq!(analysis.check.verdict, ReportVerdict::Accepted);
        assert_eq!(ask(None), PolicyAnswer::Told(first));
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
