//! The report that the worker sends: a shape of its own, so that neither side depends on how a check is made.

use serde::{Deserialize, Serialize};

/// What a check of a policy text found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckReport {
    /// What the server does with the text.
    pub verdict: ReportVerdict,
    /// Every finding, in the order in which they are shown.
    pub diagnostics: Vec<ReportedDiagnostic>,
    /// How many more were found than are listed.
    pub unlisted: u64,
}

/// What the server does with a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum ReportVerdict {
    /// It takes the text.
    Accepted,
    /// It refuses the text.
    Refused {
        /// The code of the first check that fails.
        code: String,
        /// Where that is, as a JSON pointer.
        pointer: String,
    },
    /// It crashes on the text, which we take as a refusal.
    RefusedWhereOriginalCrashes {
        /// The code of the first check that fails.
        code: String,
        /// Where that is, as a JSON pointer.
        pointer: String,
    },
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReportedDiagnostic {
    /// Its stable code.
    pub code: String,
    /// The code in words.
    pub name: String,
    /// `error`, `warning` or `hint`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// The value it is about, as a JSON pointer.
    pub pointer: String,
    /// The line where the first label begins, from 1.
    pub line: u32,
    /// The column where it begins, in code points, from 1.
    pub column: u32,
    /// The code points before it, from 0.
    pub offset: u32,
    /// The marked places, the one it is about first.
    pub labels: Vec<ReportedLabel>,
    /// What to do about it.
    pub help: Option<String>,
}

/// One place in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReportedLabel {
    /// Where it begins, in bytes.
    pub start: u32,
    /// Where it ends, in bytes.
    pub end: u32,
    /// What to say there.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn report_is_read_as_it_was_written() {
        let report = CheckReport {
            verdict: ReportVerdict::Refused { code: "P0203".to_owned(), pointer: "/resources".to_owned() },
            diagnostics: vec![ReportedDiagnostic {
                code: "P0203".to_owned(),
                name: "resources_not_object".to_owned(),
                severity: "error".to_owned(),
                message: "`resources` must be an object".to_owned(),
                pointer: "/resources".to_owned(),
                line: 1,
                column: 15,
                offset: 14,
                labels: vec![ReportedLabel { start: 14, end: 16, text: "this is a list".to_owned() }],
                help: None,
            }],
            unlisted: 0,
        };
        let text = serde_json::to_string(&report).unwrap();
        assert!(text.starts_with(r#"{"verdict":{"type":"refused","code":"P0203""#), "{text}");
        assert_eq!(serde_json::from_str::<CheckReport>(&text).unwrap(), report);
    }
}
