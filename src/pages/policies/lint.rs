//! What is wrong, odd or pointless, each with what mends it and what that changes.

use leptos::prelude::*;

use super::tools::Tools;
use crate::components::{Button, ButtonSize, Icon, IconName};
use crate::format;
use crate::pages::words::capitalized;
use crate::state::workbench::{FixLook, FoundLook, FoundSeverity, LintLook, SideLook};

#[component]
pub(super) fn Lint(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let side = tools.bench.side();
    let told = Memo::new(move |_| {
        side.with(|side| match side {
            Some(SideLook::Lint(told)) => Some(told.clone()),
            _ => None,
        })
    });
    let says = move || told.with(|told| told.as_ref().map(says));
    let rows = move || told.get().map(|told| told.found.into_iter().map(|found| row(tools, found)).collect_view());
    let more = move || told.with(|told| told.as_ref().map(|told| told.unlisted).filter(|more| *more > 0));
    view! {
        <p class="says" role="status">{says}</p>
        <ul class="finds" aria-label="Findings">{rows}</ul>
        <p class="meta">{move || more().map(|more| format!("and {more} more"))}</p>
        <p class="meta">"What is said to change nothing is proved by deciding every kind of request."</p>
    }
}

fn says(told: &LintLook) -> String {
    match told.found.len() as u64 + told.unlisted {
        0 => "Nothing is wrong, odd or pointless.".to_owned(),
        found => format!("{}.", format::plural(found, "finding", "findings")),
    }
}

fn row(tools: Tools, found: FoundLook) -> impl IntoView {
    let FoundLook { code, severity, message, help, at, fixes } = found;
    let (class, icon, word) = match severity {
        FoundSeverity::Error => ("find c-bad", IconName::Error, "Error"),
        FoundSeverity::Warning => ("find c-warn", IconName::Warn, "Warning"),
        FoundSeverity::Note => ("find c-off", IconName::Info, "Note"),
    };
    let help = (!help.is_empty()).then(|| view! { <p class="why">{capitalized(&help)}</p> });
    let fixes = fixes.into_iter().map(|fix| mend(tools, fix)).collect_view();
    view! {
        <li class=class>
            <Icon name=icon />
            <div class="stack">
                <p>
                    <span class="vh">{word} ": "</span>
                    <b>{capitalized(&message)}</b>
                    " "
                    <button class="pointer" type="button" on:click=move |_| tools.jump(at)>
                        {format!("line {}, column {}", at.line, at.column)}
                    </button>
                    " "
                    <code class="t3">{code}</code>
                </p>
                {help}
                {fixes}
            </div>
        </li>
    }
}

fn mend(tools: Tools, fix: FixLook) -> impl IntoView {
    let FixLook { title, edits, changes } = fix;
    let words = capitalized(&title);
    view! {
        <p class="row wrap">
            <Button size=ButtonSize::Small on_click=move |()| tools.apply(&title, &edits)>
                {words}
            </Button>
            <span class="meta">{changes}</span>
        </p>
    }
}
