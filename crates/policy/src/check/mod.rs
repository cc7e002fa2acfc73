//! Is this text a policy that the server accepts, and does it do what it seems to do?

mod checked;
mod meaning;
mod messages;
mod normal_form;
mod shape;
mod validate;

pub use checked::{Checked, Verdict, check};
