//! Help while a policy is written: what may stand at the caret, what a part does in words, how a mistake is mended, and
//! an even layout.
//!
//! Everything but the layout works on texts that are half written. Offsets are in bytes; [`byte_offset`] and
//! [`utf16_offset`] lead to those of browsers and back.
//!
//! [`byte_offset`]: crate::byte_offset
//! [`utf16_offset`]: crate::utf16_offset

mod complete;
mod cursor;
mod fix;
mod hover;
mod layout;

pub use complete::{Completion, CompletionKind, complete};
pub use fix::{Fix, TextEdit, fixes};
pub use hover::{Hover, hover};
pub use layout::lay_out;
