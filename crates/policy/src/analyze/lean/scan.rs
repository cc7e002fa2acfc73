//! Walks over plain JSON: objects, lists of texts, and texts without escapes.

use super::recent::Recent;

/// A place in a text, whose bytes nobody has proved to be UTF-8.
///
/// Every step answers none if something else stands there than it reads; then the text is not plain.
pub(super) struct Scanner<'t> {
    text: &'t [u8],
    at: usize,
}

/// A text between quotes. Whoever keeps it proves that it is UTF-8; the steps see to it that all around it is ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Text<'t> {
    /// What stands there.
    pub(super) bytes: &'t [u8],
    /// Its first eight bytes, the first one highest, zeros behind the last.
    pub(super) beginning: u64,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t [u8]) -> Scanner<'t> {
        Scanner { text, at: 0 }
    }

    /// Reads an object, key by key; each call of `member` reads one value.
    pub(super) fn object(&mut self, mut member: impl FnMut(&mut Scanner<'t>, Text<'t>) -> Option<()>) -> Option<()> {
        if !self.opens(b'{', b'}')? {
            return Some(());
        }
        loop {
            let key = self.text()?;
            self.pass(b':')?;
            member(self, key)?;
            if !self.goes_on(b'}')? {
                return Some(());
            }
        }
    }

    /// Reads an object of many members and few values: `value` reads one and answers its number, `member` takes it.
    ///
    /// What stands between the keys of two members is kept in `between`, with the number of the value in it.
    /// Where the same stands again, it is passed at once, in whatever way it is spelled.
    pub(super) fn object_of_few(
        &mut self,
        between: &mut Recent<'t>,
        mut value: impl FnMut(&mut Scanner<'t>) -> Option<usize>,
        mut member: impl FnMut(Text<'t>, usize) -> Option<()>,
    ) -> Option<()> {
        if !self.opens(b'{', b'}')? {
            return Some(());
        }
        loop {
            let key = self.up_to_quote()?;
            // It goes from quote to quote: what begins so is that and nothing longer.
            if let Some(number) = between.pass(self) {
                member(key, number)?;
                continue;
            }
            let end_of_key = self.at;
            self.pass_quote()?;
            self.pass(b':')?;
            let number = value(self)?;
            member(key, number)?;
            if !self.goes_on(b'}')? {
                return Some(());
            }
            between.keep(self.text.get(end_of_key..self.at)?, number);
        }
    }

    /// Reads a list of texts.
    pub(super) fn list(&mut self, mut entry: impl FnMut(&'t [u8]) -> Option<()>) -> Option<()> {
        if !self.opens(b'[', b']')? {
            return Some(());
        }
        loop {
            entry(self.text()?.bytes)?;
            if !self.goes_on(b']')? {
                return Some(());
            }
        }
    }

    /// Whether nothing but white space is left.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.next_byte().is_none()
    }

    /// Passes white space.
    pub(super) fn pass_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.text.get(self.at) {
            self.at += 1;
        }
    }

    /// Passes `known` if that comes next, and says whether it does.
    #[inline]
    pub(super) fn pass_known(&mut self, known: &[u8]) -> bool {
        let here = self.text.get(self.at..self.at + known.len());
        let is_here = here.is_some_and(|here| are_equal(here, known));
        if is_here {
            self.at += known.len();
        }
        is_here
    }

    /// What `read` passes, with what it makes of it.
    pub(super) fn passed_by<R>(&mut self, read: impl FnOnce(&mut Scanner<'t>) -> Option<R>) -> Option<(&'t [u8], R)> {
        let start = self.at;
        let read = read(self)?;
        Some((self.text.get(start..self.at)?, read))
    }

    /// Passes the byte that opens something, and the quote of the first text in it or what closes it; says whether
    /// there is a text.
    fn opens(&mut self, opening: u8, closing: u8) -> Option<bool> {
        self.pass(opening)?;
        match self.next_byte()? {
            b'"' => Some(true),
            byte => (byte == closing).then_some(false),
        }
    }

    /// Passes a comma and the quote of the next text, or what closes the whole; says whether there is a text.
    fn goes_on(&mut self, closing: u8) -> Option<bool> {
        match self.next_byte()? {
            b',' => self.pass(b'"').map(|()| true),
            byte => (byte == closing).then_some(false),
        }
    }

    /// Passes white space and `byte`.
    fn pass(&mut self, byte: u8) -> Option<()> {
        (self.next_byte()? == byte).then_some(())
    }

    /// Passes white space and the byte behind it.
    fn next_byte(&mut self) -> Option<u8> {
        self.pass_space();
        let byte = *self.text.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    /// Passes a quote that stands right here.
    fn pass_quote(&mut self) -> Option<()> {
        let is_here = self.text.get(self.at) == Some(&b'"');
        self.at += 1;
        is_here.then_some(())
    }

    /// Reads a text whose first quote is passed, and passes the last.
    fn text(&mut self) -> Option<Text<'t>> {
        let text = self.up_to_quote()?;
        self.pass_quote()?;
        Some(text)
    }

    /// Reads a text whose first quote is passed, up to what should be its last.
    #[inline]
    fn up_to_quote(&mut self) -> Option<Text<'t>> {
        let (start, word) = (self.at, self.ahead());
        let mut stops_here = stops(word);
        let beginning = (word & bits_before(stops_here)).swap_bytes();
        self.at += bytes_before(stops_here) as usize;
        while stops_here == 0 {
            stops_here = stops(self.ahead());
            self.at += bytes_before(stops_here) as usize;
        }
        Some(Text { bytes: self.text.get(start..self.at)?, beginning })
    }

    /// The next eight bytes, the first one lowest, zeros behind the end of the text.
    fn ahead(&self) -> u64 {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let bytes = rest.first_chunk::<8>().copied().unwrap_or_else(|| {
            let mut last = [0; 8];
            last.iter_mut().zip(rest).for_each(|(slot, byte)| *slot = *byte);
            last
        });
        u64::from_le_bytes(bytes)
    }
}

/// The top bit of the first byte of a word, from the lowest on, that is a quote, a backslash or a control character, and
/// perhaps those of some bytes behind it; nothing if there is none.
fn stops(word: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOP: u64 = 0x80 * EACH;
    // A borrow sets the top bit of each byte that is less than the limit, and perhaps of some behind the first of
    // those. The bit may not be set in the byte itself: what is looked for is ASCII.
    let less = |word: u64, limit: u64| word.wrapping_sub(limit * EACH);
    let is_byte = |byte: u8| less(word ^ (u64::from(byte) * EACH), 1);
    (is_byte(b'"') | is_byte(b'\\') | less(word, 0x20)) & !word & TOP
}

/// How many bytes come before the first of [`stops`].
fn bytes_before(stops: u64) -> u32 {
    stops.trailing_zeros() / u8::BITS
}

/// The bits of the bytes before the first of [`stops`].
fn bits_before(stops: u64) -> u64 {
    let first = stops & stops.wrapping_neg();
    // Without a stop it goes below nothing, and all bits are set.
    (first >> (u8::BITS - 1)).wrapping_sub(1)
}

/// Whether two stretches of the same length hold the same.
// Eight bytes at a time and the last eight once more, as comparing memory in a browser goes byte by byte.
#[inline]
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
        Scanner { text: text.as_bytes(), at: 1 }.text()
    }

    #[test]
    fn a_text_ends_at_its_quote_wherever_that_stands() {
        for length in 0..20 {
            let inside: String = "abcdefghéjklmnopqrstuvw".chars().take(length).collect();
            for rest in ["", ":", ": \"another text\"", "\\", "\u{1}"] {
                let whole = format!("\"{inside}\"{rest}");
                let found = text(&whole).map(|found| (found.bytes, found.beginning));
                let mut bytes = [0; 8];
                bytes.iter_mut().zip(inside.bytes()).for_each(|(slot, byte)| *slot = byte);
                assert_eq!(found, Some((inside.as_bytes(), u64::from_be_bytes(bytes))), "{inside} {rest:?}");
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
    }

    #[test]
    fn bytes_that_are_not_ascii_stop_nothing_and_hide_nothing() {
        let bytes = [0x00, 0x1f, 0x20, b'!', b'"', b'#', b'[', b'\\', b']', 0x7f, 0x80, 0xa0, 0xa2, 0xdc, 0xff];
        for (place, first) in (0..8_usize).flat_map(|place| bytes.map(|first| (place, first))) {
            for second in bytes {
                let mut word = [b'a'; 8];
                word[place] = first;
                word[7 - place / 2] = second;
                let expected = word.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0x00..0x20)).count();
                let stops = stops(u64::from_le_bytes(word));
                let held = u64::from_le_bytes(word) & bits_before(stops);
                assert_eq!(bytes_before(stops) as usize, expected, "{word:?}");
                assert_eq!(held.to_le_bytes()[..expected], word[..expected], "{word:?}");
                assert!(held.to_le_bytes()[expected..].iter().all(|byte| *byte == 0), "{word:?}");
            }
        }
    }

    #[test]
    fn what_is_known_is_passed_only_where_it_stands() {
        let known = "{\"allow\": [\"GET\"]}, and so on";
        for length in 0..known.len() {
            let known = &known.as_bytes()[..length];
            let mut scanner = Scanner::new(known);
            assert!(scanner.pass_known(known) && scanner.is_at_end(), "{length}");
            for changed in 0..length {
                let mut text = known.to_owned();
                text[changed] = b'x';
                let mut scanner = Scanner::new(&text);
                assert!(!scanner.pass_known(known) && !scanner.is_at_end(), "{length} {changed}");
            }
            assert!(!Scanner::new(known).pass_known(&[known, b"x"].concat()));
        }
    }

    /// The keys of an object of lists, each with how many texts its list holds.
    fn members(text: &str) -> Option<Vec<(&[u8], usize)>> {
        let (mut between, mut members) = (Recent::default(), Vec::new());
        let count = |scanner: &mut Scanner<'_>| {
            let mut count = 0;
            scanner.list(|_| {
                count += 1;
                Some(())
            })?;
            Some(count)
        };
        let mut scanner = Scanner::new(text.as_bytes());
        scanner.object_of_few(&mut between, count, |key, count| {
            members.push((key.bytes, count));
            Some(())
        })?;
        Some(members)
    }

    #[test]
    fn members_are_the_same_whether_or_not_what_is_between_them_came_before() {
        let values = [r#"["x"]"#, r#"["x"]"#, "[]", r#"[ "x" ]"#, r#"["x","y"]"#, r#"["x"]"#, "[]", "[]"];
        let keys = ["1", "22", "", "a text of more than eight bytes", "55555555", "666666666", "7,", "8"];
        for space in ["", " ", "\n        ", "\r\n\t"] {
            let written: Vec<String> = keys
                .iter()
                .zip(values)
                .map(|(key, value)| format!("{space}\"{key}\"{space}:{space}{value}{space}"))
                .collect();
            let expected: Vec<(&[u8], usize)> =
                keys.iter().map(|key| key.as_bytes()).zip([1, 1, 0, 1, 2, 1, 0, 0]).collect();
            assert_eq!(members(&format!("{{{}}}", written.join(","))), Some(expected), "{space:?}");
        }
    }

    #[test]
    fn a_key_without_its_quote_is_noticed_wherever_it_stands() {
        assert!(members(r#"{"1":[],"2":[],"3":[],"4":[]}"#).is_some());
        for text in [
            r#"{"1":[],"2":[],"3\":[],"4":[]}"#,
            "{\"1\":[],\"2\":[],\"3\n\":[],\"4\":[]}",
            "{\"1\n\":[],\"2\":[]}",
            r#"{"1":[],"2":[],"3:[],"4":[]}"#,
            r#"{"1":[],"2":[],"3":[],"}"#,
            r#"{"1":[],"2":[],"3":[],"4"#,
        ] {
            assert_eq!(members(text), None, "{text}");
        }
    }

    #[test]
    fn lists_and_objects_have_commas_between_and_nowhere_else() {
        let list = |text: &str| Scanner::new(text.as_bytes()).list(|_| Some(())).is_some();
        let object = |text: &str| {
            let is_one = Scanner::new(text.as_bytes()).object(|scanner, _| scanner.list(|_| Some(()))).is_some();
            assert_eq!(members(text).is_some(), is_one, "{text}");
            is_one
        };
        assert!(["[]", "[ ]", "[\"a\"]", " [ \"a\" ,\t\"b\"\r\n] "].into_iter().all(list));
        assert!(["{}", "{ }", "{\"a\":[]}", " { \"a\" : [ ] ,\"a\":[\"b\"]}"].into_iter().all(object));
        let no_lists =
            ["", "[", "{}", "[\"a\"", "[\"a\",", "[\"a\",]", "[,]", "[\"a\" \"b\"]", "[1]", "[\"a\":]", "[}"];
        assert_eq!(no_lists.into_iter().find(|text| list(text)), None);
        let no_objects =
            ["", "{", "{'a'", "{\"a\"}", "{\"a\":}", "{\"a\":[]", "{\"a\":[],}", "{,}", "{\"a\",[]}", "{\"a\":[]]"];
        assert_eq!(no_objects.into_iter().find(|text| object(text)), None);
    }
}
