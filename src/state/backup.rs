//! The file that the workspace is backed up to, where the browser has such files.

use leptos::prelude::*;
use tollgate_browser::{BackupError, BackupFile, BackupPermission};
use tollgate_tokens::{Archive, Journal as _, Ledger, Relation, Timestamp};

use super::Console;
use super::console::After;
use super::earlier::hold_everything;
use super::export::{WorkspaceText, workspace_text};
use super::task::task;
use crate::Services;
use crate::format;

/// What is known of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BackupStage {
    /// It is being looked for.
    #[default]
    Unknown,
    /// This browser has no such files.
    Missing,
    /// None was picked.
    Unpicked,
    /// One was picked.
    Picked {
        /// Its name.
        name: String,
        /// When it was written last.
        written: Option<Timestamp>,
        /// Whether it may be written to now.
        permission: BackupPermission,
    },
}

/// The backup of one workspace.
#[derive(Clone, Copy)]
pub struct Backup {
    held: Held,
    pick: Action<(), ()>,
    write: Action<(), ()>,
    forget: Action<(), ()>,
}

#[derive(Clone, Copy)]
struct Held {
    after: After,
    stage: RwSignal<BackupStage>,
    file: StoredValue<Option<BackupFile>, LocalStorage>,
}

impl Backup {
    /// The state of the section; the file is looked for at once.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        let held = Held { after, stage: RwSignal::new(BackupStage::Unknown), file: StoredValue::new_local(None) };
        let look = task(move |(): &()| held.look());
        look.dispatch(());
        Self {
            held,
            pick: task(move |(): &()| held.pick()),
            write: task(move |(): &()| held.write()),
            forget: task(move |(): &()| held.forget()),
        }
    }

    /// What is known of the file.
    #[must_use]
    pub fn stage(self) -> Signal<BackupStage> {
        self.held.stage.into()
    }

    /// Whether the file is being picked or written.
    #[must_use]
    pub fn is_pending(self) -> Signal<bool> {
        let (pick, write) = (self.pick.pending(), self.write.pending());
        Signal::derive(move || pick.get() || write.get())
    }

    /// Lets the user pick a file, and writes to it.
    pub fn pick(self) {
        self.pick.dispatch(());
    }

    /// Writes the workspace to the file, after asking for the permission where that is needed.
    pub fn write(self) {
        self.write.dispatch(());
    }

    /// Forgets the file, which stays as it is.
    pub fn forget(self) {
        self.forget.dispatch(());
    }
}

impl Held {
    async fn look(self) {
        if !BackupFile::is_supported() {
            self.stage.try_set(BackupStage::Missing);
            return;
        }
        match BackupFile::kept(self.after.services().workspace.as_str()).await {
            Ok(file) => self.show(file).await,
            Err(error) => {
                self.after.notices.failed(format!("The file of the last backup is not known: {error}"));
                self.show(None).await;
            }
        }
    }

    async fn show(self, file: Option<BackupFile>) {
        let stage = match &file {
            None => BackupStage::Unpicked,
            Some(file) => {
                let permission = file.permission().await;
                BackupStage::Picked { name: file.name(), written: file.written(), permission }
            }
        };
        self.file.try_set_value(file);
        self.stage.try_set(stage);
    }

    async fn pick(self) {
        let services = self.after.services();
        let workspace = services.workspace.as_str();
        match BackupFile::pick(workspace, &format!("tollgate-{workspace}.json")).await {
            Ok(Some(file)) => {
                self.show(Some(file)).await;
                self.write().await;
            }
            Ok(None) => {}
            Err(error) => self.after.notices.failed(format!("No file was picked: {error}")),
        }
    }

    async fn write(self) {
        let Some(mut file) = self.file.try_get_value().flatten() else { return };
        match back_up(&self.after.services(), &mut file).await {
            Ok(words) => self.after.notices.done(words, None),
            Err(why) => self.after.notices.failed(format!("Nothing was backed up: {why}")),
        }
        self.show(Some(file)).await;
    }

    async fn forget(self) {
        let Some(file) = self.file.try_get_value().flatten() else { return };
        let name = file.name();
        match file.forget().await {
            Ok(()) => {
                self.show(None).await;
                self.after.notices.done(format!("{name} is no longer written to; it stays as it is"), None);
            }
            Err(error) => self.after.notices.failed(format!("The file was not forgotten: {error}")),
        }
    }
}

async fn back_up(services: &Services, file: &mut BackupFile) -> Result<String, String> {
    allow(file).await.map_err(|error| error.to_string())?;
    let there = file.read().await.map_err(|error| error.to_string())?;
    hold_everything(services).await.map_err(|error| error.to_string())?;
    services.manager.journal().read(|ledger| check(&there, ledger))?;
    let WorkspaceText { text, records } = workspace_text(services).await?;
    file.write(&text, services.manager.now()).await.map_err(|error| error.to_string())?;
    Ok(format!("{} backed up to {}", format::plural(records, "record", "records"), file.name()))
}

/// Asks for the permission, where the browser does not know it yet.
async fn allow(file: &BackupFile) -> Result<(), BackupError> {
    let is_granted = file.permission().await == BackupPermission::Granted
        || file.request_permission().await == BackupPermission::Granted;
    if is_granted { Ok(()) } else { Err(BackupError::NotAllowed { name: file.name() }) }
}

/// Refuses to write over what may be all that is left: only an empty file and an earlier backup of this very history
/// are, and only by a whole one.
fn check(there: &str, here: &Ledger) -> Result<(), String> {
    if let Some(damage) = here.damage().next() {
        return Err(format!(
            "the journal is damaged ({damage}): export it, record a repair under Activity, then back up"
        ));
    }
    if there.trim().is_empty() {
        return Ok(());
    }
    let archive = Archive::read(there)
        .map_err(|error| format!("the file holds something else than a backup ({error}): pick another file"))?;
    match Relation::of(here, archive.ledger()) {
        Relation::Same | Relation::EndsEarlier { .. } => Ok(()),
        Relation::GoesOn { entries } => {
            let entries = format::plural(entries, "entry that is", "entries that are");
            Err(format!("the file holds {entries} not here: import it, or pick another file"))
        }
        Relation::Fresh | Relation::Parted { .. } | Relation::Unrelated => {
            Err("the file holds another history than this: import it, or pick another file".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::{identity, memory_manager_on, noon};
    use tollgate_tokens::{MemoryStorage, StoredRecord, archive_text};

    use super::super::test_support::at_once;
    use super::*;

    /// A history with a user for each letter.
    fn history(number: u8, users: &str) -> Vec<StoredRecord> {
        let storage = MemoryStorage::default();
        let manager = memory_manager_on(&storage, number);
        for user in users.chars() {
            at_once(manager.add_user(user.to_string().parse().unwrap(), Powers::default())).unwrap();
        }
        storage.records()
    }

    #[track_caller]
    fn refused(there: &[StoredRecord], here: &[StoredRecord]) -> String {
        let text = archive_text(there, Some(identity(1).epoch), noon()).unwrap_or_default();
        let ledger = Ledger::load(identity(9), here.to_vec());
        check(&text, &ledger).err().unwrap_or_default()
    }

    #[test]
    fn an_empty_file_and_an_earlier_backup_are_written_over() {
        let here = history(1, "abc");
        for earlier in 0..=3 {
            assert_eq!(refused(&here[..earlier], &here), "");
        }
        assert_eq!(check(" \n", &Ledger::load(identity(9), here)), Ok(()));
    }

    #[test]
    fn what_may_be_all_that_is_left_is_not() {
        let there = history(1, "abc");
        let said = "the file holds another history than this: import it, or pick another file";
        assert_eq!(refused(&there, &[]), said, "a browser that lost everything");
        assert_eq!(refused(&there, &history(1, "abd")), said);
        assert_eq!(
            refused(&there, &there[..2]),
            "the file holds 1 entry that is not here: import it, or pick another file"
        );
        let elsewhere = check("dear diary", &Ledger::load(identity(9), there)).unwrap_err();
        assert!(
            elsewhere.starts_with("the file holds something else than a backup (the file is not JSON"),
            "{elsewhere}"
        );
    }

    #[test]
    fn a_damaged_journal_is_not_written_over_a_whole_one() {
        let there = history(1, "ab");
        let mut here = history(1, "abc");
        here[2].bytes[60] ^= 1;
        assert!(refused(&there, &here).starts_with("the journal is damaged (entry 4: "));
    }
}
