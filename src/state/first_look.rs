//! What is shown of a large workspace while the rest of it is still being read.

use tollgate_browser::Glance;
use tollgate_tokens::Token;

/// The newest tokens of a snapshot, from before the latest changes are read. Nothing of it says what a token may do now.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstLook {
    /// How many tokens there are.
    pub tokens: usize,
    /// The newest of them, newest first: number, note and owner.
    pub rows: Vec<(u64, String, String)>,
}

impl FirstLook {
    /// How many tokens are shown.
    pub const ROWS: usize = 20;

    /// What is shown of the newest tokens, which come in the order of their numbers.
    #[must_use]
    pub fn new(Glance { tokens, newest }: Glance) -> Self {
        let row = |token: Token| (token.number, token.note, token.owner.to_string());
        Self { tokens, rows: newest.into_iter().rev().map(row).collect() }
    }
}
