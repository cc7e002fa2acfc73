//! The text of an editor on this side, so that a letter does not hand the whole of it over.

/// One replacement, in UTF-16 units of the text before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Replacement {
    /// Where it begins.
    pub(super) from: u32,
    /// Where what it replaces ends.
    pub(super) to: u32,
    /// What takes the place.
    pub(super) inserted: String,
    /// How long the whole text is afterwards.
    pub(super) length: u32,
}

/// The text as the editor has it, as far as that is certain.
///
/// An editor makes `\n` of every line end, and half a character is U+FFFD here: texts with either are not followed.
#[derive(Debug, Default)]
pub(super) struct KeptText(Option<String>);

impl KeptText {
    /// Takes over what the editor was given, or what it said.
    pub(super) fn put(&mut self, text: &str) {
        self.0 = Some(text).filter(|text| can_be_followed(text)).map(str::to_owned);
    }

    /// Makes a replacement; the text after it, or nothing where only the editor knows it.
    pub(super) fn replace(&mut self, replacement: &Replacement) -> Option<String> {
        let after = self.0.take().and_then(|text| replaced(text, replacement));
        self.0.clone_from(&after);
        after
    }
}

fn replaced(mut text: String, Replacement { from, to, inserted, length }: &Replacement) -> Option<String> {
    if !can_be_followed(inserted) {
        return None;
    }
    let (from, to) = (*from as usize, *to as usize);
    // Policies are nearly all ASCII, where units are bytes.
    let places = if text.is_ascii() {
        Some(from..to)
    } else {
        byte_of(&text, from).zip(byte_of(&text, to)).map(|(from, to)| from..to)
    };
    let places = places.filter(|places| text.get(places.clone()).is_some())?;
    text.replace_range(places, inserted);
    (units(&text) == *length as usize).then_some(text)
}

fn can_be_followed(text: &str) -> bool {
    !text.contains(['\r', char::REPLACEMENT_CHARACTER])
}

/// The byte at which a unit begins; nothing within a character or behind the end.
fn byte_of(text: &str, unit: usize) -> Option<usize> {
    let mut passed = 0;
    for (byte, character) in text.char_indices() {
        if passed >= unit {
            return (passed == unit).then_some(byte);
        }
        passed += character.len_utf16();
    }
    (passed == unit).then_some(text.len())
}

fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replacement(from: u32, to: u32, inserted: &str, length: u32) -> Replacement {
        Replacement { from, to, inserted: inserted.to_owned(), length }
    }

    fn kept(text: &str) -> KeptText {
        let mut kept = KeptText::default();
        kept.put(text);
        kept
    }

    #[test]
    fn what_is_typed_is_put_where_it_was_typed() {
        let mut kept = kept("{\"😀\": 1}");
        assert_eq!(kept.replace(&replacement(4, 4, "é", 10)).as_deref(), Some("{\"😀é\": 1}"));
        assert_eq!(kept.replace(&replacement(2, 5, "", 7)).as_deref(), Some("{\"\": 1}"));
    }

    #[test]
    fn another_length_than_the_editor_has_is_not_believed() {
        let mut kept = kept("{}");
        assert_eq!(kept.replace(&replacement(1, 1, " ", 4)), None);
        assert_eq!(kept.replace(&replacement(0, 0, "", 2)), None, "what is kept is uncertain from then on");
        kept.put("{ }");
        assert_eq!(kept.replace(&replacement(1, 2, "", 2)).as_deref(), Some("{}"));
    }

    #[test]
    fn what_an_editor_holds_otherwise_is_not_followed() {
        assert_eq!(kept("{\r\n}").replace(&replacement(0, 0, " ", 4)), None);
        assert_eq!(kept("\u{FFFD}").replace(&replacement(0, 0, " ", 2)), None);
        assert_eq!(kept("{}").replace(&replacement(1, 1, "\u{FFFD}", 3)), None);
        assert_eq!(kept("😀").replace(&replacement(1, 1, "a", 3)), None, "within a character");
        assert_eq!(kept("{}").replace(&replacement(1, 3, "", 1)), None, "behind the end");
        assert_eq!(kept("{}").replace(&replacement(2, 1, "", 2)), None, "backwards");
    }

    #[cfg(not(target_arch = "wasm32"))]
    mod laws {
        use proptest::prelude::*;

        use super::*;

        /// The slow twin: the text as the editor counts it.
        fn twin(text: &str, from: usize, to: usize, inserted: &str) -> Vec<u16> {
            let mut units: Vec<u16> = text.encode_utf16().collect();
            units.splice(from..to, inserted.encode_utf16());
            units
        }

        proptest! {
            #[test]
            fn a_replacement_makes_the_text_that_the_editor_has(
                text in "[a-c{}\né😀]{0,12}", ends in (any::<prop::sample::Index>(), any::<prop::sample::Index>()), inserted in "[x\né😀]{0,4}"
            ) {
                let length = text.encode_utf16().count() + 1;
                let (one, other) = (ends.0.index(length), ends.1.index(length));
                let (from, to) = (one.min(other), one.max(other));
                let expected = twin(&text, from, to, &inserted);
                let unit = |place: usize| u32::try_from(place).unwrap();
                let made = kept(&text).replace(&replacement(unit(from), unit(to), &inserted, unit(expected.len())));
                if let Some(made) = &made {
                    prop_assert_eq!(made.encode_utf16().collect::<Vec<_>>(), expected);
                }
                let is_whole = byte_of(&text, from).is_some() && byte_of(&text, to).is_some();
                prop_assert_eq!(made.is_some(), is_whole, "half a character is for the editor to tell");
            }
        }
    }
}
