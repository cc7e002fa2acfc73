//! `/settings`: storage, files, the program's start, service, look, workspace, and what this program is.

mod backup;
mod import;
mod page;
mod program;
mod sections;
mod service;
mod storage;
mod transfer;

pub(crate) use page::SettingsPage;
