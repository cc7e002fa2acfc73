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
mod policy_choice;
pub mod sample;
mod selection;
mod settings;
mod shown_secret;
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
pub use drafts::NewTokenForm;
pub use expiry::{Expiry, ExpiryForm};
pub use matrix::{METHODS, MatrixCount, MatrixLine};
pub use notices::{Notices, Raised};
pub use one_token::{TokenFacts, TokenView, Undoable};
pub use overview::ToDo;
pub use palette::{Act, acts};
pub use people::{People, UserRow};
pub use policy_choice::{PolicyChoice, PolicyForm};
pub use settings::Settings;
pub use shown_secret::{Made, ShownSecret};
pub use storage::{Durability, Storage};
pub use theme::THEMES;
pub use token_list::{ListState, TokenList, View};
pub use token_view::{PolicyMeaning, TokenRow, moment, token_row};
