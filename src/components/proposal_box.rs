//! An edit that is proposed: what it does, what it writes, what else it changes, and the button that makes it.

use super::button::{Button, ButtonSize};
use super::icon::{Icon, IconName};
use super::tone::non_empty;
use leptos::prelude::*;

/// One replacement, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownEdit {
    /// What goes; empty for nothing.
    pub was: String,
    /// What comes; empty for nothing.
    pub becomes: String,
}

/// An edit that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedEdit {
    /// What it does, step by step.
    pub does: Vec<String>,
    /// Its replacements.
    pub edits: Vec<ShownEdit>,
    /// What else it changes, as sentences.
    pub also: String,
    /// What to look out for; empty for nothing.
    pub warns: String,
    /// The act in full, for those who hear it alone: "Apply: add `PUT` to `allow` of the rules for `review`".
    pub label: String,
}

fn edit_view(edit: ShownEdit) -> impl IntoView {
    let line = |class: &'static str, sign: &'static str, says: &'static str, text: String| {
        non_empty(text).map(|text| {
            view! {
                <p class=class>
                    <span aria-hidden="true">{sign}</span>
                    <span class="vh">{says}</span>
                    <code>{text.trim().to_owned()}</code>
                </p>
            }
        })
    };
    view! { {line("cut", "−", "removes: ", edit.was)} {line("put", "+", "writes: ", edit.becomes)} }
}

/// The edit in a box.
#[component]
pub fn ProposalBox(
    /// What it is: "Smallest edit that allows it".
    #[prop(into)]
    title: String,
    /// The edit.
    edit: ProposedEdit,
    /// Runs when it shall be made.
    #[prop(into)]
    on_apply: Callback<()>,
) -> impl IntoView {
    let ProposedEdit { does, edits, also, warns, label } = edit;
    let does = does.into_iter().map(|does| view! { <li>{does}</li> }).collect_view();
    let warns = non_empty(warns).map(|warns| {
        view! {
            <p class="row c-warn">
                <Icon name=IconName::Warn />
                <span>{warns}</span>
            </p>
        }
    });
    let name = title.clone();
    view! {
        <div class="box" role="group" aria-label=name>
            <div class="box-h">
                <h2>{title}</h2>
                <span class="end">
                    <Button size=ButtonSize::Small label=label on_click=on_apply>
                        "Apply"
                    </Button>
                </span>
            </div>
            <div class="box-b stack">
                <ul class="does">{does}</ul>
                <div class="edits">{edits.into_iter().map(edit_view).collect_view()}</div>
                <p class="t2">{also}</p>
                {warns}
            </div>
        </div>
    }
}
