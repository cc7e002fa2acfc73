//! Single facts about tokens: what a new one is, when it is expired or deprecated, and who may do what with it.

use std::cell::RefCell;

use serde_json::{Value, json};
use tollgate_tokens::compatible::{self, GenerateCall};
use tollgate_tokens::test_support::{CountingEntropy, memory_manager};
use tollgate_tokens::{
    Access, Entropy, FormatCheckError, GeneratorError, GeneratorRegistry, Journal as _, Timestamp, Token,
    TokenGenerator, TokenInfo, TokenSecret, User, access, parse_iso,
};

use crate::generate::{append_and_read, row_of, same_fields};
use crate::harness::{Group, Outcome, field, same, text};

pub(crate) const GROUP: Group = Group { name: "model", replay };

/// Tokens are neither saved nor deleted here, and `last_used` is not written.
const LEFT_OUT: [&str; 7] = [
    "save with every field",
    "save with update_fields=note",
    "save after setting last_updated",
    "last_used write at login (save_base)",
    "delete one",
    "delete through a query",
    "stale instance saved after invalidate_token brings the token back",
];

fn replay(row: &Value) -> Result<Outcome, String> {
    let now = parse_iso(text(row, "now")?).ok_or("no instant")?;
    let recorded = field(row, "result")?;
    match text(row, "case")? {
        "defaults of a new row" => defaults(recorded, now)?,
        "is_expired" => is_expired(recorded, now)?,
        "is_deprecated" => is_deprecated(recorded)?,
        "who may see, change, delete a token of alice" => who_may(recorded, now)?,
        case if LEFT_OUT.contains(&case) => return Ok(Outcome::LeftOut),
        other => return Err(format!("unknown case `{other}`")),
    }
    // Facts are asked without a signal. The row with the defaults was inserted directly; tokens here are always made.
    same("signals", field(row, "signals")?, &json!([]))?;
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
        let expires = micros.map(|micros| now + chrono::TimeDelta::microseconds(micros));
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
