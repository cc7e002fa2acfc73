//! What is wrong with a text, in words: message, place, help, code.

use super::editor_paint::{EditorPlace, Severity};
use super::icon::Icon;
use super::policy_editor::severity_icon;
use super::tone::{classes, non_empty};
use leptos::prelude::*;

/// One thing that is wrong, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagnosticItem {
    /// How bad.
    pub severity: Severity,
    /// What is true: "`put` matches nothing".
    pub message: String,
    /// What to do; empty for nothing.
    pub help: String,
    /// Its stable code: "P0203".
    pub code: String,
    /// Where it begins.
    pub place: EditorPlace,
}

/// The list; pressing a place moves the caret there.
#[component]
pub fn DiagnosticsList(
    /// Id, `{editor id}-problems`, so that the editor is described by it.
    #[prop(into)]
    id: String,
    /// What to say, worst first.
    #[prop(into)]
    items: Signal<Vec<DiagnosticItem>>,
    /// Runs with the place to move the caret to.
    #[prop(into)]
    on_go: Callback<EditorPlace>,
    /// What to say where there is nothing: "Accepted by Review Board 8.1".
    #[prop(optional, into)]
    none: Signal<String>,
) -> impl IntoView {
    let row = move |item: DiagnosticItem| {
        let place = item.place;
        let help = non_empty(item.help).map(|help| view! { <p class="why">{help}</p> });
        let class = match item.severity {
            Severity::Error => "c-bad",
            Severity::Warning => "c-warn",
            Severity::Note => "c-off",
        };
        view! {
            <li class=classes(&["find", class])>
                <Icon name=severity_icon(item.severity) />
                <div>
                    <p>
                        <span class="vh">{item.severity.word()} ": "</span>
                        <b>{item.message}</b>
                        " "
                        <button class="pointer" type="button" on:click=move |_| on_go.run(place)>
                            {format!("line {}, column {}", place.line, place.column)}
                        </button>
                        " "
                        <code class="t3">{item.code}</code>
                    </p>
                    {help}
                </div>
            </li>
        }
    };
    let nothing = move || {
        let empty = items.with(Vec::is_empty);
        empty.then(|| non_empty(none.get()).map(|words| view! { <p class="meta">{words}</p> }))
    };
    view! {
        <div class="finds" id=id>
            {nothing}
            <ul>{move || items.get().into_iter().map(row).collect_view()}</ul>
        </div>
    }
}
