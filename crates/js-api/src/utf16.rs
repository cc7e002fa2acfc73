//! Offsets as JavaScript counts them.

use std::collections::BTreeMap;

use tollgate_policy::Span;

use crate::finding::SpanShape;

/// Translates byte offsets of one text to UTF-16 units, all in one walk over it.
pub(crate) struct Utf16Offsets {
    units: BTreeMap<u32, u32>,
}

impl Utf16Offsets {
    /// Prepares the offsets of these spans.
    pub(crate) fn new(text: &str, spans: impl IntoIterator<Item = Span>) -> Self {
        let mut units: BTreeMap<u32, u32> =
            spans.into_iter().flat_map(|span| [span.start, span.end]).map(|offset| (offset, 0)).collect();
        let mut wanted = units.iter_mut().peekable();
        let (mut bytes, mut passed) = (0_u32, 0_u32);
        for character in text.chars() {
            while let Some((_, unit)) = wanted.next_if(|(offset, _)| **offset <= bytes) {
                *unit = passed;
            }
            if wanted.peek().is_none() {
                break;
            }
            // At most four, so neither cast loses anything.
            bytes = bytes.saturating_add(character.len_utf8() as u32);
            passed = passed.saturating_add(character.len_utf16() as u32);
        }
        for (_, unit) in wanted {
            *unit = passed;
        }
        Self { units }
    }

    /// A span that was prepared.
    pub(crate) fn span(&self, span: Span) -> SpanShape {
        let unit = |offset: u32| self.units.get(&offset).copied().unwrap_or(offset);
        SpanShape { start: unit(span.start), end: unit(span.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, bytes: (u32, u32), units: (u32, u32)) {
        let span = Span::new(bytes.0, bytes.1);
        let found = Utf16Offsets::new(text, [span]).span(span);
        assert_eq!((found.start, found.end), units);
    }

    #[test]
    fn offsets_are_counted_as_javascript_counts() {
        check("abc", (1, 3), (1, 3));
        check("é\"x", (2, 4), (1, 3));
        check("😀x", (4, 5), (2, 3));
        check("", (0, 0), (0, 0));
    }

    #[test]
    fn many_spans_share_one_walk() {
        let spans = [Span::new(4, 8), Span::new(0, 4)];
        let offsets = Utf16Offsets::new("😀😀", spans);
        let found: Vec<(u32, u32)> =
            spans.into_iter().map(|span| offsets.span(span)).map(|span| (span.start, span.end)).collect();
        assert_eq!(found, [(2, 4), (0, 2)]);
    }
}
