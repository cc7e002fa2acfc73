//! Findings as marks in the text and as a list below it.

use leptos::prelude::*;

use crate::components::{DiagnosticItem, DiagnosticsList, EditorMark, EditorPlace, Mended, Severity};
use crate::state::{self, Findings};

fn severity(severity: state::Severity) -> Severity {
    match severity {
        state::Severity::Error => Severity::Error,
        state::Severity::Warning => Severity::Warning,
        state::Severity::Note => Severity::Note,
    }
}

/// What the plain editor underlines.
pub(super) fn marks(findings: Signal<Findings>) -> Signal<Vec<EditorMark>> {
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
    /// What is said where nothing was found.
    none: Signal<String>,
    /// Runs with the place to move the caret to.
    #[prop(into)]
    on_go: Callback<EditorPlace>,
    /// Runs when something shall be mended.
    #[prop(into)]
    on_mend: Callback<Mended>,
) -> impl IntoView {
    let items = Signal::derive(move || {
        let item = |found: &state::Finding| DiagnosticItem {
            severity: severity(found.severity),
            message: found.message.clone(),
            help: found.help.clone(),
            code: found.code.clone(),
            place: EditorPlace { line: found.line, column: found.column },
            mends: found.mends.iter().map(|mend| mend.title.clone()).collect(),
        };
        findings.with(|findings| findings.list.iter().map(item).collect::<Vec<_>>())
    });
    let more = move || {
        let omitted = findings.with(|findings| findings.omitted);
        (omitted > 0).then(|| view! { <p class="t3">{format!("and {omitted} more")}</p> })
    };
    view! {
        <DiagnosticsList
            id=format!("{editor}-problems")
            items=items
            on_go=on_go
            on_mend=on_mend
            none=none
        />
        {more}
    }
}
