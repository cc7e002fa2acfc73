//! `/settings`: storage, files, vault, the program's start, service, look, workspace, and what this program is.

mod apart;
mod backup;
mod import;
mod import_changes;
mod page;
mod program;
mod sections;
mod service;
mod storage;
mod transfer;
mod vault;
mod vault_file;
mod vault_questions;

pub(crate) use page::SettingsPage;
