//! Saving what lies in a database that this version may not open.

use leptos::prelude::*;
use tollgate_browser::{Preference as _, WorkspaceName, raw_export, save_file};
use tollgate_tokens::JournalError;

use super::acts::Act;
use super::task::task;
use crate::lazy::{NotLoaded, loaded};
use crate::services::StartError;

/// The way out for data of a newer version.
#[derive(Clone, Copy)]
pub struct RawExport {
    said: ReadSignal<String>,
    save: Action<(), ()>,
}

impl RawExport {
    /// The way out, where a start failed for that reason.
    #[must_use]
    pub fn of(error: &StartError) -> Option<Self> {
        if !matches!(error, StartError::Journal(JournalError::Newer { .. })) {
            return None;
        }
        let (said, set_said) = signal(String::new());
        Some(Self {
            said,
            save: task(move |(): &()| async move {
                match loaded!(save(set_said)) {
                    Ok(saving) => saving.await,
                    Err(error) => drop(set_said.try_set(format!("Nothing was saved: {error}."))),
                }
            }),
        })
    }

    /// Saves every record as it lies in the database, a line each.
    pub fn save(self) {
        self.save.dispatch(());
    }

    /// What became of that; empty before.
    #[must_use]
    pub fn said(self) -> ReadSignal<String> {
        self.said
    }
}

#[cfg_attr(feature = "split", leptos::wasm_split::wasm_split(rest, fallible, wasm_split_path = leptos::wasm_split))]
fn save(said: WriteSignal<String>) -> Result<Act, NotLoaded> {
    Ok(Box::pin(save_records(said)))
}

async fn save_records(said: WriteSignal<String>) {
    let workspace = WorkspaceName::load();
    let name = format!("tollgate-{}.records", workspace.as_str());
    let words = match raw_export(workspace.as_str()).await {
        Ok(lines) => match save_file(&name, "text/plain", lines.as_bytes()) {
            Ok(()) => format!("Saved as {name}."),
            Err(error) => format!("Nothing was saved: {error}."),
        },
        Err(error) => format!("Nothing was saved: {error}."),
    };
    said.try_set(words);
}
