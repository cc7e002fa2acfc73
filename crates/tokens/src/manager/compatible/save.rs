//! Saving, using and deleting a row, as the original does it.

use super::Warning;
use crate::model::Token;
use crate::signal::SignalKind;
use crate::time::Timestamp;

/// A column that a save may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The note.
    Note,
    /// The policy.
    Policy,
    /// The expiry.
    Expires,
    /// Whether the row is valid, when it became invalid, and why.
    Validity,
    /// The extra data.
    ExtraData,
    /// When it was last used.
    LastUsed,
    /// When it was last saved.
    LastUpdated,
}

/// Which columns of the caller's copy a save writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns<'c> {
    /// Every one, and the moment of the save.
    All,
    /// Every one, with the moment that the caller has set.
    AllAsSet,
    /// These, and nothing else.
    Only(&'c [Column]),
}

/// What a row is after an act on it, and what the original's subscribers hear.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The row as it is stored now; `None` when it is gone.
    pub row: Option<Token>,
    /// The signals, in order.
    pub signals: Vec<SignalKind>,
    /// What the original does that its caller would not expect.
    pub warnings: Vec<Warning>,
}

/// Saves the caller's copy of a stored row: all of its columns are written back, stale ones too.
///
/// Source: the original's behavior, `token-system.md` §3.5.
#[must_use]
pub fn save(stored: &Token, copy: &Token, columns: Columns<'_>, now: Timestamp) -> Saved {
    let row = match columns {
        Columns::All => Token { last_updated: now, ..copy.clone() },
        Columns::AllAsSet => copy.clone(),
        Columns::Only(columns) => columns.iter().fold(stored.clone(), |row, column| written(row, copy, *column)),
    };
    let warnings = if row.valid && !stored.valid { vec![Warning::BroughtBack] } else { Vec::new() };
    Saved { row: Some(row), signals: vec![SignalKind::Updated], warnings }
}

fn written(row: Token, copy: &Token, column: Column) -> Token {
    let copy = copy.clone();
    match column {
        Column::Note => Token { note: copy.note, ..row },
        Column::Policy => Token { policy: copy.policy, policy_source: copy.policy_source, ..row },
        Column::Expires => Token { expires: copy.expires, ..row },
        Column::Validity => Token {
            valid: copy.valid,
            invalid_date: copy.invalid_date,
            invalid_reason: copy.invalid_reason,
            invalidated_by: copy.invalidated_by,
            ..row
        },
        Column::ExtraData => Token { extra_data: copy.extra_data, ..row },
        Column::LastUsed => Token { last_used: copy.last_used, ..row },
        Column::LastUpdated => Token { last_updated: copy.last_updated, ..row },
    }
}

/// Records a use: a write below the original's own save, which tells nobody and is not the moment of a save.
#[must_use]
pub fn record_use(stored: &Token, now: Timestamp) -> Saved {
    let row = Token { last_used: Some(now), ..stored.clone() };
    Saved { row: Some(row), signals: Vec::new(), warnings: Vec::new() }
}

/// Deletes a row; through a filter it is the same, row by row.
#[must_use]
pub fn delete() -> Saved {
    Saved { row: None, signals: vec![SignalKind::Deleted], warnings: Vec::new() }
}
