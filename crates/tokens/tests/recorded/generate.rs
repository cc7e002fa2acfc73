//! Generating a token: collisions, attempts, values of every argument, errors.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tollgate_tokens::compatible::{self, GenerateCall, GenerateError, Made};
use tollgate_tokens::test_support::{CountingEntropy, memory_manager_on};
use tollgate_tokens::{
    Entropy, EventBody, FormatCheckError, GeneratorError, GeneratorRegistry, Journal as _, MemoryStorage, NewEvent,
    Timestamp, Token, TokenDigest, TokenGenerated, TokenGenerator, TokenInfo, TokenSecret, TokenUid, Workspace, dumps,
    iso, parse_iso,
};

use crate::harness::{Group, Outcome, field, same, text};

pub(crate) const GROUP: Group = Group { name: "generate", replay };

/// Arguments that a typed call has; anything else is what the original calls an unexpected keyword.
const KNOWN: [&str; 10] = [
    "token_generator_id",
    "token_info",
    "max_attempts",
    "note",
    "policy",
    "expires",
    "auto_generated",
    "extra_data",
    "local_site",
    "valid",
];

/// Gives the recorded texts one after the other, and remembers what it was told.
struct Preset {
    texts: Mutex<VecDeque<String>>,
    seen: Mutex<Vec<Value>>,
}

impl TokenGenerator for Preset {
    fn id(&self) -> &str {
        "preset"
    }

    fn create(&self, info: &TokenInfo, _: &dyn Entropy, _: Timestamp) -> Result<TokenSecret, GeneratorError> {
        self.seen.lock().unwrap().push(Value::Object(info.clone()));
        Ok(TokenSecret::new(self.texts.lock().unwrap().pop_front().unwrap_or_default()))
    }

    fn has_format(&self, _: &str, _: &TokenInfo) -> Result<bool, FormatCheckError> {
        Ok(true)
    }

    fn vendor_prefix(&self, _: &TokenInfo) -> Option<String> {
        None
    }
}

fn replay(row: &Value) -> Result<Outcome, String> {
    let args = field(row, "args")?.as_object().ok_or("no arguments")?;
    let null_generator = args.get("token_generator_id").is_none_or(Value::is_null);
    let unknown_keyword = args.keys().any(|key| !KNOWN.contains(&key.as_str()));
    if null_generator || unknown_keyword || row.get("in_transaction") == Some(&json!(true)) {
        // A null id, an unknown keyword and a broken enclosing transaction cannot be said in types: all were errors.
        field(field(row, "result")?, "error")?;
        return Ok(Outcome::MapsToRefusal);
    }
    let now = parse_iso(text(row, "now")?).ok_or("no instant")?;
    let texts = strings(field(row, "generator_values")?);
    let preset = Arc::new(Preset { texts: Mutex::new(texts.into()), seen: Mutex::default() });
    let registry = GeneratorRegistry::built_in().with(preset.clone());
    let storage = MemoryStorage::default();
    let manager = memory_manager_on(&storage, 1);
    let existing = strings(field(row, "existing_token_values")?);
    let stored = existing.iter().zip(1_u64..).map(|(text, number)| event(now, taken(text, number))).collect();
    pollster::block_on(manager.append(stored)).map_err(|error| error.to_string())?;

    let mut call = call(args)?;
    let workspace: Workspace = manager.journal().read(|ledger| ledger.workspace().clone());
    let made = compatible::generate(&workspace, &registry, &mut call, &CountingEntropy::scrambled(2), now);
    let recorded = field(row, "result")?;
    let seen = preset.seen.lock().unwrap().clone();
    same("calls", field(recorded, "calls")?.as_u64(), Some(seen.len() as u64))?;
    same("token info seen", field(recorded, "token_info_seen")?, &Value::Array(seen))?;
    let mut after = call.token_info.clone();
    after.shift_remove("user");
    same("token info after", field(recorded, "token_info_after")?, &Value::Object(after))?;
    match made {
        Err(error) => compare_error(recorded, &error)?,
        Ok(made) => {
            let text = RefCell::new(String::new());
            let token = append_and_read(&manager, made, now, &text)?;
            compare_row(recorded, &token, &text.borrow())?;
        }
    }
    Ok(Outcome::Same)
}

fn call(args: &serde_json::Map<String, Value>) -> Result<GenerateCall, String> {
    let args = Value::Object(args.clone());
    let mut info = field(&args, "token_info")?.as_object().ok_or("no token info")?.clone();
    if text(&args, "token_generator_id")? == "legacy_sha1" {
        // The recorder handed a user object in, which JSON cannot hold, and left it out of the row.
        info.insert("user".to_owned(), json!({"secret_key": "key", "id": 1, "password": "hash"}));
    }
    let mut call = GenerateCall::new("alice".parse().unwrap(), text(&args, "token_generator_id")?, info);
    if let Some(attempts) = args.get("max_attempts") {
        call.max_attempts = attempts.as_i64().ok_or("max_attempts is no number")?;
    }
    call.note = args.get("note").and_then(Value::as_str).map(str::to_owned);
    if let Some(policy) = args.get("policy") {
        call.policy = policy.clone();
    }
    call.expires = args.get("expires").and_then(Value::as_str).and_then(parse_iso);
    call.auto_generated = args.get("auto_generated") == Some(&json!(true));
    if let Some(extra) = args.get("extra_data") {
        call.fields.extra_data = extra.clone();
    }
    call.fields.local_site = args.get("local_site").and_then(Value::as_str).map(|site| site.parse().unwrap());
    call.fields.valid = args.get("valid") != Some(&json!(false));
    Ok(call)
}

type TestManager = tollgate_tokens::Manager<
    tollgate_tokens::MemoryJournal,
    tollgate_tokens::test_support::SteadyClock,
    CountingEntropy,
>;

pub(crate) fn append_and_read(
    manager: &TestManager,
    made: Made,
    now: Timestamp,
    text: &RefCell<String>,
) -> Result<Arc<Token>, String> {
    let uid = made.event.uid;
    let body = made.body();
    text.borrow_mut().push_str(&made.secret.expose_once());
    pollster::block_on(manager.append(vec![event(now, body)])).map_err(|error| error.to_string())?;
    manager.journal().read(|ledger| ledger.workspace().token(uid).cloned()).ok_or("the token is not there".to_owned())
}

fn compare_row(recorded: &Value, token: &Token, text_made: &str) -> Result<(), String> {
    let row = field(recorded, "stored").map_err(|_| format!("recorded {recorded}, ours made a token"))?;
    same_fields(row, &row_of(token, text_made)?)?;
    same("digest", true, token.digest.matches(&TokenDigest::of(text_made)))?;
    let signals = json!([{"signal": "created", "auto_generated": token.auto_generated, "token": text_made}]);
    same("signals", field(recorded, "signals")?, &signals)
}

/// A token as the original's rows tell it.
pub(crate) fn row_of(token: &Token, text_made: &str) -> Result<Value, String> {
    let instant = |time: Option<Timestamp>| time.map_or(Value::Null, |time| iso(&time).into());
    let policy: Value = serde_json::from_str(&token.policy).map_err(|error| error.to_string())?;
    Ok(json!({
        "user": token.owner.as_str(), "token": text_made, "token_generator_id": token.generator.as_str(),
        "time_added": instant(Some(token.time_added)), "last_updated": instant(Some(token.last_updated)),
        "last_used": instant(token.last_used), "expires": instant(token.expires), "valid": token.valid,
        "invalid_date": instant(token.invalid_date), "invalid_reason": token.invalid_reason, "note": token.note,
        "policy": policy, "extra_data": token.extra_data,
        "local_site": token.local_site.as_ref().map(|site| site.as_str()),
        "stored_policy": &*token.policy, "stored_extra_data": dumps(&token.extra_data),
        "stored_policy_is_null": &*token.policy == "null", "token_type": token.fingerprint.prefix,
    }))
}

/// Compares every field that was recorded.
pub(crate) fn same_fields(recorded: &Value, ours: &Value) -> Result<(), String> {
    for (key, recorded) in recorded.as_object().ok_or("no row")? {
        same(key, recorded, field(ours, key)?)?;
    }
    Ok(())
}

fn compare_error(recorded: &Value, ours: &GenerateError) -> Result<(), String> {
    let message = text(recorded, "message").map_err(|_| format!("recorded {recorded}, ours {ours}"))?;
    let class = text(recorded, "error")?;
    let agrees = match ours {
        GenerateError::UnknownGenerator { .. } => {
            class == "WebAPITokenGenerationError" && message.starts_with("Could not find")
        }
        GenerateError::TooManyCollisions { .. } => {
            class == "WebAPITokenGenerationError" && message.starts_with("Could not create")
        }
        GenerateError::Generator(GeneratorError::MissingKey { key }) => {
            class == "KeyError" && message.contains(&format!(" {key} key"))
        }
        _ => false,
    };
    if agrees { Ok(()) } else { Err(format!("recorded {class}: {message}, ours {ours}")) }
}

fn event(at: Timestamp, body: EventBody) -> NewEvent {
    NewEvent::Here { at, by: None, body }
}

pub(crate) fn taken(text: &str, number: u64) -> EventBody {
    let secret = TokenSecret::new(text.to_owned());
    let mut uid = [0; 16];
    uid[..8].copy_from_slice(&number.to_be_bytes());
    EventBody::TokenGenerated(Box::new(TokenGenerated {
        uid: TokenUid::from_bytes(uid),
        number,
        owner: "alice".parse().unwrap(),
        digest: secret.digest(),
        fingerprint: secret.fingerprint(None),
        generator: "vendor_checksum".parse().unwrap(),
        note: String::new(),
        policy: "{}".to_owned(),
        extra_data: json!({}),
        expires: None,
        local_site: None,
        auto_generated: false,
        valid: true,
        policy_source: None,
        overrides: None,
    }))
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
