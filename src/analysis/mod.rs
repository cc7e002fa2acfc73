//! What the workbench tells about a policy text: a text and a question go in, what is shown comes out.
//!
//! Nothing here knows a page or a worker. The page calls it for small texts; the worker's program, which calls it for
//! large ones, takes this folder in by its path, so that it need not hold the app.

mod cell;
mod changes;
mod compare;
mod counts;
mod desk;
mod expectations;
mod explain;
mod guardrails;
mod import;
mod lint;
mod look;
mod meaning;
mod operations;
mod proposals;
pub(crate) mod reported;
pub(crate) mod requests;
mod saving;
mod smallest;
mod subject;
mod table;
mod words;

pub(crate) use desk::Desk;
pub(crate) use import::import;
pub(crate) use look::look;
