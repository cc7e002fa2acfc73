//! `/settings`: storage, look, workspace, and what this program is.

mod page;
mod sections;
mod storage;

pub(crate) use page::SettingsPage;
