//! A text under change, and how it came from the original.

use super::text_edit::{TextEdit, apply};
use crate::span::{Span, to_index, to_offset};

/// A text that is edited step by step, each step on what the one before has left.
///
/// However many steps there were, [`Draft::edits`] says what they amount to on the original.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    text: String,
    original_length: u32,
    /// What the text is made of, in order, without empty pieces.
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    /// A stretch of the original.
    Kept(Span),
    New(String),
}

impl Draft {
    pub(super) fn new(text: &str) -> Draft {
        let whole = Span::from_indices(0, text.len());
        Draft { text: text.to_owned(), original_length: whole.end, pieces: vec![Piece::Kept(whole)] }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Makes edits on the text as it is now; none, and nothing is changed, if they do not fit.
    pub(super) fn change(&mut self, edits: &[TextEdit]) -> Option<()> {
        self.text = apply(&self.text, edits)?;
        // From the last to the first, since each moves what stands behind it.
        edits.iter().rev().for_each(|edit| self.splice(edit));
        Some(())
    }

    fn splice(&mut self, edit: &TextEdit) {
        let mut new = Some(Piece::New(edit.text.clone())).filter(|_| !edit.text.is_empty());
        let mut pieces = Vec::with_capacity(self.pieces.len() + 2);
        let mut start = 0;
        for piece in std::mem::take(&mut self.pieces) {
            let end = start + piece.length();
            pieces.extend(piece.part(0, edit.span.start.clamp(start, end) - start));
            if edit.span.start <= end {
                pieces.extend(new.take());
            }
            pieces.extend(piece.part(edit.span.end.clamp(start, end) - start, end - start));
            start = end;
        }
        pieces.extend(new);
        self.pieces = pieces;
    }

    /// The edits that make this text of the original.
    pub(super) fn edits(&self) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        let (mut at, mut text) = (0, String::new());
        let end = Piece::Kept(Span::empty_at(self.original_length));
        for piece in self.pieces.iter().chain([&end]) {
            match piece {
                Piece::New(new) => text.push_str(new),
                Piece::Kept(span) => {
                    if at < span.start || !text.is_empty() {
                        edits.push(TextEdit { span: Span::new(at, span.start), text: std::mem::take(&mut text) });
                    }
                    at = span.end;
                }
            }
        }
        edits
    }
}

impl Piece {
    fn length(&self) -> u32 {
        match self {
            Piece::Kept(span) => span.len(),
            Piece::New(text) => to_offset(text.len()),
        }
    }

    /// What lies between two offsets within it; none if that is nothing.
    fn part(&self, start: u32, end: u32) -> Option<Piece> {
        if start >= end {
            return None;
        }
        Some(match self {
            Piece::Kept(span) => Piece::Kept(Span::new(span.start + start, span.start + end)),
            Piece::New(text) => Piece::New(text.get(to_index(start)..to_index(end))?.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Changes a text in steps, each of them some edits, and shows the edits they amount to.
    #[track_caller]
    fn check(original: &str, steps: &[&[(u32, u32, &str)]], expected: &str, amount: &[(u32, u32, &str)]) {
        let mut draft = Draft::new(original);
        for step in steps {
            let edit = |(start, end, text): &(u32, u32, &str)| TextEdit {
                span: Span::new(*start, *end),
                text: (*text).to_owned(),
            };
            let edits: Vec<TextEdit> = step.iter().map(edit).collect();
            draft.change(&edits).unwrap();
        }
        let edits = draft.edits();
        let shown: Vec<(u32, u32, &str)> =
            edits.iter().map(|edit| (edit.span.start, edit.span.end, edit.text.as_str())).collect();
        assert_eq!((draft.text(), shown.as_slice()), (expected, amount));
        assert_eq!(apply(original, &edits).as_deref(), Some(expected));
    }

    #[test]
    fn edits_of_one_step_stay_as_they_are() {
        check("abcdef", &[], "abcdef", &[]);
        check("abcdef", &[&[(1, 2, ""), (4, 4, "x")]], "acdxef", &[(1, 2, ""), (4, 4, "x")]);
        check("abc", &[&[(0, 3, "")]], "", &[(0, 3, "")]);
    }

    #[test]
    fn edits_of_later_steps_are_told_on_the_original() {
        check("abcdef", &[&[(1, 2, "")], &[(3, 4, "x")]], "acdxf", &[(1, 2, ""), (4, 5, "x")]);
        check("abcdef", &[&[(3, 3, "xyz")], &[(4, 5, "")]], "abcxzdef", &[(3, 3, "xz")]);
        check("abcdef", &[&[(3, 3, "xyz")], &[(2, 7, "")]], "abef", &[(2, 4, "")]);
        check("abcdef", &[&[(0, 6, "")], &[(0, 0, "new")]], "new", &[(0, 6, "new")]);
        check("abcdef", &[&[(3, 3, "x")], &[(3, 4, "")]], "abcdef", &[]);
    }
}
