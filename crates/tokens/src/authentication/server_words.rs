//! How a server writes the dates in its answers, so that they can be found again.

use chrono::{Datelike as _, Timelike as _};

use crate::time::Timestamp;

const MONTHS: [&str; 12] =
    ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

/// An instant as a server's English answers write it, by which a line of a log is matched with a token.
///
/// It is in UTC and without seconds, and `None` where there is none. The server's sentence ends with a full stop of
/// its own, so that two in a row are right; in another language of the request the date has other words.
///
/// ```
/// use tollgate_tokens::{parse_iso, server_date};
///
/// assert_eq!(server_date(parse_iso("2025-07-08T09:10:11+00:00")), "July 8, 2025, 9:10 a.m.");
/// assert_eq!(server_date(parse_iso("2024-02-29T00:00:00+00:00")), "Feb. 29, 2024, midnight");
/// assert_eq!(server_date(None), "None");
/// ```
#[must_use]
pub fn server_date(instant: Option<Timestamp>) -> String {
    let Some(instant) = instant else { return "None".to_owned() };
    let month = MONTHS.get(instant.month0() as usize).copied().unwrap_or_default();
    format!("{month} {}, {:04}, {}", instant.day(), instant.year(), time_of_day(instant))
}

fn time_of_day(instant: Timestamp) -> String {
    let (is_afternoon, hour) = instant.hour12();
    let half = if is_afternoon { "p.m." } else { "a.m." };
    match (instant.hour(), instant.minute()) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "noon".to_owned(),
        (_, 0) => format!("{hour} {half}"),
        (_, minute) => format!("{hour}:{minute:02} {half}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse_iso;

    #[track_caller]
    fn check(instant: &str, expected: &str) {
        assert_eq!(server_date(Some(parse_iso(instant).unwrap())), expected);
    }

    #[test]
    fn months_are_shortened_unless_they_are_short() {
        let months = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];
        for (number, month) in (1..).zip(months) {
            check(&format!("2025-{number:02}-03T04:05:06+00:00"), &format!("{month} 3, 2025, 4:05 a.m."));
        }
    }

    #[test]
    fn full_hours_have_no_minutes_and_two_have_names() {
        check("2025-01-10T00:00:59.999999+00:00", "Jan. 10, 2025, midnight");
        check("2025-01-10T00:01:00+00:00", "Jan. 10, 2025, 12:01 a.m.");
        check("2025-01-10T12:00:00+00:00", "Jan. 10, 2025, noon");
        check("2025-01-10T12:30:00+00:00", "Jan. 10, 2025, 12:30 p.m.");
        check("2025-01-10T13:00:00+00:00", "Jan. 10, 2025, 1 p.m.");
        check("2025-01-10T23:59:00+00:00", "Jan. 10, 2025, 11:59 p.m.");
    }

    #[test]
    fn the_date_is_in_utc() {
        check("2025-01-01T08:00:00+09:00", "Dec. 31, 2024, 11 p.m.");
    }
}
