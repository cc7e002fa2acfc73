//! What is wrong with a text, in words: message, place, help, code, and buttons that mend it.

use super::button::{Button, ButtonSize};
use super::icon::Icon;
use super::policy_editor::{EditorPlace, Severity, severity_icon};
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
    /// How it can be mended, a button each: "Replace with `PUT`".
    pub mends: Vec<String>,
}

/// A button that was pressed to mend something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mended {
    /// Which item of the list, from 0.
    pub item: usize,
    /// Which of its buttons, from 0.
    pub mend: usize,
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
    /// Runs when something shall be mended.
    #[prop(into)]
    on_mend: Callback<Mended>,
    /// What to say where there is nothing: "Accepted by Review Board 8.1".
    #[prop(optional, into)]
    none: Signal<String>,
) -> impl IntoView {
    let row = move |(number, item): (usize, DiagnosticItem)| {
        let place = item.place;
        let mends = item.mends.into_iter().enumerate().map(|(mend, title)| {
            view! {
                <Button size=ButtonSize::Small on_click=move |()| on_mend.run(Mended { item: number, mend })>
                    {title}
                </Button>
            }
        });
        let mends = (mends.len() > 0).then(|| view! { <p class="row wrap">{mends.collect_view()}</p> });
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
                    {mends}
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
            <ul aria-label="Findings">{move || items.get().into_iter().enumerate().map(row).collect_view()}</ul>
        </div>
    }
}
