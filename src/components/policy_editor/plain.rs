//! The plain editor: a textarea, with line numbers, colors and underlines painted behind it.
//!
//! The textarea grows with its text and the box around both scrolls, so that nothing has to be kept in step.

use super::super::icon::{Icon, IconName};
use super::super::tone::classes;
use super::caret::{EditorCaret, place_at};
use super::editor::EditorAccess;
use super::paint::{EditorMark, Paint, Severity, line_numbers, paint};
use leptos::html;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The icon of a severity.
pub(in crate::components) fn severity_icon(severity: Severity) -> IconName {
    match severity {
        Severity::Note => IconName::Info,
        Severity::Warning => IconName::Warn,
        Severity::Error => IconName::Error,
    }
}

/// What the plain editor shows and tells.
#[derive(Clone)]
pub(super) struct Plain {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) described_by: String,
    pub(super) text: Signal<String>,
    pub(super) on_input: Callback<String>,
    pub(super) marks: Signal<Vec<EditorMark>>,
    pub(super) access: EditorAccess,
    pub(super) caret: EditorCaret,
    pub(super) area: NodeRef<html::Textarea>,
    /// Whether a word is being composed, as in Japanese.
    pub(super) is_composing: RwSignal<bool>,
}

impl Plain {
    pub(super) fn view(self) -> impl IntoView {
        let (text, marks, place) = (self.text, self.marks, self.caret.place());
        let lines = Memo::new(move |_| text.with(|text| text.matches('\n').count()));
        let numbers = move || line_numbers(lines.get() + 1);
        let painted = move || {
            let runs = text.with(|text| marks.with(|marks| paint(text, marks)));
            runs.into_iter().map(run_view).collect_view()
        };
        let signs = move || marks.with(|marks| gutter_marks(marks)).into_iter().map(sign_view).collect_view();
        view! {
            <div class="ed-in">
                <div class="ed-here" aria-hidden="true" style:top=move || line_top(place.get().line)></div>
                <div class="ed-gutter" aria-hidden="true">
                    <pre>{numbers}</pre>
                    {signs}
                </div>
                <div class="ed-page">
                    <pre class="ed-paint" aria-hidden="true">
                        {painted}
                        "\n"
                    </pre>
                    {self.area()}
                </div>
            </div>
        }
    }

    fn area(self) -> impl IntoView {
        let Self { id, label, described_by, text, on_input, marks, access, caret, area, is_composing } = self;
        let refused =
            move || marks.with(|marks| marks.iter().any(|mark| mark.severity == Severity::Error)).then_some("true");
        let caret_moved = move || {
            let offset = area.get_untracked().and_then(|area| area.selection_start().ok().flatten());
            if let Some(offset) = offset {
                caret.moved(text.with_untracked(|text| place_at(text, offset)));
            }
        };
        view! {
            <textarea
                id=id
                class="ed-text"
                aria-label=label
                aria-describedby=described_by
                aria-invalid=refused
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                wrap="off"
                readonly=access == EditorAccess::Read
                node_ref=area
                prop:value=move || text.get()
                on:input=move |event| {
                    on_input.run(event_target_value(&event));
                    caret_moved();
                }
                on:compositionstart=move |_| is_composing.set(true)
                on:compositionend=move |_| is_composing.set(false)
                on:keyup=move |_| caret_moved()
                on:click=move |_| caret_moved()
                on:focus=move |_| caret_moved()
            ></textarea>
        }
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

fn sign_view((line, severity): (u32, Severity)) -> impl IntoView {
    view! {
        <span class=classes(&["ed-sign", severity.class()]) style:top=line_top(line)>
            <Icon name=severity_icon(severity) />
        </span>
    }
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
