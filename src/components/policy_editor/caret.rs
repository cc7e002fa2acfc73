//! Where the caret is, and where it shall go.

use leptos::prelude::*;

/// A place in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EditorPlace {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in code points, counted from 1.
    pub column: u32,
}

impl EditorPlace {
    /// Where every text begins.
    const START: Self = Self { line: 1, column: 1 };
}

/// The caret of one editor. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct EditorCaret {
    at: RwSignal<EditorPlace>,
    wanted: RwSignal<Option<EditorPlace>>,
}

impl EditorCaret {
    /// A caret at the start of its text.
    #[must_use]
    pub fn new() -> Self {
        Self::led_by(RwSignal::new(None))
    }

    /// A caret that goes to a place, and takes the focus with it, each time the signal is set.
    #[must_use]
    pub fn led_by(wanted: RwSignal<Option<EditorPlace>>) -> Self {
        Self { at: RwSignal::new(EditorPlace::START), wanted }
    }

    /// Moves the caret, and the focus with it.
    pub fn go(self, place: EditorPlace) {
        self.wanted.set(Some(place));
    }

    /// Where it is.
    #[must_use]
    pub fn place(self) -> Signal<EditorPlace> {
        self.at.into()
    }

    /// Where it shall go.
    pub(super) fn wanted(self) -> Option<EditorPlace> {
        self.wanted.get()
    }

    /// Tells where it went.
    pub(super) fn moved(self, place: EditorPlace) {
        self.at.set(place);
    }
}

impl Default for EditorCaret {
    fn default() -> Self {
        Self::new()
    }
}

/// The place at an offset in UTF-16 units, as the browser counts.
pub(super) fn place_at(text: &str, utf16: u32) -> EditorPlace {
    let (mut place, mut passed) = (EditorPlace::START, 0_u32);
    for letter in text.chars() {
        if passed >= utf16 {
            break;
        }
        passed += if letter.len_utf16() == 2 { 2 } else { 1 };
        if letter == '\n' {
            place = EditorPlace { line: place.line + 1, column: 1 };
        } else {
            place.column += 1;
        }
    }
    place
}

/// The offset of a place in UTF-16 units; the end of the text where there is no such place.
pub(super) fn utf16_at(text: &str, place: EditorPlace) -> u32 {
    let (mut here, mut passed) = (EditorPlace::START, 0_u32);
    for letter in text.chars() {
        let reached = here.line > place.line || (here.line == place.line && here.column >= place.column);
        if reached || (here.line == place.line && letter == '\n') {
            break;
        }
        passed += if letter.len_utf16() == 2 { 2 } else { 1 };
        if letter == '\n' {
            here = EditorPlace { line: here.line + 1, column: 1 };
        } else {
            here.column += 1;
        }
    }
    passed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_offsets_agree() {
        let text = "a😀b\ncd";
        assert_eq!(place_at(text, 3), EditorPlace { line: 1, column: 3 });
        assert_eq!(utf16_at(text, EditorPlace { line: 1, column: 3 }), 3);
        assert_eq!(utf16_at(text, EditorPlace { line: 2, column: 2 }), 6);
        assert_eq!(utf16_at(text, EditorPlace { line: 1, column: 99 }), 4);
        assert_eq!(utf16_at(text, EditorPlace { line: 9, column: 1 }), 7);
    }
}
