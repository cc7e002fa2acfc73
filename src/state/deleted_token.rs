//! A token that was deleted: what it was, why it is gone, and the way back.

use leptos::prelude::*;
use tollgate_tokens::checked::can_be_undone;
use tollgate_tokens::{Entry, EventBody, Journal as _, Ledger, Timestamp, TokenUid};

use super::Console;
use super::earlier::Earlier;
use super::one_token::{Shown, Undoable};
use super::token_view::moment;

/// What is known of a token that was deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct DeletedFacts {
    /// `Token 12`.
    pub name: String,
    /// Its note; empty when it had none.
    pub note: String,
    /// Its owner.
    pub owner: String,
    /// When it was deleted; nothing when the entry that says so was not read yet, or cannot be read.
    pub when: Option<Shown>,
    /// Why, as the end of a sentence; empty when no reason was given.
    pub why: String,
    /// The deletion, when it can be undone: an act is undone as a whole.
    pub undo: Option<Undoable>,
}

/// What is known of a deleted token; nothing when it is there, or never was. `earlier` is what was read back of it.
pub(super) fn deleted(console: Console, uid: TokenUid, earlier: Earlier) -> Option<DeletedFacts> {
    console.revision().track();
    let now = console.now().get();
    let services = console.after().services();
    earlier.with(|earlier| services.manager.journal().read(|ledger| facts(ledger, earlier, uid, now)))
}

fn facts(ledger: &Ledger, earlier: &[Entry], uid: TokenUid, now: Timestamp) -> Option<DeletedFacts> {
    let deleted = ledger.workspace().deleted_token(uid)?;
    let is_it = |entry: &&Entry| entry.event.id == deleted.act;
    let entry = ledger.entries().rfind(is_it).or_else(|| earlier.iter().find(is_it));
    let undo = |entry: &Entry| {
        let body = &entry.event.body;
        can_be_undone(body).then(|| Undoable { act: deleted.act, tokens: body.tokens().count() })
    };
    Some(DeletedFacts {
        name: format!("Token {}", deleted.token.number),
        note: deleted.token.note.clone(),
        owner: deleted.token.owner.to_string(),
        when: entry.map(|entry| moment(entry.event.at, now)),
        why: entry.map(|entry| why(&entry.event.body)).unwrap_or_default(),
        undo: entry.and_then(undo),
    })
}

fn why(body: &EventBody) -> String {
    match body {
        EventBody::TokensDeleted(act) if !act.reason.is_empty() => format!("“{}”", act.reason),
        EventBody::RotationUndone(_) => "the rotation that made it was undone".to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use tollgate_tokens::checked::{NewExpiry, NewToken, Rotation};
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::{memory_manager, noon};

    use super::super::test_support::at_once;
    use super::*;

    #[test]
    fn a_deletion_is_told_with_its_reason_and_the_way_back() {
        let manager = memory_manager();
        let owner: tollgate_tokens::Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let make = || at_once(manager.generate(NewToken::for_owner(owner.clone()))).unwrap().uid;
        let [one, other, kept] = [make(), make(), make()];
        let told = |uid| manager.journal().read(|ledger| facts(ledger, &[], uid, noon()));
        at_once(manager.delete(vec![one, other], "no use".to_owned())).unwrap();
        let facts = told(one).unwrap();
        assert_eq!((facts.name.as_str(), facts.why.as_str()), ("Token 1", "“no use”"));
        assert_eq!(facts.undo.map(|undo| undo.tokens), Some(2));
        assert_eq!(told(kept), None);
        at_once(manager.undo(facts.undo.unwrap().act)).unwrap();
        assert_eq!(told(one), None);
    }

    #[test]
    fn what_undoing_a_rotation_deleted_has_no_way_back() {
        let manager = memory_manager();
        let owner: tollgate_tokens::Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let old = at_once(manager.generate(NewToken::for_owner(owner))).unwrap().uid;
        let rotation = Rotation { token: old, overlap: TimeDelta::hours(1), expires: NewExpiry::Never };
        let successor = at_once(manager.rotate(rotation)).unwrap().successor.uid;
        let act = manager.journal().read(|ledger| ledger.entries().next_back().map(|entry| entry.event.id)).unwrap();
        at_once(manager.undo(act)).unwrap();
        let facts = manager.journal().read(|ledger| facts(ledger, &[], successor, noon())).unwrap();
        assert_eq!((facts.why.as_str(), facts.undo), ("the rotation that made it was undone", None));
    }
}
