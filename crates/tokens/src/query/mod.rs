//! Questions about the tokens of a workspace: filters in words, fragments, what needs doing, when tokens expire, who uses
//! a policy of the library, who goes past a guardrail, and lists as tables for other programs.

mod attention;
mod breaches;
mod filter;
mod last_four;
mod list_csv;
mod policy_use;
mod timeline;

pub use attention::{Attention, AttentionItem, Figures, attention, figures};
pub use breaches::{FleetBreach, breaches_of, fleet_breaches};
pub use filter::{SortBy, SortOrder, TokenQuery};
pub use last_four::find_by_last_four;
pub use list_csv::{ListCsvError, list_csv};
pub use policy_use::{PolicyUse, use_counts, used_by};
pub use timeline::{ExpiryBucket, expiry_buckets};
