//! Guardrails that stop an act, each with one request that shows it, and the reason for which it may go past them.

use leptos::prelude::*;
use tollgate_tokens::checked::{GuardrailBreach, TokenError, breached_by, held_text};
use tollgate_tokens::{GuardrailOverride, GuardrailUid, SiteName, TokenUid, Username, Workspace};

use super::Console;
use super::act_words::token_name;

/// A guardrail that stops an act, and one request that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    guardrail: GuardrailUid,
    /// What the guardrail is called.
    pub name: String,
    /// What it demands, as a lower-case fragment.
    pub demand: String,
    /// The token that would break it, as a lower-case fragment.
    pub token: String,
    /// That token; none where it is not made yet.
    pub uid: Option<TokenUid>,
    /// The request, and the rule that decides it, as a fragment.
    pub request: String,
}

/// The part of a form that says what stops its act, and asks why it may be done all the same.
#[derive(Clone, Copy)]
pub struct OverrideReason {
    /// The reason, as it is typed.
    pub reason: RwSignal<String>,
    stops: Signal<Vec<Stop>>,
}

impl OverrideReason {
    /// The part for an act that these guardrails stop; none lets it pass.
    #[must_use]
    pub fn new(stops: Signal<Vec<Stop>>) -> Self {
        Self { reason: RwSignal::new(String::new()), stops }
    }

    /// The guardrails in the way.
    #[must_use]
    pub fn stops(self) -> Signal<Vec<Stop>> {
        self.stops
    }

    /// Whether any is.
    #[must_use]
    pub fn is_stopped(self) -> bool {
        self.stops.with(|stops| !stops.is_empty())
    }

    /// Whether the act can be done past them: there is a reason.
    #[must_use]
    pub fn is_given(self) -> bool {
        self.is_stopped() && self.reason.with(|reason| !reason.trim().is_empty())
    }

    /// What is recorded of the guardrails in the way; nothing where none is.
    pub(super) fn given(self) -> Option<GuardrailOverride> {
        self.stops.with_untracked(|stops| override_of(stops, self.reason.get_untracked()))
    }

    /// Takes the reason off the form, once it is recorded.
    pub(super) fn forget(self) {
        self.reason.try_set(String::new());
    }
}

/// The guardrails that an act goes past, with the reason; nothing where it goes past none.
pub(super) fn override_of(stops: &[Stop], reason: String) -> Option<GuardrailOverride> {
    let guardrails: Vec<GuardrailUid> = stops.iter().map(|stop| stop.guardrail).collect();
    (!guardrails.is_empty()).then_some(GuardrailOverride { guardrails, reason })
}

/// Breaches in words.
pub(super) fn stops(workspace: &Workspace, breaches: &[GuardrailBreach]) -> Vec<Stop> {
    let stop = |found: &GuardrailBreach| Stop {
        guardrail: found.guardrail,
        name: found.name.clone(),
        demand: found.demand.clone(),
        token: whose(workspace, found),
        uid: found.token,
        request: found.breach.sentence(),
    };
    breaches.iter().map(stop).collect()
}

fn whose(workspace: &Workspace, found: &GuardrailBreach) -> String {
    let token = found.token.map_or_else(|| "a new token".to_owned(), |uid| token_name(workspace, uid).1);
    let place = found.local_site.as_ref().map(|site| format!(" in site {site}")).unwrap_or_default();
    format!("{token} of {}{place}", found.owner)
}

/// Decides an act; where guardrails stop it, as if they were overridden, and with what stops it.
///
/// # Errors
///
/// Any other refusal.
pub(super) fn decided_past<T>(
    workspace: &Workspace,
    decide: impl Fn(Option<GuardrailOverride>) -> Result<T, TokenError>,
) -> Result<(T, Vec<Stop>), TokenError> {
    match decide(None) {
        Ok(decided) => Ok((decided, Vec::new())),
        Err(TokenError::Guardrails(breaches)) => {
            let stops = stops(workspace, &breaches);
            let decided = decide(override_of(&stops, "to be given".to_owned()))?;
            Ok((decided, stops))
        }
        Err(refusal) => Err(refusal),
    }
}

impl Console {
    /// The guardrails that a token which is not made yet would go past; none for a policy that is refused.
    pub(super) fn stops_of_new(self, owner: &Username, local_site: Option<&SiteName>, policy: &str) -> Vec<Stop> {
        self.workspace().with(|workspace| {
            if workspace.library().guardrails().next().is_none() {
                return Vec::new();
            }
            let Ok(held) = held_text(policy) else { return Vec::new() };
            stops(workspace, &breached_by(workspace, &held, [(owner, local_site)]))
        })
    }
}

#[cfg(test)]
mod tests {
    use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
    use tollgate_tokens::Journal as _;
    use tollgate_tokens::checked::{NewToken, TokenEdit, change};
    use tollgate_tokens::library::NewGuardrail;
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::{memory_manager, noon};

    use super::super::test_support::at_once;
    use super::*;

    const READ: &str = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#;

    #[test]
    fn what_stops_an_act_is_told_whole_and_what_the_act_would_change_as_well() {
        let manager = memory_manager();
        let (owner, acme): (Username, SiteName) = ("alice".parse().unwrap(), "acme".parse().unwrap());
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        at_once(manager.add_site(acme.clone())).unwrap();
        let call =
            NewToken { local_site: Some(acme.clone()), policy: READ.into(), ..NewToken::for_owner(owner.clone()) };
        let uid = at_once(manager.generate(call)).unwrap().uid;
        let target = Target {
            methods: Choice::Named(vec!["DELETE".into()]),
            resources: Choice::Named(vec!["repository".into()]),
            items: Items::All,
        };
        let scope = Scope { local_site: Some("acme".to_owned()), users: Choice::Any };
        let guardrail = Guardrail::new("Keep repositories", scope, Rule::Never, target).unwrap();
        at_once(manager.add_guardrail(NewGuardrail { guardrail, note: String::new() })).unwrap();

        manager.journal().read(|ledger| {
            let workspace = ledger.workspace();
            let edit = |overrides| TokenEdit { policy: Some("{}".into()), overrides, ..TokenEdit::default() };
            let decide = |overrides| change(workspace, &[uid], &edit(overrides), noon());
            let ((_, changed), found) = decided_past(workspace, decide).unwrap();
            assert_eq!((changed.changes.len(), found.len(), found[0].uid), (1, 1, Some(uid)));
            assert_eq!(found[0].name, "Keep repositories");
            assert_eq!(found[0].demand, "no token in site acme may DELETE repository");
            assert_eq!(found[0].token, "token 1 of alice in site acme");
            assert!(found[0].request.starts_with("DELETE repository"), "{}", found[0].request);
            assert!(found[0].request.contains("is allowed: "), "{}", found[0].request);
            let given = override_of(&found, "moving house".to_owned()).unwrap();
            assert_eq!((given.guardrails.len(), given.reason.as_str()), (1, "moving house"));

            let new = stops(workspace, &breached_by(workspace, "{}", [(&owner, Some(&acme))]));
            assert_eq!((new[0].token.as_str(), new[0].uid), ("a new token of alice in site acme", None));
            assert!(override_of(&[], "moving house".to_owned()).is_none());
        });
    }
}
