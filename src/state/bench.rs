//! The policy page: a text, what is wrong with it, what it means, and what it decides for a request.

use std::time::Duration;

use leptos::prelude::*;
use tollgate_browser::{OFF_THREAD_BYTES, PolicyDraft, Preference as _};
use tollgate_policy::{
    Catalog, CompiledPolicy, GateDecision, GateNote, Request, Span, StepOutcome, TrailStep, check, explain, gate,
};

use super::Console;
use super::console::After;
use super::editor::laid_out;
use super::findings::{Findings, findings, reported};
use super::task::task;
use super::token_view::PolicyMeaning;

/// One rule set that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where it stands.
    pub pointer: String,
    /// What it said.
    pub says: String,
    /// Whether it decided.
    pub decides: bool,
    /// Line and column where the rule stands, from 1, if it is there.
    pub place: Option<(u32, u32)>,
}

/// What a request gets, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Whether the gate lets the request pass.
    pub is_allowed: bool,
    /// What is asked for, in words.
    pub asked: String,
    /// The rules consulted, in order.
    pub steps: Vec<Step>,
    /// Which of the thirteen rows of precedence decided, if a rule did.
    pub row: Option<u8>,
    /// What the server does beside the decision.
    pub notes: Vec<String>,
}

/// The page.
#[derive(Clone, Copy)]
pub struct PolicyBench {
    text: RwSignal<String>,
    findings: RwSignal<Findings>,
    meaning: Memo<Option<PolicyMeaning>>,
    /// The method of the request to try.
    pub method: RwSignal<String>,
    /// The path of the request to try.
    pub path: RwSignal<String>,
    check_later: Action<String, ()>,
    /// A token's policy is only looked at: the user's own draft stays what it was.
    keeps_draft: bool,
    /// Counts the large texts, so that only the newest is checked.
    typed: StoredValue<u64>,
    after: After,
}

impl PolicyBench {
    /// The page with the draft that was kept, or with a text handed in.
    #[must_use]
    pub fn new(console: Console, text: Option<String>) -> Self {
        let after = console.after();
        let keeps_draft = text.is_none();
        let draft = text.unwrap_or_else(|| {
            let kept = PolicyDraft::load();
            if kept.as_str().is_empty() { START.to_owned() } else { kept.as_str().to_owned() }
        });
        let given = draft.clone();
        let text = RwSignal::new(String::new());
        let is_kept = move |text: &String| match keeps_draft {
            true => PolicyDraft::new(text.clone()).is_ok(),
            false => *text == given,
        };
        after.program.unsaved.watch("the text of the policy, which is not kept", move || !text.with(&is_kept));
        let findings = RwSignal::new(Findings::default());
        let meaning = Memo::new(move |_| {
            text.with(|text| (text.len() <= OFF_THREAD_BYTES).then(|| PolicyMeaning::of_stored(text)).flatten())
        });
        let bench = Self {
            text,
            findings,
            meaning,
            method: RwSignal::new("GET".to_owned()),
            path: RwSignal::new("/api/review-requests/42/reviews/9/".to_owned()),
            check_later: task(move |text: &String| check_in_worker(after, findings, text.clone())),
            keeps_draft,
            typed: StoredValue::new(0),
            after,
        };
        bench.set_text(draft);
        bench.start_worker_early();
        bench
    }

    /// The text.
    #[must_use]
    pub fn text(self) -> Signal<String> {
        self.text.into()
    }

    /// Takes a new text over: small ones are checked at once, large ones off the main thread.
    pub fn set_text(self, text: String) {
        if text.len() <= OFF_THREAD_BYTES {
            self.after.services().policy_worker.cancel();
            self.typed.update_value(|typed| *typed += 1);
            self.findings.set(findings(&check(&text, Catalog::review_board_8_1())));
            // A draft that is too long, or holds a token, is not kept; the text stays on the page.
            if self.keeps_draft
                && let Ok(draft) = PolicyDraft::new(text.clone())
            {
                drop(draft.store());
            }
            self.text.set(text);
        } else {
            self.findings.set(Findings { is_pending: true, ..Findings::default() });
            self.text.set(text);
            self.check_when_idle();
        }
    }

    /// Starts the worker while the network is there: later it may be needed without one.
    fn start_worker_early(self) {
        let warm = task(move |(): &()| {
            let services = self.after.services();
            async move { drop(services.policy_worker.check("{}").await) }
        });
        let warm = move || {
            // The page may be gone by then, and its actions with it.
            if self.typed.try_get_value().is_some() {
                warm.dispatch(());
            }
        };
        set_timeout(warm, PAGE_RESTS);
    }

    /// Hands a large text to the worker once the typing rests.
    fn check_when_idle(self) {
        let typed = self.typed.get_value() + 1;
        self.typed.set_value(typed);
        let check = move || {
            if self.typed.try_get_value() == Some(typed)
                && let Some(text) = self.text.try_get_untracked()
            {
                self.check_later.dispatch(text);
            }
        };
        set_timeout(check, TYPING_RESTS);
    }

    /// What a check of the text gave.
    #[must_use]
    pub fn findings(self) -> Signal<Findings> {
        self.findings.into()
    }

    /// Whether the text can be laid out evenly: it is JSON, and not so large that this would stop the typing.
    #[must_use]
    pub fn can_be_laid_out(self) -> Signal<bool> {
        Signal::derive(move || {
            self.findings.with(Findings::is_json) && self.text.with(|text| text.len() <= OFF_THREAD_BYTES)
        })
    }

    /// Lays the text out evenly.
    pub fn lay_out(self) {
        if let Some(text) = self.text.with_untracked(|text| laid_out(text)) {
            self.set_text(text);
        }
    }

    /// What the text means; `None` while it is refused, or too large to be told while typing.
    #[must_use]
    pub fn meaning(self) -> Memo<Option<PolicyMeaning>> {
        self.meaning
    }

    /// What the request gets.
    ///
    /// # Errors
    ///
    /// Why there is no answer, as a sentence.
    pub fn answer(self) -> Result<Answer, String> {
        let (method, path) = (self.method.get().trim().to_owned(), self.path.get());
        if self.text.with(String::len) > OFF_THREAD_BYTES {
            return Err("Texts above 64 KB are checked, but not tried: that would stop the typing.".to_owned());
        }
        let compiled = self.compiled().ok_or("The policy is refused, so no server would hold it. Mend it first.")?;
        let resolved = Catalog::review_board_8_1().resolve(path.trim()).ok_or_else(|| {
            format!("`{}` is no path of Review Board 8.1. Write one like /api/review-requests/42/.", path.trim())
        })?;
        if method.is_empty() {
            return Err("Name a method, such as GET.".to_owned());
        }
        let item = resolved.item_id.as_deref();
        let outcome = gate(&compiled, &Request::new(resolved.resource, &method, item));
        let policy_id: &str = &resolved.resource.policy_id;
        let asked = match item {
            Some(item) => format!("Asks for {method} on {policy_id}, id {item}."),
            None => format!("Asks for {method} on {policy_id}, without an id."),
        };
        let (steps, row) = match outcome.decision {
            GateDecision::Decided(decision) => {
                let explanation = explain(&compiled, policy_id, &method, item);
                let pointer = explanation.pointer.as_ref().map(ToString::to_string);
                let deciding = (pointer.as_deref(), explanation.span);
                let text = self.text.get();
                let steps = explanation.trail.iter().filter_map(|step| told(step, deciding, explanation.reason, &text));
                (steps.collect(), Some(decision.row.number()))
            }
            GateDecision::ResourceClosed => {
                (vec![only("The resource is closed to API tokens, whatever the policy says.")], None)
            }
            GateDecision::NoPolicy => {
                (vec![only("The policy has no rules, so everything its user may do is allowed.")], None)
            }
        };
        let notes = outcome.notes.iter().map(|note| note_words(note, &method)).collect();
        Ok(Answer { is_allowed: outcome.is_allowed(), asked, steps, row, notes })
    }

    fn compiled(self) -> Option<CompiledPolicy> {
        let policy = self.text.with(|text| check(text, Catalog::review_board_8_1()).policy());
        policy.map(|policy| CompiledPolicy::new(&policy))
    }
}

/// How long typing in a large text rests before the text is checked.
const TYPING_RESTS: Duration = Duration::from_millis(200);

/// How long the page has been shown when the worker is started.
const PAGE_RESTS: Duration = Duration::from_millis(500);

/// What a newcomer sees: the server's own read-only policy, which has something to say about itself.
const START: &str = "{\n  \"resources\": {\n    \"*\": {\n      \"allow\": [\"GET\"],\n      \"block\": [\"*\"]\n    },\n    \"review\": {\n      \"*\": { \"allow\": [\"POST\", \"PUT\"] }\n    }\n  }\n}\n";

fn only(says: &str) -> Step {
    Step { pointer: "/resources".to_owned(), says: says.to_owned(), decides: true, place: None }
}

fn told(step: &TrailStep, deciding: (Option<&str>, Option<Span>), reason: &str, text: &str) -> Option<Step> {
    let stands = step.pointer.as_ref().map(ToString::to_string);
    let would_stand = step.place.as_ref().map(|place| place.pointer().to_string());
    let rule = stands.or(would_stand).unwrap_or_else(|| "no rule".to_owned());
    let decides = matches!(step.outcome, StepOutcome::Decides { .. });
    let (pointer, span) = match deciding {
        (Some(pointer), span) if decides => (pointer.to_owned(), span),
        _ => (rule, step.span),
    };
    let says = match step.outcome {
        StepOutcome::Missing => "No such rule. Next.".to_owned(),
        StepOutcome::Silent => "Says nothing about this method. Next.".to_owned(),
        StepOutcome::Decides { .. } => format!("This decides: {reason}."),
        StepOutcome::NotAsked => return None,
    };
    let place = span.map(|span| tollgate_policy::position(text, span.start)).map(|at| (at.line, at.column));
    Some(Step { pointer, says, decides, place })
}

fn note_words(note: &GateNote, method: &str) -> String {
    match note {
        GateNote::MethodNotImplemented { .. } => {
            format!("The server answers {method} with 405 before it asks the policy.")
        }
        GateNote::ListCrashes => {
            "Review Board 8.1 answers this list with 500, because the policy has a rule for a single id.".to_owned()
        }
        GateNote::OverrideActsAs { .. } => "The request acts as the method that it overrides with.".to_owned(),
        GateNote::SharedPolicyId { .. } => {
            "Two resources share this policy id: the list below a review request and the one at the root.".to_owned()
        }
    }
}

async fn check_in_worker(after: After, findings: RwSignal<Findings>, text: String) {
    let services = after.services();
    services.policy_worker.cancel();
    match services.policy_worker.check(&text).await {
        Ok(report) => {
            findings.try_set(reported(&report, &text));
        }
        // A newer text is being checked already.
        Err(tollgate_browser::WorkerError::Canceled) => {}
        // Without a worker the text is checked here: typing waits for it, but the answer is the same.
        Err(_) => {
            findings.try_set(super::findings::findings(&check(&text, Catalog::review_board_8_1())));
        }
    }
}

/// A stored policy on several lines, as people write it; a text that is no JSON stays as it is.
#[must_use]
pub fn pretty(text: &str) -> String {
    let value: Result<serde_json::Value, _> = serde_json::from_str(text);
    value
        .and_then(|value| serde_json::to_string_pretty(&value))
        .map_or_else(|_| text.to_owned(), |pretty| pretty + "\n")
}
