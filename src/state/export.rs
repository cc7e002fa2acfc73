//! What leaves the browser as a file: the whole workspace, a list of tokens, a checkpoint.

use tollgate_browser::save_file;
use tollgate_tokens::{Journal as _, Timestamp, archive_text};

use super::console::After;
use crate::Services;
use crate::format;

/// A file that is handed to the user.
pub(super) struct NewFile<'text> {
    pub(super) name: String,
    pub(super) media_type: &'static str,
    pub(super) text: &'text str,
}

/// The whole workspace as a document, and how many records it holds.
pub(super) struct WorkspaceText {
    pub(super) text: String,
    pub(super) records: u64,
}

/// Saves the whole workspace as a file: every record as it lies in the store, damaged ones included.
pub(super) async fn export(after: After) {
    let services = after.services();
    match workspace_text(&services).await {
        Ok(WorkspaceText { text, records }) => {
            let name = file_name(services.workspace.as_str(), services.manager.now(), "json");
            let file = NewFile { name, media_type: "application/json", text: &text };
            hand_out(after, &file, &format::plural(records, "record", "records"));
        }
        Err(why) => after.notices.failed(format!("Nothing was exported: {why}")),
    }
}

/// Writes the workspace down as it lies in the store.
pub(super) async fn workspace_text(services: &Services) -> Result<WorkspaceText, String> {
    let journal = services.manager.journal();
    let records = journal.records().await.map_err(|error| error.to_string())?;
    let epoch = journal.read(|ledger| ledger.workspace().epoch());
    let text = archive_text(&records, epoch, services.manager.now());
    let text = text.ok_or_else(|| "nothing has happened here yet".to_owned())?;
    Ok(WorkspaceText { text, records: records.len() as u64 })
}

/// Hands a file to the user, and says what is in it.
pub(super) fn hand_out(after: After, file: &NewFile<'_>, what: &str) {
    match save_file(&file.name, file.media_type, file.text.as_bytes()) {
        Ok(()) => after.notices.done(format!("{what} saved as {}", file.name), None),
        Err(error) => after.notices.failed(format!("Nothing was saved: {error}")),
    }
}

/// A name that says which workspace a file is of, and of which day.
pub(super) fn file_name(workspace: &str, now: Timestamp, ending: &str) -> String {
    format!("tollgate-{workspace}-{}.{ending}", now.date_naive())
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::test_support::noon;

    use super::file_name;

    #[test]
    fn a_file_says_whose_it_is_and_of_which_day() {
        assert_eq!(file_name("main", noon(), "json"), "tollgate-main-2026-11-23.json");
    }
}
