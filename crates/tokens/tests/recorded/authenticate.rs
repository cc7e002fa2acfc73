//! Logging in with a token: outcomes by state, headers, and what changes to a token do to the next login.
//!
//! Steps that send only a cookie or a password are a server's and are counted apart.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tollgate_tokens::{Timestamp, TokenDigest, VendorChecksum, iso, parse_iso};

use crate::harness::{Group, Outcome, field, same, text};
use crate::server::{Answer, Server};

pub(crate) const GROUPS: [Group; 3] = [
    Group { name: "single", replay: replay_single },
    Group { name: "header_parsing", replay: replay_header },
    Group { name: "sequences", replay: replay_sequence },
];

type Replayed = Result<Outcome, String>;

/// Writes what stands beside the groups into every row, and the instant at which all of them were recorded.
pub(crate) fn hand_to_rows(file: &mut Value) {
    let beside = json!({
        "now": file["single"][0]["now"],
        "known_tokens": file["known_tokens_for_header_parsing"],
        "passwords": file["passwords"],
        "local_site": file["local_site"],
    });
    for group in GROUPS {
        for row in file.get_mut(group.name).and_then(Value::as_array_mut).into_iter().flatten() {
            row["beside"] = beside.clone();
        }
    }
}

fn replay_single(row: &Value) -> Replayed {
    let now = now(row)?;
    let stored = field(row, "token")?;
    let tokens: &[Value] = if stored.is_null() { &[] } else { std::slice::from_ref(stored) };
    let server = Server::new(field(row, "beside")?, tokens, now)?;
    let language = row.get("lang").and_then(Value::as_str).unwrap_or("en");
    let ours = server.answer(field(row, "authorization")?.as_str(), text(row, "path")?, language)?;
    let recorded = field(row, "result")?;
    compare(recorded, &ours)?;
    same("signals", field(recorded, "signals")?, &json!(ours.signals))?;
    if !stored.is_null() {
        compare_token(recorded, &server, text(stored, "value")?, &ours, now)?;
    }
    Ok(Outcome::Same)
}

fn replay_header(row: &Value) -> Replayed {
    let beside = field(row, "beside")?;
    let known = field(beside, "known_tokens")?;
    let tokens = [
        json!({"value": text(known, "vendor_token_of_alice")?}),
        json!({"value": text(known, "legacy_token_of_alice")?, "generator": "legacy_sha1"}),
    ];
    let server = Server::new(beside, &tokens, now(beside)?)?;
    let authorization = field(row, "authorization")?.as_str();
    let recorded = field(row, "result")?;
    compare(recorded, &server.answer(authorization, "/api/session/", "en")?)?;
    let other = field(recorded, "other_resource")?;
    let ours = server.answer(authorization, text(other, "path")?, "en")?;
    compare(other, &ours).map_err(|difference| format!("other resource: {difference}"))?;
    Ok(Outcome::Same)
}

fn replay_sequence(row: &Value) -> Replayed {
    let beside = field(row, "beside")?;
    let now = now(beside)?;
    let mut token = field(row, "token")?.clone();
    let value = VendorChecksum::assemble("rbp", &"s".repeat(VendorChecksum::entropy_length("rbp")));
    token["value"] = json!(value);
    let authorization = format!("token {value}");
    let mut server = Server::new(beside, std::slice::from_ref(&token), now)?;
    let mut server_steps = 0;
    for (number, step) in field(row, "steps")?.as_array().ok_or("no steps")?.iter().enumerate() {
        match text(step, "do")? {
            "request" if step.get("send_token") == Some(&json!(true)) => {
                let ours = server.answer(Some(authorization.as_str()), text(step, "path")?, "en")?;
                let compared = compare(field(step, "result")?, &ours);
                compared.map_err(|difference| format!("step {number}: {difference}"))?;
            }
            "request" => server_steps += 1,
            "invalidate" => server.invalidate(&value, "x")?,
            "deactivate" => server.deactivate("alice")?,
            // No event of ours says these, so the workspace is made anew as it is after them.
            "delete" => server = Server::new(beside, &[], now)?,
            "expire" => {
                token["expires"] = json!(iso(&(now - TimeDelta::days(1))));
                server = Server::new(beside, std::slice::from_ref(&token), now)?;
            }
            "policy" => {
                token["policy"] = field(step, "policy")?.clone();
                server = Server::new(beside, std::slice::from_ref(&token), now)?;
            }
            other => return Err(format!("step {number}: unknown step `{other}`")),
        }
    }
    Ok(Outcome::SameButFor { server_steps })
}

fn now(row: &Value) -> Result<Timestamp, String> {
    parse_iso(text(row, "now")?).ok_or_else(|| "no instant".to_owned())
}

/// Compares everything that the row says of the answer; fields that a row has not are those of other resources.
fn compare(recorded: &Value, ours: &Answer) -> Result<(), String> {
    same("status", field(recorded, "status")?.as_u64(), Some(ours.status()))?;
    match (recorded.get("err"), &ours.refusal) {
        (None, None) => {}
        (Some(error), Some(refusal)) => {
            same("code", field(error, "code")?.as_u64(), Some(refusal.kind.code))?;
            refusal.compare_words(text(error, "msg")?)?;
        }
        (error, refusal) => return Err(format!("error: recorded {error:?}, ours {refusal:?}")),
    }
    if let Some(authenticated) = recorded.get("authenticated") {
        same("authenticated", authenticated.as_bool(), Some(ours.user.is_some()))?;
    }
    if let Some(user) = recorded.get("user") {
        same("user", user.as_str(), ours.user.as_deref())?;
    }
    if let Some(headers) = recorded.get("headers") {
        same("marked as deprecated", headers.get("X-API-Token-Deprecated").is_some(), ours.deprecated)?;
    }
    if let Some(cookie) = recorded.get("session_cookie_set") {
        same("session opened", cookie.as_bool(), Some(ours.user.is_some()))?;
    }
    Ok(())
}

/// Compares what the login did to the token: it counts as used if it logged in, and is unchanged otherwise.
fn compare_token(recorded: &Value, server: &Server, value: &str, ours: &Answer, now: Timestamp) -> Result<(), String> {
    let used = ours.user.is_some().then(|| iso(&now));
    same("last used", field(recorded, "last_used_after")?, &json!(used))?;
    let workspace = server.workspace();
    let token = workspace.token_by_digest(&TokenDigest::of(value)).ok_or("the token is not there")?;
    let changed = token.last_updated != token.time_added;
    same("last updated changed", field(recorded, "last_updated_changed")?.as_bool(), Some(changed))?;
    let recorded = field(recorded, "expired_notification_sent")?;
    same("notified of the expiry", recorded, token.extra_data.get("expired_notification_sent").unwrap_or(&Value::Null))
}
