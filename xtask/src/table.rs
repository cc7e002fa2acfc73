//! Plain tables for the terminal.

use std::time::Duration;

/// How a column is aligned.
#[derive(Clone, Copy)]
pub(crate) enum Align {
    /// For words.
    Start,
    /// For numbers.
    End,
}

/// Lays out rows in columns as wide as their widest cell, two spaces apart.
pub(crate) fn layout<const COLUMNS: usize>(align: [Align; COLUMNS], rows: &[[String; COLUMNS]]) -> String {
    let mut widths = [0_usize; COLUMNS];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(widths).zip(align).map(|((cell, width), align)| match align {
            Align::Start => format!("{cell:<width$}"),
            Align::End => format!("{cell:>width$}"),
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A time as people say it: `0.4 s`, `12.3 s`, `4 min 07 s`.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// A short time in the unit that suits it: `87.0 ns`, `4.3 µs`, `12.9 ms`, `1.2 s`.
pub(crate) fn short_time(nanoseconds: f64) -> String {
    let units = [(1e9, "s"), (1e6, "ms"), (1e3, "µs")];
    match units.into_iter().find(|(unit, _)| nanoseconds >= *unit) {
        Some((unit, name)) => format!("{:.1} {name}", nanoseconds / unit),
        None => format!("{nanoseconds:.1} ns"),
    }
}

/// A count of bytes with its thousands apart: `1 234 567`.
pub(crate) fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_start_and_numbers_end_together() {
        let row = |word: &str, number: &str| [word.to_owned(), number.to_owned()];
        let text = layout([Align::Start, Align::End], &[row("page", "7"), row("a", "1 000")]);
        assert_eq!(text, "page      7\na     1 000\n");
    }

    #[test]
    fn times_read_well() {
        assert_eq!(duration(Duration::from_millis(449)), "0.4 s");
        assert_eq!(duration(Duration::from_secs(247)), "4 min 07 s");
    }

    #[test]
    fn short_times_have_the_unit_that_suits_them() {
        assert_eq!(short_time(0.0), "0.0 ns");
        assert_eq!(short_time(87.0), "87.0 ns");
        assert_eq!(short_time(4_300.0), "4.3 µs");
        assert_eq!(short_time(12_900_000.0), "12.9 ms");
        assert_eq!(short_time(1_200_000_000.0), "1.2 s");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(358_400), "358 400");
        assert_eq!(thousands(1_234_567), "1 234 567");
    }
}
