//! Saving a version of a policy.

use std::collections::BTreeSet;

use serde::Serialize;

use super::LibraryError;
use crate::event::{EventBody, PolicySaved};
use crate::ids::{CatalogName, FindingCode, PolicyName, PolicyUid, TemplateId};
use crate::manager::checked::{TokenError, held_text};
use crate::model::{NamedPolicy, PolicyTest, PolicyVersion, Workspace};
use crate::ports::Entropy;
use crate::scan::{json_holds_token, looks_like_token};

/// The longest policy that is kept, in bytes.
const LONGEST_POLICY: usize = 1 << 20;

/// What shall be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVersion {
    /// Where it goes.
    pub save_as: SaveAs,
    /// The text. What the service refuses is not saved; what only deserves a warning is.
    pub text: String,
    /// What the author says of this version.
    pub note: String,
    /// The codes of what was found in the text.
    pub findings: Vec<FindingCode>,
    /// The template that it began as.
    pub template: Option<TemplateId>,
    /// The imported catalog whose resources it speaks of; `None` is Review Board 8.1, whose tokens alone are here.
    pub catalog: Option<CatalogName>,
    /// What it must decide.
    pub tests: Vec<PolicyTest>,
}

/// Where a version goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveAs {
    /// It begins a policy of this name.
    New(PolicyName),
    /// It is the next version of a policy.
    Next {
        /// The policy.
        policy: PolicyUid,
        /// The version that the author had before them, which must still be the newest.
        based_on: u32,
    },
}

/// A version that was saved. Its tokens name it by [`NamedPolicy::source`], once it is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SavedPolicy {
    /// The policy.
    pub policy: PolicyUid,
    /// The number of the version.
    pub version: u32,
}

impl NewVersion {
    /// A text for Review Board 8.1, without note, findings, template and tests.
    #[must_use]
    pub fn of(save_as: SaveAs, text: impl Into<String>) -> Self {
        Self {
            save_as,
            text: text.into(),
            note: String::new(),
            findings: Vec::new(),
            template: None,
            catalog: None,
            tests: Vec::new(),
        }
    }
}

/// Decides that a version is saved.
///
/// # Errors
///
/// [`LibraryError`] names the first thing that is wrong: the name or the policy, the text, or that it is saved already.
pub fn save_policy(
    workspace: &Workspace,
    call: &NewVersion,
    entropy: &dyn Entropy,
) -> Result<(Vec<EventBody>, SavedPolicy), LibraryError> {
    let (policy, name, version) = match &call.save_as {
        SaveAs::New(name) => {
            check_name(workspace, name, None)?;
            (PolicyUid::draw(&entropy)?, name.clone(), 1)
        }
        SaveAs::Next { policy, based_on } => {
            let known = next_of(workspace, *policy, *based_on)?;
            if known.newest().is_some_and(|newest| is_saved(newest, call)) {
                return Err(LibraryError::Unchanged("the newest version"));
            }
            (known.uid, known.name.clone(), known.next_number())
        }
    };
    check_text(workspace, call)?;
    check_words("note", &call.note)?;
    check_json("test", &call.tests)?;
    let findings: BTreeSet<FindingCode> = call.findings.iter().cloned().collect();
    let saved = PolicySaved {
        policy,
        name,
        version,
        text: call.text.clone(),
        note: call.note.trim().to_owned(),
        findings: findings.into_iter().collect(),
        template: call.template.clone(),
        catalog: call.catalog.clone(),
        tests: call.tests.clone(),
    };
    Ok((vec![EventBody::PolicySaved(Box::new(saved))], SavedPolicy { policy, version }))
}

/// Refuses a name that another policy is offered under, or that looks like another one.
pub(super) fn check_name(
    workspace: &Workspace,
    name: &PolicyName,
    policy: Option<PolicyUid>,
) -> Result<(), LibraryError> {
    check_words("name", name.as_str())?;
    if name.as_str().trim() != name.as_str() {
        return Err(LibraryError::BlankAround);
    }
    match workspace.library().policy_called(name) {
        Some(other) if Some(other.uid) != policy => Err(LibraryError::NameTaken(other.name.clone())),
        _ => Ok(()),
    }
}

/// Refuses words that hold a token.
pub(super) fn check_words(field: &'static str, words: &str) -> Result<(), LibraryError> {
    if looks_like_token(words) { Err(LibraryError::LooksLikeToken { field }) } else { Ok(()) }
}

/// Refuses what holds a token in any of its texts.
pub(super) fn check_json(field: &'static str, value: &impl Serialize) -> Result<(), LibraryError> {
    // What cannot be written is not kept either.
    let is_clean = serde_json::to_string(value).is_ok_and(|json| !json_holds_token(&json));
    if is_clean { Ok(()) } else { Err(LibraryError::LooksLikeToken { field }) }
}

/// A policy that may get another version, on top of the one that the author had before them.
fn next_of(workspace: &Workspace, policy: PolicyUid, based_on: u32) -> Result<&NamedPolicy, LibraryError> {
    let known: &NamedPolicy = workspace.library().policy(policy).ok_or(LibraryError::UnknownPolicy(policy))?;
    if known.is_archived {
        return Err(LibraryError::Archived(known.name.clone()));
    }
    match known.newest() {
        Some(newest) if newest.number != based_on => {
            Err(LibraryError::SavedMeanwhile { name: known.name.clone(), newest: newest.number })
        }
        _ => Ok(known),
    }
}

fn is_saved(newest: &PolicyVersion, call: &NewVersion) -> bool {
    newest.text == call.text
        && newest.note == call.note.trim()
        && newest.catalog == call.catalog
        && newest.tests == call.tests
}

fn check_text(workspace: &Workspace, call: &NewVersion) -> Result<(), LibraryError> {
    let text = call.text.as_str();
    if text.len() > LONGEST_POLICY {
        return Err(LibraryError::TooLong { what: "policy", bytes: text.len(), limit: LONGEST_POLICY });
    }
    if json_holds_token(text) {
        return Err(LibraryError::LooksLikeToken { field: "policy" });
    }
    match &call.catalog {
        None => held_text(text).map(drop).map_err(refused),
        Some(name) => {
            let known = workspace.library().catalog(name).ok_or_else(|| LibraryError::UnknownCatalog(name.clone()))?;
            let catalog = known.read().map_err(|error| LibraryError::Catalog(error.cause))?;
            let checked = tollgate_policy::check(text, &catalog);
            let first = || checked.diagnostics().first().map_or_else(String::new, |found| found.message.clone());
            if checked.policy().is_some() { Ok(()) } else { Err(LibraryError::Policy(first())) }
        }
    }
}

fn refused(error: TokenError) -> LibraryError {
    match error {
        TokenError::LooksLikeToken { field } => LibraryError::LooksLikeToken { field },
        TokenError::Policy(message) => LibraryError::Policy(message),
        other => LibraryError::Policy(other.to_string()),
    }
}
