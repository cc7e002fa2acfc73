//! `/settings`: storage, files, service, look, workspace, and what this program is.

mod backup;
mod import;
mod page;
mod sections;
mod service;
mod storage;
mod transfer;

pub(crate) use page::SettingsPage;
