//! Questions about the tokens of a workspace: filters in words, fragments, what needs doing, and when tokens expire.

mod attention;
mod filter;
mod last_four;
mod timeline;

pub use attention::{Attention, AttentionItem, Figures, attention, figures};
pub use filter::{SortBy, SortOrder, TokenQuery};
pub use last_four::find_by_last_four;
pub use timeline::{ExpiryBucket, expiry_buckets};
