//! Putting guardrails up, changing them, and taking them down.

use tollgate_policy::guardrail::Guardrail;

use super::LibraryError;
use super::save::{check_json, check_words};
use crate::event::EventBody;
use crate::ids::GuardrailUid;
use crate::model::{GuardrailRecord, Workspace};
use crate::ports::Entropy;

/// What a guardrail shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGuardrail {
    /// What it demands, and of which tokens.
    pub guardrail: Guardrail,
    /// Why it is there; may be empty.
    pub note: String,
}

/// Decides that a guardrail is put up. What goes past it already stays as it is.
///
/// # Errors
///
/// [`LibraryError`] when it holds a token, or there is one that demands the same under the same name.
pub fn add_guardrail(
    workspace: &Workspace,
    call: &NewGuardrail,
    entropy: &dyn Entropy,
) -> Result<(Vec<EventBody>, GuardrailUid), LibraryError> {
    let record = checked(GuardrailUid::draw(&entropy)?, call)?;
    if workspace.library().guardrails().any(|known| known.guardrail == record.guardrail) {
        return Err(LibraryError::Unchanged("a guardrail"));
    }
    let uid = record.uid;
    Ok((vec![EventBody::GuardrailAdded(Box::new(record))], uid))
}

/// Decides that a guardrail is another one from now on.
///
/// # Errors
///
/// As those of [`add_guardrail`], and [`LibraryError::UnknownGuardrail`].
pub fn change_guardrail(
    workspace: &Workspace,
    uid: GuardrailUid,
    call: &NewGuardrail,
) -> Result<(Vec<EventBody>, ()), LibraryError> {
    let known: &GuardrailRecord = workspace.library().guardrail(uid).ok_or(LibraryError::UnknownGuardrail(uid))?;
    let record = checked(uid, call)?;
    if *known == record {
        return Err(LibraryError::Unchanged("the guardrail"));
    }
    Ok((vec![EventBody::GuardrailChanged(Box::new(record))], ()))
}

/// Decides that a guardrail is taken down.
///
/// # Errors
///
/// [`LibraryError::UnknownGuardrail`].
pub fn remove_guardrail(workspace: &Workspace, uid: GuardrailUid) -> Result<(Vec<EventBody>, ()), LibraryError> {
    match workspace.library().guardrail(uid) {
        Some(_) => Ok((vec![EventBody::GuardrailRemoved(uid)], ())),
        None => Err(LibraryError::UnknownGuardrail(uid)),
    }
}

fn checked(uid: GuardrailUid, call: &NewGuardrail) -> Result<GuardrailRecord, LibraryError> {
    check_words("note", &call.note)?;
    check_json("guardrail", &call.guardrail)?;
    Ok(GuardrailRecord { uid, guardrail: call.guardrail.clone(), note: call.note.trim().to_owned() })
}
