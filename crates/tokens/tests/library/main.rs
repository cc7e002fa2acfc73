//! The library: policies under names, what tokens use of it, guardrails and catalogs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it cannot go on"
)]

mod assigning;
mod desk;
mod guarding;
mod joining;
mod laws;
mod returning;
mod saving;
mod stored;
