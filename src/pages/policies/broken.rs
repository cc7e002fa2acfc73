//! Guardrails that the text breaks, beside whatever side is open.

use leptos::prelude::*;

use super::tools::Tools;
use crate::components::{Icon, IconName};
use crate::format;
use crate::pages::words::sentence;
use crate::state::workbench::BrokenLook;

#[component]
pub(super) fn Broken(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let broken = tools.bench.broken();
    let is_any = Memo::new(move |_| broken.with(|broken| !broken.is_empty()));
    let says = move || {
        let count = broken.with(Vec::len) as u64;
        format!("The text breaks {}", format::plural(count, "guardrail", "guardrails"))
    };
    let rows = move || broken.get().into_iter().map(|broken| row(tools, broken)).collect_view();
    view! {
        <Show when=move || is_any.get()>
            <div class="stopped beside">
                <p class="c-bad" role="status">
                    <b>{says}</b>
                </p>
                <ul class="finds" aria-label="Guardrails that it breaks">{rows}</ul>
            </div>
        </Show>
    }
}

fn row(tools: Tools, broken: BrokenLook) -> impl IntoView {
    let BrokenLook { name, demand, request, at } = broken;
    let place = at.map(|at| {
        view! {
            " "
            <button class="pointer" type="button" on:click=move |_| tools.jump(at)>
                {format!("line {}, column {}", at.line, at.column)}
            </button>
        }
    });
    view! {
        <li class="find c-bad">
            <Icon name=IconName::Error />
            <div class="stack">
                <p>
                    <b>{sentence(&demand)}</b>
                </p>
                <p>{sentence(&request)} {place}</p>
                <p class="why">{format!("Guardrail “{name}”")}</p>
            </div>
        </li>
    }
}
