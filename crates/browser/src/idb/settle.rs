//! The second part of a start that went on from a snapshot: the mirror is compared with the database after the page has
//! its state, and before it writes anything.

use std::rc::Rc;

use tollgate_tokens::{JournalError, RecordHead, StoredRecord};
use wasm_bindgen_futures::spawn_local;

use super::fill::fill;
use super::journal::IndexedDbJournal;
use super::rare::{Boxed, WriteBack};
use super::recover::{Recovered, recover};
use super::shared::Shared;
use super::stores::read_everything;
use crate::mirror::{Mirror, agree};
use crate::notices::JournalNotice;
use crate::witness;

/// A mirror that is being opened, and what it holds.
pub(super) type MirrorOpening = Boxed<'static, (Mirror, Vec<RecordHead>)>;

impl Shared {
    /// Waits for the mirror. If it holds what the database lacks, that is written back, as at any start.
    pub(super) async fn settle(self: &Rc<Self>, mirror: MirrorOpening) {
        let (mirror, mirrored) = mirror.await;
        if !mirror.is_kept() || self.is_mirrored(&mirrored).await {
            return self.second_copy.open(mirror);
        }
        let recovered = self.recover_from(&mirror, &mirrored).await;
        self.second_copy.open(mirror);
        match recovered {
            Ok(unmirrored) => self.complete_mirror(unmirrored),
            // As a start that fails: the page shows what it has, and none of the missing numbers is given out again.
            Err(error) => {
                self.notices.tell(&JournalNotice::Closed { cause: error.to_string() });
                self.lost.replace(Some(error));
            }
        }
    }

    /// Copies what lies in the database alone.
    pub(super) fn complete_mirror(self: &Rc<Self>, unmirrored: Vec<StoredRecord>) {
        if !unmirrored.is_empty() {
            let lock = format!("tollgate/{}/mirror-fill", self.workspace);
            spawn_local(fill(IndexedDbJournal { shared: Rc::clone(self) }, lock, unmirrored));
        }
    }

    /// Whether both copies hold the same records. Reads the segments, but unpacks none.
    async fn is_mirrored(self: &Rc<Self>, mirrored: &[RecordHead]) -> bool {
        let Ok(database) = self.database().await else { return false };
        let claims = read_everything(&database).await.ok().and_then(|everything| everything.claims());
        claims.is_some_and(|claims| agree(&claims, mirrored))
    }

    async fn recover_from(
        self: &Rc<Self>,
        mirror: &Mirror,
        mirrored: &[RecordHead],
    ) -> Result<Vec<StoredRecord>, JournalError> {
        let database = self.database().await?;
        let records = self.read_all().await?;
        let witness = witness::read(&self.workspace);
        let recovered =
            recover(WriteBack { database: &database, records, mirror, mirrored, witness: witness.as_ref() }).await?;
        let Recovered { records, restored, apart, unmirrored } = recovered;
        if restored.is_some() {
            // No event id of what was missing is used again.
            let identity = witness::renewed(&self.workspace, self.identity.get());
            self.identity.set(identity);
            self.take_over(identity, records)?;
        }
        for warning in restored.into_iter().chain(apart) {
            self.warnings.borrow_mut().push(warning.clone());
            self.notices.tell(&JournalNotice::Warning(warning));
        }
        Ok(unmirrored)
    }
}
