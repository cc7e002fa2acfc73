//! The frame around every page: navigation, status bar, notices, questions, palette and keys.

mod frame;
mod keys;
mod notices;
mod overlays;
mod questions;
mod shortcuts;
mod status;
mod unlock;

pub(crate) use frame::Chrome;
pub(super) use overlays::Overlays;
pub(super) use shortcuts::Shortcuts;
