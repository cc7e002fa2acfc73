//! Tokens as columns: how each kind of column is written, and how some rows of it are read without the others.

mod decode;
mod dictionary;
mod distinct;
mod encode;
mod frame;
mod index;
mod layout;
mod list;
mod packed;
mod text;
mod times;
mod value;

pub(crate) use decode::{Decoder, TokenChunk};
pub(crate) use dictionary::Dictionary;
pub(crate) use encode::{Written, encode};
pub(crate) use index::Index;
