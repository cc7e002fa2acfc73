//! Records of the mirror that do not fit the database: read for somebody who wants to save them, and taken out of the
//! files for somebody who does not want them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tollgate_tokens::{JournalError, RecordHash, RecordHead};

use super::journal::IndexedDbJournal;
use super::shared::{Shared, Work};
use crate::mirror::{Mirror, plan};
use crate::open::StartWarning;
use crate::witness;

/// What a line begins with, where a raw export of the database has the name of a store.
const MIRROR: &str = "mirror";

impl IndexedDbJournal {
    /// The records of the second copy that do not continue what lies in the database, as lines of text: `mirror`, the
    /// number of the record, and its bytes in base 64. Nothing is changed. Linear in both copies.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the browser's reason, also where there is no second copy.
    pub async fn apart_export(&self) -> Result<String, JournalError> {
        self.ask(|reply| Work::turn(reply, Shared::apart_lines)).await
    }

    /// Takes these records out of the files of the second copy, for good, and answers how many other tabs hold some of
    /// them still. What fits the database stays. Linear in both copies.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the browser's reason, also where there is no second copy; some of them may be gone then.
    pub async fn discard_apart(&self) -> Result<u32, JournalError> {
        self.ask(|reply| Work::turn(reply, Shared::discard_apart)).await
    }
}

impl Shared {
    async fn apart_lines(self: Rc<Self>) -> Result<String, JournalError> {
        let (mirror, apart) = self.apart().await?;
        let mut found: BTreeMap<(u64, RecordHash), Vec<u8>> = BTreeMap::new();
        for record in mirror.records().await.map_err(failed)? {
            if let Some(head) = RecordHead::claimed(&record.bytes).filter(|head| apart.contains(&head.hash)) {
                found.insert((head.sequence, head.hash), record.bytes);
            }
        }
        if found.len() < apart.len() {
            return Err(failed(format!("only {} of {} records could be read again", found.len(), apart.len())));
        }
        let line = |((number, _), bytes): (&(u64, RecordHash), &Vec<u8>)| {
            format!("{MIRROR} {number} {}\n", STANDARD.encode(bytes))
        };
        Ok(found.iter().map(line).collect())
    }

    async fn discard_apart(self: Rc<Self>) -> Result<u32, JournalError> {
        let (mirror, apart) = self.apart().await?;
        let held = if apart.is_empty() { 0 } else { mirror.discard(&apart).await.map_err(failed)? };
        if held == 0 {
            self.warnings.borrow_mut().retain(|warning| !matches!(warning, StartWarning::Apart { .. }));
        }
        Ok(held)
    }

    /// What does not fit, decided as at a start, by what lies in both copies now.
    async fn apart(self: &Rc<Self>) -> Result<(&Mirror, BTreeSet<RecordHash>), JournalError> {
        self.check_not_lost()?;
        let mirror = self.second_copy.mirror().ok_or_else(|| failed("there is no second copy".to_owned()))?;
        // Read before the database: what another tab mirrors meanwhile lies there by then.
        let mirrored = mirror.heads().await.map_err(failed)?;
        let stored = self.read_all().await?;
        let epoch = witness::read(&self.workspace).map(|witness| witness.epoch);
        let apart = plan(&stored, &mirrored, epoch).apart;
        Ok((mirror, apart.into_iter().map(|head| head.hash).collect()))
    }
}

fn failed(cause: String) -> JournalError {
    JournalError::Failed { cause }
}
