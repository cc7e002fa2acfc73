//! A fingerprint of the journal that is kept elsewhere.

use serde::{Deserialize, Serialize};

use super::chain_head::{ChainHead, hash_text};
use super::document::{self, DocumentError, Kind};
use crate::chain::{Ledger, RecordHash};
use crate::ids::Epoch;
use crate::time::{Timestamp, iso_text};

const KIND: Kind = Kind { format: "tollgate-checkpoint", version: 1 };

/// Where a journal ended at some instant: the number of its newest entry, and the hash that all before it goes into.
///
/// A chain without its end is a whole chain, and one that was written anew has right hashes. Only what was kept
/// elsewhere shows either; [`compare`](Self::compare) says which.
///
/// ```
/// use tollgate_tokens::test_support::{memory_manager, noon};
/// use tollgate_tokens::{Checkpoint, Comparison, Journal as _, people::Powers};
/// # pollster::block_on(async {
/// let manager = memory_manager();
/// manager.add_user("ci-bot".parse()?, Powers::default()).await?;
/// let saved = manager.journal().read(|ledger| Checkpoint::of(ledger, noon())).map(|checkpoint| checkpoint.to_text());
/// manager.add_user("jenkins".parse()?, Powers::default()).await?;
/// let checkpoint = Checkpoint::read(&saved.unwrap_or_default())?;
/// let found = manager.journal().read(|ledger| checkpoint.compare(ledger));
/// assert_eq!(found, Comparison::Same { since: 1 });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the history.
    pub epoch: Epoch,
    /// Where it ended.
    pub head: ChainHead,
    /// When it was looked at.
    pub at: Timestamp,
}

/// The stored shape of a checkpoint, version 1.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: String,
    version: u32,
    epoch: Epoch,
    sequence: u64,
    #[serde(with = "hash_text")]
    hash: RecordHash,
    #[serde(with = "iso_text")]
    at: Timestamp,
}

impl Checkpoint {
    /// The checkpoint of a chain as it was read; `None` where there is none yet, or damage waits for a repair: what is
    /// not whole cannot vouch for anything.
    #[must_use]
    pub fn of(ledger: &Ledger, at: Timestamp) -> Option<Self> {
        let (epoch, head) = (ledger.workspace().epoch()?, ChainHead::of(ledger)?);
        ledger.damage().next().is_none().then_some(Self { epoch, head, at })
    }

    /// The checkpoint as a document of a few lines.
    #[must_use]
    pub fn to_text(self) -> String {
        let document = Document {
            format: KIND.format.to_owned(),
            version: KIND.version,
            epoch: self.epoch,
            sequence: self.head.sequence,
            hash: self.head.hash,
            at: self.at,
        };
        // Plain fields can always be written.
        serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
    }

    /// Reads a document again.
    ///
    /// # Errors
    ///
    /// [`DocumentError`] names what is wrong with it and where.
    pub fn read(text: &str) -> Result<Self, DocumentError> {
        let Document { epoch, sequence, hash, at, .. } = document::read(text, KIND)?;
        Ok(Self { epoch, head: ChainHead { sequence, hash }, at })
    }
}
