//! What an act would change, in words, before it is done.

use tollgate_tokens::checked::Changed;
use tollgate_tokens::{Timestamp, Token, TokenChange, TokenUid, Workspace};

use super::token_view::PolicyMeaning;
use crate::format;

/// How many tokens are listed; the others are counted.
const MOST_LISTED: usize = 8;

/// One line of a preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLine {
    /// What changes: a token with its owner, or a part of a token.
    pub what: String,
    /// How it is now.
    pub before: String,
    /// How it will be.
    pub after: String,
}

/// What an act on several tokens would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The first of the tokens that change.
    pub lines: Vec<ChangeLine>,
    /// How many tokens change.
    pub changed: usize,
    /// How many tokens stay as they are.
    pub unchanged: usize,
    /// How many secrets leave the vault for good.
    pub forgotten: usize,
}

impl Preview {
    /// What a change of expiries would do.
    pub(super) fn of_expiries(workspace: &Workspace, changed: &Changed) -> Self {
        let line = |change: &TokenChange| {
            let (token, expires) = (workspace.token(change.uid)?, change.expires?);
            Some(line_of(token, expiry(expires.before), expiry(expires.after)))
        };
        Self {
            lines: changed.changes.iter().filter_map(line).take(MOST_LISTED).collect(),
            changed: changed.changes.len(),
            unchanged: changed.unchanged,
            forgotten: 0,
        }
    }

    /// What an act would do that gives tokens another state, in one word for all of them.
    pub(super) fn of_states(workspace: &Workspace, tokens: &[TokenUid], after: &str, now: Timestamp) -> Self {
        let line = |uid: &TokenUid| {
            let token = workspace.token(*uid)?;
            Some(line_of(token, token.status_at(now).word().to_owned(), after.to_owned()))
        };
        let lines = tokens.iter().filter_map(line).take(MOST_LISTED).collect();
        Self { lines, changed: tokens.len(), unchanged: 0, forgotten: 0 }
    }

    /// What taking the secrets of tokens into the vault would do.
    pub(super) fn of_secrets(workspace: &Workspace, tokens: &[TokenUid]) -> Self {
        let line = |uid: &TokenUid| {
            let token = workspace.token(*uid)?;
            Some(line_of(token, "digest only".to_owned(), "in the vault".to_owned()))
        };
        let lines = tokens.iter().filter_map(line).take(MOST_LISTED).collect();
        Self { lines, changed: tokens.len(), unchanged: 0, forgotten: 0 }
    }

    /// How many tokens change and how many do not, as a sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        let changed = format::plural(self.changed as u64, "token changes", "tokens change");
        match self.unchanged {
            0 => format!("{changed}."),
            count => format!("{changed}; {}.", format::plural(count as u64, "stays as it is", "stay as they are")),
        }
    }

    /// How many secrets leave the vault for good, as a sentence; empty where none does.
    #[must_use]
    pub fn forgets(&self) -> String {
        match self.forgotten {
            0 => String::new(),
            count => format!("{} the vault for good.", format::plural(count as u64, "secret leaves", "secrets leave")),
        }
    }

    /// How many tokens change that are not listed, in words; empty when all are.
    #[must_use]
    pub fn rest(&self) -> String {
        match self.changed.saturating_sub(self.lines.len()) {
            0 => String::new(),
            more => format!("and {}", format::plural(more as u64, "more token", "more tokens")),
        }
    }
}

/// What an edit changes of one token, part by part.
pub(super) fn parts(change: &TokenChange) -> Vec<ChangeLine> {
    let line = |what: &str, before, after| ChangeLine { what: what.to_owned(), before, after };
    let note = change.note.as_ref().map(|note| line("Note", quoted(&note.before), quoted(&note.after)));
    let expires = change.expires.map(|expires| line("Expires", expiry(expires.before), expiry(expires.after)));
    let policy = change.policy.as_ref().map(|policy| {
        let (before, after) = (powers(&policy.before), powers(&policy.after));
        let after = if before == after { "the same in these words; the text differs".to_owned() } else { after };
        line("What it may do", before, after)
    });
    [note, expires, policy].into_iter().flatten().collect()
}

fn line_of(token: &Token, before: String, after: String) -> ChangeLine {
    ChangeLine { what: format!("Token {}, {}", token.number, token.owner), before, after }
}

fn quoted(note: &str) -> String {
    if note.is_empty() { "no note".to_owned() } else { format!("“{note}”") }
}

fn expiry(expires: Option<Timestamp>) -> String {
    expires.map_or_else(|| "never".to_owned(), format::day_and_time)
}

fn powers(policy: &str) -> String {
    PolicyMeaning::of_stored(policy).map_or_else(
        || "nobody knows: Review Board 8.1 refuses it".to_owned(),
        |meaning| format!("{} ({} of {} operations)", meaning.sentence, meaning.allowed, meaning.total),
    )
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use tollgate_tokens::checked::{NewExpiry, NewToken, TokenEdit, change};
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::{memory_manager, noon};
    use tollgate_tokens::{Journal as _, Username};

    use super::super::test_support::at_once;
    use super::*;

    #[test]
    fn an_edit_says_what_was_and_what_will_be() {
        let manager = memory_manager();
        let owner: Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let uid = at_once(manager.generate(NewToken::for_owner(owner))).unwrap().uid;
        let edit = TokenEdit {
            note: Some("nightly mirror".to_owned()),
            policy: Some(r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#.to_owned()),
            expires: Some(NewExpiry::At(noon() + TimeDelta::days(30))),
            ..TokenEdit::default()
        };
        let lines = manager.journal().read(|ledger| {
            let (_, changed) = change(ledger.workspace(), &[uid], &edit, noon()).unwrap();
            parts(&changed.changes[0])
        });
        let said: Vec<(&str, &str)> = lines.iter().map(|line| (line.before.as_str(), line.after.as_str())).collect();
        assert_eq!(said[0], ("no note", "“nightly mirror”"));
        assert_eq!(said[1].0, "never");
        assert_eq!(said[1].1, format::day_and_time(noon() + TimeDelta::days(30)));
        assert_eq!(lines[2].what, "What it may do");
        assert!(said[2].1.contains("operations)"), "{said:?}");
    }

    #[test]
    fn a_change_of_many_counts_what_it_does_not_list_and_what_it_leaves() {
        let manager = memory_manager();
        let owner: Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let end = noon() + TimeDelta::days(30);
        let make = |expires| {
            let call = NewToken { expires, ..NewToken::for_owner(owner.clone()) };
            at_once(manager.generate(call)).unwrap().uid
        };
        let mut tokens: Vec<TokenUid> = (0..MOST_LISTED + 2).map(|_| make(None)).collect();
        tokens.push(make(Some(end)));
        let edit = TokenEdit { expires: Some(NewExpiry::At(end)), ..TokenEdit::default() };
        let preview = manager.journal().read(|ledger| {
            let (_, changed) = change(ledger.workspace(), &tokens, &edit, noon()).unwrap();
            Preview::of_expiries(ledger.workspace(), &changed)
        });
        assert_eq!(preview.lines.len(), MOST_LISTED);
        assert_eq!(preview.lines[0].what, "Token 1, ci-bot");
        assert_eq!(
            (preview.lines[0].before.as_str(), preview.lines[0].after.as_str()),
            ("never", expiry(Some(end)).as_str())
        );
        assert_eq!(preview.summary(), "10 tokens change; 1 stays as it is.");
        assert_eq!(preview.rest(), "and 2 more tokens");
        assert_eq!(preview.forgets(), "");
        assert_eq!(Preview { forgotten: 1, ..preview.clone() }.forgets(), "1 secret leaves the vault for good.");
        assert_eq!(Preview { forgotten: 2, ..preview }.forgets(), "2 secrets leave the vault for good.");
    }
}
