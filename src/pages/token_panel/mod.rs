//! One token: what it is, what it may do, and what can be done with it. Shown beside the list and on its own page.

mod acts;
mod facts;
mod panel;

pub(super) use facts::Facts;
pub(super) use panel::TokenPanel;
