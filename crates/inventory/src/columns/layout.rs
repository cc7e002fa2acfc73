//! Which columns the chunks have, in which order. A change of either is a new format.

/// Which chunk it is, and so which columns it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What the tokens share, and the rest of the workspace; the first chunk, and the only one of its kind.
    Dictionary,
    /// Some tokens, in the order of their numbers.
    Tokens,
    /// How the digest of each token begins; the last chunk where there are tokens, and the only one of its kind.
    Index,
}

impl Kind {
    pub(super) const fn tag(self) -> u8 {
        match self {
            Self::Dictionary => 0,
            Self::Tokens => 1,
            Self::Index => 2,
        }
    }

    pub(super) const fn columns(self) -> usize {
        match self {
            Self::Dictionary => 12,
            Self::Tokens => 20,
            Self::Index => 1,
        }
    }
}

/// A column: its place in its chunk, and what it is called in errors.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) place: usize,
    pub(super) name: &'static str,
}

const fn column(place: usize, name: &'static str) -> Column {
    Column { place, name }
}

// The dictionary: lists, but for the first, which is JSON, and for those of a fixed width.
pub(super) const REST: Column = column(0, "rest");
pub(super) const OWNERS: Column = column(1, "owners");
pub(super) const GENERATORS: Column = column(2, "generators");
pub(super) const PREFIXES: Column = column(3, "prefixes");
pub(super) const SITES: Column = column(4, "sites");
pub(super) const REPLICAS: Column = column(5, "replicas");
pub(super) const PARTS: Column = column(6, "parts of texts");
pub(super) const POLICIES: Column = column(7, "shared policies");
pub(super) const NOTES: Column = column(8, "shared notes");
pub(super) const EXTRAS: Column = column(9, "shared extra data");
pub(super) const INVALIDATIONS: Column = column(10, "shared invalidations");
/// 44 bytes each: policy, replica, number of the version, and number of the event, these in little-endian.
pub(super) const SOURCES: Column = column(11, "sources of policies");

// Tokens: a row for each.
/// 16 bytes.
pub(super) const UID: Column = column(0, "uid");
/// 32 bytes.
pub(super) const DIGEST: Column = column(1, "digest");
/// A delta.
pub(super) const NUMBER: Column = column(2, "number");
/// Packed bits, see below.
pub(super) const FLAGS: Column = column(3, "flags");
/// Packed: which of the owners.
pub(super) const OWNER: Column = column(4, "owner");
/// Packed: which of the generators.
pub(super) const GENERATOR: Column = column(5, "generator");
/// Packed: 0 for none, or which of the prefixes, from 1.
pub(super) const PREFIX: Column = column(6, "prefix");
/// A place: own text, or shared for none.
pub(super) const LAST_FOUR: Column = column(7, "last four");
/// Packed: 0 for none, or which of the sites, from 1.
pub(super) const SITE: Column = column(8, "site");
/// A delta of microseconds.
pub(super) const TIME_ADDED: Column = column(9, "time added");
/// A distance from the time added; none if they are the same.
pub(super) const LAST_UPDATED: Column = column(10, "last updated");
/// A distance from the time added.
pub(super) const LAST_USED: Column = column(11, "last used");
/// A distance from the time added.
pub(super) const EXPIRES: Column = column(12, "expires");
/// A place: a text.
pub(super) const NOTE: Column = column(13, "note");
/// A place: a text.
pub(super) const POLICY: Column = column(14, "policy");
/// A place: a value.
pub(super) const EXTRA_DATA: Column = column(15, "extra data");
/// A place: what is known of the token's end, and the tokens of one act have the same.
pub(super) const INVALIDATION: Column = column(16, "invalidation");
/// A place: 16 bytes, or shared for none.
pub(super) const REPLACES: Column = column(17, "replaces");
/// A place: 16 bytes, or shared for none.
pub(super) const REPLACED_BY: Column = column(18, "replaced by");
/// Packed: 0 for none, or which of the sources, from 1.
pub(super) const SOURCE: Column = column(19, "source of the policy");

// The index: a row for each token of all chunks.
/// 4 bytes.
pub(super) const DIGEST_START: Column = column(0, "beginnings of digests");

// The bits of the flags.
pub(super) const VALID: u32 = 1;
pub(super) const AUTO_GENERATED: u32 = 2;
pub(super) const UNCERTAIN: u32 = 4;
pub(super) const DOUBTED: u32 = 8;
pub(super) const ALL_FLAGS: u32 = VALID | AUTO_GENERATED | UNCERTAIN | DOUBTED;
