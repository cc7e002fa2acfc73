//! Why a checked operation on tokens was refused.

use super::guardrails::{GuardrailBreach, in_words};
use crate::ids::{EventId, PolicyName, PolicyUid, SiteName, TokenUid, Username};
use crate::manager::compatible::GenerateError;
use crate::time::Timestamp;

/// Why a checked operation on tokens was refused. Nothing was changed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// There is no such user.
    #[error("there is no user `{0}`")]
    UnknownUser(Username),
    /// The user cannot log in, so neither can a token of theirs.
    #[error("the user `{0}` is inactive, so the token could not log in")]
    InactiveUser(Username),
    /// There is no such Local Site.
    #[error("there is no Local Site `{0}`")]
    UnknownSite(SiteName),
    /// The policy is refused by the service.
    #[error("the policy is refused: {0}")]
    Policy(String),
    /// The expiry is not in the future.
    #[error("the expiry is not in the future, so the token would never log in")]
    ExpiryInPast,
    /// The expiry is later than is allowed here.
    #[error("the expiry is more than {days} days away, the longest allowed here")]
    ExpiryTooFar {
        /// The longest lifetime allowed, in days.
        days: i64,
    },
    /// The generator is deprecated or needs what only a server has.
    #[error("new tokens are not made with the generator `{0}`")]
    Generator(String),
    /// The token type leaves too little room for entropy, or breaks the format.
    #[error("a token type has 1 to {limit} letters, digits or `-`")]
    TokenType {
        /// The most characters allowed.
        limit: usize,
    },
    /// A text that is kept for good looks like a token.
    #[error("the {field} contains what looks like a token, and would keep it for good")]
    LooksLikeToken {
        /// Which text.
        field: &'static str,
    },
    /// The generator refused, or every attempt collided.
    #[error(transparent)]
    Generate(#[from] GenerateError),
    /// A client without a name would share its token with every other such client.
    #[error("a client must have a name")]
    NamelessClient,
    /// The minimum validity is negative, no number, or beyond the calendar.
    #[error("the minimum validity is not a number of seconds from 0 up")]
    MinValidity,
    /// There is no such token.
    #[error("there is no token {0}")]
    UnknownToken(TokenUid),
    /// The act would change nothing.
    #[error("no token was picked that is still valid")]
    NothingToInvalidate,
    /// The edit would change nothing.
    #[error("every picked token is like that already")]
    NothingToChange,
    /// There is nothing to trust again.
    #[error("none of these tokens is uncertain")]
    NothingUncertain,
    /// The token does not log in, so that it has nothing to hand over.
    #[error("token {number} does not log in, so that there is nothing to rotate")]
    CannotRotate {
        /// The token's number.
        number: u64,
    },
    /// The token has a successor.
    #[error("token {number} has a successor already, token {successor}")]
    RotatedAlready {
        /// The token's number.
        number: u64,
        /// Its successor's number.
        successor: u64,
    },
    /// The overlap is none of those that are offered.
    #[error("both tokens may log in for 0, 15 minutes, 1, 6 or 24 hours, or 7 days")]
    Overlap,
    /// Between the old token and its successor there would be none.
    #[error(
        "from {} on there would be neither the old token nor a successor that is valid for long enough",
        crate::time::iso(at)
    )]
    RotationGap {
        /// The first such instant.
        at: Timestamp,
    },
    /// The library has no such version.
    #[error("there is no version {version} of the policy {policy} in the library")]
    UnknownPolicyVersion {
        /// The policy.
        policy: PolicyUid,
        /// The version's number.
        version: u32,
    },
    /// The policy was put away.
    #[error("the policy `{0}` is archived")]
    ArchivedPolicy(PolicyName),
    /// The policy is said to be a version of the library that has another text.
    #[error("version {version} of the policy `{name}` has another text")]
    OtherPolicyText {
        /// The policy.
        name: PolicyName,
        /// The version's number.
        version: u32,
    },
    /// A guardrail may be passed only for a reason.
    #[error("a guardrail is overridden without a reason")]
    OverrideWithoutReason,
    /// The policy goes past guardrails that nobody said it may go past.
    #[error("{}", in_words(.0))]
    Guardrails(Vec<GuardrailBreach>),
    /// There is no such act.
    #[error("there is no act {0} that could be undone")]
    UnknownAct(EventId),
    /// The act was undone already.
    #[error("this act was undone already")]
    AlreadyUndone,
    /// A later act touched one of the tokens.
    #[error("token {number} was changed by a later act; undo that one first")]
    ChangedSince {
        /// The token's number.
        number: u64,
    },
}

impl TokenError {
    /// A stable code, for documents and searches.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownUser(_) => "T0101",
            Self::InactiveUser(_) => "T0102",
            Self::UnknownSite(_) => "T0103",
            Self::Policy(_) => "T0104",
            Self::ExpiryInPast => "T0105",
            Self::ExpiryTooFar { .. } => "T0106",
            Self::Generator(_) => "T0107",
            Self::LooksLikeToken { .. } => "T0108",
            Self::Generate(_) => "T0109",
            Self::TokenType { .. } => "T0110",
            Self::UnknownToken(_) => "T0201",
            Self::NothingToInvalidate => "T0202",
            Self::NothingToChange => "T0203",
            Self::NothingUncertain => "T0204",
            Self::UnknownAct(_) => "T0301",
            Self::AlreadyUndone => "T0302",
            Self::ChangedSince { .. } => "T0303",
            Self::CannotRotate { .. } => "T0401",
            Self::RotatedAlready { .. } => "T0402",
            Self::Overlap => "T0403",
            Self::RotationGap { .. } => "T0404",
            Self::NamelessClient => "T0501",
            Self::MinValidity => "T0502",
            Self::UnknownPolicyVersion { .. } => "T0601",
            Self::ArchivedPolicy(_) => "T0602",
            Self::OtherPolicyText { .. } => "T0603",
            Self::OverrideWithoutReason => "T0604",
            Self::Guardrails(_) => "T0605",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::UnknownUser(_) => "add the user under People, or choose one that is there",
            Self::InactiveUser(_) => "make the user active under People, or choose another",
            Self::UnknownSite(_) => "add the Local Site under People, or make a global token",
            Self::Policy(_) => "open the policy and mend what is underlined",
            Self::ExpiryInPast => "choose a later date",
            Self::ExpiryTooFar { .. } => "choose an earlier date",
            Self::Generator(_) => "use `vendor_checksum`",
            Self::LooksLikeToken { .. } => "take the token out of the text; name it by its last four characters",
            Self::Generate(_) => "try again",
            Self::TokenType { .. } => "use `rbp`, as Review Board does",
            Self::UnknownToken(_) => "go back to the list; another tab may have another workspace open",
            Self::NothingToInvalidate => "choose tokens that are still valid",
            Self::NothingToChange => "choose something else, or other tokens",
            Self::NothingUncertain => "open Activity to see who trusted them",
            Self::CannotRotate { .. } => "make a new token instead",
            Self::RotatedAlready { .. } => "rotate the successor instead",
            Self::Overlap => "choose one of the overlaps",
            Self::RotationGap { .. } => "let the successor live longer, or the overlap be shorter",
            Self::UnknownAct(_) => "open Activity to see what can be undone",
            Self::AlreadyUndone => "invalidate the token again if that was not meant",
            Self::ChangedSince { .. } => "open Activity and undo the later act first",
            Self::NamelessClient => "give the name that the client calls itself, such as `RBTools`",
            Self::MinValidity => "give a number of seconds, such as 300",
            Self::UnknownPolicyVersion { .. } => "open the library; another tab may have another workspace open",
            Self::Guardrails(_) => "choose another policy, or say why this one may go past the guardrail",
            Self::ArchivedPolicy(_) => "restore it in the library first, or choose another policy",
            Self::OtherPolicyText { .. } => "choose the version again, or save the text as the next one",
            Self::OverrideWithoutReason => "say why this may go past the guardrail; the reason is recorded",
        }
    }
}
