//! A made-up service, the same at every run: for our store as events, and for the peers as rows.

use serde_json::{Value, json};
use tollgate_tokens::test_support::made_up::{Chance, OwnerNames, extra_data, note};
use tollgate_tokens::{
    EventBody, Fingerprint, NewEvent, ParseNameError, TextChange, Timestamp, TokenChange, TokenDigest, TokenGenerated,
    TokenUid, TokensChanged, TokensInvalidated, UserRecord,
};

/// 2,000 users.
const OWNERS: OwnerNames = OwnerNames { people: 1_976, bots: 24 };
const SITES: u64 = 5;

/// With full access and reading, 200 policies.
const REPOSITORIES: u64 = 198;

/// So many acts invalidated one token in a hundred each.
const BATCHES: u32 = 10;

const READ_ONLY: &str = r#"{"resources":{"*":{"allow":["GET","HEAD","OPTIONS"],"block":["*"]}}}"#;

/// Microseconds.
const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// Microseconds since 1970: the first token was made then, the others one after the other, 100,000 in two years.
const BEGAN: i64 = 1_732_320_000 * SECOND;
const APART: i64 = 630 * SECOND;
const NOW: i64 = BEGAN + 730 * DAY;

/// A token with what happened to it since it was made.
pub(crate) struct ServiceToken {
    /// Its making.
    pub(crate) made: TokenGenerated,
    /// When it was made.
    pub(crate) added: Timestamp,
    /// When it logged in last.
    pub(crate) used: Option<Timestamp>,
    /// The batch that invalidated it.
    ended_by: Option<u32>,
}

/// A steady sequence of numbers that look like chance.
struct Dice(u64);

impl Dice {
    fn of(index: u32) -> Self {
        Self(u64::from(index).wrapping_mul(0xD134_2543_DE82_EF95))
    }

    /// One step of SplitMix64 (Steele, Lea and Flood, 2014).
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| (self.roll() >> 24) as u8)
    }
}

impl Chance for Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.roll() % limit
    }
}

/// The token at an index, from 0; its number is one more.
///
/// # Errors
///
/// [`ParseNameError`] would be a mistake in the names below.
pub(crate) fn token(index: u32) -> Result<ServiceToken, ParseNameError> {
    let mut dice = Dice::of(index);
    let added = BEGAN + i64::from(index) * APART + dice.below(APART as u64) as i64;
    let last_four = dice.bytes::<4>().iter().map(|byte| char::from(b'a' + byte % 26)).collect();
    let site = if dice.percent(20) { Some(site(dice.below(SITES)).parse()?) } else { None };
    let made = TokenGenerated {
        uid: TokenUid::from_bytes(dice.bytes()),
        number: u64::from(index) + 1,
        owner: OWNERS.one(&mut dice).parse()?,
        digest: TokenDigest::of(&format!("the secret of token {index}")),
        fingerprint: Fingerprint { prefix: Some("rbp".to_owned()), last_four: Some(last_four) },
        generator: "vendor_checksum".parse()?,
        note: note(&mut dice),
        policy: policy(&mut dice),
        extra_data: extra_data(&mut dice),
        expires: expiry(&mut dice, added),
        local_site: site,
        auto_generated: dice.percent(10),
        valid: true,
        policy_source: None,
        overrides: None,
    };
    let since = (NOW - added).max(1) as u64;
    let used = dice.percent(75).then(|| instant(added + dice.below(since) as i64));
    let ended_by = Some(index % 100).filter(|batch| *batch < BATCHES);
    Ok(ServiceToken { made, added: instant(added), used, ended_by })
}

/// All events of a service with so many tokens, but for the logins.
///
/// # Errors
///
/// As those of [`token`].
pub(crate) fn events(tokens: u32) -> Result<Vec<NewEvent>, ParseNameError> {
    let here = |at, body| NewEvent::Here { at, by: Some("import".to_owned()), body };
    let mut events = Vec::new();
    for name in OWNERS.all() {
        let user = UserRecord { username: name.parse()?, active: true, superuser: false };
        events.push(here(instant(BEGAN), EventBody::UserAdded(user)));
    }
    for number in 0..SITES {
        events.push(here(instant(BEGAN), EventBody::SiteAdded(site(number).parse()?)));
    }
    let mut ended: Vec<(u32, Vec<TokenUid>)> = (0..BATCHES).map(|batch| (batch, Vec::new())).collect();
    for index in 0..tokens {
        let ServiceToken { made, added, ended_by, .. } = token(index)?;
        if let Some((_, tokens)) = ended.iter_mut().find(|(batch, _)| ended_by == Some(*batch)) {
            tokens.push(made.uid);
        }
        events.push(here(added, EventBody::TokenGenerated(Box::new(made))));
    }
    for (batch, tokens) in ended {
        let act = TokensInvalidated { tokens, reason: reason(batch), overwritten: Vec::new() };
        events.push(here(ended_at(batch), EventBody::TokensInvalidated(act)));
    }
    Ok(events)
}

/// The change of a token's note, as one event.
///
/// # Errors
///
/// As those of [`token`].
pub(crate) fn note_changed(index: u32) -> Result<NewEvent, ParseNameError> {
    let made = token(index)?.made;
    let note = TextChange { after: format!("{}, looked at", made.note), before: made.note };
    let change = TokenChange { uid: made.uid, note: Some(note), policy: None, policy_source: None, expires: None };
    let body = EventBody::TokensChanged(TokensChanged { changes: vec![change], undoes: None, overrides: None });
    Ok(NewEvent::Here { at: instant(NOW), by: None, body })
}

/// A token as a console in JavaScript would keep it: the same as our workspace knows of it, instants in milliseconds.
pub(crate) fn row(token: &ServiceToken) -> Value {
    let ServiceToken { made, added, used, ended_by } = token;
    let millis = |at: &Timestamp| at.timestamp_millis();
    json!({
        "number": made.number,
        "owner": made.owner.as_str(),
        "note": made.note,
        "expires": made.expires.as_ref().map(millis),
        "digest": made.digest.to_string(),
        "uid": made.uid.to_string(),
        "prefix": made.fingerprint.prefix,
        "last_four": made.fingerprint.last_four,
        "generator": made.generator.as_str(),
        "policy": made.policy,
        "extra_data": made.extra_data,
        "local_site": made.local_site.as_ref().map(|site| site.as_str()),
        "time_added": millis(added),
        "last_used": used.as_ref().map(millis),
        "valid": ended_by.is_none(),
        "invalid_date": ended_by.map(|batch| millis(&ended_at(batch))),
        "invalid_reason": ended_by.map(reason).unwrap_or_default(),
        "auto_generated": made.auto_generated,
    })
}

fn site(number: u64) -> String {
    format!("site-{number}")
}

/// A quarter each for full access and reading, and half for single repositories.
fn policy(dice: &mut Dice) -> String {
    match dice.below(100) {
        0..25 => "{}".to_owned(),
        25..50 => READ_ONLY.to_owned(),
        _ => one_repository(dice.below(REPOSITORIES)),
    }
}

fn one_repository(number: u64) -> String {
    let sections = ["root", "server_info", "session"].map(|name| format!(r#""{name}":{{"*":{{"allow":["GET"]}}}}"#));
    let repository = format!(r#""repository":{{"{number}":{{"allow":["GET"]}}}}"#);
    format!(r#"{{"resources":{{"*":{{"block":["*"]}},{},{repository}}}}}"#, sections.join(","))
}

/// After some months, on a day, or never.
fn expiry(dice: &mut Dice, added: i64) -> Option<Timestamp> {
    match dice.below(100) {
        0..15 => Some(instant(added + 30 * DAY)),
        15..30 => Some(instant(added + 90 * DAY)),
        30..45 => Some(instant(added + 180 * DAY)),
        45..60 => Some(instant(added + 365 * DAY)),
        60..75 => Some(instant((added / DAY + dice.below(300) as i64) * DAY)),
        _ => None,
    }
}

fn reason(batch: u32) -> String {
    format!("left the company, batch {batch}")
}

fn ended_at(batch: u32) -> Timestamp {
    instant(NOW - i64::from(batch) * 8 * DAY)
}

fn instant(micros: i64) -> Timestamp {
    Timestamp::from_timestamp_micros(micros).unwrap_or_default()
}
