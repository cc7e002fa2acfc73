//! A look at the snapshot before the journal is open, for which only the chunks are read that are looked at.

use std::cell::RefCell;
use std::ops::Range;

use tollgate_inventory::{PartialSnapshot, Partly, SnapshotError};
use tollgate_tokens::{Token, TokenDigest};
use web_sys::IdbDatabase;

use super::stores::read_chunks;
use crate::compaction::Current;

/// The tokens of the snapshot that counts, while the journal is being opened.
///
/// What it answers is as of the snapshot, and nothing of it was checked. Where it has no answer it says `None`: a chunk
/// may be damaged, or another tab has put another snapshot in the place of this one. The start finds out which.
#[derive(Debug)]
pub struct EarlyLook {
    database: IdbDatabase,
    generation: u64,
    /// With the chunks that were read so far.
    known: RefCell<PartialSnapshot>,
}

impl EarlyLook {
    /// `None` when `current`, which says what snapshot counts, cannot be read.
    pub(super) fn of(database: &IdbDatabase, current: &[u8]) -> Option<Self> {
        let Current { generation, manifest } = Current::from_bytes(current)?;
        let known = RefCell::new(PartialSnapshot::new(manifest));
        Some(Self { database: database.clone(), generation, known })
    }

    /// How many tokens there are.
    #[must_use]
    pub fn token_count(&self) -> usize {
        self.known.borrow().token_count()
    }

    /// Some tokens in the order of their numbers, counted from 0; those behind the end are left out.
    pub async fn rows(&self, rows: Range<usize>) -> Option<Vec<Token>> {
        self.answer(|known| known.rows(rows.clone())).await
    }

    /// The newest tokens, oldest first, and at most so many.
    pub async fn newest(&self, most: usize) -> Option<Vec<Token>> {
        let count = self.token_count();
        self.rows(count.saturating_sub(most)..count).await
    }

    /// The token whose secret has this digest; `None` also where no token has it.
    pub async fn find(&self, digest: &TokenDigest) -> Option<Token> {
        let row = self.answer(|known| known.find(digest)).await??;
        self.rows(row..row.saturating_add(1)).await?.pop()
    }

    /// Asks, and reads what the answer takes, until there is one. Each time at least one chunk more is known.
    async fn answer<T>(&self, ask: impl Fn(&PartialSnapshot) -> Result<Partly<T>, SnapshotError>) -> Option<T> {
        loop {
            let asked = ask(&self.known.borrow());
            match asked.ok()? {
                Partly::Known(answer) => return Some(answer),
                Partly::Needs(chunks) => self.read(chunks).await?,
            }
        }
    }

    async fn read(&self, numbers: Vec<usize>) -> Option<()> {
        let chunks = read_chunks(&self.database, self.generation, &numbers).await.ok()??;
        let mut known = self.known.borrow_mut();
        for (number, bytes) in numbers.into_iter().zip(chunks) {
            known.add(number, bytes);
        }
        Some(())
    }
}
