//! Invalidating tokens by owners, by a filter, and one by its text.

use serde_json::{Value, json};
use tollgate_tokens::compatible::{self, Condition};
use tollgate_tokens::test_support::memory_manager;
use tollgate_tokens::{
    EventBody, EventId, InvalidationUndone, Journal as _, NewEvent, ReplicaId, RestoredToken, Timestamp, TokenDigest,
    TokenGenerated, Username, iso, parse_iso,
};

use crate::generate::taken;
use crate::harness::{Group, Outcome, field, same, text};

pub(crate) const GROUP: Group = Group { name: "invalidate", replay };

fn replay(row: &Value) -> Result<Outcome, String> {
    let now = parse_iso(text(row, "now")?).ok_or("no instant")?;
    let rows = field(row, "tokens")?.as_array().ok_or("no tokens")?;
    let manager = memory_manager();
    let mut events = Vec::new();
    for (token, number) in rows.iter().zip(1_u64..) {
        events.extend(token_events(token, number)?);
    }
    pollster::block_on(manager.append(events)).map_err(|error| error.to_string())?;

    let workspace = manager.journal().read(|ledger| ledger.workspace().clone());
    let call = field(row, "call")?;
    let reason = call.get("invalid_reason").and_then(Value::as_str).unwrap_or_default();
    let (act, _warnings) = match text(call, "op")? {
        "invalidate_tokens" => {
            let users = call.get("users").and_then(Value::as_array).map(|users| owners(users)).transpose()?;
            let filter = call.get("where").map(conditions).transpose()?.unwrap_or_default();
            compatible::invalidate_tokens(&workspace, users.as_deref(), &filter, reason)
        }
        "invalidate_token" => compatible::invalidate_token(&workspace, text(call, "token")?, reason),
        other => return Err(format!("unknown operation `{other}`")),
    };
    if !act.tokens.is_empty() {
        let event = NewEvent::Here { at: now, by: None, body: EventBody::TokensInvalidated(act) };
        pollster::block_on(manager.append(vec![event])).map_err(|error| error.to_string())?;
    }

    let after = manager.journal().read(|ledger| ledger.workspace().clone());
    let instant = |time: Option<Timestamp>| time.map_or(Value::Null, |time| iso(&time).into());
    let ours: Vec<Value> = after
        .tokens()
        .zip(rows)
        .map(|(token, row)| {
            json!([
                row["token"],
                token.valid,
                instant(token.invalid_date),
                token.invalid_reason,
                instant(Some(token.last_updated))
            ])
        })
        .collect();
    let result = field(row, "result")?;
    same("tokens", field(result, "tokens")?, &Value::Array(ours))?;
    same("signals", field(result, "signals")?, &json!([]))?;
    Ok(Outcome::Same)
}

/// The events that put a token into its recorded state.
fn token_events(row: &Value, number: u64) -> Result<Vec<NewEvent>, String> {
    let added = row.get("time_added").and_then(Value::as_str).and_then(parse_iso).ok_or("no time_added")?;
    let EventBody::TokenGenerated(base) = taken(text(row, "token")?, number) else { return Err("no token".into()) };
    let uid = base.uid;
    let generated = TokenGenerated {
        owner: text(row, "user")?.parse().map_err(|error| format!("{error}"))?,
        generator: row.get("generator").and_then(Value::as_str).unwrap_or("vendor_checksum").parse().unwrap(),
        note: row.get("note").and_then(Value::as_str).unwrap_or_default().to_owned(),
        expires: row.get("expires").and_then(Value::as_str).and_then(parse_iso),
        local_site: row.get("local_site").and_then(Value::as_str).map(|site| site.parse().unwrap()),
        valid: row.get("valid") != Some(&json!(false)),
        ..*base
    };
    let restored = RestoredToken {
        uid,
        valid: generated.valid,
        act: None,
        invalid_date: row.get("invalid_date").and_then(Value::as_str).and_then(parse_iso),
        invalid_reason: row.get("invalid_reason").and_then(Value::as_str).unwrap_or_default().to_owned(),
    };
    let act = EventId { replica: ReplicaId::from_bytes([9; 16]), sequence: number };
    let bodies = [
        EventBody::TokenGenerated(Box::new(generated)),
        EventBody::InvalidationUndone(InvalidationUndone { act, restored: vec![restored], overrides: None }),
    ];
    Ok(bodies.into_iter().map(|body| NewEvent::Here { at: added, by: None, body }).collect())
}

fn owners(users: &[Value]) -> Result<Vec<Username>, String> {
    users
        .iter()
        .map(|user| user.as_str().ok_or("a user is no text")?.parse().map_err(|error| format!("{error}")))
        .collect()
}

fn conditions(filter: &Value) -> Result<Vec<Condition>, String> {
    let digest = |value: &Value| value.as_str().map(TokenDigest::of).ok_or("no text");
    let yes = |value: &Value| value == &json!(true);
    filter
        .as_object()
        .ok_or("no filter")?
        .iter()
        .map(|(key, value)| {
            Ok(match key.as_str() {
                "token" => Condition::DigestIn(vec![digest(value)?]),
                "token__in" => {
                    let digests: Result<Vec<_>, _> = value.as_array().into_iter().flatten().map(digest).collect();
                    Condition::DigestIn(digests?)
                }
                "token_generator_id" => Condition::Generator(value.as_str().ok_or("no id")?.parse().unwrap()),
                "expires__isnull" if yes(value) => Condition::NeverExpires,
                "expires__isnull" => Condition::Expires,
                "expires__lt" => Condition::ExpiresBefore(value.as_str().and_then(parse_iso).ok_or("no instant")?),
                "local_site__isnull" if yes(value) => Condition::Global,
                "local_site__isnull" => Condition::OnSomeSite,
                "valid" if yes(value) => Condition::Valid,
                "valid" => Condition::Invalid,
                "note" => Condition::Note(value.as_str().ok_or("no note")?.to_owned()),
                "user__username" => Condition::Owner(value.as_str().ok_or("no user")?.parse().unwrap()),
                other => return Err(format!("unknown condition `{other}`")),
            })
        })
        .collect()
}
