//! What an entry must not hold to be taken in: tokens, and numbers that nothing could go on from.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::event::{Event, EventBody, TokenGenerated};
use crate::manager::checked::check_token_type;
use crate::manager::settings::MOST_DAYS;
use crate::model::Settings;
use crate::scan::json_holds_token;

/// No number of ours is larger. There is room for more behind it, also where numbers are those of JavaScript.
pub(super) const LARGEST_NUMBER: u64 = 1 << 52;

/// No version of a policy has a larger number: others come behind it.
const LARGEST_VERSION: u32 = 1 << 30;

/// Whether any text of an event is a token, however it is spelled.
pub(super) fn holds_token(event: &Event) -> bool {
    // An event that was read can be written.
    let json = event.to_bytes().unwrap_or_default();
    json_holds_token(&String::from_utf8_lossy(&json)) || repairs_hold_token(&event.body)
}

/// Whether bytes that are no record hold a token.
pub(super) fn bytes_hold_token(bytes: &[u8]) -> bool {
    json_holds_token(&String::from_utf8_lossy(bytes))
}

/// A repair keeps what it found, in base 64.
fn repairs_hold_token(body: &EventBody) -> bool {
    let EventBody::JournalRepaired(repair) = body else { return false };
    repair.entries.iter().any(|entry| STANDARD.decode(&entry.bytes).is_ok_and(|bytes| bytes_hold_token(&bytes)))
}

/// What an event holds that no console would have written: numbers at the end of what can be counted, or settings that
/// the settings' own page refuses.
pub(super) fn out_of_bounds(event: &Event) -> Option<&'static str> {
    if event.id.sequence > LARGEST_NUMBER {
        return Some("an event’s number");
    }
    if tokens_made(&event.body).any(|made| made.number > LARGEST_NUMBER) {
        return Some("a token’s number");
    }
    match &event.body {
        EventBody::PolicySaved(saved) if saved.version > LARGEST_VERSION => Some("a policy’s version"),
        EventBody::SettingsChanged(settings) if !is_within_bounds(settings) => Some("settings"),
        _ => None,
    }
}

fn tokens_made(body: &EventBody) -> Box<dyn Iterator<Item = &TokenGenerated> + '_> {
    match body {
        EventBody::TokenGenerated(made) => Box::new(std::iter::once(&**made)),
        EventBody::TokenRotated(act) => Box::new(std::iter::once(&act.new)),
        EventBody::DeletionUndone(undo) => Box::new(undo.restored.iter().map(|token| &token.made)),
        _ => Box::new(std::iter::empty()),
    }
}

fn is_within_bounds(settings: &Settings) -> bool {
    let lifetimes = [settings.default_lifetime_days, settings.longest_lifetime_days, settings.client_token_days];
    lifetimes.iter().all(|days| *days <= MOST_DAYS) && check_token_type(&settings.token_type).is_ok()
}
