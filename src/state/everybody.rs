//! Invalidating everybody's tokens: an act of its own, which no selection and no filter can become by accident.

use std::collections::BTreeSet;

use leptos::prelude::*;
use tollgate_tokens::checked::{InvalidateCall, Owners};
use tollgate_tokens::compatible::Condition;
use tollgate_tokens::{Username, Workspace};

use super::Console;

/// What an act on everybody's tokens reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// How many tokens.
    pub tokens: usize,
    /// How many users own them.
    pub users: usize,
}

impl Console {
    /// How many tokens are valid, and whose they are.
    #[must_use]
    pub fn everybody(self) -> Reach {
        self.workspace().with(reach)
    }

    /// Invalidates every token that is valid.
    pub fn invalidate_everybody(self, reason: String) {
        self.invalidate(InvalidateCall { owners: Owners::All, filter: vec![Condition::Valid], reason });
    }
}

fn reach(workspace: &Workspace) -> Reach {
    let (mut tokens, mut users) = (0, BTreeSet::<&Username>::new());
    for token in workspace.tokens().filter(|token| Condition::Valid.holds(token)) {
        tokens += 1;
        users.insert(&token.owner);
    }
    Reach { tokens, users: users.len() }
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::Journal as _;
    use tollgate_tokens::checked::NewToken;
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::memory_manager;

    use super::super::test_support::at_once;
    use super::*;

    #[test]
    fn only_valid_tokens_and_their_owners_count() {
        let manager = memory_manager();
        let add = |name: &str| {
            let owner: Username = name.parse().unwrap();
            at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
            owner
        };
        let make = |owner: &Username| at_once(manager.generate(NewToken::for_owner(owner.clone()))).unwrap().uid;
        let [one, other] = [add("ci-bot"), add("jenkins")];
        let (_, _, leaked) = (make(&one), make(&one), make(&other));
        let reached = || manager.journal().read(|ledger| reach(ledger.workspace()));
        assert_eq!(reached(), Reach { tokens: 3, users: 2 });
        at_once(manager.invalidate_one(leaked, String::new())).unwrap();
        assert_eq!(reached(), Reach { tokens: 2, users: 1 });
    }
}
