//! Dates, durations and counts in words. Pure, so that it is tested natively.

use chrono::{Datelike as _, Month, NaiveDate, TimeDelta, Timelike as _, Weekday};
use tollgate_tokens::Timestamp;

/// An instant relative to now: `in 6 days`, `tomorrow`, `3 days ago`, `just now`. Never a negative future.
#[must_use]
pub fn relative(instant: Timestamp, now: Timestamp) -> String {
    let ahead = instant - now;
    let days = (instant.date_naive() - now.date_naive()).num_days();
    if ahead.abs() < TimeDelta::seconds(60) {
        return if ahead > TimeDelta::zero() { "in less than a minute".to_owned() } else { "just now".to_owned() };
    }
    let span = match ahead.abs() {
        span if span < TimeDelta::hours(1) => format!("{} min", span.num_minutes()),
        span if span < TimeDelta::hours(22) => format!("{} h", span.num_hours()),
        _ if days == 1 => return "tomorrow".to_owned(),
        _ if days == -1 => return "yesterday".to_owned(),
        span if span < TimeDelta::days(60) => plural(days.unsigned_abs().max(1), "day", "days"),
        span if span < TimeDelta::days(730) => plural((span.num_days() / 30).unsigned_abs(), "month", "months"),
        span => plural((span.num_days() / 365).unsigned_abs(), "year", "years"),
    };
    if ahead > TimeDelta::zero() { format!("in {span}") } else { format!("{span} ago") }
}

/// An instant to the second, with its zone.
#[must_use]
pub fn exact(instant: Timestamp) -> String {
    format!("{} {}:{:02} UTC", instant.date_naive(), time_of_day(instant), instant.second())
}

/// A day, as it is read aloud: `Sun 21 Feb 2027`.
#[must_use]
pub fn day(instant: Timestamp) -> String {
    format!("{} {} {}", instant.weekday(), day_and_month(instant.date_naive()), instant.year())
}

/// A day without its year: `21 Feb`.
#[must_use]
pub fn day_and_month(date: NaiveDate) -> String {
    format!("{} {}", date.day(), short_month(date))
}

/// A month in three letters.
#[must_use]
pub fn short_month(date: NaiveDate) -> &'static str {
    month(date).get(..3).unwrap_or_default()
}

/// The name of a month. chrono's own format strings can say it too, but they are 12 KB of the page.
fn month(date: NaiveDate) -> &'static str {
    u8::try_from(date.month()).ok().and_then(|month| Month::try_from(month).ok()).map_or("", |month| month.name())
}

fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// A heading for a day: `Today`, `Yesterday`, or the weekday with the date.
#[must_use]
pub fn day_heading(instant: Timestamp, now: Timestamp) -> String {
    let date = instant.date_naive();
    match (now.date_naive() - date).num_days() {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ if date.year() == now.year() => format!("{} {} {}", weekday(date), date.day(), month(date)),
        _ => format!("{} {} {} {}", weekday(date), date.day(), month(date), date.year()),
    }
}

/// The time of a day: `09:41`.
#[must_use]
pub fn time_of_day(instant: Timestamp) -> String {
    format!("{:02}:{:02}", instant.hour(), instant.minute())
}

/// A count with thin groups of three digits: `12,480`.
#[must_use]
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number with the right form of its noun: `1 token`, `3 tokens`.
#[must_use]
pub fn plural(number: u64, one: &str, many: &str) -> String {
    let number = usize::try_from(number).unwrap_or(usize::MAX);
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// Bytes in the unit that people read: `3.1 MB`.
#[must_use]
pub fn bytes(number: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
    let number = number as f64;
    match number {
        number if number < 1e3 => format!("{number:.0} bytes"),
        number if number < 1e6 => format!("{:.1} kB", number / 1e3),
        number if number < 1e9 => format!("{:.1} MB", number / 1e6),
        number => format!("{:.1} GB", number / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(offset: TimeDelta, words: &str) {
        let now: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        assert_eq!(relative(now + offset, now), words);
    }

    #[test]
    fn instants_are_told_from_now() {
        check(TimeDelta::zero(), "just now");
        check(TimeDelta::seconds(30), "in less than a minute");
        check(TimeDelta::minutes(-4), "4 min ago");
        check(TimeDelta::hours(2), "in 2 h");
        check(TimeDelta::hours(24), "tomorrow");
        check(TimeDelta::hours(-24), "yesterday");
        check(TimeDelta::days(6), "in 6 days");
        check(TimeDelta::days(-3), "3 days ago");
        check(TimeDelta::days(90), "in 3 months");
        check(TimeDelta::days(-800), "2 years ago");
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!([0, 999, 1_000, 12_480, 1_234_567].map(count), ["0", "999", "1,000", "12,480", "1,234,567"]);
        assert_eq!(plural(1, "token", "tokens"), "1 token");
    }

    #[test]
    fn days_have_headings() {
        let now: Timestamp = "2026-11-23T00:10:00Z".parse().unwrap();
        assert_eq!(day_heading(now - TimeDelta::minutes(20), now), "Yesterday");
        assert_eq!(day_heading(now - TimeDelta::days(2), now), "Saturday 21 November");
        assert_eq!(day_heading(now - TimeDelta::days(365), now), "Sunday 23 November 2025");
    }

    #[test]
    fn instants_are_written_as_chrono_would() {
        let start: Timestamp = "2024-02-27T22:58:59Z".parse().unwrap();
        for hours in (0..24 * 800).step_by(31) {
            let instant = start + TimeDelta::hours(hours) + TimeDelta::seconds(hours);
            assert_eq!(exact(instant), instant.format("%Y-%m-%d %H:%M:%S UTC").to_string());
            assert_eq!(day(instant), instant.format("%a %-d %b %Y").to_string());
            assert_eq!(time_of_day(instant), instant.format("%H:%M").to_string());
            assert_eq!(short_month(instant.date_naive()), instant.format("%b").to_string());
            let later = instant + TimeDelta::days(900);
            assert_eq!(day_heading(instant, later), instant.format("%A %-d %B %Y").to_string());
        }
    }
}
