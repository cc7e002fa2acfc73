//! Questions about the tokens of a workspace: filters in words, what needs doing, and when tokens expire.

mod attention;
mod filter;
mod timeline;

pub use attention::{Attention, AttentionItem, Figures, attention, figures};
pub use filter::{SortBy, SortOrder, TokenQuery};
pub use timeline::{ExpiryBucket, expiry_buckets};
