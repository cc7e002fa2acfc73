//! Checks big policy texts off the main thread, so that the page stays responsive.
//!
//! What is checked and how is not known here: texts go in, reports come back as JSON.

mod client;
mod message;
mod report;
mod server;

pub use client::{OFF_THREAD_BYTES, PolicyWorker, WorkerError};
pub use report::{CheckReport, ReportVerdict, ReportedDiagnostic, ReportedLabel};
pub use server::serve;
