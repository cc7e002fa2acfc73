//! Dates, durations and counts in words. Pure, so that it is tested natively.
//!
//! Dates are put together from their fields: format strings would bring the whole of their language into the page.

use chrono::{Datelike as _, TimeDelta, Timelike as _};
use tollgate_tokens::Timestamp;

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

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
    format!("{} {} {} {}", short(weekday(instant)), instant.day(), short_month(instant), instant.year())
}

/// The month of an instant in three letters: `Feb`.
#[must_use]
pub fn short_month(instant: Timestamp) -> &'static str {
    short(month(instant))
}

/// A heading for a day: `Today`, `Yesterday`, or the weekday with the date.
#[must_use]
pub fn day_heading(instant: Timestamp, now: Timestamp) -> String {
    match (now.date_naive() - instant.date_naive()).num_days() {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ => {
            let day = format!("{} {} {}", weekday(instant), instant.day(), month(instant));
            if instant.year() == now.year() { day } else { format!("{day} {}", instant.year()) }
        }
    }
}

/// The time of a day: `09:41`.
#[must_use]
pub fn time_of_day(instant: Timestamp) -> String {
    format!("{:02}:{:02}", instant.hour(), instant.minute())
}

/// A day with its time and zone: `Sun 21 Feb 2027, 09:41 UTC`.
#[must_use]
pub fn day_and_time(instant: Timestamp) -> String {
    format!("{}, {} UTC", day(instant), time_of_day(instant))
}

fn weekday(instant: Timestamp) -> &'static str {
    WEEKDAYS.get(instant.weekday().num_days_from_monday() as usize).copied().unwrap_or_default()
}

fn month(instant: Timestamp) -> &'static str {
    MONTHS.get(instant.month0() as usize).copied().unwrap_or_default()
}

fn short(name: &'static str) -> &'static str {
    name.get(..3).unwrap_or(name)
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

/// Names in a row: `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names: Vec<&str> = names.into_iter().collect();
    let Some(last) = names.pop() else { return String::new() };
    if names.is_empty() { last.to_owned() } else { format!("{} and {last}", names.join(", ")) }
}

/// Bytes in the unit that people read: `3.1 MB`.
#[must_use]
pub fn bytes(number: u64) -> String {
    let (unit, name) = match number {
        0..1_000 => return format!("{number} bytes"),
        1_000..1_000_000 => (1_000, "kB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    let tenths = number / (unit / 10);
    format!("{}.{} {name}", tenths / 10, tenths % 10)
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
    fn bytes_are_told_in_the_unit_that_people_read() {
        let told = [0, 999, 1_000, 3_149_999, 42_000_000_000].map(bytes);
        assert_eq!(told, ["0 bytes", "999 bytes", "1.0 kB", "3.1 MB", "42.0 GB"]);
    }

    #[test]
    fn days_have_headings() {
        let now: Timestamp = "2026-11-23T00:10:00Z".parse().unwrap();
        assert_eq!(day_heading(now - TimeDelta::minutes(20), now), "Yesterday");
        assert_eq!(day_heading(now - TimeDelta::days(2), now), "Saturday 21 November");
        assert_eq!(day_heading(now - TimeDelta::days(365), now), "Sunday 23 November 2025");
    }

    #[test]
    fn instants_are_told_to_the_second() {
        let instant: Timestamp = "2027-02-01T09:04:05Z".parse().unwrap();
        assert_eq!(exact(instant), "2027-02-01 09:04:05 UTC");
        assert_eq!(day(instant), "Mon 1 Feb 2027");
        assert_eq!(day_and_time(instant), "Mon 1 Feb 2027, 09:04 UTC");
        assert_eq!((time_of_day(instant).as_str(), short_month(instant)), ("09:04", "Feb"));
    }
}
