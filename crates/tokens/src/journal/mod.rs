//! The journal port: where events are kept, and the stories that every store must pass.

#[cfg(feature = "test-support")]
pub mod contract;
mod error;
mod memory;
mod port;

pub use error::JournalError;
pub use memory::{MemoryJournal, MemoryStorage};
pub use port::{Appended, Decide, Journal};
