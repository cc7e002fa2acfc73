//! Questions about the tokens of a workspace: filters in words, fragments, what needs doing, when tokens expire, and
//! lists as tables for other programs.

mod attention;
mod filter;
mod last_four;
mod list_csv;
mod timeline;

pub use attention::{Attention, AttentionItem, Figures, attention, figures};
pub use filter::{SortBy, SortOrder, TokenQuery};
pub use last_four::find_by_last_four;
pub use list_csv::{ListCsvError, list_csv};
pub use timeline::{ExpiryBucket, expiry_buckets};
