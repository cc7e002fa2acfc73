//! Acts in words, for the record and for the history of one token.

use tollgate_tokens::{EventBody, EventId, TokenChange, TokenUid, TokensChanged, UserRecord, Workspace};

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

/// A token with the name that it has now.
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
    let changed = |text: String| (ActTone::Changed, text, None);
    let recorded = |text: String| (ActTone::Record, text, None);
    let about = |tone, text: &str, uid| (tone, text.to_owned(), Some(token_name(workspace, uid)));
    match body {
        EventBody::WorkspaceCreated(_) => recorded("The record begins".to_owned()),
        EventBody::UserAdded(user) => changed(format!("Added the user {}{}", user.username, superuser(user))),
        EventBody::UserChanged(user) => {
            let active = if user.active { "active" } else { "inactive" };
            changed(format!("Made {} {active}{}", user.username, superuser(user)))
        }
        EventBody::UserRemoved(name) => changed(format!("Removed the user {name}")),
        EventBody::SiteAdded(name) => changed(format!("Added the Local Site {name}")),
        EventBody::SiteRemoved(name) => changed(format!("Removed the Local Site {name}")),
        EventBody::TokenGenerated(made) => {
            let note = if made.note.is_empty() { String::new() } else { format!(": {}", made.note) };
            about(ActTone::Made, &format!("Made for {}{note}", made.owner), made.uid)
        }
        EventBody::TokensInvalidated(act) => taken("Invalidated", &act.tokens, &act.reason, workspace),
        EventBody::TokensDeleted(act) => taken("Deleted", &act.tokens, &act.reason, workspace),
        EventBody::InvalidationUndone(undo) => undone(undo.act, "as before", body, workspace),
        EventBody::DeletionUndone(undo) => undone(undo.act, "back", body, workspace),
        EventBody::TokensChanged(act) => edited(act, workspace),
        EventBody::TokenRotated(act) => {
            let successor = token_name(workspace, act.new.uid).1;
            about(ActTone::Made, &format!("Rotated: {successor} takes over"), act.old)
        }
        EventBody::RotationUndone(undo) => {
            let what = format!("Undid entry {}: its successor is deleted", undo.act.sequence);
            about(ActTone::Undone, &what, undo.old)
        }
        EventBody::TokenUsed(tried) => about(ActTone::Record, "Logged in", tried.uid),
        EventBody::ExpiredTokenTried(tried) => about(ActTone::Record, "Tried after it had expired", tried.uid),
        EventBody::SettingsChanged(_) => changed("Changed the settings of the service".to_owned()),
        EventBody::JournalRepaired(repair) => {
            let entries = format::plural(repair.entries.len() as u64, "damaged entry", "damaged entries");
            recorded(format!("Recorded {entries} and resumed writing"))
        }
        EventBody::TokensTrusted(trusted) => recorded(format!("Trusted {} again", count_of(&trusted.tokens))),
        EventBody::Unknown { kind, version, .. } => {
            (ActTone::Unknown, format!("`{kind}`, version {version}: written by a newer Tollgate, kept as it is"), None)
        }
    }
}

fn count_of<T>(tokens: &[T]) -> String {
    format::plural(tokens.len() as u64, "token", "tokens")
}

fn superuser(user: &UserRecord) -> &'static str {
    if user.superuser { ", a superuser" } else { "" }
}

/// An act that took tokens out of use.
fn taken(verb: &str, tokens: &[TokenUid], reason: &str, workspace: &Workspace) -> Told {
    let reason = quoted(reason);
    match tokens {
        [one] => (ActTone::Invalidated, format!("{verb}{reason}"), Some(token_name(workspace, *one))),
        tokens => (ActTone::Invalidated, format!("{verb} {}{reason}", count_of(tokens)), None),
    }
}

/// An act that put tokens into use again.
fn undone(act: EventId, state: &str, body: &EventBody, workspace: &Workspace) -> Told {
    let tokens: Vec<TokenUid> = body.tokens().collect();
    let token = match tokens.as_slice() {
        [one] => Some(token_name(workspace, *one)),
        _ => None,
    };
    (ActTone::Undone, format!("Undid entry {}: {} {state}", act.sequence, count_of(&tokens)), token)
}

/// An act that changed tokens, or changed them back.
fn edited(act: &TokensChanged, workspace: &Workspace) -> Told {
    let verb = if act.undoes.is_some() { "Changed back" } else { "Changed" };
    let parts = changed_parts(&act.changes);
    match act.changes.as_slice() {
        [one] => (ActTone::Changed, format!("{verb} {parts}"), Some(token_name(workspace, one.uid))),
        changes => (ActTone::Changed, format!("{verb} {parts} of {}", count_of(changes)), None),
    }
}

fn quoted(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(": “{reason}”") }
}

/// Which parts of the tokens an act changed.
fn changed_parts(changes: &[TokenChange]) -> String {
    let parts = [
        ("the note", changes.iter().any(|change| change.note.is_some())),
        ("the policy", changes.iter().any(|change| change.policy.is_some())),
        ("the expiry", changes.iter().any(|change| change.expires.is_some())),
    ];
    format::list(parts.into_iter().filter(|(_, is_changed)| *is_changed).map(|(part, _)| part))
}

/// Tells what an act did to one of its tokens; nothing when it is not about it.
pub(super) fn tell_of(body: &EventBody, uid: TokenUid, workspace: &Workspace) -> Option<String> {
    if !body.tokens().any(|touched| touched == uid) {
        return None;
    }
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
        EventBody::TokensDeleted(act) => format!("Deleted{others}{}", quoted(&act.reason)),
        EventBody::DeletionUndone(_) => "Deletion undone: as before".to_owned(),
        EventBody::TokenRotated(act) if act.old == uid => {
            format!("Rotated: {} takes over", token_name(workspace, act.new.uid).1)
        }
        EventBody::TokenRotated(act) => format!("Made to take over from {}", token_name(workspace, act.old).1),
        EventBody::RotationUndone(_) => "Rotation undone: as before".to_owned(),
        EventBody::TokenUsed(_) => "Logged in".to_owned(),
        EventBody::ExpiredTokenTried(_) => "Tried after it had expired".to_owned(),
        _ => return None,
    })
}
