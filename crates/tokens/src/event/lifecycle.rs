//! What happens to a token between its making and its end. Stored shapes: a change of one needs a new version.

use serde::{Deserialize, Serialize};

use super::TokenGenerated;
use super::assigned::{GuardrailOverride, SourceChange};
use crate::ids::{EventId, TokenUid};
use crate::model::{Standing, Token};
use crate::time::{Timestamp, micros, optional_micros};

/// Notes, policies or expiries were changed in one act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokensChanged {
    /// What changed, token by token, in the order of their numbers.
    pub changes: Vec<TokenChange>,
    /// The act that this one undoes, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<EventId>,
    /// The guardrails that the act went past; since version 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<GuardrailOverride>,
}

/// What changed of one token; a part that is absent stayed as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenChange {
    /// The token.
    pub uid: TokenUid,
    /// The note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<TextChange>,
    /// The policy as JSON text, the way the original stores it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<TextChange>,
    /// Which version of the library the policy is; since version 2. A policy that changes without it is a text of its
    /// own from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_source: Option<SourceChange>,
    /// The expiry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<ExpiryChange>,
}

/// A text before and after an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextChange {
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
}

/// An expiry before and after an act; `None` is never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpiryChange {
    /// What it was.
    #[serde(with = "optional_micros")]
    pub before: Option<Timestamp>,
    /// What it is.
    #[serde(with = "optional_micros")]
    pub after: Option<Timestamp>,
}

impl TokenChange {
    /// The change that takes this one back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let text = |change: &Option<TextChange>| {
            change
                .as_ref()
                .map(|TextChange { before, after }| TextChange { before: after.clone(), after: before.clone() })
        };
        Self {
            uid: self.uid,
            note: text(&self.note),
            policy: text(&self.policy),
            policy_source: self.policy_source.map(SourceChange::reversed),
            expires: self.expires.map(|ExpiryChange { before, after }| ExpiryChange { before: after, after: before }),
        }
    }
}

/// Tokens were deleted in one act: they log in no more, and their numbers are not given again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokensDeleted {
    /// The tokens, in the order of their numbers.
    pub tokens: Vec<TokenUid>,
    /// The reason given.
    pub reason: String,
}

/// A deletion was undone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeletionUndone {
    /// The act that was undone.
    pub act: EventId,
    /// The tokens as they were before it.
    pub restored: Vec<TokenRecord>,
    /// The guardrails that the act went past; since version 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<GuardrailOverride>,
}

/// A token got a successor, and ends when the overlap does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenRotated {
    /// The token that ends.
    pub old: TokenUid,
    /// Its expiry before the act and after it.
    pub expires: ExpiryChange,
    /// An earlier successor, which was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<TokenUid>,
    /// Its successor.
    pub new: TokenGenerated,
}

/// A rotation was undone: the old token has its expiry back, and its successor is deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RotationUndone {
    /// The act that was undone.
    pub act: EventId,
    /// The token that ended.
    pub old: TokenUid,
    /// Its expiry before this act and after it.
    pub expires: ExpiryChange,
    /// The successor that it had before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<TokenUid>,
    /// The successor that is deleted.
    pub new: TokenUid,
    /// The guardrails that the act went past; since version 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<GuardrailOverride>,
}

/// A token logged in, or would have if it had not expired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenTried {
    /// The token.
    pub uid: TokenUid,
}

/// The secret of a token was taken out of where it is kept, to be shown or copied. The secret is nowhere in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretRevealed {
    /// The token.
    pub uid: TokenUid,
}

/// One token as it stood, whole: what its making said, as far as it still held, and what happened to it since.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenRecord {
    /// The token as if it had been made like this.
    pub made: TokenGenerated,
    /// When it was made.
    #[serde(with = "micros")]
    pub time_added: Timestamp,
    /// When it was saved last.
    #[serde(with = "micros")]
    pub last_updated: Timestamp,
    /// When it was used last.
    #[serde(with = "optional_micros")]
    pub last_used: Option<Timestamp>,
    /// When it became invalid.
    #[serde(with = "optional_micros")]
    pub invalid_date: Option<Timestamp>,
    /// Why it became invalid.
    pub invalid_reason: String,
    /// The act that invalidated it.
    pub invalidated_by: Option<EventId>,
    /// The token that it succeeds.
    pub replaces: Option<TokenUid>,
    /// Its successor.
    pub replaced_by: Option<TokenUid>,
    /// Whether every event that could touch it was read.
    pub is_certain: bool,
    /// Whether an entry that cannot be read may have touched it and nobody has trusted it since.
    pub doubted: bool,
}

impl From<&Token> for TokenRecord {
    fn from(token: &Token) -> Self {
        Self {
            made: as_if_made(token),
            time_added: token.time_added,
            last_updated: token.last_updated,
            last_used: token.last_used,
            invalid_date: token.invalid_date,
            invalid_reason: token.invalid_reason.clone(),
            invalidated_by: token.invalidated_by,
            replaces: token.replaces,
            replaced_by: token.replaced_by,
            is_certain: token.standing == Standing::Known,
            doubted: token.doubted,
        }
    }
}

fn as_if_made(token: &Token) -> TokenGenerated {
    TokenGenerated {
        uid: token.uid,
        number: token.number,
        owner: token.owner.clone(),
        digest: token.digest,
        fingerprint: token.fingerprint.clone(),
        generator: token.generator.clone(),
        note: token.note.clone(),
        policy: token.policy.as_ref().to_owned(),
        extra_data: token.extra_data.clone(),
        expires: token.expires,
        local_site: token.local_site.clone(),
        auto_generated: token.auto_generated,
        valid: token.valid,
        policy_source: token.policy_source,
        overrides: None,
    }
}

impl From<TokenRecord> for Token {
    fn from(record: TokenRecord) -> Self {
        let TokenRecord { made, .. } = record;
        Self {
            uid: made.uid,
            number: made.number,
            owner: made.owner,
            digest: made.digest,
            fingerprint: made.fingerprint,
            generator: made.generator,
            time_added: record.time_added,
            last_updated: record.last_updated,
            last_used: record.last_used,
            expires: made.expires,
            valid: made.valid,
            invalid_date: record.invalid_date,
            invalid_reason: record.invalid_reason,
            invalidated_by: record.invalidated_by,
            note: made.note,
            policy: made.policy.into(),
            policy_source: made.policy_source,
            extra_data: made.extra_data,
            local_site: made.local_site,
            auto_generated: made.auto_generated,
            replaces: record.replaces,
            replaced_by: record.replaced_by,
            standing: if record.is_certain { Standing::Known } else { Standing::Uncertain },
            doubted: record.doubted,
        }
    }
}
