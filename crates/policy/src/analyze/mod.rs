//! Exact answers about whole policies: what differs, what is pointless, what is shortest.
//!
//! Requests that no policy at hand can tell apart are an [`Atom`]; there are finitely many of them, and every decision
//! is the same all over an atom, so that an answer about all atoms is an answer about all requests.
//! `docs/analysis.md` says why each of these algorithms is exact.
//!
//! It leaves to others: findings in words, edits of texts, and what the server makes of a decision.

mod atom;
mod compare;
mod effects;
mod item_key;
mod lean;
mod methods;
mod minimize;
mod outline;
mod pair;
mod rules;
mod shortest;
mod size;
mod space;
mod unit;
mod without_effect;
mod witness;

pub use atom::{Atom, ItemClass, MethodClass, ResourceClass};
pub use compare::{Change, Comparison, Order, are_equivalent, compare, compare_bytes, compare_texts};
pub use effects::Effects;
pub use minimize::{Minimized, minimize};
pub use outline::Outline;
pub use size::Size;
pub use space::{Space, SpaceResource};
pub use unit::{NoEffect, Redundant, Unit};
pub use without_effect::without_effect;
pub use witness::Witness;
