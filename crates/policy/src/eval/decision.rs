//! The answer to one request, and the rule it rests on.

use serde::{Deserialize, Serialize, Serializer};

use crate::policy::ListName;

/// Whether a request goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Effect {
    /// It goes through.
    Allow,
    /// The server answers 403.
    Deny,
}

/// What a policy says to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Whether it goes through.
    pub effect: Effect,
    /// The list entry that decides; none if no rule says anything.
    pub rule: Option<RuleRef>,
    /// The row of the table of precedence that decides.
    pub row: PrecedenceRow,
}

impl Decision {
    /// The decision when no rule says anything.
    pub const DEFAULT: Decision = Decision { effect: Effect::Allow, rule: None, row: PrecedenceRow::NothingMatches };

    /// Whether the request goes through.
    pub fn is_allowed(self) -> bool {
        self.effect == Effect::Allow
    }
}

/// The name of one list entry of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleRef {
    /// The index of its rule set in [`Policy::rule_sets`](crate::Policy::rule_sets).
    pub rule_set: u32,
    /// The list it stands in.
    pub list: ListName,
    /// Its place in that list, from 0.
    pub entry: u32,
}

/// A row of the table of precedence, strongest first.
///
/// Sent as its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrecedenceRow {
    /// The rules for the item block the method by name.
    ItemBlocksMethod,
    /// The rules for the item allow the method by name.
    ItemAllowsMethod,
    /// The rules for the item block every method.
    ItemBlocksAny,
    /// The rules for the item allow every method.
    ItemAllowsAny,
    /// The rules for the resource block the method by name.
    ResourceBlocksMethod,
    /// The rules for the resource allow the method by name.
    ResourceAllowsMethod,
    /// The rules for the resource block every method.
    ResourceBlocksAny,
    /// The rules for the resource allow every method.
    ResourceAllowsAny,
    /// The rules for everything block the method by name.
    GlobalBlocksMethod,
    /// The rules for everything allow the method by name.
    GlobalAllowsMethod,
    /// The rules for everything block every method.
    GlobalBlocksAny,
    /// The rules for everything allow every method.
    GlobalAllowsAny,
    /// No rule says anything, so the request goes through.
    NothingMatches,
}

impl PrecedenceRow {
    /// All rows, strongest first.
    pub const ALL: [PrecedenceRow; 13] = [
        PrecedenceRow::ItemBlocksMethod,
        PrecedenceRow::ItemAllowsMethod,
        PrecedenceRow::ItemBlocksAny,
        PrecedenceRow::ItemAllowsAny,
        PrecedenceRow::ResourceBlocksMethod,
        PrecedenceRow::ResourceAllowsMethod,
        PrecedenceRow::ResourceBlocksAny,
        PrecedenceRow::ResourceAllowsAny,
        PrecedenceRow::GlobalBlocksMethod,
        PrecedenceRow::GlobalAllowsMethod,
        PrecedenceRow::GlobalBlocksAny,
        PrecedenceRow::GlobalAllowsAny,
        PrecedenceRow::NothingMatches,
    ];

    /// The number of the row in `docs/policy-language.md`, 1 to 13.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The row in words, as a lower-case fragment.
    ///
    /// ```
    /// assert_eq!(
    ///     tollgate_policy::PrecedenceRow::ResourceBlocksAny.describe(),
    ///     "the rules for this resource block every method",
    /// );
    /// ```
    pub const fn describe(self) -> &'static str {
        match self {
            PrecedenceRow::ItemBlocksMethod => "the rules for this item block the method by name",
            PrecedenceRow::ItemAllowsMethod => "the rules for this item allow the method by name",
            PrecedenceRow::ItemBlocksAny => "the rules for this item block every method",
            PrecedenceRow::ItemAllowsAny => "the rules for this item allow every method",
            PrecedenceRow::ResourceBlocksMethod => "the rules for this resource block the method by name",
            PrecedenceRow::ResourceAllowsMethod => "the rules for this resource allow the method by name",
            PrecedenceRow::ResourceBlocksAny => "the rules for this resource block every method",
            PrecedenceRow::ResourceAllowsAny => "the rules for this resource allow every method",
            PrecedenceRow::GlobalBlocksMethod => "the rules for everything block the method by name",
            PrecedenceRow::GlobalAllowsMethod => "the rules for everything allow the method by name",
            PrecedenceRow::GlobalBlocksAny => "the rules for everything block every method",
            PrecedenceRow::GlobalAllowsAny => "the rules for everything allow every method",
            PrecedenceRow::NothingMatches => "no rule says anything, and the default is to allow",
        }
    }
}

impl Serialize for PrecedenceRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbered_in_order() {
        let numbers: Vec<u8> = PrecedenceRow::ALL.iter().map(|row| row.number()).collect();
        assert_eq!(numbers, (1..=13).collect::<Vec<u8>>());
    }
}
