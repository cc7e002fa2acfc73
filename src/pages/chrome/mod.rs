//! The frame around every page: navigation, status bar, notices, palette and keys.

mod frame;
mod notices;
mod shortcuts;
mod status;

pub(crate) use frame::Chrome;
