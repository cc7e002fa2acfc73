//! Which secrets of a saved vault belong to tokens that are here.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::TokenUid;
use crate::model::Workspace;
use crate::secret::TokenDigest;

/// What becomes of the secrets of a saved vault: only the secret of a token that is here is taken in.
///
/// Every secret of the file is in one of the lists, each in the order of uids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SecretsPlan {
    /// Secrets of tokens that are here, by uid and by digest, and not kept yet: to be taken in.
    pub fitting: Vec<TokenUid>,
    /// Secrets of tokens that are here, and kept already.
    pub kept: Vec<TokenUid>,
    /// Other texts than the secrets of the tokens that they are named for.
    pub foreign: Vec<TokenUid>,
    /// Texts that do not open: they were changed, or sealed for another token or another vault.
    pub broken: Vec<TokenUid>,
    /// Named for tokens that were deleted here.
    pub deleted: Vec<TokenUid>,
    /// Named for tokens that nobody knows here, so that nothing shows whose secrets they are.
    pub unknown: Vec<TokenUid>,
}

impl SecretsPlan {
    /// Sorts what a file offers: the digest of each secret, and nothing for one that does not open.
    ///
    /// Linear in the file, with a search for each secret.
    #[must_use]
    pub fn new(
        workspace: &Workspace,
        kept: &BTreeSet<TokenUid>,
        offered: &BTreeMap<TokenUid, Option<TokenDigest>>,
    ) -> Self {
        let mut plan = Self::default();
        for (uid, digest) in offered {
            plan.list_of(workspace, kept, *uid, digest.as_ref()).push(*uid);
        }
        plan
    }

    fn list_of(
        &mut self,
        workspace: &Workspace,
        kept: &BTreeSet<TokenUid>,
        uid: TokenUid,
        digest: Option<&TokenDigest>,
    ) -> &mut Vec<TokenUid> {
        match (digest, workspace.token(uid)) {
            (None, _) => &mut self.broken,
            (Some(digest), Some(token)) if !token.digest.matches(digest) => &mut self.foreign,
            (Some(_), Some(_)) if kept.contains(&uid) => &mut self.kept,
            (Some(_), Some(_)) => &mut self.fitting,
            (Some(_), None) if workspace.deleted_token(uid).is_some() => &mut self.deleted,
            (Some(_), None) => &mut self.unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checked::NewToken;
    use crate::journal::Journal as _;
    use crate::people::Powers;
    use crate::test_support::memory_manager;

    #[test]
    fn only_the_secret_of_a_token_that_is_here_is_taken_in() {
        let manager = memory_manager();
        let made: Vec<(TokenUid, TokenDigest)> = pollster::block_on(async {
            manager.add_user("alice".parse().unwrap(), Powers::default()).await.unwrap();
            let mut made = Vec::new();
            for _ in 0..5 {
                let generated = manager.generate(NewToken::for_owner("alice".parse().unwrap())).await.unwrap();
                made.push((generated.uid, generated.secret.digest()));
            }
            manager.delete(vec![made[4].0], String::new()).await.unwrap();
            made
        });
        let stranger = TokenUid::from_bytes([0; 16]);
        let offered: BTreeMap<TokenUid, Option<TokenDigest>> = [
            (made[0].0, Some(made[0].1)),
            (made[1].0, Some(made[1].1)),
            // Two secrets that changed places with each other are as foreign as any other text.
            (made[2].0, Some(made[3].1)),
            (made[3].0, None),
            (made[4].0, Some(made[4].1)),
            (stranger, Some(made[0].1)),
        ]
        .into();
        let plan = manager
            .journal()
            .read(|ledger| SecretsPlan::new(ledger.workspace(), &BTreeSet::from([made[1].0, made[2].0]), &offered));
        let expected = SecretsPlan {
            fitting: vec![made[0].0],
            kept: vec![made[1].0],
            foreign: vec![made[2].0],
            broken: vec![made[3].0],
            deleted: vec![made[4].0],
            unknown: vec![stranger],
        };
        assert_eq!(plan, expected);
    }

    #[test]
    fn an_empty_workspace_vouches_for_nothing() {
        let offered = BTreeMap::from([(TokenUid::from_bytes([1; 16]), Some(TokenDigest::of("rbp_one")))]);
        let plan = SecretsPlan::new(&Workspace::default(), &BTreeSet::new(), &offered);
        assert_eq!(plan, SecretsPlan { unknown: vec![TokenUid::from_bytes([1; 16])], ..SecretsPlan::default() });
    }
}
