//! Removing a workspace on purpose, with everything that this browser keeps of it.

use tollgate_tokens::JournalError;

use crate::any_journal::{AnyJournal, Replaced};
use crate::idb::{delete_database, forget_backup};
use crate::local_storage::{discard_fallback, fallback_records};

/// Removes an open workspace: its journal wherever that lies, the second copy, and what is remembered of it.
///
/// The file that it was backed up to stays, but is forgotten: the next workspace would be written over it.
/// Every other tab on the workspace lets go and tells its user. Where the browser refuses the database now, one from
/// before stays out of reach.
///
/// # Errors
///
/// [`JournalError`] with the browser's reason; some of it may be gone then.
pub async fn wipe(workspace: &str, journal: &AnyJournal) -> Result<Replaced, JournalError> {
    let is_kept = match journal {
        AnyJournal::Memory(_) => return journal.replace(Vec::new()).await,
        AnyJournal::IndexedDb(_) => true,
        AnyJournal::LocalStorage(_) => false,
    };
    // A fallback that cannot be read holds nothing that could be removed.
    if fallback_records(workspace).is_ok_and(|records| !records.is_empty()) {
        discard_fallback(workspace)?;
    }
    if is_kept {
        remove_database(workspace).await?;
    } else {
        forget_file(workspace).await;
    }
    Ok(Replaced::Reload)
}

/// Removes the database of a workspace, its second copy, and what is remembered of its backup.
///
/// # Errors
///
/// [`JournalError`] with the browser's reason.
pub async fn remove_database(workspace: &str) -> Result<(), JournalError> {
    forget_file(workspace).await;
    delete_database(workspace).await
}

async fn forget_file(workspace: &str) {
    // Where no handle can be kept, none is.
    let _ = forget_backup(workspace).await;
}
