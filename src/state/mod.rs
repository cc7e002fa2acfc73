//! What the console knows: signals with named methods, the only callers of the crates.

pub mod about;
mod act_words;
mod activity;
mod bench;
pub mod catalog;
mod console;
mod drafts;
mod expiry;
mod matrix;
mod notices;
mod one_token;
pub mod overview;
mod palette;
mod people;
pub mod sample;
mod selection;
mod settings;
mod storage;
mod task;
#[cfg(test)]
mod test_support;
mod theme;
mod token_list;
mod token_view;

pub use act_words::ActTone;
pub use activity::{Activity, ActivityRow, ActivityRows, Verified};
pub use bench::{Answer, Finding, Findings, PolicyBench, Severity, Step, pretty};
pub use console::Console;
pub use drafts::{Made, NewTokenForm, PolicyChoice};
pub use expiry::{Expiry, ExpiryForm};
pub use matrix::{METHODS, MatrixCount, MatrixLine};
pub use notices::{Notices, Raised};
pub use one_token::{TokenFacts, TokenView, Undoable};
pub use overview::ToDo;
pub use palette::{Act, acts};
pub use people::{People, UserRow};
pub use settings::Settings;
pub use storage::{Durability, Storage};
pub use theme::THEMES;
pub use token_list::{ListState, TokenList, View};
pub use token_view::{PolicyMeaning, TokenRow, moment, token_row};
