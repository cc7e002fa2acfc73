//! The token manager: what an act decides, and the one place that appends it.
//!
//! Deciding is pure: functions of a [`Workspace`](crate::Workspace) that give events and an outcome.
//! [`Manager`] runs them inside an append, so that they see the newest state of every tab.

pub mod checked;
pub mod compatible;
pub mod join;
pub mod library;
mod login;
mod operation;
pub mod people;
mod record;
pub mod repair;
pub mod settings;

pub use login::log_in;
pub use operation::{Manager, Operation};
