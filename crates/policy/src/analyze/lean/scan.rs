//! Walks over plain JSON: objects, lists of texts, and texts without escapes.

/// A place in a text. Every step answers none if something else stands there than it reads; then the text is not plain.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

/// A text between quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Text<'t> {
    /// What stands there.
    pub(super) text: &'t str,
    /// Its first eight bytes, the first one highest, zeros behind the last.
    pub(super) beginning: u64,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Scanner<'t> {
        Scanner { text, at: 0 }
    }

    /// Reads an object, key by key; each call of `member` reads one value.
    pub(super) fn object(&mut self, mut member: impl FnMut(&mut Scanner<'t>, Text<'t>) -> Option<()>) -> Option<()> {
        self.pass(b'{')?;
        let mut next = self.next_byte()?;
        if next == b'}' {
            return Some(());
        }
        loop {
            let key = self.text_behind(next)?;
            self.pass(b':')?;
            member(self, key)?;
            match self.next_byte()? {
                b',' => next = self.next_byte()?,
                b'}' => return Some(()),
                _ => return None,
            }
        }
    }

    /// Reads a list of texts.
    pub(super) fn list(&mut self, mut entry: impl FnMut(&'t str) -> Option<()>) -> Option<()> {
        self.pass(b'[')?;
        let mut next = self.next_byte()?;
        if next == b']' {
            return Some(());
        }
        loop {
            entry(self.text_behind(next)?.text)?;
            match self.next_byte()? {
                b',' => next = self.next_byte()?,
                b']' => return Some(()),
                _ => return None,
            }
        }
    }

    /// Whether nothing but white space is left.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.next_byte().is_none()
    }

    /// Passes white space.
    pub(super) fn pass_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.text.as_bytes().get(self.at) {
            self.at += 1;
        }
    }

    /// Passes `known` if that comes next, and says whether it does.
    pub(super) fn pass_known(&mut self, known: &str) -> bool {
        let here = self.text.as_bytes().get(self.at..self.at + known.len());
        let is_here = here.is_some_and(|here| are_equal(here, known.as_bytes()));
        if is_here {
            self.at += known.len();
        }
        is_here
    }

    /// What `read` passes, with what it makes of it.
    pub(super) fn passed_by<R>(&mut self, read: impl FnOnce(&mut Scanner<'t>) -> Option<R>) -> Option<(&'t str, R)> {
        let start = self.at;
        let read = read(self)?;
        Some((self.text.get(start..self.at)?, read))
    }

    /// Passes white space and `byte`.
    fn pass(&mut self, byte: u8) -> Option<()> {
        (self.next_byte()? == byte).then_some(())
    }

    /// Passes white space and the byte behind it.
    fn next_byte(&mut self) -> Option<u8> {
        self.pass_space();
        let byte = *self.text.as_bytes().get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    /// Reads a text of which `first`, which should be its quote, is passed.
    fn text_behind(&mut self, first: u8) -> Option<Text<'t>> {
        if first != b'"' {
            return None;
        }
        let (start, word) = (self.at, self.ahead());
        let mut plain = plain_bytes(word);
        // A shift by all bits is none at all, and then all eight bytes belong to the text.
        let behind = u64::MAX.checked_shl(plain * u8::BITS).unwrap_or(0);
        let beginning = (word & !behind).swap_bytes();
        self.at += plain as usize;
        while plain == u64::BITS / u8::BITS {
            plain = plain_bytes(self.ahead());
            self.at += plain as usize;
        }
        let text = self.text.get(start..self.at)?;
        let is_closed = self.text.as_bytes().get(self.at) == Some(&b'"');
        self.at += 1;
        is_closed.then_some(Text { text, beginning })
    }

    /// The next eight bytes, the first one lowest, zeros behind the end of the text.
    fn ahead(&self) -> u64 {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let bytes = rest.first_chunk::<8>().copied().unwrap_or_else(|| {
            let mut last = [0; 8];
            last.iter_mut().zip(rest).for_each(|(slot, byte)| *slot = *byte);
            last
        });
        u64::from_le_bytes(bytes)
    }
}

/// How many bytes of a word come before the first, from the lowest on, that is a quote, a backslash or a control
/// character.
fn plain_bytes(word: u64) -> u32 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOP: u64 = 0x80 * EACH;
    // A borrow sets the top bit of each byte that is less than the limit, and perhaps of some behind the first of
    // those. The bit may not be set in the byte itself.
    let less = |word: u64, limit: u64| word.wrapping_sub(limit * EACH) & !word & TOP;
    let is_byte = |byte: u8| less(word ^ (u64::from(byte) * EACH), 1);
    (is_byte(b'"') | is_byte(b'\\') | less(word, 0x20)).trailing_zeros() / u8::BITS
}

/// Whether two stretches of the same length hold the same.
// Eight bytes at a time and the last eight once more, as comparing memory in a browser goes byte by byte.
fn are_equal(left: &[u8], right: &[u8]) -> bool {
    match (left.last_chunk::<8>(), right.last_chunk::<8>()) {
        (Some(left_end), Some(right_end)) => {
            let (left, right) = (left.as_chunks::<8>().0, right.as_chunks::<8>().0);
            left_end == right_end && left.iter().zip(right).all(|(left, right)| left == right)
        }
        _ => left == right,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<Text<'_>> {
        Scanner { text, at: 1 }.text_behind(*text.as_bytes().first()?)
    }

    #[test]
    fn a_text_ends_at_its_quote_wherever_that_stands() {
        for length in 0..20 {
            let inside: String = "abcdefghéjklmnopqrstuvw".chars().take(length).collect();
            for rest in ["", ":", ": \"another text\"", "\\", "\u{1}"] {
                let found = text(&format!("\"{inside}\"{rest}")).map(|found| (found.text.to_owned(), found.beginning));
                let mut bytes = [0; 8];
                bytes.iter_mut().zip(inside.bytes()).for_each(|(slot, byte)| *slot = byte);
                assert_eq!(found, Some((inside.clone(), u64::from_be_bytes(bytes))), "{inside} {rest:?}");
            }
        }
    }

    #[test]
    fn a_text_is_plain_only_without_escapes_and_controls() {
        for length in 0..20 {
            let plain = "!#[]\u{7f}\u{80}\u{ff}~ .{},:".chars().cycle().take(length).collect::<String>();
            assert!(text(&format!("\"{plain}\"")).is_some(), "{plain:?}");
            for odd in ["\\n", "\\", "\n", "\0", "\u{1f}"] {
                assert_eq!(text(&format!("\"{plain}{odd}{plain}\"")), None, "{plain:?} {odd:?}");
            }
            assert_eq!(text(&format!("\"{plain}")), None, "{plain:?}");
        }
        assert_eq!(text("'a'"), None);
    }

    #[test]
    fn what_is_known_is_passed_only_where_it_stands() {
        let known = "{\"allow\": [\"GET\"]}, and so on";
        for length in 0..known.len() {
            let known = known.get(..length).unwrap();
            let mut scanner = Scanner::new(known);
            assert!(scanner.pass_known(known) && scanner.is_at_end(), "{known}");
            for changed in 0..length {
                let mut text = known.to_owned();
                text.replace_range(changed..=changed, "x");
                let mut scanner = Scanner::new(&text);
                assert!(!scanner.pass_known(known) && !scanner.is_at_end(), "{text}");
            }
            assert!(!Scanner::new(known).pass_known(&format!("{known}x")));
        }
    }

    #[test]
    fn lists_and_objects_have_commas_between_and_nowhere_else() {
        let list = |text: &str| Scanner::new(text).list(|_| Some(())).is_some();
        let object = |text: &str| Scanner::new(text).object(|scanner, _| scanner.list(|_| Some(()))).is_some();
        assert!(["[]", "[ ]", "[\"a\"]", " [ \"a\" ,\t\"b\"\r\n] "].into_iter().all(list));
        assert!(["{}", "{ }", "{\"a\":[]}", " { \"a\" : [ ] ,\"a\":[\"b\"]}"].into_iter().all(object));
        let no_lists =
            ["", "[", "{}", "[\"a\"", "[\"a\",", "[\"a\",]", "[,]", "[\"a\" \"b\"]", "[1]", "[\"a\":]", "[}"];
        assert_eq!(no_lists.into_iter().find(|text| list(text)), None);
        let no_objects =
            ["", "{", "{\"a\"}", "{\"a\":}", "{\"a\":[]", "{\"a\":[],}", "{,}", "{\"a\",[]}", "{\"a\":[]]"];
        assert_eq!(no_objects.into_iter().find(|text| object(text)), None);
    }
}
