//! `/settings`: storage, the program's start, service, look, workspace, and what this program is.

mod page;
mod program;
mod sections;
mod service;
mod storage;

pub(crate) use page::SettingsPage;
