//! The token of a client: which existing one is chosen, and what a new one is.

use std::cell::RefCell;

use serde_json::{Map, Value, json};
use tollgate_tokens::compatible::{
    ClientDefault, ClientExpires, ClientToken, ClientTokenCall, ClientTokenChoice, ClientTokenError, ClientTokenServer,
    ClientTokenSetting, get_or_create_client_token, preview_client_token,
};
use tollgate_tokens::test_support::{CountingEntropy, memory_manager};
use tollgate_tokens::{
    EventBody, GeneratorRegistry, Journal as _, NewEvent, SiteName, Timestamp, Token, TokenGenerated, VendorChecksum,
    parse_iso, read_json_column,
};

use crate::generate::{append_and_read, row_of, same_fields, taken};
use crate::harness::{Group, Outcome, field, same, text};

pub(crate) const GROUP: Group = Group { name: "cases", replay };

fn replay(row: &Value) -> Result<Outcome, String> {
    let now = parse_iso(text(row, "now")?).ok_or("no instant")?;
    let manager = memory_manager();
    let rows = field(row, "tokens")?.as_array().ok_or("no tokens")?;
    let events: Result<Vec<NewEvent>, String> =
        rows.iter().zip(1_u64..).map(|(token, number)| stored(token, number, now)).collect();
    pollster::block_on(manager.append(events?)).map_err(|error| error.to_string())?;

    let workspace = manager.journal().read(|ledger| ledger.workspace().clone());
    let registry = GeneratorRegistry::built_in();
    let (call, server) = (call(field(row, "args")?)?, server(row));
    let entropy = CountingEntropy::scrambled(2);
    let preview = preview_client_token(&workspace, &registry, &call, &server, now);
    let answer = get_or_create_client_token(&workspace, &registry, &call, &server, &entropy, now);
    let recorded = field(row, "result")?;
    match (preview.map(|preview| preview.choice), answer.map(|(token, _warnings)| token)) {
        (Ok(ClientTokenChoice::Existing(foreseen)), Ok(ClientToken::Existing(token))) => {
            same("foreseen", foreseen.uid, token.uid)?;
            compare_existing(recorded, &token)?;
        }
        (Ok(ClientTokenChoice::New(foreseen)), Ok(ClientToken::Made(made))) => {
            same("foreseen note", &foreseen.note, &made.event.note)?;
            same("foreseen expiry", foreseen.expires, made.event.expires)?;
            same("foreseen extra data", &Value::Object(foreseen.extra_data), &made.event.extra_data)?;
            let secret = RefCell::new(String::new());
            let token = append_and_read(&manager, *made, now, &secret)?;
            compare_made(recorded, &token, &secret.borrow())?;
        }
        (Err(foreseen), Err(error)) => {
            same("foreseen", &foreseen, &error)?;
            compare_crash(recorded, &error)?;
            return Ok(Outcome::MapsToRefusal);
        }
        (foreseen, done) => return Err(format!("foreseen {foreseen:?}, done {done:?}")),
    }
    Ok(Outcome::Same)
}

fn compare_existing(recorded: &Value, token: &Token) -> Result<(), String> {
    same("created", field(recorded, "created")?, &json!(false))?;
    same("index", field(recorded, "index")?.as_u64(), token.number.checked_sub(1))
}

fn compare_made(recorded: &Value, token: &Token, secret: &str) -> Result<(), String> {
    same("created", field(recorded, "created")?, &json!(true))?;
    same_fields(field(recorded, "token")?, &row_of(token, secret)?)?;
    same("whole", true, VendorChecksum::is_whole(secret, text(field(recorded, "token")?, "token_type")?))?;
    let signals = json!([{"auto_generated": token.auto_generated}]);
    same("signals", field(recorded, "signals")?, &signals)
}

fn compare_crash(recorded: &Value, ours: &ClientTokenError) -> Result<(), String> {
    let class = text(recorded, "crash").map_err(|_| format!("recorded {recorded}, ours {ours}"))?;
    let expected = match ours {
        ClientTokenError::NoLocalSites { .. } => "ValueError",
        ClientTokenError::UnreadableExtraData { .. } => "AttributeError",
        ClientTokenError::DateOverflow { .. } => "OverflowError",
        other => return Err(format!("recorded {class}, ours {other}")),
    };
    same("crash", class, expected)
}

/// The event that puts a token into its recorded state; what is left out has the default that the file tells.
fn stored(row: &Value, number: u64, at: Timestamp) -> Result<NewEvent, String> {
    let EventBody::TokenGenerated(base) = taken(&format!("token-{number}"), number) else {
        return Err("no token".to_owned());
    };
    let generated = TokenGenerated {
        owner: row.get("user").and_then(Value::as_str).unwrap_or("alice").parse().unwrap(),
        generator: row.get("generator").and_then(Value::as_str).unwrap_or("vendor_checksum").parse().unwrap(),
        extra_data: read_json_column(field(row, "extra_data")?),
        expires: instant(field(row, "expires")?)?,
        local_site: site(row)?,
        valid: row.get("valid") != Some(&json!(false)),
        ..*base
    };
    Ok(NewEvent::Here { at, by: None, body: EventBody::TokenGenerated(Box::new(generated)) })
}

fn call(args: &Value) -> Result<ClientTokenCall, String> {
    let client_name = field(args, "client_name")?.as_str().map(str::to_owned);
    let mut call = ClientTokenCall::new("alice".parse().unwrap(), client_name);
    for (key, value) in args.as_object().ok_or("no arguments")? {
        match key.as_str() {
            "client_name" => {}
            "expires" => call.expires = instant(value)?.map_or(ClientExpires::Never, ClientExpires::At),
            "min_validity_secs" => call.min_validity_secs = value.as_f64().ok_or("no seconds")?,
            "default_extra_data" => call.default_extra_data = default(value, object)?,
            "default_policy" => call.default_policy = default(value, |value| Ok(value.clone()))?,
            "local_site" => call.local_site = site(args)?,
            "ignore_deprecated" => call.ignore_deprecated = value.as_bool().ok_or("no truth value")?,
            other => return Err(format!("unknown argument `{other}`")),
        }
    }
    Ok(call)
}

fn server(row: &Value) -> ClientTokenServer {
    let mut server = ClientTokenServer::default();
    if let Some(setting) = row.get("client_token_expiration") {
        server.expiration = ClientTokenSetting(setting.clone());
    }
    server.has_local_sites = row.get("server_has_local_sites") != Some(&json!(false));
    server
}

fn default<T>(value: &Value, read: impl Fn(&Value) -> Result<T, String>) -> Result<ClientDefault<T>, String> {
    if value.is_null() { Ok(ClientDefault::Null) } else { read(value).map(ClientDefault::Value) }
}

fn object(value: &Value) -> Result<Map<String, Value>, String> {
    value.as_object().cloned().ok_or_else(|| format!("no object: {value}"))
}

fn instant(value: &Value) -> Result<Option<Timestamp>, String> {
    match value {
        Value::Null => Ok(None),
        value => value.as_str().and_then(parse_iso).map(Some).ok_or_else(|| format!("no instant: {value}")),
    }
}

fn site(row: &Value) -> Result<Option<SiteName>, String> {
    let name = row.get("local_site").and_then(Value::as_str);
    name.map(|name| name.parse::<SiteName>().map_err(|error| error.to_string())).transpose()
}
