//! `/activity`: the record, and whether it is whole.

mod checkpoints;
mod entries;
mod page;
mod wholeness;

pub(crate) use page::ActivityPage;
