//! Acts in words, for the record and for the history of one token.

use tollgate_tokens::{EventBody, PoliciesAssigned, TokenChange, TokenUid, Workspace};

use super::library_words::{overridden, version_name, words_of_library};
use crate::format;

/// What kind of act a row tells, for its icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActTone {
    /// Something was made.
    Made,
    /// Something was invalidated.
    Invalidated,
    /// Something was undone.
    Undone,
    /// People or settings changed.
    Changed,
    /// The record itself.
    Record,
    /// A kind that this program does not know.
    Unknown,
}

/// A token by its name, for a link.
pub(super) fn token_name(workspace: &Workspace, uid: TokenUid) -> (TokenUid, String) {
    let name = match (workspace.token(uid), workspace.deleted_token(uid)) {
        (Some(token), _) => format!("token {}", token.number),
        (None, Some(deleted)) => format!("token {}, deleted", deleted.token.number),
        (None, None) => uid.to_string(),
    };
    (uid, name)
}

/// An act in words: its kind, what happened, and the token that it is about when it is one.
pub(super) type Told = (ActTone, String, Option<(TokenUid, String)>);

/// Tells an act as a row of the record.
pub(super) fn tell(body: &EventBody, workspace: &Workspace) -> Told {
    let text = words_of_tokens(body, workspace).or_else(|| words_of_library(body, workspace));
    let text = text.unwrap_or_else(|| words(body)) + &overridden(body, workspace);
    (tone(body), text, subject(body).map(|uid| token_name(workspace, uid)))
}

fn tone(body: &EventBody) -> ActTone {
    match body {
        EventBody::TokenGenerated(_) | EventBody::TokenRotated(_) => ActTone::Made,
        EventBody::TokensInvalidated(_) | EventBody::TokensDeleted(_) => ActTone::Invalidated,
        EventBody::InvalidationUndone(_) | EventBody::DeletionUndone(_) | EventBody::RotationUndone(_) => {
            ActTone::Undone
        }
        EventBody::TokensChanged(act) if act.undoes.is_some() => ActTone::Undone,
        EventBody::PoliciesAssigned(act) if act.undoes.is_some() => ActTone::Undone,
        EventBody::PolicySaved(saved) if saved.version == 1 => ActTone::Made,
        EventBody::TokensChanged(_)
        | EventBody::PoliciesAssigned(_)
        | EventBody::PolicySaved(_)
        | EventBody::PolicyRenamed(_)
        | EventBody::PolicyArchived(_)
        | EventBody::PolicyRestored(_)
        | EventBody::PolicyTestsChanged(_)
        | EventBody::GuardrailAdded(_)
        | EventBody::GuardrailChanged(_)
        | EventBody::GuardrailRemoved(_)
        | EventBody::GuardrailsOverridden(_)
        | EventBody::CatalogImported(_)
        | EventBody::CatalogRemoved(_)
        | EventBody::UserAdded(_)
        | EventBody::UserChanged(_)
        | EventBody::UserRemoved(_)
        | EventBody::SiteAdded(_)
        | EventBody::SiteRemoved(_)
        | EventBody::SettingsChanged(_) => ActTone::Changed,
        EventBody::WorkspaceCreated(_)
        | EventBody::TokenUsed(_)
        | EventBody::ExpiredTokenTried(_)
        | EventBody::SecretRevealed(_)
        | EventBody::JournalRepaired(_)
        | EventBody::TokensTrusted(_) => ActTone::Record,
        EventBody::Unknown { .. } => ActTone::Unknown,
    }
}

/// The token that an act is about, when it is one; of a rotation, the one that ends.
fn subject(body: &EventBody) -> Option<TokenUid> {
    match body {
        EventBody::TokenRotated(act) => Some(act.old),
        EventBody::RotationUndone(undo) => Some(undo.old),
        _ => {
            let mut tokens = body.tokens();
            tokens.next().filter(|_| tokens.next().is_none())
        }
    }
}

fn tokens(count: usize) -> String {
    format::plural(count as u64, "token", "tokens")
}

/// An act on tokens in words; one token is not counted, as it is named beside them.
fn words_of_tokens(body: &EventBody, workspace: &Workspace) -> Option<String> {
    let count = body.tokens().count();
    let (many, of_many) = match count {
        1 => (String::new(), String::new()),
        _ => (format!(" {}", tokens(count)), format!(" of {}", tokens(count))),
    };
    Some(match body {
        EventBody::TokenGenerated(made) => {
            let note = if made.note.is_empty() { String::new() } else { format!(": {}", made.note) };
            format!("Made for {}{note}", made.owner)
        }
        EventBody::TokensInvalidated(act) => format!("Invalidated{many}{}", quoted(&act.reason)),
        EventBody::InvalidationUndone(undo) => {
            format!("Undid entry {}: {} as before", undo.act.sequence, tokens(count))
        }
        EventBody::TokensChanged(act) => {
            let verb = if act.undoes.is_some() { "Changed back" } else { "Changed" };
            format!("{verb} {}{of_many}", changed_parts(&act.changes))
        }
        EventBody::PoliciesAssigned(act) => assigned(act, workspace, &of_many),
        EventBody::TokensDeleted(act) => format!("Deleted{many}{}", quoted(&act.reason)),
        EventBody::DeletionUndone(undo) => format!("Undid entry {}: {} back", undo.act.sequence, tokens(count)),
        EventBody::TokenRotated(act) => format!("Rotated: {} takes over", token_name(workspace, act.new.uid).1),
        EventBody::RotationUndone(undo) => format!("Undid entry {}: its successor is deleted", undo.act.sequence),
        EventBody::GuardrailsOverridden(_) => format!("Imported{many}"),
        EventBody::TokenUsed(_) => "Logged in".to_owned(),
        EventBody::ExpiredTokenTried(_) => "Tried after it had expired".to_owned(),
        EventBody::SecretRevealed(_) => "Took its secret out of the vault".to_owned(),
        EventBody::TokensTrusted(_) => format!("Trusted {} again", tokens(count)),
        _ => return None,
    })
}

/// Any other act in words.
fn words(body: &EventBody) -> String {
    match body {
        EventBody::WorkspaceCreated(_) => "The record begins".to_owned(),
        EventBody::UserAdded(user) => {
            let superuser = if user.superuser { ", a superuser" } else { "" };
            format!("Added the user {}{superuser}", user.username)
        }
        EventBody::UserChanged(user) => {
            let active = if user.active { "active" } else { "inactive" };
            let superuser = if user.superuser { ", a superuser" } else { "" };
            format!("Made {} {active}{superuser}", user.username)
        }
        EventBody::UserRemoved(name) => format!("Removed the user {name}"),
        EventBody::SiteAdded(name) => format!("Added the Local Site {name}"),
        EventBody::SiteRemoved(name) => format!("Removed the Local Site {name}"),
        EventBody::SettingsChanged(_) => "Changed the settings of the service".to_owned(),
        EventBody::JournalRepaired(repair) => {
            let entries = format::plural(repair.entries.len() as u64, "damaged entry", "damaged entries");
            format!("Recorded {entries} and resumed writing")
        }
        EventBody::Unknown { kind, version, .. } => {
            format!("`{kind}`, version {version}: written by a newer Tollgate, kept as it is")
        }
        other => format!("`{}`", other.kind()),
    }
}

fn quoted(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(": “{reason}”") }
}

/// Which policy tokens were given; what they had before may differ from one to the other.
fn assigned(act: &PoliciesAssigned, workspace: &Workspace, whose: &str) -> String {
    if act.undoes.is_some() {
        return format!("Changed back the policy{whose}");
    }
    let source = act.groups.first().and_then(|group| group.after.source);
    let version = source.map_or_else(String::new, |source| format!(": {}", version_name(workspace, &source)));
    format!("Changed the policy{whose}{version}")
}

/// Which parts of the tokens an act changed.
fn changed_parts(changes: &[TokenChange]) -> String {
    let parts = [
        ("the note", changes.iter().any(|change| change.note.is_some())),
        ("the policy", changes.iter().any(|change| change.policy.is_some() || change.policy_source.is_some())),
        ("the expiry", changes.iter().any(|change| change.expires.is_some())),
    ];
    format::list(parts.into_iter().filter(|(_, is_changed)| *is_changed).map(|(part, _)| part))
}

/// Tells what an act did to one of its tokens; nothing when it is not about it.
pub(super) fn tell_of(body: &EventBody, uid: TokenUid, workspace: &Workspace) -> Option<String> {
    if !body.tokens().any(|touched| touched == uid) {
        return None;
    }
    words_about(body, uid, workspace).map(|words| words + &overridden(body, workspace))
}

fn words_about(body: &EventBody, uid: TokenUid, workspace: &Workspace) -> Option<String> {
    let others = match body.tokens().count() {
        1 => String::new(),
        many => format!(" with {} others", many - 1),
    };
    Some(match body {
        EventBody::TokenGenerated(made) => format!("Made for {}", made.owner),
        EventBody::TokensInvalidated(act) => format!("Invalidated{others}{}", quoted(&act.reason)),
        EventBody::InvalidationUndone(_) => "Invalidation undone: as before".to_owned(),
        EventBody::TokensTrusted(_) => "Trusted again".to_owned(),
        EventBody::TokensChanged(act) => {
            let change = act.changes.iter().find(|change| change.uid == uid)?;
            let verb = if act.undoes.is_some() { "Changed back" } else { "Changed" };
            format!("{verb} {}{others}", changed_parts(std::slice::from_ref(change)))
        }
        EventBody::PoliciesAssigned(act) => assigned(act, workspace, &others),
        EventBody::TokensDeleted(act) => format!("Deleted{others}{}", quoted(&act.reason)),
        EventBody::DeletionUndone(_) => "Deletion undone: as before".to_owned(),
        EventBody::GuardrailsOverridden(_) => format!("Imported{others}"),
        EventBody::TokenRotated(act) if act.old == uid => {
            format!("Rotated: {} takes over", token_name(workspace, act.new.uid).1)
        }
        EventBody::TokenRotated(act) => format!("Made to take over from {}", token_name(workspace, act.old).1),
        EventBody::RotationUndone(_) => "Rotation undone: as before".to_owned(),
        EventBody::TokenUsed(_) => "Logged in".to_owned(),
        EventBody::ExpiredTokenTried(_) => "Tried after it had expired".to_owned(),
        EventBody::SecretRevealed(_) => "Took its secret out of the vault".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
    use tollgate_tokens::checked::NewToken;
    use tollgate_tokens::library::NewGuardrail;
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::memory_manager;
    use tollgate_tokens::{GuardrailOverride, Journal as _, Username};

    use super::super::test_support::at_once;
    use super::*;

    #[test]
    fn an_act_past_a_guardrail_is_told_with_its_reason() {
        let manager = memory_manager();
        let owner: Username = "alice".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let target = Target { methods: Choice::Any, resources: Choice::Any, items: Items::All };
        let guardrail = Guardrail::new("Nothing at all", Scope::ALL, Rule::Never, target).unwrap();
        let guardrail = at_once(manager.add_guardrail(NewGuardrail { guardrail, note: String::new() })).unwrap();
        let overrides = GuardrailOverride { guardrails: vec![guardrail], reason: "moving house".to_owned() };
        let call = NewToken { overrides: Some(overrides), ..NewToken::for_owner(owner) };
        let uid = at_once(manager.generate(call)).unwrap().uid;
        let made = manager.journal().read(|ledger| ledger.entries().next_back().map(|entry| entry.event.body.clone()));
        let made = made.unwrap();
        let told = || {
            manager.journal().read(|ledger| {
                let workspace = ledger.workspace();
                (tell(&made, workspace).1, tell_of(&made, uid, workspace).unwrap())
            })
        };
        let says = "Made for alice, past the guardrail Nothing at all: “moving house”".to_owned();
        assert_eq!(told(), (says.clone(), says));
        at_once(manager.remove_guardrail(guardrail)).unwrap();
        let says = "Made for alice, past a guardrail that is down now: “moving house”".to_owned();
        assert_eq!(told(), (says.clone(), says));
    }
}
