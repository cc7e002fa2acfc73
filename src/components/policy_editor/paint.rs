//! What the plain editor paints behind its text: the colors of JSON and the underlines of diagnostics.

/// How bad a marked piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Accepted, probably not meant.
    Warning,
    /// Refused.
    Error,
}

impl Severity {
    /// Class of its color.
    pub fn class(self) -> &'static str {
        match self {
            Severity::Note => "inf",
            Severity::Warning => "w",
            Severity::Error => "e",
        }
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "Note",
            Severity::Warning => "Warning",
            Severity::Error => "Error",
        }
    }
}

/// A piece of the text with something to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorMark {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in code points, counted from 1.
    pub column: u32,
    /// Length in code points; an empty piece is drawn one code point long.
    pub length: u32,
    /// How bad.
    pub severity: Severity,
    /// What is said.
    pub message: String,
}

/// A run of text with the classes it is painted with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paint {
    pub(super) text: String,
    pub(super) class: &'static str,
    pub(super) under: Option<Severity>,
}

/// Colors and underlines stop here, so that typing in a huge text costs no more than the browser's own work.
pub(super) const MOST_PAINTED: usize = 24_000;

/// Splits `text` into runs of one class each; together they are the text again.
pub(super) fn paint(text: &str, marks: &[EditorMark]) -> Vec<Paint> {
    if text.len() > MOST_PAINTED {
        return vec![Paint { text: text.to_owned(), class: "", under: None }];
    }
    let classes = json_classes(text);
    let unders = underlines(text, marks);
    let mut runs: Vec<Paint> = Vec::new();
    for ((letter, class), under) in text.chars().zip(classes).zip(unders) {
        match runs.last_mut() {
            Some(run) if run.class == class && run.under == under => run.text.push(letter),
            _ => runs.push(Paint { text: letter.to_string(), class, under }),
        }
    }
    runs
}

/// The class of every code point: "s" for text values, "k" for keys, "o" for punctuation.
fn json_classes(text: &str) -> Vec<&'static str> {
    let letters: Vec<char> = text.chars().collect();
    let mut classes = vec![""; letters.len()];
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let (end, class) = match letter {
            '"' => {
                let end = string_end(&letters, at);
                let next = letters.iter().skip(end).find(|letter| !letter.is_whitespace());
                (end, if next == Some(&':') { "k" } else { "s" })
            }
            '{' | '}' | '[' | ']' | ',' | ':' => (at + 1, "o"),
            _ => (at + 1, ""),
        };
        for slot in classes.iter_mut().take(end).skip(at) {
            *slot = class;
        }
        at = end;
    }
    classes
}

/// Index after the quote that ends the string starting at `start`; a string that never ends, ends with its line.
fn string_end(letters: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(letter) = letters.get(at) {
        match letter {
            '\\' => at += 2,
            '"' => return at + 1,
            '\n' => return at,
            _ => at += 1,
        }
    }
    letters.len()
}

/// The worst severity at every code point.
fn underlines(text: &str, marks: &[EditorMark]) -> Vec<Option<Severity>> {
    let mut starts = vec![0_usize];
    let mut length = 0;
    for (index, letter) in text.chars().enumerate() {
        length = index + 1;
        if letter == '\n' {
            starts.push(index + 1);
        }
    }
    let mut unders = vec![None; length];
    for mark in marks {
        let line = usize::try_from(mark.line.saturating_sub(1)).unwrap_or(usize::MAX);
        let Some(start) = starts.get(line) else { continue };
        let column = usize::try_from(mark.column.saturating_sub(1)).unwrap_or(usize::MAX);
        let wide = usize::try_from(mark.length.max(1)).unwrap_or(usize::MAX);
        let from = start.saturating_add(column);
        for slot in unders.iter_mut().skip(from).take(wide) {
            *slot = (*slot).max(Some(mark.severity));
        }
    }
    unders
}

/// The numbers beside the lines, one a line.
pub(super) fn line_numbers(lines: usize) -> String {
    let mut numbers = String::with_capacity(lines * 4);
    for line in 1..=lines {
        numbers.push_str(&line.to_string());
        numbers.push('\n');
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(line: u32, column: u32, length: u32, severity: Severity) -> EditorMark {
        EditorMark { line, column, length, severity, message: String::new() }
    }

    #[test]
    fn runs_are_the_text_again() {
        let text = "{\n  \"a\\\"b\": [\"GET\", \"é😀\"]\n}\n\"open";
        let marks = [mark(2, 3, 6, Severity::Error), mark(9, 1, 1, Severity::Note)];
        let runs = paint(text, &marks);
        assert_eq!(runs.iter().map(|run| run.text.as_str()).collect::<String>(), text);
    }

    #[test]
    fn keys_and_values_differ() {
        let runs = paint("{\"a\": \"b\"}", &[]);
        let class_of = |text: &str| runs.iter().find(|run| run.text == text).map(|run| run.class);
        assert_eq!(class_of("\"a\""), Some("k"));
        assert_eq!(class_of("\"b\""), Some("s"));
    }

    #[test]
    fn the_worst_mark_wins() {
        let runs = paint("abc", &[mark(1, 1, 3, Severity::Error), mark(1, 2, 1, Severity::Note)]);
        assert_eq!(runs.len(), 1);
        assert_eq!(runs.first().and_then(|run| run.under), Some(Severity::Error));
    }

    #[test]
    fn an_empty_text_has_one_line() {
        assert_eq!(line_numbers(1), "1\n");
        assert_eq!(line_numbers(2), "1\n2\n");
    }
}
