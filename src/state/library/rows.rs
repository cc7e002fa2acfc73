//! Policies, versions and uses as they are shown.

use std::sync::Arc;

use tollgate_tokens::{NamedPolicy, PolicyUid, PolicyVersion, Timestamp, TokenUid, Workspace, use_counts, used_by};

use crate::format;
use crate::state::one_token::Shown;
use crate::state::token_view::{PolicyMeaning, moment};

/// A policy as a row of the library.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyRow {
    /// The policy.
    pub uid: PolicyUid,
    /// Its name.
    pub name: String,
    /// What the author says of its newest version; may be empty.
    pub note: String,
    /// What its newest version means; none if the service would refuse it.
    pub meaning: Option<Arc<PolicyMeaning>>,
    /// The number of its newest version.
    pub version: u32,
    /// How many tokens use it, in any version.
    pub uses: usize,
    /// When it changed: machine-readable, relative, exact.
    pub changed: Shown,
    /// The same as an instant.
    pub(super) changed_at: Timestamp,
}

/// One policy as the workbench tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFacts {
    /// Its name.
    pub name: String,
    /// The number of its newest version.
    pub newest: u32,
    /// When that was saved: machine-readable, relative, exact.
    pub saved: Shown,
    /// How many versions there are.
    pub versions: usize,
    /// How many tokens use it, in any version.
    pub uses: usize,
    /// Whether it was put away.
    pub is_archived: bool,
}

/// A version as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// Its number.
    pub number: u32,
    /// What the author says of it, or words that say that nothing is said.
    pub note: String,
    /// Who saved it; empty if nobody said.
    pub author: String,
    /// When: machine-readable, relative, exact.
    pub saved: Shown,
    /// What it was saved with, in words; empty for nothing.
    pub with: String,
    /// How many tokens use it, in words; empty for none.
    pub uses: String,
}

/// A token that uses a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseRow {
    /// The token.
    pub uid: TokenUid,
    /// Its name: `Token 7`.
    pub name: String,
    /// Its owner.
    pub owner: String,
    /// Its note; may be empty.
    pub note: String,
    /// Which version it uses, in words.
    pub version: String,
}

/// All policies that are offered, or all that were put away. `meaning` says what a text means.
pub(super) fn rows(
    workspace: &Workspace,
    now: Timestamp,
    are_archived: bool,
    meaning: impl Fn(&PolicyVersion) -> Option<Arc<PolicyMeaning>>,
) -> Vec<PolicyRow> {
    let uses = use_counts(workspace);
    let row = |policy: &Arc<NamedPolicy>| {
        let newest = policy.newest()?;
        Some(PolicyRow {
            uid: policy.uid,
            name: policy.name.to_string(),
            note: newest.note.clone(),
            meaning: meaning(newest),
            version: newest.number,
            uses: uses.get(&policy.uid).copied().unwrap_or(0),
            changed: moment(newest.saved_at, now),
            changed_at: newest.saved_at,
        })
    };
    workspace.library().policies().filter(|policy| policy.is_archived == are_archived).filter_map(row).collect()
}

/// What is known of one policy.
pub(super) fn facts(workspace: &Workspace, uid: PolicyUid, now: Timestamp) -> Option<PolicyFacts> {
    let policy = workspace.library().policy(uid)?;
    let newest = policy.newest()?;
    Some(PolicyFacts {
        name: policy.name.to_string(),
        newest: newest.number,
        saved: moment(newest.saved_at, now),
        versions: policy.versions.len(),
        uses: use_counts(workspace).get(&uid).copied().unwrap_or(0),
        is_archived: policy.is_archived,
    })
}

/// The versions of a policy, newest first.
pub(super) fn versions(workspace: &Workspace, uid: PolicyUid, now: Timestamp) -> Vec<VersionRow> {
    let Some(policy) = workspace.library().policy(uid) else { return Vec::new() };
    let uses = used_by(workspace, uid);
    let row = |version: &Arc<PolicyVersion>| {
        let users = uses.iter().filter(|by| by.version == Some(version.number)).count() as u64;
        let tests = version.tests.len() as u64;
        let with = [
            (!version.findings.is_empty()).then(|| {
                let codes = version.findings.iter().map(|code| code.as_str());
                format!("found {}", format::list(codes))
            }),
            (tests > 0).then(|| format::plural(tests, "test", "tests")),
        ];
        VersionRow {
            number: version.number,
            note: if version.note.is_empty() { "No note".to_owned() } else { version.note.clone() },
            author: version.author.clone().unwrap_or_default(),
            saved: moment(version.saved_at, now),
            with: with.into_iter().flatten().collect::<Vec<_>>().join("; "),
            uses: if users == 0 { String::new() } else { format::plural(users, "token uses it", "tokens use it") },
        }
    };
    policy.versions.iter().rev().map(row).collect()
}

/// The tokens that use a policy, in the order of their numbers.
pub(super) fn uses(workspace: &Workspace, uid: PolicyUid) -> Vec<UseRow> {
    let row = |by: &tollgate_tokens::PolicyUse<'_>| {
        let number =
            by.version.map_or_else(|| "a version that was lost".to_owned(), |number| format!("version {number}"));
        let age = if by.is_newest { "" } else { ", not the newest" };
        UseRow {
            uid: by.token.uid,
            name: format!("Token {}", by.token.number),
            owner: by.token.owner.to_string(),
            note: by.token.note.clone(),
            version: format!("{number}{age}"),
        }
    };
    used_by(workspace, uid).iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::Journal as _;
    use tollgate_tokens::checked::{Assignment, NewPolicy, NewToken};
    use tollgate_tokens::library::{NewVersion, SaveAs};
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::{memory_manager, noon};

    use super::*;
    use crate::state::test_support::at_once;

    #[test]
    fn a_policy_is_listed_with_its_newest_version_and_who_uses_which() {
        let manager = memory_manager();
        let owner: tollgate_tokens::Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let token = at_once(manager.generate(NewToken::for_owner(owner))).unwrap().uid;
        let text = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#;
        let first = NewVersion::of(SaveAs::New("CI bots".parse().unwrap()), text);
        let policy = at_once(manager.save_policy(first)).unwrap().policy;
        let source = manager.journal().read(|ledger| {
            let library = ledger.workspace().library();
            library.policy(policy).and_then(|policy| policy.source(1)).unwrap()
        });
        let call = Assignment { tokens: vec![token], policy: NewPolicy::Named(source), overrides: None };
        at_once(manager.assign(call)).unwrap();
        let call = NewVersion {
            note: "nothing at all".to_owned(),
            findings: vec!["P0304".parse().unwrap()],
            ..NewVersion::of(SaveAs::Next { policy, based_on: 1 }, r#"{"resources": {"*": {"block": ["*"]}}}"#)
        };
        at_once(manager.save_policy(call)).unwrap();
        manager.journal().read(|ledger| {
            let workspace = ledger.workspace();
            let listed =
                rows(workspace, noon(), false, |version| PolicyMeaning::of_stored(&version.text).map(Arc::new));
            let told = listed.iter().map(|row| (row.name.as_str(), row.note.as_str(), row.version, row.uses));
            assert_eq!(told.collect::<Vec<_>>(), [("CI bots", "nothing at all", 2, 1)]);
            assert!(rows(workspace, noon(), true, |_| None).is_empty());
            assert_eq!(facts(workspace, policy, noon()).map(|facts| (facts.newest, facts.versions)), Some((2, 2)));
            let versions = versions(workspace, policy, noon());
            let told = versions.iter().map(|row| (row.number, row.with.as_str(), row.uses.as_str()));
            assert_eq!(told.collect::<Vec<_>>(), [(2, "found P0304", ""), (1, "", "1 token uses it")]);
            let uses = uses(workspace, policy);
            assert_eq!((uses.len(), uses[0].version.as_str()), (1, "version 1, not the newest"));
        });
    }
}
