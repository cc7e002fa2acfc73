//! Instants in whole microseconds, and their text.

use chrono::{DateTime, FixedOffset, SecondsFormat, TimeZone, Timelike, Utc};

/// An instant in UTC, in whole microseconds.
pub type Timestamp = DateTime<Utc>;

/// Cuts an instant to whole microseconds, the precision of the original.
#[must_use]
pub fn whole_micros(instant: Timestamp) -> Timestamp {
    DateTime::from_timestamp_micros(instant.timestamp_micros()).unwrap_or(instant)
}

/// Writes an instant as the original does: no fraction when it is zero, else six digits, and the offset as `+00:00`.
///
/// ```
/// use tollgate_tokens::{iso, parse_iso};
///
/// let instant = parse_iso("2025-04-05T06:07:08.000090+00:00").unwrap();
/// assert_eq!(iso(&instant), "2025-04-05T06:07:08.000090+00:00");
/// ```
#[must_use]
pub fn iso<Tz: TimeZone>(instant: &DateTime<Tz>) -> String {
    let instant = instant.with_timezone(&instant.offset().fix_offset());
    let fraction = if instant.nanosecond() / 1000 == 0 { SecondsFormat::Secs } else { SecondsFormat::Micros };
    instant.to_rfc3339_opts(fraction, false)
}

/// Reads an instant written with an offset, such as `2030-01-02T03:04:05+05:30`; `None` when it is not one.
#[must_use]
pub fn parse_iso(text: &str) -> Option<Timestamp> {
    DateTime::parse_from_rfc3339(text).ok().map(|instant| whole_micros(instant.to_utc()))
}

trait FixOffset {
    fn fix_offset(&self) -> FixedOffset;
}

impl<O: chrono::Offset> FixOffset for O {
    fn fix_offset(&self) -> FixedOffset {
        self.fix()
    }
}

/// Serializes an instant as whole microseconds since 1970 and reads it back.
pub(crate) mod micros {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Timestamp;

    pub(crate) fn serialize<S: Serializer>(instant: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(instant.timestamp_micros())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let micros = i64::deserialize(deserializer)?;
        Timestamp::from_timestamp_micros(micros)
            .ok_or_else(|| serde::de::Error::custom(format!("{micros} is not an instant in microseconds")))
    }
}

/// The same for an instant that may be missing.
pub(crate) mod optional_micros {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Timestamp;

    #[expect(clippy::ref_option, reason = "the shape that serde calls")]
    pub(crate) fn serialize<S: Serializer>(instant: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        match instant {
            Some(instant) => serializer.serialize_some(&instant.timestamp_micros()),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        let Some(micros) = Option::<i64>::deserialize(deserializer)? else { return Ok(None) };
        Timestamp::from_timestamp_micros(micros)
            .map(Some)
            .ok_or_else(|| serde::de::Error::custom(format!("{micros} is not an instant in microseconds")))
    }
}

/// Serializes an instant as [`iso`] writes it, and reads any that is written with an offset.
pub(crate) mod iso_text {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::{Timestamp, iso, parse_iso};

    pub(crate) fn serialize<S: Serializer>(instant: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&iso(instant))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_iso(&text).ok_or_else(|| serde::de::Error::custom("an instant is written as 2026-11-23T12:00:00+00:00"))
    }
}
