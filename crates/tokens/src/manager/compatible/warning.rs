//! What the original does that its caller would not expect.

/// A decision of the original that was reproduced but is defective.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// The policy was not validated, and would be refused.
    #[error("the policy was not validated and would be refused")]
    PolicyNotValid,
    /// The policy could not be read and became full access.
    #[error("the policy could not be read and became full access")]
    PolicyBecameFullAccess,
    /// The policy is kept as it was given, because only the original's parser reads it.
    #[error("the policy holds what standard JSON cannot and is kept as text")]
    PolicyKeptAsText,
    /// No owner was named, which means every owner.
    #[error("no owner was named, so the tokens of everybody were taken")]
    EverybodyTaken,
    /// Earlier invalidations were written over.
    #[error("the reasons and dates of {count} tokens that were invalid already were written over")]
    OverwroteEarlier {
        /// How many tokens.
        count: usize,
    },
    /// A stale copy was saved over an invalidation.
    #[error("a stale copy was saved, which made an invalid token valid again")]
    BroughtBack,
    /// The token is born expired.
    #[error("the expiry is not in the future")]
    BornExpired,
    /// Several tokens would do equally well. The lowest number was taken, as happens on SQLite.
    #[error("{count} tokens would do equally well, and the original has no rule for choosing among them")]
    TieBroken {
        /// How many tokens, the one that was taken among them.
        count: usize,
    },
    /// The text is longer than the column of the original allows on other databases.
    #[error("the text has {length} characters, more than the 255 of the original's column")]
    TextTooLong {
        /// How many characters.
        length: usize,
    },
}
