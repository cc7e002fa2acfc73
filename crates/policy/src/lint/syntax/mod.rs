//! Fixes for texts that are not JSON.
//!
//! A fix removes the one mistake it belongs to. What the parser guessed behind that mistake may turn out otherwise
//! then, so that others may take its place.

mod brackets;
mod dispatch;
mod separators;
mod texts;
mod words;

pub(super) use dispatch::fixes;
