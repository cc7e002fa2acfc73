//! Fixes for what the server refuses.
//!
//! A refused text decides nothing, so none of them keeps a decision; where there are several ways to mend a text, the
//! one that allows less comes first.

pub(super) mod not_a_policy;
pub(super) mod not_list;
pub(super) mod not_rules;
pub(super) mod resources_missing;
pub(super) mod section_without_rules;
pub(super) mod unknown_policy_id;
