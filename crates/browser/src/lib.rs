//! Everything that touches a browser: stores, clock, entropy, tabs, workers.
//!
//! Each module turns one browser interface into a port of the pure crates and maps every JavaScript failure to that
//! port's error with its real cause.
//! Nothing here decides anything about tokens or policies: that is left to the pure crates.
//! What is shown and when is left to the app.

mod answer;
mod any_journal;
mod apart;
mod backup;
mod cause;
mod clipboard;
mod clock;
mod compaction;
mod document;
mod download;
mod editor;
mod entropy;
mod fetch_text;
mod idb;
mod leaving;
mod local_storage;
mod locks;
mod long_text;
mod mirror;
mod notices;
mod open;
mod picked_file;
mod policy_worker;
mod preferences;
mod script_events;
mod service_worker;
mod storage_health;
mod tabs;
mod trusted_types;
mod turns;
mod vault;
mod web_storage;
mod wipe;
mod witness;
mod worker;

pub use any_journal::{AnyJournal, Replaced, StoreKind};
pub use backup::{BackupError, BackupFile, BackupPermission};
pub use clipboard::{ClipboardError, copy_text};
pub use clock::SystemClock;
pub use compaction::Compacted;
pub use document::{
    Connectivity, EventSubscription, FocusError, connectivity, focus, last_words, on_connectivity, page_address,
    reload, reload_saying, set_root_attribute, set_title,
};
pub use download::{DownloadError, save_file};
pub use editor::{
    Editor, EditorEdit, EditorError, EditorFinding, EditorFix, EditorModule, EditorOffer, EditorOptions, EditorParent,
    EditorSeverity, EditorWords,
};
pub use entropy::OsEntropy;
pub use fetch_text::{FetchError, TextFetch};
pub use idb::{EarlyLook, Glance, IndexedDbJournal, RareParts, delete_database, raw_export};
pub use leaving::LeaveQuestion;
pub use local_storage::{
    FALLBACK_EVENT_LIMIT, FALLBACK_PROMISE, FALLBACK_TOKEN_LIMIT, LocalStorageJournal, discard_fallback,
    fallback_records,
};
pub use long_text::{long_bytes, long_text};
pub use mirror::{MirrorError, MirrorFiles, MirrorState, serve_mirror};
pub use notices::JournalNotice;
pub use open::{Opened, StartWarning, open_journal, open_journal_in_parts};
pub use picked_file::{PickedFile, PickedFileError};
pub use policy_worker::{
    CheckReport, NamedCatalog, OFF_THREAD_BYTES, PolicyAnswer, PolicyQuestion, PolicyTask, PolicyWorker, ReportVerdict,
    ReportedDiagnostic, ReportedLabel, SentCatalog, WorkerError, analysis, serve,
};
pub use preferences::{
    Actor, Columns, DismissedNotices, DraftCatalog, POLICY_DRAFT_LIMIT, POLICY_TESTS_LIMIT, PolicyDraft, PolicyTests,
    Preference, PreferenceError, Theme, WorkspaceName, identity,
};
pub use script_events::{TOKEN_EVENT, tell_scripts};
pub use service_worker::{ProgramCopy, ProgramCopyError, ProgramKeeper, ProgramNotice, UpdateState};
pub use storage_health::{SpaceEstimate, estimate, persist, persisted};
pub use tabs::Tabs;
pub use trusted_types::{
    MIRROR_WORKER_FILE, POLICY_WORKER_FILE, SERVICE_WORKER_FILE, VAULT_WORKER_FILE, WorkerUrl, WorkerUrlError,
};
pub use turns::next_turn;
pub use vault::{
    AutoLock, OpenedVaultFile, Passphrase, Vault, VaultError, VaultFile, VaultFileError, VaultNews, VaultStanding,
    VaultSurvey, serve_vault,
};
pub use wipe::{remove_database, wipe};
pub use witness::Witness;
