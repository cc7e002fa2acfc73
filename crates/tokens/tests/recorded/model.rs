//! Single facts about tokens: what a new one is, when it is expired or deprecated, who may do what with it, and what
//! saving, using and deleting it does.

use std::cell::RefCell;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tollgate_tokens::compatible::{self, Column, Columns, GenerateCall, Warning};
use tollgate_tokens::test_support::{CountingEntropy, memory_manager};
use tollgate_tokens::{
    Access, Entropy, FormatCheckError, GeneratorError, GeneratorRegistry, Journal as _, Timestamp, Token,
    TokenGenerator, TokenInfo, TokenSecret, User, access, parse_iso,
};

use crate::generate::{append_and_read, row_of, same_fields};
use crate::harness::{Group, Outcome, field, same, text};

pub(crate) const GROUP: Group = Group { name: "model", replay };

fn replay(row: &Value) -> Result<Outcome, String> {
    let now = parse_iso(text(row, "now")?).ok_or("no instant")?;
    let recorded = field(row, "result")?;
    match text(row, "case")? {
        "defaults of a new row" => defaults(recorded, now)?,
        "is_expired" => is_expired(recorded, now)?,
        "is_deprecated" => is_deprecated(recorded)?,
        "who may see, change, delete a token of alice" => who_may(recorded, now)?,
        case => return saved(case, row, recorded, now),
    }
    // Facts are asked without a signal. The row with the defaults was inserted directly; tokens here are always made.
    same("signals", field(row, "signals")?, &json!([]))?;
    Ok(Outcome::Same)
}

/// Replays what saving, using or deleting a row of ten days ago does to it, and which signals it sends.
fn saved(case: &str, row: &Value, recorded: &Value, now: Timestamp) -> Result<Outcome, String> {
    let made = now - TimeDelta::days(10);
    let stored = Token { last_updated: made, ..new_token(made)?.0 };
    let edited = Token { note: "x".to_owned(), ..stored.clone() };
    let after = match case {
        "save with every field" => compatible::save(&stored, &edited, Columns::All, now),
        "save with update_fields=note" => compatible::save(&stored, &edited, Columns::Only(&[Column::Note]), now),
        "save after setting last_updated" => {
            let set = Token { last_updated: now - TimeDelta::days(3), ..stored.clone() };
            compatible::save(&stored, &set, Columns::AllAsSet, now)
        }
        "last_used write at login (save_base)" => compatible::record_use(&stored, now),
        "delete one" | "delete through a query" => compatible::delete(),
        "stale instance saved after invalidate_token brings the token back" => {
            let reason = "leaked".to_owned();
            let invalid = Token { valid: false, invalid_date: Some(now), invalid_reason: reason, ..stored.clone() };
            let saved = compatible::save(&invalid, &stored, Columns::All, now);
            same("warnings", saved.warnings.as_slice(), [Warning::BroughtBack].as_slice())?;
            saved
        }
        other => return Err(format!("unknown case `{other}`")),
    };
    let signals: Vec<Value> =
        after.signals.iter().map(|signal| json!({"signal": signal.name(), "token": "m1"})).collect();
    same("signals", field(row, "signals")?, &Value::Array(signals))?;
    match (&after.row, recorded.as_object()) {
        (None, None) => same("row", recorded, &Value::Null)?,
        (Some(token), Some(fields)) => {
            let ours = row_of(token, "m1")?;
            for (name, value) in fields {
                same(name, value, field(&ours, name)?)?;
            }
        }
        (ours, _) => return Err(format!("recorded {recorded}, ours {ours:?}")),
    }
    Ok(Outcome::Same)
}

/// Gives the text and has the id of the recorded row.
struct Recorded;

impl TokenGenerator for Recorded {
    fn id(&self) -> &str {
        "x"
    }

    fn create(&self, _: &TokenInfo, _: &dyn Entropy, _: Timestamp) -> Result<TokenSecret, GeneratorError> {
        Ok(TokenSecret::new("m2".to_owned()))
    }

    fn has_format(&self, _: &str, _: &TokenInfo) -> Result<bool, FormatCheckError> {
        Ok(true)
    }

    fn vendor_prefix(&self, _: &TokenInfo) -> Option<String> {
        None
    }
}

/// A token of alice that is made with no argument but those that every token needs; and its text.
fn new_token(now: Timestamp) -> Result<(Token, String), String> {
    let registry = GeneratorRegistry::built_in().with(std::sync::Arc::new(Recorded));
    let manager = memory_manager();
    let mut call = GenerateCall::new("alice".parse().unwrap(), "x", TokenInfo::new());
    let workspace = manager.journal().read(|ledger| ledger.workspace().clone());
    let made = compatible::generate(&workspace, &registry, &mut call, &CountingEntropy::scrambled(2), now)
        .map_err(|error| error.to_string())?;
    let secret = RefCell::new(String::new());
    let token = append_and_read(&manager, made, now, &secret)?;
    Ok((Token::clone(&token), secret.into_inner()))
}

fn defaults(recorded: &Value, now: Timestamp) -> Result<(), String> {
    let (token, secret) = new_token(now)?;
    same_fields(recorded, &row_of(&token, &secret)?)
}

fn is_expired(recorded: &Value, now: Timestamp) -> Result<(), String> {
    let (token, _) = new_token(now)?;
    for fact in list(recorded)? {
        let micros = field(fact, "expires_minus_now_us")?.as_i64();
        let expires = micros.map(|micros| now + TimeDelta::microseconds(micros));
        let ours = Token { expires, ..token.clone() }.is_expired_at(now);
        same(&format!("expired {micros:?}"), field(fact, "expired")?.as_bool(), Some(ours))?;
    }
    Ok(())
}

fn is_deprecated(recorded: &Value) -> Result<(), String> {
    let registry = GeneratorRegistry::built_in();
    for fact in list(recorded)? {
        let id = text(fact, "token_generator_id")?;
        let ours = registry.is_deprecated(id);
        same(&format!("`{id}` deprecated"), field(fact, "deprecated")?.as_bool(), Some(ours))?;
    }
    Ok(())
}

fn who_may(recorded: &Value, now: Timestamp) -> Result<(), String> {
    let (token, _) = new_token(now)?;
    for fact in list(recorded)? {
        let superuser = field(fact, "is_superuser")?.as_bool().ok_or("no truth value")?;
        let user = User { username: text(fact, "user")?.parse().unwrap(), active: true, superuser };
        let ours = access(&user, &token) == Access::Full;
        for power in ["accessible", "mutable", "deletable"] {
            same(&format!("{power} to {}", user.username), field(fact, power)?.as_bool(), Some(ours))?;
        }
    }
    Ok(())
}

fn list(recorded: &Value) -> Result<&Vec<Value>, String> {
    recorded.as_array().filter(|facts| !facts.is_empty()).ok_or_else(|| "no facts".to_owned())
}
