//! Acts in words, for the record and for the history of one token.

use tollgate_tokens::{EventBody, TokenChange, TokenUid, Workspace};

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

fn token_name(workspace: &Workspace, uid: TokenUid) -> (TokenUid, String) {
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
    let many = |tokens: usize| format::plural(tokens as u64, "token", "tokens");
    match body {
        EventBody::WorkspaceCreated(_) => (ActTone::Record, "The record begins".to_owned(), None),
        EventBody::UserAdded(user) => {
            let superuser = if user.superuser { ", a superuser" } else { "" };
            (ActTone::Changed, format!("Added the user {}{superuser}", user.username), None)
        }
        EventBody::UserChanged(user) => {
            let active = if user.active { "active" } else { "inactive" };
            let superuser = if user.superuser { ", a superuser" } else { "" };
            (ActTone::Changed, format!("Made {} {active}{superuser}", user.username), None)
        }
        EventBody::UserRemoved(name) => (ActTone::Changed, format!("Removed the user {name}"), None),
        EventBody::SiteAdded(name) => (ActTone::Changed, format!("Added the Local Site {name}"), None),
        EventBody::SiteRemoved(name) => (ActTone::Changed, format!("Removed the Local Site {name}"), None),
        EventBody::TokenGenerated(made) => {
            let note = if made.note.is_empty() { String::new() } else { format!(": {}", made.note) };
            (ActTone::Made, format!("Made for {}{note}", made.owner), Some(token_name(workspace, made.uid)))
        }
        EventBody::TokensInvalidated(act) => {
            let reason = quoted(&act.reason);
            match act.tokens.as_slice() {
                [one] => (ActTone::Invalidated, format!("Invalidated{reason}"), Some(token_name(workspace, *one))),
                tokens => (ActTone::Invalidated, format!("Invalidated {}{reason}", many(tokens.len())), None),
            }
        }
        EventBody::InvalidationUndone(undo) => {
            let what = format!("Undid entry {}: {} as before", undo.act.sequence, many(undo.restored.len()));
            let token = match undo.restored.as_slice() {
                [one] => Some(token_name(workspace, one.uid)),
                _ => None,
            };
            (ActTone::Undone, what, token)
        }
        EventBody::TokensChanged(act) => {
            let verb = if act.undoes.is_some() { "Changed back" } else { "Changed" };
            let parts = changed_parts(&act.changes);
            match act.changes.as_slice() {
                [one] => (ActTone::Changed, format!("{verb} {parts}"), Some(token_name(workspace, one.uid))),
                changes => (ActTone::Changed, format!("{verb} {parts} of {}", many(changes.len())), None),
            }
        }
        EventBody::TokensDeleted(act) => {
            let reason = quoted(&act.reason);
            match act.tokens.as_slice() {
                [one] => (ActTone::Invalidated, format!("Deleted{reason}"), Some(token_name(workspace, *one))),
                tokens => (ActTone::Invalidated, format!("Deleted {}{reason}", many(tokens.len())), None),
            }
        }
        EventBody::DeletionUndone(undo) => {
            let what = format!("Undid entry {}: {} back", undo.act.sequence, many(undo.restored.len()));
            let token = match undo.restored.as_slice() {
                [one] => Some(token_name(workspace, one.made.uid)),
                _ => None,
            };
            (ActTone::Undone, what, token)
        }
        EventBody::TokenRotated(act) => {
            let successor = token_name(workspace, act.new.uid).1;
            (ActTone::Made, format!("Rotated: {successor} takes over"), Some(token_name(workspace, act.old)))
        }
        EventBody::RotationUndone(undo) => {
            let what = format!("Undid entry {}: its successor is deleted", undo.act.sequence);
            (ActTone::Undone, what, Some(token_name(workspace, undo.old)))
        }
        EventBody::TokenUsed(tried) => {
            (ActTone::Record, "Logged in".to_owned(), Some(token_name(workspace, tried.uid)))
        }
        EventBody::ExpiredTokenTried(tried) => {
            (ActTone::Record, "Tried after it had expired".to_owned(), Some(token_name(workspace, tried.uid)))
        }
        EventBody::SettingsChanged(_) => (ActTone::Changed, "Changed the settings of the service".to_owned(), None),
        EventBody::JournalRepaired(repair) => {
            let entries = format::plural(repair.entries.len() as u64, "damaged entry", "damaged entries");
            (ActTone::Record, format!("Recorded {entries} and resumed writing"), None)
        }
        EventBody::TokensTrusted(trusted) => {
            (ActTone::Record, format!("Trusted {} again", many(trusted.tokens.len())), None)
        }
        EventBody::Unknown { kind, version, .. } => {
            (ActTone::Unknown, format!("`{kind}`, version {version}: written by a newer Tollgate, kept as it is"), None)
        }
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
