//! What any page may do, as programs that are loaded with the rest: the first page shows, and acts later.

use std::pin::Pin;

use tollgate_browser::{Preference as _, WorkspaceName, reload, remove_database};
use tollgate_tokens::checked::InvalidateCall;
use tollgate_tokens::{EventId, GuardrailOverride};

use super::console::After;
use super::questions::Questions;
use super::{Notices, sample};
use crate::lazy::NotLoaded;

/// An act on its way.
pub(super) type Act = Pin<Box<dyn Future<Output = ()>>>;

/// Does an act, or says why it cannot be done now.
pub(super) async fn perform(notices: Notices, act: Result<Act, NotLoaded>) {
    match act {
        Ok(act) => act.await,
        Err(error) => notices.failed(format!("Nothing was done: {error}. What to do: {}", error.help())),
    }
}

#[cfg_attr(feature = "split", leptos::wasm_split::wasm_split(rest, fallible, wasm_split_path = leptos::wasm_split))]
pub(super) fn undo(
    after: After,
    call: (EventId, Option<GuardrailOverride>),
    questions: Questions,
) -> Result<Act, NotLoaded> {
    Ok(Box::pin(async move {
        let (act, overrides) = call;
        match after.archived_by(act) {
            Some(policy) => {
                if after.restore_policy(policy).await {
                    after.notices.withdraw(act);
                }
            }
            None => after.undo(act, overrides, questions).await,
        }
    }))
}

#[cfg_attr(feature = "split", leptos::wasm_split::wasm_split(rest, fallible, wasm_split_path = leptos::wasm_split))]
pub(super) fn find_and_undo(after: After, act: EventId, questions: Questions) -> Result<Act, NotLoaded> {
    Ok(Box::pin(after.find_and_undo(act, questions)))
}

#[cfg_attr(feature = "split", leptos::wasm_split::wasm_split(rest, fallible, wasm_split_path = leptos::wasm_split))]
pub(super) fn invalidate(after: After, call: InvalidateCall) -> Result<Act, NotLoaded> {
    Ok(Box::pin(async move {
        let _ = after.invalidate(call).await;
    }))
}

#[cfg_attr(feature = "split", leptos::wasm_split::wasm_split(rest, fallible, wasm_split_path = leptos::wasm_split))]
pub(super) fn remove_sample(notices: Notices) -> Result<Act, NotLoaded> {
    Ok(Box::pin(async move {
        let name = sample::name();
        let outcome = remove_database(name.as_str()).await;
        match (outcome, WorkspaceName::default().store()) {
            (Ok(()), Ok(())) => reload(),
            (Err(error), _) => notices.failed(format!("The sample data is still here: {error}")),
            (_, Err(error)) => notices.failed(format!("The workspace cannot be switched: {error}")),
        }
    }))
}
