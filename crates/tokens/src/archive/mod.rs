//! Documents that leave this place and come back: a whole workspace, and the fingerprint of its journal.
//!
//! An [`Archive`] holds every record of a journal byte for byte, so that its chain can be checked again wherever it is
//! read; an [`ImportPlan`] says what taking it in would change. A [`Checkpoint`] is what is kept elsewhere, because a
//! chain cannot show that its own end was cut off. A [`SecretsPlan`] says which secrets of a saved vault belong here.
//! Whatever is read is foreign until it was checked: a mistake is named with its place, and nothing is quoted that may
//! be a secret. Where files lie and how they are chosen is left to others.

mod chain_head;
mod checkpoint;
mod comparison;
mod document;
mod error;
mod plan;
mod reader;
mod relation;
mod secrets_plan;
mod suspicion;
mod writer;

pub use chain_head::ChainHead;
pub use checkpoint::Checkpoint;
pub use comparison::Comparison;
pub use document::DocumentError;
pub use error::ArchiveError;
pub use plan::{ImportPlan, MergePlan, ReplacePlan};
pub use reader::{Archive, ArchiveReader};
pub use relation::Relation;
pub use secrets_plan::SecretsPlan;
pub use writer::archive_text;
