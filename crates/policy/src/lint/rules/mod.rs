//! One file for each rule: how it finds what it reports, if `check` does not, and how to be rid of it.

pub(super) mod allow_only;
pub(super) mod child_left_open;
pub(super) mod clients_cannot_start;
pub(super) mod closed_resource;
pub(super) mod duplicate_key;
pub(super) mod empty_section;
pub(super) mod entry_not_text;
pub(super) mod id_never_matches;
pub(super) mod ignored_key;
pub(super) mod list_becomes_500;
pub(super) mod lone_surrogate;
pub(super) mod not_implemented_method;
pub(super) mod override_past_post;
pub(super) mod shared_policy_id;
pub(super) mod unknown_method;
pub(super) mod without_effect;
pub(super) mod wrong_case_method;
