//! Looks at policy texts off the main thread, so that the page stays responsive.
//!
//! What is looked at and how is not known here: texts go in, and reports come back as JSON.

pub mod analysis;
mod client;
mod message;
mod report;
mod server;

pub use client::{OFF_THREAD_BYTES, PolicyWorker, SentCatalog, WorkerError};
pub use message::{NamedCatalog, PolicyAnswer, PolicyQuestion, PolicyTask};
pub use report::{CheckReport, ReportVerdict, ReportedDiagnostic, ReportedLabel};
pub use server::serve;
