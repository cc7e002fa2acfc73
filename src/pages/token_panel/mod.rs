//! One token: what it is, what it may do, and what can be done with it. Shown beside the list and on its own page.

mod acts;
mod edit;
mod facts;
mod kept;
mod panel;
mod rotate;

pub(super) use acts::Acts;
pub(super) use facts::Facts;
pub(super) use panel::TokenPanel;
