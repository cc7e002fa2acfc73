//! The hash chain: records, the ledger that reads and drafts them, what is wrong with a damaged one, and the packing of
//! old ones.

mod damage;
mod ledger;
mod reader;
mod record;
mod segment;
mod verify;

pub use damage::{Damage, DamageReason};
pub use ledger::{Base, Draft, DraftError, Entry, FollowError, Identity, Ledger, Refreshed};
pub use record::{RecordHash, RecordHead, StoredRecord};
pub use segment::Segment;
pub use verify::{Verification, verify};
