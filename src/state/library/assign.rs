//! The question which tokens get which policy: of the library, or a text of its own.

use std::time::Duration;

use leptos::prelude::*;
use tollgate_tokens::checked::Assignment;
use tollgate_tokens::{NamedPolicy, PolicyUid, SortBy, SortOrder, TokenQuery, TokenUid, looks_like_token};

use super::plan::{AssignView, Plan, Wanted, plan};
use crate::state::console::After;
use crate::state::override_reason::override_of;
use crate::state::refusal::refused;
use crate::state::task::task;
use crate::state::{Console, PolicyForm, TokenList};

/// How long what is typed rests before what it would do is worked out.
const REST: Duration = Duration::from_millis(200);

/// The tokens that are chosen, or why none are.
type Chosen = Result<Vec<TokenUid>, String>;

/// What is asked: the policy, and the tokens that shall get it.
type Asked = (Wanted, Chosen);

/// The question which tokens get which policy. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct AssignForm {
    console: Console,
    /// The policy, where only the tokens are asked for.
    settled: Option<PolicyUid>,
    /// The policy of the library that is chosen, by its uid; empty for a text of its own.
    pub policy: RwSignal<String>,
    /// The text of its own.
    pub written: PolicyForm,
    /// The words that choose tokens, where they are not selected in a list.
    pub filter: RwSignal<String>,
    asked: Memo<Asked>,
    /// What was asked when it rested last.
    rested: RwSignal<Asked>,
    plan: Memo<Result<Plan, String>>,
    error: RwSignal<String>,
    assign: Action<(Assignment, Callback<()>), ()>,
    is_pending: Signal<bool>,
}

impl AssignForm {
    /// Gives a policy to tokens that a filter chooses.
    #[must_use]
    pub fn of_policy(console: Console, uid: PolicyUid) -> Self {
        let filter = RwSignal::new(String::new());
        let tokens = Signal::derive(move || filter.with(|filter| filtered(console, filter)));
        Self::new(console, Some(uid), filter, tokens)
    }

    /// Gives the tokens that are selected in a list a policy that is chosen or written.
    #[must_use]
    pub fn of_selection(console: Console, list: TokenList) -> Self {
        let selected = move || list.selected().iter().map(|token| token.uid).collect::<Vec<_>>();
        let tokens = Signal::derive(move || Ok(selected()));
        Self::new(console, None, RwSignal::new(String::new()), tokens)
    }

    fn new(console: Console, settled: Option<PolicyUid>, filter: RwSignal<String>, tokens: Signal<Chosen>) -> Self {
        let policy = RwSignal::new(settled.map(|uid| uid.to_string()).unwrap_or_default());
        let (after, error) = (console.after(), RwSignal::new(String::new()));
        let written = PolicyForm::new();
        let asked = Memo::new(move |_| {
            let wanted = policy.with(|policy| policy.parse::<PolicyUid>().ok());
            let wanted = wanted.map_or_else(|| Wanted::Written(written.policy()), Wanted::Named);
            (wanted, tokens.get())
        });
        let rested = RwSignal::new(asked.get_untracked());
        follow_at_rest(asked, rested);
        let plan = Memo::new(move |_| {
            let (wanted, tokens) = rested.get();
            console.workspace().with(|workspace| plan(workspace, &wanted, tokens))
        });
        let assign = task(move |(call, done): &(Assignment, Callback<()>)| assign(after, call.clone(), error, *done));
        let is_pending = assign.pending().into();
        Self { console, settled, policy, written, filter, asked, rested, plan, error, assign, is_pending }
    }

    /// The policies of the library that can be chosen, by uid and name.
    #[must_use]
    pub fn choices(self) -> Vec<(String, String)> {
        self.console.workspace().with(|workspace| {
            workspace.library().offered().into_iter().map(|policy| (policy.uid.to_string(), words(policy))).collect()
        })
    }

    /// Takes over what is typed as a filter; a token stays out of it.
    pub fn type_filter(self, filter: String) {
        self.filter.set(if looks_like_token(&filter) { String::new() } else { filter });
    }

    /// Chooses the tokens that use the policy already, in whatever version.
    pub fn choose_users(self) {
        self.filter.set(self.policy.with_untracked(|policy| format!("policy:{policy}")));
    }

    /// How many tokens are chosen.
    #[must_use]
    pub fn chosen(self) -> usize {
        self.asked.with(|(_, tokens)| tokens.as_ref().map_or(0, Vec::len))
    }

    /// What would be done.
    ///
    /// # Errors
    ///
    /// Why nothing would be, and what to do.
    pub fn view(self) -> Result<AssignView, String> {
        self.plan.with(|plan| match plan {
            Ok(plan) => Ok(plan.view.clone()),
            Err(why) => Err(why.clone()),
        })
    }

    /// Whether it cannot be done now.
    #[must_use]
    pub fn is_locked(self) -> bool {
        self.is_pending.get() || !self.is_at_rest() || self.plan.with(Result::is_err)
    }

    /// Whether what would be done is told of what is asked now.
    fn is_at_rest(self) -> bool {
        self.asked.with(|asked| self.rested.with(|rested| asked == rested))
    }

    /// Why the last try was refused; empty when it was not.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.error.into()
    }

    /// Gives the tokens the policy, exactly as [`view`](Self::view) says. The reason is for going past guardrails;
    /// `done` runs once it is done, if its page is still there.
    pub fn assign(self, reason: String, done: Callback<()>) {
        if let (Ok(Plan { call, view }), false) = (self.plan.get_untracked(), untrack(|| self.is_locked())) {
            self.error.set(String::new());
            self.assign.dispatch((Assignment { overrides: override_of(&view.stops, reason), ..call }, done));
        }
    }

    /// Begins anew, with the choice that can do no harm.
    pub fn reset(self) {
        if self.settled.is_none() {
            self.policy.set(String::new());
            self.written.reset();
        }
        self.filter.set(String::new());
        self.error.set(String::new());
    }
}

/// A policy of the library, as it can be chosen.
fn words(policy: &NamedPolicy) -> String {
    let newest = policy.newest();
    let version = newest.map_or(0, |newest| newest.number);
    let catalog = newest.and_then(|newest| newest.catalog.as_ref());
    let service = catalog.map(|catalog| format!(", for {catalog}")).unwrap_or_default();
    format!("{}, version {version}{service}", policy.name)
}

/// Sets `rested` to what is asked, as soon as that has not changed for a while.
fn follow_at_rest(asked: Memo<Asked>, rested: RwSignal<Asked>) {
    let number = StoredValue::new(0_u64);
    Effect::new(move |_| {
        number.update_value(|number| *number += 1);
        if asked.with(|asked| rested.with_untracked(|rested| asked == rested)) {
            return;
        }
        let now = number.get_value();
        let take = move || {
            // The page may be gone by then.
            let is_newest = number.try_get_value() == Some(now);
            if let Some(asked) = asked.try_get_untracked().filter(|_| is_newest) {
                rested.try_set(asked);
            }
        };
        set_timeout(take, REST);
    });
}

/// The tokens that a filter chooses; an empty one chooses none, so that nobody means everybody by accident.
fn filtered(console: Console, filter: &str) -> Chosen {
    if filter.trim().is_empty() {
        return Err("Choose tokens by a filter, such as user:ci-bot or state:live.".to_owned());
    }
    let query = TokenQuery::parse(filter);
    if let Some(problem) = query.problems().first() {
        return Err(format!("{problem}."));
    }
    let (registry, now) = (console.registry(), console.now().get());
    let found = console
        .workspace()
        .with(|workspace| query.run(workspace, &registry, now, SortBy::Number, SortOrder::Ascending));
    if found.is_empty() {
        return Err("No token matches this filter. Drop a word to see more.".to_owned());
    }
    Ok(found.iter().map(|token| token.uid).collect())
}

async fn assign(after: After, call: Assignment, error: RwSignal<String>, done: Callback<()>) {
    match after.assign(call).await {
        Some(Ok(())) => {
            done.try_run(());
        }
        Some(Err(refusal)) => {
            error.try_set(refused("Nothing was assigned", &refusal));
        }
        None => {
            error.try_set("Nothing was assigned: the store did not take it.".to_owned());
        }
    }
}
