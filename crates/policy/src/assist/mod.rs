//! Help while a policy is written: what may stand at the caret, what a part does in words, and an even layout.
//!
//! Everything but the layout works on texts that are half written. Offsets are in bytes; [`byte_offset`] and
//! [`utf16_offset`] lead to those of browsers and back. How mistakes are mended is said by [`lint`].
//!
//! [`byte_offset`]: crate::byte_offset
//! [`utf16_offset`]: crate::utf16_offset
//! [`lint`]: crate::lint()

mod complete;
mod cursor;
mod hover;
mod layout;

pub use complete::{Completion, CompletionKind, complete};
pub use hover::{Hover, hover};
pub use layout::lay_out;
