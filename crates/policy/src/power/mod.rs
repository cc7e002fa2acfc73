//! What a token may do under a policy: every operation of the catalog, counted, tabled and put into words.

mod sentence;
mod table;

pub use table::{MethodPower, Operation, Power, PowerRow, Share, power};
