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
    /// When it does now; only a token that exists can keep its expiry.
    Keep,
    /// After some days.
    Days(i64),
    /// At the end of a day, `YYYY-MM-DD`.
    On(String),
    /// Never.
    Never,
}

/// What the form is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// A token that is not made yet.
    New,
    /// A token that expires then, or never.
    Edit(Option<Timestamp>),
    /// Tokens whose notes stay as they are, so that there is no place for the reason of one that never expires.
    End,
}

/// The part of a form that asks for an expiry.
#[derive(Clone, Copy)]
pub struct ExpiryForm {
    console: Console,
    purpose: Purpose,
    /// When the token expires.
    pub expiry: RwSignal<Expiry>,
    /// Why it never expires, asked for only then.
    pub never_reason: RwSignal<String>,
}

impl ExpiryForm {
    /// The form for a new token: the lifetime that the settings give when nobody says otherwise.
    #[must_use]
    pub fn new(console: Console) -> Self {
        Self::with(console, Purpose::New)
    }

    /// The form for a token that expires then, or never: that stays unless something else is chosen.
    #[must_use]
    pub fn of(console: Console, expires: Option<Timestamp>) -> Self {
        Self::with(console, Purpose::Edit(expires))
    }

    /// The form for an end that tokens get while their notes stay: it begins like that of a new token.
    #[must_use]
    pub fn ending(console: Console) -> Self {
        Self::with(console, Purpose::End)
    }

    fn with(console: Console, purpose: Purpose) -> Self {
        let (expiry, never_reason) = (RwSignal::new(Expiry::Keep), RwSignal::new(String::new()));
        let form = Self { console, purpose, expiry, never_reason };
        form.reset();
        form
    }

    /// Begins anew.
    pub fn reset(self) {
        self.expiry.set(match self.purpose {
            Purpose::Edit(_) => Expiry::Keep,
            Purpose::New | Purpose::End => Expiry::Days(i64::from(self.default_days())),
        });
        self.never_reason.set(String::new());
    }

    fn default_days(self) -> u32 {
        self.console.workspace().with_untracked(|workspace| workspace.settings().default_lifetime_days)
    }

    /// Whether the expiry can stay as it is.
    #[must_use]
    pub fn can_keep(self) -> bool {
        matches!(self.purpose, Purpose::Edit(_))
    }

    /// Whether never can be chosen.
    #[must_use]
    pub fn can_be_never(self) -> bool {
        self.purpose != Purpose::End
    }

    /// The most days that a token may live.
    #[must_use]
    pub fn longest_days(self) -> i64 {
        self.console.workspace().with_untracked(|workspace| i64::from(workspace.settings().longest_lifetime_days))
    }

    /// The lifetimes to choose from, in days: the usual ones and the service's own, as far as they are allowed.
    #[must_use]
    pub fn days_on_offer(self) -> Vec<i64> {
        let mut days = vec![7, 30, 90, i64::from(self.default_days())];
        days.retain(|days| *days <= self.longest_days());
        days.sort_unstable();
        days.dedup();
        days
    }

    /// When the token would expire.
    ///
    /// # Errors
    ///
    /// What is wrong with the date.
    pub fn instant(self) -> Result<Option<Timestamp>, String> {
        let now = self.console.now().get();
        match self.expiry.get() {
            Expiry::Keep => Ok(match self.purpose {
                Purpose::Edit(expires) => expires,
                Purpose::New | Purpose::End => None,
            }),
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
            Ok(Some(instant)) => format::day_and_time(instant),
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
        match self.instant()? {
            Some(instant) => Ok((NewExpiry::At(instant), note.to_owned())),
            None => {
                let reason = self.never_reason.get();
                let reason = reason.trim();
                if reason.is_empty() {
                    return Err("say why this token never expires; the reason is kept with its note".to_owned());
                }
                Ok((NewExpiry::Never, format!("{note} (never expires: {reason})").trim().to_owned()))
            }
        }
    }

    /// What was chosen for a token that exists, with its note: no expiry when the one it has shall stay.
    ///
    /// # Errors
    ///
    /// What is wrong with the date, or that the reason is missing.
    pub fn changed(self, note: &str) -> Result<(Option<NewExpiry>, String), String> {
        if self.expiry.with(|expiry| *expiry == Expiry::Keep) {
            return Ok((None, note.trim().to_owned()));
        }
        self.chosen(note).map(|(expires, note)| (Some(expires), note))
    }

    /// The end that was chosen, where notes stay as they are.
    ///
    /// # Errors
    ///
    /// What is wrong with the date.
    pub fn end(self) -> Result<NewExpiry, String> {
        self.chosen("").map(|(expires, _)| expires)
    }
}
