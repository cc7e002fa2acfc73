//! Giving tokens a policy of the library: what it changes is said first, exactly, and then it is one act.

use leptos::prelude::*;
use tollgate_policy::{Catalog, check};
use tollgate_tokens::checked::{Assigned, Assignment, GuardrailBreach, NewPolicy, PolicyEffect, preview_assignment};
use tollgate_tokens::{
    GuardrailOverride, PolicySource, PolicyUid, SortBy, SortOrder, TokenQuery, TokenUid, Workspace, looks_like_token,
};

use super::effect::{EffectLook, effect};
use crate::format;
use crate::state::console::After;
use crate::state::refusal::refused;
use crate::state::task::task;
use crate::state::{Console, TokenList};

/// How many groups of tokens are listed; the others are counted.
const MOST_GROUPS: usize = 6;

/// How many tokens of a group are named.
const MOST_NAMED: usize = 4;

/// What an assignment would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssignView {
    /// The version that is given, in words.
    pub version: String,
    /// How many tokens get another policy.
    pub changed: usize,
    /// How many have it already.
    pub unchanged: usize,
    /// What changes for tokens that have one policy now, group by group.
    pub effects: Vec<EffectView>,
    /// How many more such groups there are.
    pub more: usize,
    /// The guardrails that the policy goes past.
    pub breaches: Vec<BreachLine>,
}

/// What changes for the tokens that have one policy now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectView {
    /// The tokens: `2 tokens: 3 and 7`.
    pub tokens: String,
    /// What changes.
    pub look: EffectLook,
}

/// A guardrail that the policy goes past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreachLine {
    /// What it is called.
    pub name: String,
    /// What it demands, and a request that shows that the policy does otherwise, in a sentence.
    pub says: String,
}

impl AssignView {
    /// How many tokens change, as a sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        let changed = format::plural(self.changed as u64, "token gets", "tokens get");
        let unchanged = match self.unchanged {
            0 => String::new(),
            count => format!(" {} it already.", format::plural(count as u64, "token has", "tokens have")),
        };
        format!("{changed} {}.{unchanged}", self.version)
    }
}

/// What would be done, and how it is told.
#[derive(Clone, Debug, PartialEq)]
struct Plan {
    call: Assignment,
    breaches: Vec<GuardrailBreach>,
    view: AssignView,
}

/// The question which tokens get which policy. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct AssignForm {
    console: Console,
    /// The policy that is chosen, by its uid; empty while none is.
    pub policy: RwSignal<String>,
    /// The words that choose tokens, where they are not selected in a list.
    pub filter: RwSignal<String>,
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
        Self::new(console, uid.to_string(), filter, tokens)
    }

    /// Gives the tokens that are selected in a list a policy that is chosen.
    #[must_use]
    pub fn of_selection(console: Console, list: TokenList) -> Self {
        let selected = move || list.selected().iter().map(|token| token.uid).collect::<Vec<_>>();
        let tokens = Signal::derive(move || Ok(selected()));
        Self::new(console, String::new(), RwSignal::new(String::new()), tokens)
    }

    fn new(
        console: Console,
        policy: String,
        filter: RwSignal<String>,
        tokens: Signal<Result<Vec<TokenUid>, String>>,
    ) -> Self {
        let (after, policy, error) = (console.after(), RwSignal::new(policy), RwSignal::new(String::new()));
        let plan = Memo::new(move |_| {
            let uid = policy.with(|policy| policy.parse::<PolicyUid>());
            let uid = uid.map_err(|_| "Choose a policy of the library.".to_owned())?;
            let tokens = tokens.get()?;
            console.workspace().with(|workspace| plan(workspace, uid, tokens))
        });
        let assign = task(move |(call, done): &(Assignment, Callback<()>)| assign(after, call.clone(), error, *done));
        Self { console, policy, filter, plan, error, assign, is_pending: assign.pending().into() }
    }

    /// The policies that can be chosen, by uid and name.
    #[must_use]
    pub fn choices(self) -> Vec<(String, String)> {
        self.console.workspace().with(|workspace| {
            let choice = |policy: &std::sync::Arc<tollgate_tokens::NamedPolicy>| {
                let version = policy.newest().map_or(0, |newest| newest.number);
                (policy.uid.to_string(), format!("{}, version {version}", policy.name))
            };
            workspace.library().offered().into_iter().map(choice).collect()
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

    /// Whether the policy goes past a guardrail, which takes a reason.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        self.plan.with(|plan| plan.as_ref().is_ok_and(|plan| !plan.breaches.is_empty()))
    }

    /// Whether it cannot be done now.
    #[must_use]
    pub fn is_locked(self) -> bool {
        self.is_pending.get() || self.plan.with(Result::is_err)
    }

    /// Why the last try was refused; empty when it was not.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.error.into()
    }

    /// Gives the tokens the policy, exactly as [`view`](Self::view) says. The reason is for going past guardrails;
    /// `done` runs once it is done, if its page is still there.
    pub fn assign(self, reason: String, done: Callback<()>) {
        if let Ok(Plan { call, breaches, .. }) = self.plan.get_untracked() {
            let guardrails: Vec<_> = breaches.iter().map(|breach| breach.guardrail).collect();
            let overrides = (!guardrails.is_empty()).then_some(GuardrailOverride { guardrails, reason });
            self.error.set(String::new());
            self.assign.dispatch((Assignment { overrides, ..call }, done));
        }
    }

    /// Begins anew.
    pub fn reset(self) {
        self.filter.set(String::new());
        self.error.set(String::new());
    }
}

/// The tokens that a filter chooses; an empty one chooses none, so that nobody means everybody by accident.
fn filtered(console: Console, filter: &str) -> Result<Vec<TokenUid>, String> {
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

fn plan(workspace: &Workspace, uid: PolicyUid, tokens: Vec<TokenUid>) -> Result<Plan, String> {
    let gone = || "This policy is not in the library any more. Choose another one.".to_owned();
    let policy = workspace.library().policy(uid).ok_or_else(gone)?;
    let newest = policy.newest().ok_or_else(gone)?;
    let source: PolicySource = policy.source_of(newest);
    let call = Assignment { tokens, policy: NewPolicy::Named(source), overrides: None };
    let assigned = preview_assignment(workspace, &call).map_err(|refusal| refused("Nothing would change", &refusal))?;
    let version = format!("version {} of {}", newest.number, policy.name);
    let view = view(workspace, version, &assigned);
    Ok(Plan { call, breaches: assigned.breaches, view })
}

fn view(workspace: &Workspace, version: String, assigned: &Assigned) -> AssignView {
    // All groups get the same text.
    let after = assigned.groups.first().map_or("", |group| group.after.text.as_str());
    let after = check(after, Catalog::review_board_8_1());
    let effects = assigned
        .effects(|before, _| effect(&before.to_json(), "what they have now", &after, Catalog::review_board_8_1()));
    let told = |found: &PolicyEffect<EffectLook>| EffectView {
        tokens: named(workspace, &found.tokens),
        look: found.effect.clone().unwrap_or_else(|| EffectLook {
            says: "What changes cannot be told: what they have now is no policy of Review Board 8.1.".to_owned(),
            ..EffectLook::default()
        }),
    };
    AssignView {
        version,
        changed: assigned.changed(),
        unchanged: assigned.unchanged,
        effects: effects.iter().take(MOST_GROUPS).map(told).collect(),
        more: effects.len().saturating_sub(MOST_GROUPS),
        breaches: assigned.breaches.iter().map(breach_line).collect(),
    }
}

fn breach_line(breach: &GuardrailBreach) -> BreachLine {
    let place = breach.local_site.as_ref().map(|site| format!(" at {site}")).unwrap_or_default();
    let says = format!(
        "It says that {}, but {}. It holds for {}{place}",
        breach.demand,
        breach.breach.sentence(),
        breach.owner
    );
    BreachLine { name: breach.name.clone(), says: format!("{says}.") }
}

/// Tokens by their numbers, the first of them named.
fn named(workspace: &Workspace, tokens: &[TokenUid]) -> String {
    let numbers = tokens.iter().filter_map(|uid| workspace.token(*uid)).map(|token| token.number.to_string());
    let mut names: Vec<String> = numbers.take(MOST_NAMED).collect();
    match tokens.len().saturating_sub(names.len()) {
        0 => {}
        more => names.push(format!("{} more", format::count(more))),
    }
    let count = format::plural(tokens.len() as u64, "token", "tokens");
    format!("{count}: {}", format::list(names.iter().map(String::as_str)))
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

#[cfg(test)]
mod tests {
    use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
    use tollgate_tokens::Journal as _;
    use tollgate_tokens::checked::NewToken;
    use tollgate_tokens::library::{NewGuardrail, NewVersion, SaveAs};
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::memory_manager;

    use super::*;
    use crate::state::test_support::at_once;

    #[test]
    fn what_an_assignment_changes_is_said_for_each_policy_that_tokens_have_now() {
        let manager = memory_manager();
        let owner: tollgate_tokens::Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let make = |policy: &str| {
            let call = NewToken { policy: policy.to_owned(), ..NewToken::for_owner(owner.clone()) };
            at_once(manager.generate(call)).unwrap().uid
        };
        let no_delete = r#"{"resources": {"*": {"block": ["DELETE"]}}}"#;
        let tokens = vec![make("{}"), make(no_delete), make("{}")];
        let version = NewVersion::of(SaveAs::New("CI bots".parse().unwrap()), no_delete);
        let uid = at_once(manager.save_policy(version)).unwrap().policy;
        // The same text alone is not the version: only what is assigned follows it.
        let alone = manager.journal().read(|ledger| plan(ledger.workspace(), uid, tokens[1..2].to_vec()).unwrap());
        assert_eq!(alone.view.summary(), "1 token gets version 1 of CI bots.");
        at_once(manager.assign(alone.call)).unwrap();
        let told = manager.journal().read(|ledger| plan(ledger.workspace(), uid, tokens.clone()).unwrap());
        assert_eq!(told.view.summary(), "2 tokens get version 1 of CI bots. 1 token has it already.");
        let effects: Vec<&EffectView> = told.view.effects.iter().collect();
        let first = effects.iter().find(|effect| effect.tokens == "2 tokens: 1 and 3").unwrap();
        assert!(first.look.says.starts_with("Allows less than what they have now"), "{}", first.look.says);
        assert!(first.look.changes.iter().all(|change| !change.is_granted && !change.method.is_empty()));
        assert!(told.breaches.is_empty());

        let nobody = manager.journal().read(|ledger| plan(ledger.workspace(), uid, Vec::new()));
        assert!(nobody.unwrap_err().contains("T0203"));
        at_once(manager.archive_policy(uid)).unwrap();
        let archived = manager.journal().read(|ledger| plan(ledger.workspace(), uid, tokens));
        assert!(archived.unwrap_err().contains("is archived"));
    }

    #[test]
    fn a_guardrail_that_is_gone_past_is_named_with_a_request() {
        let manager = memory_manager();
        let owner: tollgate_tokens::Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let none = r#"{"resources": {"*": {"block": ["*"]}}}"#;
        let call = NewToken { policy: none.to_owned(), ..NewToken::for_owner(owner) };
        let token = at_once(manager.generate(call)).unwrap().uid;
        let uid =
            at_once(manager.save_policy(NewVersion::of(SaveAs::New("All".parse().unwrap()), "{}"))).unwrap().policy;
        let target = Target {
            methods: Choice::Named(vec!["DELETE".into()]),
            resources: Choice::Named(vec!["repository".into()]),
            items: Items::All,
        };
        let guardrail = Guardrail::new("keep repositories", Scope::ALL, Rule::Never, target).unwrap();
        at_once(manager.add_guardrail(NewGuardrail { guardrail, note: String::new() })).unwrap();
        let told = manager.journal().read(|ledger| plan(ledger.workspace(), uid, vec![token]).unwrap());
        let [breach] = told.view.breaches.as_slice() else { panic!("{:?}", told.view.breaches) };
        assert_eq!(breach.name, "keep repositories");
        assert!(
            breach.says.contains("DELETE repository") && breach.says.contains("holds for ci-bot"),
            "{}",
            breach.says
        );
    }
}
