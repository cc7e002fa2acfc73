//! What passes between the page and the editor, as JSON. Offsets are in UTF-16 units, as browsers count.

use serde::Serialize;

/// One replacement in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditorEdit {
    /// Where what is replaced begins.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// What stands there afterwards.
    pub text: String,
}

/// A way to mend a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditorFix {
    /// What it does, on its button.
    pub title: String,
    /// Its replacements, in order; they do not overlap.
    pub edits: Vec<EditorEdit>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum EditorSeverity {
    /// The text is refused.
    Error,
    /// It is accepted, but probably not meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// Something to say about a piece of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditorFinding {
    /// Where it begins.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// How bad it is.
    pub severity: EditorSeverity,
    /// What is true.
    pub message: String,
    /// What to do; empty for nothing.
    pub help: String,
    /// Its stable code.
    pub code: String,
    /// How it is mended, the likeliest way first.
    pub fixes: Vec<EditorFix>,
}

/// Something that may be written at the caret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditorOffer {
    /// What is compared with what was typed.
    pub label: String,
    /// What it means; may be empty.
    pub detail: String,
    /// Where what it replaces begins.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// What is inserted.
    pub insert: String,
    /// Where the caret stands afterwards, from the start of `insert`.
    pub caret: u32,
}

/// What a part of the text does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditorWords {
    /// Where the part begins.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// The words, a line each.
    pub lines: Vec<String>,
}

/// A shape as the editor reads it. These shapes hold nothing that JSON could not.
pub(super) fn json(shape: &impl Serialize) -> String {
    serde_json::to_string(shape).unwrap_or_else(|_| "null".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_named_as_in_the_module() {
        let fix = EditorFix { title: "x".to_owned(), edits: vec![EditorEdit { from: 1, to: 2, text: String::new() }] };
        let finding = EditorFinding {
            from: 1,
            to: 2,
            severity: EditorSeverity::Note,
            message: "m".to_owned(),
            help: String::new(),
            code: "P0301".to_owned(),
            fixes: vec![fix],
        };
        let expected = r#"{"from":1,"to":2,"severity":"note","message":"m","help":"","code":"P0301","fixes":[{"title":"x","edits":[{"from":1,"to":2,"text":""}]}]}"#;
        assert_eq!(json(&finding), expected);
        assert_eq!(json(&None::<EditorWords>), "null");
    }
}
