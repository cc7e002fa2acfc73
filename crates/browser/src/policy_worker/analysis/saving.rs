//! What a text is saved with.

use serde::{Deserialize, Serialize};

use super::compare::CompareLook;

/// What is told of a text before it is saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SavingLook {
    /// Whether the server accepts it.
    pub is_accepted: bool,
    /// The codes of everything that is found, each once and in order.
    pub codes: Vec<String>,
    /// How many warnings there are.
    pub warnings: u64,
    /// How many notes there are.
    pub notes: u64,
    /// What differs from the text that it takes the place of.
    pub compared: CompareLook,
}
