//! The matrix of a policy: every resource by every method, with the ids that have rules of their own, and in each cell
//! the rule that decides.
//!
//! Rows and columns are worked out at once, cells when they are asked for, so that a policy with many ids costs no
//! more than what is looked at.
//! It leaves to others: how much of each method is allowed, in numbers and in words ([`power`](crate::power())), and
//! what the matrix looks like.

mod cell;
mod family;
mod rows;
mod table;

pub use cell::{MatrixCell, MatrixTally};
pub use rows::{MatrixColumn, MatrixGroup, MatrixRow};
pub use table::{Matrix, matrix};
