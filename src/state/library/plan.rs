//! What giving tokens a policy would do, told before it is done.

use std::cmp::Reverse;

use tollgate_policy::{Catalog, Checked, Outline, Policy, check};
use tollgate_tokens::checked::{Assigned, Assignment, NewPolicy, preview_assignment};
use tollgate_tokens::{PolicyUid, TokenUid, Workspace};

use super::effect::{EffectLook, effect};
use crate::format;
use crate::state::override_reason::{Stop, stops};
use crate::state::refusal::refused;

/// How many groups of tokens are told of one by one; the others are summed up.
const MOST_GROUPS: usize = 6;

/// How many tokens of a group are named.
const MOST_NAMED: usize = 4;

/// The policy that tokens shall get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The newest version of one of the library.
    Named(PolicyUid),
    /// A text of its own.
    Written(String),
}

/// What would be done, and how it is told.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plan {
    pub(super) call: Assignment,
    pub(super) view: AssignView,
}

/// What giving tokens a policy would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssignView {
    /// What they get, in words: `version 2 of CI bots`.
    pub policy: String,
    /// How many tokens get another policy.
    pub changed: usize,
    /// How many have it already.
    pub unchanged: usize,
    /// What changes for tokens that have one policy now, group by group, the largest group first.
    pub effects: Vec<EffectView>,
    /// What changes for the tokens that are not told of so, summed up in a sentence; empty where there are none.
    pub rest: String,
    /// The guardrails that the policy goes past.
    pub stops: Vec<Stop>,
}

/// What changes for the tokens that have one policy now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectView {
    /// The tokens: `2 tokens: 3 and 7`.
    pub tokens: String,
    /// What changes.
    pub look: EffectLook,
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
        format!("{changed} {}.{unchanged}", self.policy)
    }
}

/// What would be done to these tokens, or why nothing would be; what is wrong with the policy comes first.
pub(super) fn plan(
    workspace: &Workspace,
    wanted: &Wanted,
    tokens: Result<Vec<TokenUid>, String>,
) -> Result<Plan, String> {
    let (policy, words) = match wanted {
        Wanted::Named(uid) => newest(workspace, *uid)?,
        Wanted::Written(text) => (NewPolicy::Written(text.clone()), "this policy".to_owned()),
    };
    let call = Assignment { tokens: tokens?, policy, overrides: None };
    let assigned = preview_assignment(workspace, &call).map_err(|refusal| refused("Nothing would change", &refusal))?;
    let view = view(workspace, words, &assigned);
    Ok(Plan { call, view })
}

/// The newest version of a policy, and what it is called.
fn newest(workspace: &Workspace, uid: PolicyUid) -> Result<(NewPolicy, String), String> {
    let gone = || "This policy is not in the library any more. Choose another one.".to_owned();
    let policy = workspace.library().policy(uid).ok_or_else(gone)?;
    let newest = policy.newest().ok_or_else(gone)?;
    if let Some(catalog) = &newest.catalog {
        // The same text means something else, or nothing, where the tokens are used.
        return Err(format!(
            "{} is written for {catalog}, and the tokens here log in to Review Board 8.1. Choose another policy.",
            policy.name
        ));
    }
    let words = format!("version {} of {}", newest.number, policy.name);
    Ok((NewPolicy::Named(policy.source_of(newest)), words))
}

fn view(workspace: &Workspace, policy: String, assigned: &Assigned) -> AssignView {
    // All groups get the same text.
    let after = assigned.groups.first().map_or("", |group| group.after.text.as_str());
    let mut texts = by_text(assigned);
    texts.sort_by_key(|(_, tokens)| Reverse(tokens.len()));
    let (told, rest) = texts.split_at(texts.len().min(MOST_GROUPS));
    let checked = check(after, Catalog::review_board_8_1());
    let told = told
        .iter()
        .map(|(before, tokens)| EffectView { tokens: named(workspace, tokens), look: look(before, &checked) });
    AssignView {
        policy,
        changed: assigned.changed(),
        unchanged: assigned.unchanged,
        effects: told.collect(),
        rest: Rest::of(rest, after).words(),
        stops: stops(workspace, &assigned.breaches),
    }
}

/// The tokens that change, those together that have the same text; groups of one text stand side by side.
fn by_text(assigned: &Assigned) -> Vec<(&str, Vec<TokenUid>)> {
    let mut texts: Vec<(&str, Vec<TokenUid>)> = Vec::new();
    for group in &assigned.groups {
        match texts.last_mut() {
            Some((text, tokens)) if *text == group.before.text.as_str() => tokens.extend(&group.tokens),
            _ => texts.push((group.before.text.as_str(), group.tokens.clone())),
        }
    }
    texts
}

fn look(before: &str, after: &Checked) -> EffectLook {
    if Policy::stored(before).is_none() {
        let says = "What changes cannot be told: their present policy is no policy of Review Board 8.1.".to_owned();
        return EffectLook { says, ..EffectLook::default() };
    }
    effect(before, "their present policy", after, Catalog::review_board_8_1())
}

/// What changes for tokens that are not told of one by one; a token may be granted something and lose something.
#[derive(Default)]
struct Rest {
    policies: usize,
    tokens: usize,
    granted: usize,
    removed: usize,
    untold: usize,
}

impl Rest {
    fn of(texts: &[(&str, Vec<TokenUid>)], after: &str) -> Self {
        let mut sums = Self::default();
        if texts.is_empty() {
            return sums;
        }
        let after = Outline::read(after);
        for (before, tokens) in texts {
            let tokens = tokens.len();
            sums.policies += 1;
            sums.tokens += tokens;
            let both = after.as_ref().zip(Outline::read(before));
            match both.map(|(after, before)| before.compare(after, Catalog::review_board_8_1())) {
                None => sums.untold += tokens,
                Some(compared) => {
                    sums.granted += if compared.granted > 0 { tokens } else { 0 };
                    sums.removed += if compared.removed > 0 { tokens } else { 0 };
                }
            }
        }
        sums
    }

    fn words(&self) -> String {
        if self.policies == 0 {
            return String::new();
        }
        let count = |count: usize, one: &str, many: &str| (count > 0).then(|| format::plural(count as u64, one, many));
        let parts = [
            count(self.granted, "token is granted something", "tokens are granted something"),
            count(self.removed, "token loses something", "tokens lose something"),
            count(self.untold, "token has what cannot be compared", "tokens have what cannot be compared"),
        ];
        let parts: Vec<&str> = parts.iter().flatten().map(String::as_str).collect();
        let parts = if parts.is_empty() { "nothing changes but the text".to_owned() } else { format::list(parts) };
        let tokens = format::plural(self.tokens as u64, "more token", "more tokens");
        let policies = format::plural(self.policies as u64, "other policy", "other policies");
        format!("And {tokens} with {policies}: {parts}.")
    }
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

#[cfg(test)]
mod tests {
    use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
    use tollgate_tokens::Journal as _;
    use tollgate_tokens::checked::NewToken;
    use tollgate_tokens::library::{NewCatalog, NewGuardrail, NewVersion, SaveAs};
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
        let alone = manager
            .journal()
            .read(|ledger| plan(ledger.workspace(), &Wanted::Named(uid), Ok(tokens[1..2].to_vec())).unwrap());
        assert_eq!(alone.view.summary(), "1 token gets version 1 of CI bots.");
        at_once(manager.assign(alone.call)).unwrap();
        let told =
            manager.journal().read(|ledger| plan(ledger.workspace(), &Wanted::Named(uid), Ok(tokens.clone())).unwrap());
        assert_eq!(told.view.summary(), "2 tokens get version 1 of CI bots. 1 token has it already.");
        let effects: Vec<&EffectView> = told.view.effects.iter().collect();
        let first = effects.iter().find(|effect| effect.tokens == "2 tokens: 1 and 3").unwrap();
        assert!(first.look.says.starts_with("Allows less than their present policy"), "{}", first.look.says);
        assert!(first.look.changes.iter().all(|change| !change.is_granted && !change.method.is_empty()));
        assert!(told.view.stops.is_empty() && told.view.rest.is_empty());

        let nobody = manager.journal().read(|ledger| plan(ledger.workspace(), &Wanted::Named(uid), Ok(Vec::new())));
        assert!(nobody.unwrap_err().contains("T0203"));
        at_once(manager.archive_policy(uid)).unwrap();
        let archived = manager.journal().read(|ledger| plan(ledger.workspace(), &Wanted::Named(uid), Ok(tokens)));
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
        let told =
            manager.journal().read(|ledger| plan(ledger.workspace(), &Wanted::Named(uid), Ok(vec![token])).unwrap());
        let [stop] = told.view.stops.as_slice() else { panic!("{:?}", told.view.stops) };
        assert_eq!((stop.name.as_str(), stop.uid), ("keep repositories", Some(token)));
        assert!(stop.request.contains("DELETE repository") && stop.token.contains("ci-bot"), "{stop:?}");
    }

    #[test]
    fn a_text_of_its_own_is_told_of_in_the_same_words() {
        let manager = memory_manager();
        let owner: tollgate_tokens::Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let call = NewToken { policy: "{}".to_owned(), ..NewToken::for_owner(owner) };
        let token = at_once(manager.generate(call)).unwrap().uid;
        let wanted = Wanted::Written(r#"{"resources": {"*": {"block": ["DELETE"]}}}"#.to_owned());
        let told = manager.journal().read(|ledger| plan(ledger.workspace(), &wanted, Ok(vec![token])).unwrap());
        assert_eq!(told.view.summary(), "1 token gets this policy.");
        let [effect] = told.view.effects.as_slice() else { panic!("{:?}", told.view.effects) };
        assert!(effect.look.changes.iter().any(|change| change.method == "DELETE" && !change.path.is_empty()));
    }

    #[test]
    fn tokens_with_further_policies_are_summed_up() {
        let manager = memory_manager();
        let owner: tollgate_tokens::Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let make = |policy: String| {
            let call = NewToken { policy, ..NewToken::for_owner(owner.clone()) };
            at_once(manager.generate(call)).unwrap().uid
        };
        let only = |id: usize| format!(r#"{{"resources": {{"review": {{"{id}": {{"block": ["PUT"]}}}}}}}}"#);
        // Two of each policy that is told of, so that the last two are the ones that are not.
        let mut tokens: Vec<TokenUid> = (0..MOST_GROUPS * 2).map(|token| make(only(token / 2))).collect();
        tokens.push(make(only(MOST_GROUPS)));
        tokens.push(make(r#"{"resources": {"*": {"block": ["*"]}}}"#.to_owned()));
        let wanted = Wanted::Written(r#"{"resources": {"*": {"block": ["DELETE"]}}}"#.to_owned());
        let view = manager.journal().read(|ledger| plan(ledger.workspace(), &wanted, Ok(tokens)).unwrap().view);
        assert_eq!((view.changed, view.effects.len()), (MOST_GROUPS * 2 + 2, MOST_GROUPS));
        assert!(view.effects.iter().all(|effect| effect.tokens.starts_with("2 tokens: ")));
        assert_eq!(
            view.rest,
            "And 2 more tokens with 2 other policies: 2 tokens are granted something and 1 token loses something."
        );
    }

    #[test]
    fn a_policy_for_another_service_is_given_to_no_token() {
        let manager = memory_manager();
        let owner: tollgate_tokens::Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let token = at_once(manager.generate(NewToken::for_owner(owner))).unwrap().uid;
        let document = r#"{"openapi": "3.0.0", "paths": {"/pets": {"get": {}}}}"#;
        let catalog = tollgate_policy::import_openapi(document).into_catalog().unwrap();
        let call = NewCatalog { name: "Pets".parse().unwrap(), origin: "pets.json".to_owned(), catalog };
        at_once(manager.import_catalog(call)).unwrap();
        let version = NewVersion {
            catalog: "Pets".parse().ok(),
            ..NewVersion::of(SaveAs::New("Keepers".parse().unwrap()), "{}")
        };
        let uid = at_once(manager.save_policy(version)).unwrap().policy;
        let why = manager.journal().read(|ledger| plan(ledger.workspace(), &Wanted::Named(uid), Ok(vec![token])));
        assert!(why.unwrap_err().starts_with("Keepers is written for Pets"));
    }
}
