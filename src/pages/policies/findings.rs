//! Findings as marks in the text and as a list below it.

use leptos::prelude::*;

use crate::components::{DiagnosticItem, DiagnosticsList, EditorMark, EditorPlace, Severity};
use crate::state::{self, Findings};

fn severity(severity: state::Severity) -> Severity {
    match severity {
        state::Severity::Error => Severity::Error,
        state::Severity::Warning => Severity::Warning,
        state::Severity::Note => Severity::Note,
    }
}

/// What to underline.
pub(in crate::pages) fn marks(findings: Signal<Findings>) -> Signal<Vec<EditorMark>> {
    Signal::derive(move || {
        let mark = |found: &state::Finding| EditorMark {
            line: found.line,
            column: found.column,
            length: found.length,
            severity: severity(found.severity),
            message: found.message.clone(),
        };
        findings.with(|findings| findings.list.iter().map(mark).collect())
    })
}

/// Everything that is wrong, in a list below the editor.
#[component]
pub(in crate::pages) fn Problems(
    /// Id of the editor.
    #[prop(into)]
    editor: String,
    /// What was found.
    findings: Signal<Findings>,
    /// Runs with the place to move the caret to.
    #[prop(optional, into)]
    on_go: Option<Callback<EditorPlace>>,
) -> impl IntoView {
    let items = Signal::derive(move || {
        let item = |found: &state::Finding| DiagnosticItem {
            severity: severity(found.severity),
            message: found.message.clone(),
            help: found.help.clone(),
            code: found.code.clone(),
            place: EditorPlace { line: found.line, column: found.column },
        };
        findings.with(|findings| findings.list.iter().map(item).collect::<Vec<_>>())
    });
    let go = move |place: EditorPlace| {
        if let Some(on_go) = on_go {
            on_go.run(place);
        }
    };
    view! { <DiagnosticsList id=format!("{editor}-problems") items=items on_go=go none="Nothing to say: Review Board 8.1 accepts it." /> }
}
