//! What few starts need, as programs of their own: a page can load them when one of its starts does.

use std::pin::Pin;
use std::rc::Rc;

use tollgate_tokens::{JournalError, Ledger, RecordHead, StoredRecord, Token};
use web_sys::IdbDatabase;

use super::early::EarlyLook;
use super::recover::{Recovered, recover};
use super::settle::MirrorOpening;
use super::shared::Shared;
use super::start::{Opening, resume};
use crate::compaction::Resumable;
use crate::mirror::Mirror;
use crate::witness::Witness;

/// A future of any shape, on this thread.
pub(super) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Looking at a snapshot, going on from it, and writing back from the second copy.
///
/// The functions are named here and nowhere else on the way of a start, so that a program that is cut in parts may keep
/// them in another one.
#[derive(Clone, Copy)]
pub struct RareParts {
    pub(super) glance: for<'a> fn(&'a IdbDatabase, &'a [u8], usize) -> Boxed<'a, Option<Glance>>,
    pub(super) resume: for<'a> fn(&'a Opening<'a>, &'a Resumable) -> Boxed<'a, Option<Ledger>>,
    pub(super) settle: fn(Rc<Shared>, MirrorOpening) -> Boxed<'static, ()>,
    pub(super) recover: for<'a> fn(WriteBack<'a>) -> Boxed<'a, Result<Recovered, JournalError>>,
}

/// The newest tokens of a snapshot, before anything was checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Glance {
    /// How many tokens there are.
    pub tokens: usize,
    /// The newest of them, oldest first.
    pub newest: Vec<Token>,
}

/// What is compared at a start whose second copy holds more than the database.
pub(super) struct WriteBack<'a> {
    pub(super) database: &'a IdbDatabase,
    pub(super) records: Vec<StoredRecord>,
    pub(super) mirror: &'a Mirror,
    pub(super) mirrored: &'a [RecordHead],
    pub(super) witness: Option<&'a Witness>,
}

impl RareParts {
    /// The parts themselves. Whoever calls this has them in the same program.
    #[must_use]
    pub fn here() -> Self {
        Self { glance, resume: resume_boxed, settle, recover: recover_boxed }
    }
}

fn glance<'a>(database: &'a IdbDatabase, current: &'a [u8], most: usize) -> Boxed<'a, Option<Glance>> {
    Box::pin(async move {
        let look = EarlyLook::of(database, current)?;
        let newest = look.newest(most).await?;
        Some(Glance { tokens: look.token_count(), newest })
    })
}

fn resume_boxed<'a>(opening: &'a Opening<'a>, found: &'a Resumable) -> Boxed<'a, Option<Ledger>> {
    Box::pin(resume(opening, found))
}

fn settle(shared: Rc<Shared>, mirror: MirrorOpening) -> Boxed<'static, ()> {
    Box::pin(async move { shared.settle(mirror).await })
}

fn recover_boxed(given: WriteBack<'_>) -> Boxed<'_, Result<Recovered, JournalError>> {
    Box::pin(recover(given))
}
