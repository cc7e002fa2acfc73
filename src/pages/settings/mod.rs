//! `/settings`: storage, vault, the program's start, service, look, workspace, and what this program is.

mod page;
mod program;
mod sections;
mod service;
mod storage;
mod vault;
mod vault_questions;

pub(crate) use page::SettingsPage;
