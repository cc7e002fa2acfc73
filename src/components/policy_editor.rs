//! The policy editor: a plain textarea, with line numbers, colors and underlines painted behind it.
//!
//! The textarea grows with its text and the box around both scrolls, so that nothing has to be kept in step.
//! Tab moves the focus, as everywhere in the page.

use super::editor_paint::{EditorMark, EditorPlace, Paint, Severity, line_numbers, paint, place_at, utf16_at};
use super::icon::{Icon, IconName};
use super::tone::classes;
use leptos::html;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Whether the text can be changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EditorAccess {
    /// It can.
    #[default]
    Write,
    /// It can only be read.
    Read,
}

/// The icon of a severity.
pub(super) fn severity_icon(severity: Severity) -> IconName {
    match severity {
        Severity::Note => IconName::Info,
        Severity::Warning => IconName::Warn,
        Severity::Error => IconName::Error,
    }
}

fn run_view(run: Paint) -> impl IntoView {
    let under = match run.under {
        None => "",
        Some(Severity::Note) => "sq i",
        Some(Severity::Warning) => "sq w",
        Some(Severity::Error) => "sq",
    };
    view! { <span class=classes(&[run.class, under])>{run.text}</span> }
}

/// Line heights from the top, as the style sheet's `--line-code` counts them.
fn line_top(line: u32) -> String {
    format!("calc(var(--line-code) * {})", line.saturating_sub(1))
}

/// One icon a line, the worst of the line.
fn gutter_marks(marks: &[EditorMark]) -> Vec<(u32, Severity)> {
    let mut lines = BTreeMap::new();
    for mark in marks {
        let worst = lines.entry(mark.line).or_insert(mark.severity);
        *worst = (*worst).max(mark.severity);
    }
    lines.into_iter().collect()
}

/// The editor. What its marks say stands in a `DiagnosticsList` with the id `{id}-problems`.
#[component]
pub fn PolicyEditor(
    /// Id of the textarea.
    #[prop(into)]
    id: String,
    /// Its name: "Policy as JSON".
    #[prop(into)]
    label: String,
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// Runs with the text at every change; the caller sets `text` at once, and checks it in its own time.
    #[prop(into)]
    on_input: Callback<String>,
    /// What to underline.
    #[prop(into)]
    marks: Signal<Vec<EditorMark>>,
    /// Whether it can be changed.
    #[prop(optional)]
    access: EditorAccess,
    /// Moves the caret there, and the focus with it, each time it is set.
    #[prop(optional, into)]
    go: Signal<Option<EditorPlace>>,
    /// Runs with the place of the caret when it moves.
    #[prop(optional, into)]
    on_place: Option<Callback<EditorPlace>>,
) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let line = RwSignal::new(1_u32);
    let lines = Memo::new(move |_| text.with(|text| text.matches('\n').count()));
    let numbers = move || line_numbers(lines.get() + 1);
    let caret_moved = move || {
        let Some(offset) = area.get_untracked().and_then(|area| area.selection_start().ok().flatten()) else { return };
        let place = text.with_untracked(|text| place_at(text, offset));
        line.set(place.line);
        if let Some(on_place) = on_place {
            on_place.run(place);
        }
    };
    Effect::new(move |_| {
        let (Some(place), Some(area)) = (go.get(), area.get_untracked()) else { return };
        let offset = text.with_untracked(|text| utf16_at(text, place));
        drop(area.focus());
        drop(area.set_selection_range(offset, offset));
        caret_moved();
    });
    let painted = move || {
        let runs = text.with(|text| marks.with(|marks| paint(text, marks)));
        runs.into_iter().map(run_view).collect_view()
    };
    let gutter = move || {
        let icon = |(line, severity): (u32, Severity)| {
            view! {
                <span class=classes(&["ed-sign", severity.class()]) style:top=line_top(line)>
                    <Icon name=severity_icon(severity) />
                </span>
            }
        };
        marks.with(|marks| gutter_marks(marks)).into_iter().map(icon).collect_view()
    };
    let refused =
        move || marks.with(|marks| marks.iter().any(|mark| mark.severity == Severity::Error)).then_some("true");
    let read_only = access == EditorAccess::Read;
    let described = format!("{id}-problems");
    view! {
        <div class="ed">
            <div class="ed-in">
                <div class="ed-here" aria-hidden="true" style:top=move || line_top(line.get())></div>
                <div class="ed-gutter" aria-hidden="true">
                    <pre>{numbers}</pre>
                    {gutter}
                </div>
                <div class="ed-page">
                    <pre class="ed-paint" aria-hidden="true">
                        {painted}
                        "\n"
                    </pre>
                    <textarea
                        id=id
                        class="ed-text"
                        aria-label=label
                        aria-describedby=described
                        aria-invalid=refused
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        wrap="off"
                        readonly=read_only
                        node_ref=area
                        prop:value=move || text.get()
                        on:input=move |event| {
                            on_input.run(event_target_value(&event));
                            caret_moved();
                        }
                        on:keyup=move |_| caret_moved()
                        on:click=move |_| caret_moved()
                        on:focus=move |_| caret_moved()
                    ></textarea>
                </div>
            </div>
        </div>
    }
}
