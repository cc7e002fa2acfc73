//! A server around the engine: accounts, passwords, members of a site, policies, and the words of its answers.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{Datelike as _, Timelike as _};
use serde_json::{Value, json};
use tollgate_policy::{Catalog, CompiledPolicy, Request, check, gate};
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, memory_manager};
use tollgate_tokens::{
    Admission, Authentication, Credential, EventBody, EventId, InvalidationUndone, Journal as _, LoginAttempt, Manager,
    MemoryJournal, NewEvent, ReplicaId, RequestPlace, RestoredToken, SiteName, Timestamp, Token, TokenGenerated,
    TokenSecret, UserRecord, Workspace, admit, authenticate, compatible, parse_iso, server_date,
};

use crate::generate::taken;
use crate::harness::text;

/// Who there is, and whether they are active.
const USERS: [(&str, bool); 4] = [("admin", true), ("alice", true), ("bob", false), ("carol", true)];

const GERMAN: &str = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember";
const FRENCH: &str = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre";
const BRITISH: &str = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";

/// What a server answers to a request, as far as the engine decides it; the default is that of an anonymous one.
#[derive(Default)]
pub(crate) struct Answer {
    pub(crate) refusal: Option<Refusal>,
    pub(crate) user: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) signals: Vec<&'static str>,
}

/// A refusal, and the part of its message that differs from token to token, which is at its end.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) kind: Kind,
    end: String,
}

/// A refusal's status, its code, and the CRC-32 of its fixed words.
///
/// The sentences of the original stay in the fixtures; by its CRC-32 a changed one is noticed all the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    status: u64,
    pub(crate) code: u64,
    words: u32,
}

const NOT_FOUND: Kind = Kind { status: 404, code: 100, words: 0xe725_410d };
const DENIED: Kind = Kind { status: 403, code: 101, words: 0xb64d_4101 };
const NOT_LOGGED_IN: Kind = Kind { status: 401, code: 103, words: 0x980f_4559 };
const WRONG_CREDENTIALS: Kind = Kind { status: 401, code: 104, words: 0x6d8c_29b0 };
const BECAME_INVALID: Kind = Kind { status: 401, code: 104, words: 0x53ee_98bf };
const EXPIRED: Kind = Kind { status: 401, code: 104, words: 0x80bd_7b49 };

impl Answer {
    pub(crate) fn status(&self) -> u64 {
        self.refusal.as_ref().map_or(200, |refusal| refusal.kind.status)
    }

    fn refused(kind: Kind) -> Self {
        Self::refused_with(kind, String::new())
    }

    fn refused_with(kind: Kind, end: String) -> Self {
        Self { refusal: Some(Refusal { kind, end }), ..Self::default() }
    }
}

impl Refusal {
    pub(crate) fn compare_words(&self, recorded: &str) -> Result<(), String> {
        let crc = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC);
        let fixed = recorded.strip_suffix(self.end.as_str()).map(|words| crc.checksum(words.as_bytes()));
        if fixed == Some(self.kind.words) {
            return Ok(());
        }
        Err(format!(
            "message: recorded `{recorded}`, ours words of CRC-32 {:08x}, then `{}`",
            self.kind.words, self.end
        ))
    }
}

pub(crate) struct Server {
    manager: Manager<MemoryJournal, SteadyClock, CountingEntropy>,
    beside: Value,
    now: Timestamp,
}

impl Server {
    /// A server at an instant, with tokens as a row describes them; `beside` has its passwords and its site.
    pub(crate) fn new(beside: &Value, tokens: &[Value], now: Timestamp) -> Result<Self, String> {
        let server = Self { manager: memory_manager(), beside: beside.clone(), now };
        let mut bodies: Vec<_> = USERS.iter().map(|(name, active)| EventBody::UserAdded(user(name, *active))).collect();
        let site = text(&beside["local_site"], "name")?;
        bodies.push(EventBody::SiteAdded(site.parse::<SiteName>().map_err(|error| error.to_string())?));
        for (token, number) in tokens.iter().zip(1_u64..) {
            bodies.extend(token_events(token, number)?);
        }
        server.append(bodies)?;
        Ok(server)
    }

    pub(crate) fn workspace(&self) -> Workspace {
        self.manager.journal().read(|ledger| ledger.workspace().clone())
    }

    pub(crate) fn invalidate(&self, token: &str, reason: &str) -> Result<(), String> {
        let (act, _warnings) = compatible::invalidate_token(&self.workspace(), token, reason);
        self.append(vec![EventBody::TokensInvalidated(act)])
    }

    pub(crate) fn deactivate(&self, name: &str) -> Result<(), String> {
        self.append(vec![EventBody::UserChanged(user(name, false))])
    }

    /// The answer to a request to read.
    pub(crate) fn answer(&self, authorization: Option<&str>, path: &str, language: &str) -> Result<Answer, String> {
        let Some(authorization) = authorization else { return Ok(Answer::default()) };
        match Credential::of_header(authorization) {
            Credential::Token(secret) => self.answer_to_token(&secret, path, language),
            Credential::Password => self.answer_to_password(authorization),
            Credential::OAuth => Ok(Answer::refused(WRONG_CREDENTIALS)),
            Credential::Unrecognized => Ok(Answer::refused(NOT_LOGGED_IN)),
        }
    }

    fn answer_to_token(&self, secret: &TokenSecret, path: &str, language: &str) -> Result<Answer, String> {
        let attempt = LoginAttempt::at(self.now);
        let outcome = authenticate(&self.workspace(), self.manager.registry(), secret, attempt);
        Ok(match &outcome {
            Authentication::LoggedIn { token, deprecated } => {
                let refusal = self.refusal_after_login(token, path)?.map(|kind| Refusal { kind, end: String::new() });
                let user = Some(token.owner.to_string());
                Answer { refusal, user, deprecated: *deprecated, signals: Vec::new() }
            }
            Authentication::Invalid { token } => {
                let reason = token.invalid_reason.as_str();
                let end = if reason.is_empty() { ".".to_owned() } else { format!(": {reason}") };
                Answer::refused_with(BECAME_INVALID, date(language, token.invalid_date) + &end)
            }
            Authentication::Expired { token } => {
                let end = date(language, token.expires) + ".";
                Answer { signals: vec!["expired"], ..Answer::refused_with(EXPIRED, end) }
            }
            Authentication::Unknown | Authentication::InactiveOwner { .. } => Answer::refused(WRONG_CREDENTIALS),
            Authentication::TooManyFailedLogins
            | Authentication::Uncertain { .. }
            | Authentication::UnknownOwner { .. } => return Err(format!("no server says {}", outcome.code())),
        })
    }

    /// What the site and the policy of a token that logged in have against the request.
    fn refusal_after_login(&self, token: &Token, path: &str) -> Result<Option<Kind>, String> {
        let catalog = Catalog::review_board_8_1();
        let asked = catalog.resolve(path).ok_or_else(|| format!("no resource at `{path}`"))?;
        let place = match &asked.local_site {
            None => RequestPlace::Root,
            Some(site) => RequestPlace::Site(site.parse::<SiteName>().map_err(|error| error.to_string())?),
        };
        match admit(&self.workspace(), token, &place) {
            Admission::UnknownSite(_) => return Ok(Some(NOT_FOUND)),
            Admission::WrongSite { .. } => return Ok(Some(DENIED)),
            Admission::IfMember(site) if !self.has_member(&site, token.owner.as_str()) => return Ok(Some(DENIED)),
            Admission::IfMember(_) | Admission::Admitted => {}
        }
        let policy = check(&token.policy, catalog).policy().ok_or("the policy is refused")?;
        let request = Request::new(asked.resource, "GET", asked.item_id.as_deref());
        let is_allowed = gate(&CompiledPolicy::new(&policy), &request).is_allowed();
        Ok((!is_allowed).then_some(DENIED))
    }

    fn answer_to_password(&self, authorization: &str) -> Result<Answer, String> {
        let encoded = authorization.strip_prefix("Basic ").ok_or("the header has no password")?;
        let decoded = STANDARD.decode(encoded).map_err(|error| error.to_string())?;
        let credentials = String::from_utf8(decoded).map_err(|error| error.to_string())?;
        let (login, password) = credentials.split_once(':').ok_or("the header has no password")?;
        // A mail address logs in as the user whose it is, and those of the recorder begin with the user's name.
        let name = login.split_once('@').map_or(login, |(name, _)| name);
        let is_right = self.beside["passwords"].get(name).and_then(Value::as_str) == Some(password);
        if is_right {
            return Ok(Answer { user: Some(name.to_owned()), ..Answer::default() });
        }
        Ok(Answer::refused(WRONG_CREDENTIALS))
    }

    fn has_member(&self, site: &SiteName, name: &str) -> bool {
        let recorded = &self.beside["local_site"];
        let mut members = recorded["members"].as_array().into_iter().flatten();
        recorded["name"].as_str() == Some(site.as_str()) && members.any(|member| member.as_str() == Some(name))
    }

    fn append(&self, bodies: Vec<EventBody>) -> Result<(), String> {
        let stamp = |body| NewEvent::Here { at: self.now, by: None, body };
        let events = bodies.into_iter().map(stamp).collect();
        pollster::block_on(self.manager.append(events)).map_err(|error| error.to_string())?;
        Ok(())
    }
}

fn user(name: &str, active: bool) -> UserRecord {
    UserRecord { username: name.parse().unwrap(), active, superuser: name == "admin" }
}

/// The events that put a token into its recorded state.
fn token_events(token: &Value, number: u64) -> Result<Vec<EventBody>, String> {
    let EventBody::TokenGenerated(base) = taken(text(token, "value")?, number) else { return Err("no token".into()) };
    let uid = base.uid;
    let word = |key: &str| token.get(key).and_then(Value::as_str);
    let generated = TokenGenerated {
        owner: word("user").unwrap_or("alice").parse().map_err(|error| format!("{error}"))?,
        generator: word("generator").unwrap_or("vendor_checksum").parse().unwrap(),
        policy: token.get("policy").map_or_else(|| "{}".to_owned(), ToString::to_string),
        extra_data: token.get("extra_data").cloned().unwrap_or_else(|| json!({})),
        expires: word("expires").and_then(parse_iso),
        local_site: word("local_site").map(|site| site.parse().unwrap()),
        valid: token.get("valid") != Some(&json!(false)),
        ..*base
    };
    let restored = RestoredToken {
        uid,
        valid: generated.valid,
        act: None,
        invalid_date: word("invalid_date").and_then(parse_iso),
        invalid_reason: word("invalid_reason").unwrap_or_default().to_owned(),
    };
    let act = EventId { replica: ReplicaId::from_bytes([9; 16]), sequence: number };
    Ok(vec![
        EventBody::TokenGenerated(Box::new(generated)),
        EventBody::InvalidationUndone(InvalidationUndone { act, restored: vec![restored], overrides: None }),
    ])
}

/// The date in the language of a request; one that the server does not speak is English.
fn date(language: &str, instant: Option<Timestamp>) -> String {
    let english = server_date(instant);
    let Some(instant) = instant else { return english };
    let month_of = |months: &'static str| months.split(' ').nth(instant.month0() as usize).unwrap();
    let (day, year, hour, minute) = (instant.day(), instant.year(), instant.hour(), instant.minute());
    match language {
        "de" => format!("{day}. {} {year} {hour:02}:{minute:02}", month_of(GERMAN)),
        "fr" => format!("{day} {} {year} {hour:02}:{minute:02}", month_of(FRENCH)),
        "en-gb" => {
            let time = english.rsplit(", ").next().unwrap();
            format!("{day} {} {year}, {time}", month_of(BRITISH))
        }
        _ => english,
    }
}
