//! What happens to a policy of the library beside its versions: names, tests, and being put away.

use super::LibraryError;
use super::save::{check_json, check_name};
use crate::event::{EventBody, PolicyRenamed, PolicyTestsChanged};
use crate::ids::{PolicyName, PolicyUid};
use crate::model::{NamedPolicy, PolicyTest, Workspace};

type Decided = Result<(Vec<EventBody>, ()), LibraryError>;

/// Decides that a policy gets another name.
///
/// # Errors
///
/// [`LibraryError`] when there is no such policy, the name is taken, or it has that name.
pub fn rename_policy(workspace: &Workspace, policy: PolicyUid, name: &PolicyName) -> Decided {
    let known = known(workspace, policy)?;
    if known.name == *name {
        return Err(LibraryError::Unchanged("the name"));
    }
    check_name(workspace, name, Some(policy))?;
    let renamed = PolicyRenamed { policy, before: known.name.clone(), after: name.clone() };
    Ok((vec![EventBody::PolicyRenamed(renamed)], ()))
}

/// Decides that a policy is put away: it is offered no more, and its name is free.
///
/// # Errors
///
/// [`LibraryError`] when there is no such policy, or it was put away.
pub fn archive_policy(workspace: &Workspace, policy: PolicyUid) -> Decided {
    if known(workspace, policy)?.is_archived {
        return Err(LibraryError::Unchanged("the policy"));
    }
    Ok((vec![EventBody::PolicyArchived(policy)], ()))
}

/// Decides that a policy which was put away is offered again.
///
/// # Errors
///
/// [`LibraryError`] when there is no such policy, it is offered, or another one is by its name.
pub fn restore_policy(workspace: &Workspace, policy: PolicyUid) -> Decided {
    let known = known(workspace, policy)?;
    if !known.is_archived {
        return Err(LibraryError::Unchanged("the policy"));
    }
    check_name(workspace, &known.name, Some(policy))?;
    Ok((vec![EventBody::PolicyRestored(policy)], ()))
}

/// Decides that other tests lie beside a version. The version stays the same, and so does who uses it.
///
/// # Errors
///
/// [`LibraryError`] when there is no such version, a test holds a token, or the tests are these.
pub fn change_policy_tests(
    workspace: &Workspace,
    policy: PolicyUid,
    version: u32,
    tests: &[PolicyTest],
) -> Result<(Vec<EventBody>, ()), LibraryError> {
    let known = known(workspace, policy)?;
    let unknown = LibraryError::UnknownVersion { name: known.name.clone(), version };
    let version = known.version(version).ok_or(unknown)?;
    check_json("test", &tests)?;
    if version.tests == tests {
        return Err(LibraryError::Unchanged("the list of tests"));
    }
    let changed = PolicyTestsChanged { version: known.source_of(version), tests: tests.to_vec() };
    Ok((vec![EventBody::PolicyTestsChanged(changed)], ()))
}

fn known(workspace: &Workspace, policy: PolicyUid) -> Result<&NamedPolicy, LibraryError> {
    workspace.library().policy(policy).map(AsRef::as_ref).ok_or(LibraryError::UnknownPolicy(policy))
}
