//! Which tokens a fragment may belong to.

use std::sync::Arc;

use crate::model::{Token, Workspace};

/// The tokens whose last four characters are these, exactly, in the order of their numbers.
///
/// Four characters are no proof: several tokens may share them, and short texts keep none of theirs.
/// Linear in the tokens.
#[must_use]
pub fn find_by_last_four<'a>(workspace: &'a Workspace, last_four: &str) -> Vec<&'a Arc<Token>> {
    workspace.tokens().filter(|token| token.fingerprint.last_four.as_deref() == Some(last_four)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checked::NewToken;
    use crate::journal::Journal as _;
    use crate::people::Powers;
    use crate::test_support::memory_manager;

    #[test]
    fn the_last_four_characters_find_their_token() {
        let manager = memory_manager();
        let made = pollster::block_on(async {
            manager.add_user("alice".parse().unwrap(), Powers::default()).await.unwrap();
            manager.generate(NewToken::for_owner("alice".parse().unwrap())).await.unwrap();
            manager.generate(NewToken::for_owner("alice".parse().unwrap())).await.unwrap()
        });
        let workspace = manager.journal().read(|ledger| ledger.workspace().clone());
        let last_four = made.fingerprint.last_four.unwrap();
        let found: Vec<u64> = find_by_last_four(&workspace, &last_four).iter().map(|token| token.number).collect();
        assert_eq!(found, [made.number]);
        for other in ["", "----"] {
            assert!(find_by_last_four(&workspace, other).is_empty(), "{other}");
        }
    }
}
