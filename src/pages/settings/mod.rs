//! `/settings`: storage, service, look, workspace, and what this program is.

mod page;
mod sections;
mod service;
mod storage;

pub(crate) use page::SettingsPage;
