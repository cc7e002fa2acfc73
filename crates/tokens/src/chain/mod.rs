//! The hash chain: records, the ledger that reads and drafts them, what is wrong with a damaged one, and the packing of
//! old ones.

mod damage;
mod ledger;
mod links;
mod reader;
mod record;
mod resume;
mod segment;
mod verify;

pub use damage::{Damage, DamageReason};
pub use ledger::{Base, Draft, DraftError, Entry, FollowError, Identity, Ledger, Refreshed};
pub use links::LinkCheck;
pub use record::{RecordHash, RecordHead, StoredRecord};
pub use resume::entries_before;
pub use segment::Segment;
pub use verify::{Verification, verify};
