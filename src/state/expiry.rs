//! When a token shall expire, as a form asks it.

use chrono::{NaiveTime, TimeDelta};
use leptos::prelude::*;
use tollgate_tokens::Timestamp;
use tollgate_tokens::checked::NewExpiry;

use super::Console;
use crate::format;

/// When the token expires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// After some days.
    Days(i64),
    /// At the end of a day, `YYYY-MM-DD`.
    On(String),
    /// Never.
    Never,
}

/// The part of a form that asks for an expiry.
#[derive(Clone, Copy)]
pub struct ExpiryForm {
    console: Console,
    /// When the token expires.
    pub expiry: RwSignal<Expiry>,
    /// Why it never expires, asked for only then.
    pub never_reason: RwSignal<String>,
}

impl ExpiryForm {
    /// The lifetime that the settings give when nobody says otherwise.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let days = console.workspace().with_untracked(|workspace| workspace.settings().default_lifetime_days);
        let expiry = RwSignal::new(Expiry::Days(i64::from(days)));
        Self { console, expiry, never_reason: RwSignal::new(String::new()) }
    }

    /// The most days that a token may live.
    #[must_use]
    pub fn longest_days(self) -> i64 {
        self.console.workspace().with_untracked(|workspace| i64::from(workspace.settings().longest_lifetime_days))
    }

    /// The lifetimes to choose from, in days: the usual ones and the service's own, as far as they are allowed.
    #[must_use]
    pub fn days_on_offer(self) -> Vec<i64> {
        let own = self.console.workspace().with_untracked(|workspace| workspace.settings().default_lifetime_days);
        let mut days = vec![7, 30, 90, i64::from(own)];
        days.retain(|days| *days <= self.longest_days());
        days.sort_unstable();
        days.dedup();
        days
    }

    /// When the token would expire; `Err` says what is wrong with the date.
    pub fn instant(self) -> Result<Option<Timestamp>, String> {
        let now = self.console.now().get();
        match self.expiry.get() {
            Expiry::Never => Ok(None),
            Expiry::Days(days) => Ok(Some(now + TimeDelta::days(days))),
            Expiry::On(date) => {
                let date: chrono::NaiveDate =
                    date.parse().map_err(|_| "choose a date, such as 2027-02-21".to_owned())?;
                let end = date.and_time(NaiveTime::MIN).and_utc() + TimeDelta::days(1) - TimeDelta::seconds(1);
                let longest = self.longest_days();
                if end <= now {
                    return Err("choose a date in the future".to_owned());
                }
                if end - now > TimeDelta::days(longest) {
                    return Err(format!("choose a date at most {longest} days away"));
                }
                Ok(Some(end))
            }
        }
    }

    /// The expiry in words: the exact day, or that there is none.
    #[must_use]
    pub fn words(self) -> String {
        match self.instant() {
            Ok(Some(instant)) => format!("{}, {} UTC", format::day(instant), format::time_of_day(instant)),
            Ok(None) => "The token works until it is invalidated.".to_owned(),
            Err(error) => error,
        }
    }

    /// What was chosen, with the note's text as it is kept: why a token never expires is kept with its note.
    ///
    /// # Errors
    ///
    /// What is wrong with the date, or that the reason is missing.
    pub fn chosen(self, note: &str) -> Result<(NewExpiry, String), String> {
        let note = note.trim();
        match untrack(|| self.instant())? {
            Some(instant) => Ok((NewExpiry::At(instant), note.to_owned())),
            None => {
                let reason = self.never_reason.get_untracked();
                let reason = reason.trim();
                if reason.is_empty() {
                    return Err("say why this token never expires; the reason is kept with its note".to_owned());
                }
                Ok((NewExpiry::Never, format!("{note} (never expires: {reason})").trim().to_owned()))
            }
        }
    }
}
