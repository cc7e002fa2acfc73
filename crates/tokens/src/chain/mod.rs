//! The hash chain: records, the ledger that reads and drafts them, and what is wrong with a damaged one.

mod damage;
mod ledger;
mod reader;
mod record;
mod verify;

pub use damage::{Damage, DamageReason};
pub use ledger::{Base, Draft, DraftError, Entry, FollowError, Identity, Ledger, Refreshed};
pub use record::{RecordHash, RecordHead, StoredRecord};
pub use verify::{Verification, verify};
