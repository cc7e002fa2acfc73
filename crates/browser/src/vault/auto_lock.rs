//! When a vault locks itself.

use serde::{Deserialize, Serialize};
use tollgate_tokens::Timestamp;

use crate::preferences::Preference;

/// How long a page may be out of sight before its vault is locked: whoever left it may have left the machine, too.
const HIDDEN_MINUTES: i64 = 1;

/// After how long without use a vault locks itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub enum AutoLock {
    /// After a minute.
    OneMinute,
    /// After five minutes.
    #[default]
    FiveMinutes,
    /// After a quarter of an hour.
    FifteenMinutes,
    /// After an hour.
    OneHour,
}

impl AutoLock {
    /// Every choice, the shortest first.
    pub const ALL: [Self; 4] = [Self::OneMinute, Self::FiveMinutes, Self::FifteenMinutes, Self::OneHour];

    /// The minutes.
    #[must_use]
    pub const fn minutes(self) -> u32 {
        match self {
            Self::OneMinute => 1,
            Self::FiveMinutes => 5,
            Self::FifteenMinutes => 15,
            Self::OneHour => 60,
        }
    }
}

impl Preference for AutoLock {
    const KEY: &'static str = "vault_auto_lock";
}

impl TryFrom<u32> for AutoLock {
    type Error = String;

    fn try_from(minutes: u32) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|choice| choice.minutes() == minutes);
        found.ok_or_else(|| format!("{minutes} minutes are no choice"))
    }
}

impl From<AutoLock> for u32 {
    fn from(choice: AutoLock) -> Self {
        choice.minutes()
    }
}

/// Whether the page can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// It can.
    Seen,
    /// Another tab or window is in front of it.
    Hidden,
}

/// What an unlocked vault remembers of its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Use {
    /// When something was sealed or opened last, or the vault unlocked.
    pub(super) last: Timestamp,
    /// Since when the page is out of sight.
    pub(super) hidden_since: Option<Timestamp>,
}

impl Use {
    /// Whether the vault has to be locked. A clock that was set back proves nothing, so that it is locked then as well.
    pub(super) fn is_over(self, auto_lock: AutoLock, now: Timestamp) -> bool {
        let is_past = |since: Timestamp, minutes: i64| now < since || (now - since).num_minutes() >= minutes;
        is_past(self.last, i64::from(auto_lock.minutes()))
            || self.hidden_since.is_some_and(|since| is_past(since, HIDDEN_MINUTES))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use tollgate_tokens::test_support::noon;

    use super::*;

    #[track_caller]
    fn check(auto_lock: AutoLock, hidden_for: Option<TimeDelta>, after: TimeDelta, is_over: bool) {
        let now = noon() + after;
        let used = Use { last: noon(), hidden_since: hidden_for.map(|hidden| now - hidden) };
        assert_eq!(used.is_over(auto_lock, now), is_over, "{auto_lock:?}, hidden {hidden_for:?}, after {after}");
    }

    #[test]
    fn vault_is_locked_when_nobody_uses_it() {
        let (minutes, seconds) = (TimeDelta::minutes, TimeDelta::seconds);
        check(AutoLock::FiveMinutes, None, seconds(0), false);
        check(AutoLock::FiveMinutes, None, seconds(299), false);
        check(AutoLock::FiveMinutes, None, minutes(5), true);
        check(AutoLock::OneHour, None, minutes(59), false);
        check(AutoLock::OneMinute, None, minutes(600), true);
    }

    #[test]
    fn vault_is_locked_when_its_page_is_out_of_sight() {
        check(AutoLock::OneHour, Some(TimeDelta::seconds(59)), TimeDelta::minutes(2), false);
        check(AutoLock::OneHour, Some(TimeDelta::seconds(60)), TimeDelta::minutes(2), true);
    }

    #[test]
    fn clock_that_was_set_back_locks_the_vault() {
        check(AutoLock::OneHour, None, TimeDelta::seconds(-1), true);
        check(AutoLock::OneHour, Some(TimeDelta::minutes(-1)), TimeDelta::seconds(1), true);
    }

    #[test]
    fn choice_is_kept_as_its_minutes() {
        assert_eq!(serde_json::to_string(&AutoLock::FifteenMinutes).unwrap(), "15");
        assert_eq!(serde_json::from_str::<AutoLock>("60").unwrap(), AutoLock::OneHour);
        assert!(serde_json::from_str::<AutoLock>("100000").is_err(), "nobody turns it off by hand");
        assert_eq!(AutoLock::default(), AutoLock::FiveMinutes);
    }
}
