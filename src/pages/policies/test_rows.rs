//! The tests in order, each with its result.

use leptos::prelude::*;

use super::tools::Tools;
use crate::components::{Button, ButtonLook, ButtonSize, Icon, IconName};
use crate::state::workbench::{OutcomeLook, TestRow, TestsLook, wanted};

/// The tests in order.
#[component]
pub(super) fn TestRows(
    /// What the workbench works with.
    tools: Tools,
    /// What became of them.
    told: Memo<Option<TestsLook>>,
) -> impl IntoView {
    let tests = tools.bench.tests;
    let rows = Memo::new(move |_| tests.rows());
    let row = move |index: usize| {
        let row = Memo::new(move |_| rows.with(|rows| rows.get(index).cloned()));
        let outcome = Memo::new(move |_| {
            told.with(|told| match told {
                Some(TestsLook::Ran(outcomes)) => outcomes.get(index).cloned(),
                _ => None,
            })
        });
        row_view(tools, index, row, outcome)
    };
    view! {
        <table class="plain-table stacks" role="table" aria-label="Tests">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"Result"</th>
                    <th role="columnheader" scope="col">"Request"</th>
                    <th role="columnheader" scope="col">"Expected"</th>
                    <th role="columnheader" scope="col">
                        <span class="vh">"Acts"</span>
                    </th>
                </tr>
            </thead>
            <tbody role="rowgroup">
                <For each=move || 0..rows.with(Vec::len) key=|index| *index let:index>
                    {row(index)}
                </For>
            </tbody>
        </table>
    }
}

fn row_view(
    tools: Tools,
    index: usize,
    row: Memo<Option<TestRow>>,
    outcome: Memo<Option<OutcomeLook>>,
) -> impl IntoView {
    let tests = tools.bench.tests;
    let shown = move |say: fn(&TestRow) -> String| move || row.with(|row| row.as_ref().map(say).unwrap_or_default());
    let request = |row: &TestRow| format!("{} {}", row.method, row.request);
    let label = move |act: &'static str| Signal::derive(move || format!("{act} {}", shown(request)()));
    let explain_label = label("Explain");
    let explain = move |_: leptos::ev::MouseEvent| {
        if let Some(row) = row.get_untracked() {
            tools.explain(&row.method, &row.request);
        }
    };
    view! {
        <tr role="row">
            <td role="cell">{move || outcome.get().map(result)}</td>
            <td role="cell" class="wrap-any">
                <button class="pointer mono" type="button" aria-label=move || explain_label.get() on:click=explain>
                    {shown(request)}
                </button>
                <p class="meta">{shown(|row| row.note.clone())}</p>
            </td>
            <td role="cell">
                {shown(|row| wanted(row.is_allowed).to_owned())}
                {move || outcome.get().map(|outcome| rule(tools, outcome))}
            </td>
            <td role="cell">
                <div class="row wrap">
                    <Button size=ButtonSize::Small look=ButtonLook::Quiet label=label("Change") on_click=move |()| tests.change(index)>
                        "Change"
                    </Button>
                    <Button size=ButtonSize::Small look=ButtonLook::Quiet label=label("Turn around") on_click=move |()| tests.turn(index)>
                        "Turn"
                    </Button>
                    <Button
                        size=ButtonSize::Small
                        look=ButtonLook::Quiet
                        icon=IconName::Trash
                        label=label("Remove")
                        on_click=move |()| tests.remove(index)
                    />
                </div>
            </td>
        </tr>
    }
}

fn result(outcome: OutcomeLook) -> impl IntoView {
    let (class, icon, word) = match outcome.is_met {
        true => ("st ok", IconName::Active, "Pass"),
        false => ("st bad", IconName::Invalid, "Fail"),
    };
    view! {
        <span class=class>
            <Icon name=icon />
            {word}
        </span>
    }
}

/// The rule that decides, where it stands.
fn rule(tools: Tools, outcome: OutcomeLook) -> impl IntoView {
    match outcome.at {
        Some(at) => view! {
            <p>
                <button class="pointer" type="button" title="Show in the text" on:click=move |_| tools.jump(at)>
                    {outcome.rule}
                </button>
            </p>
        }
        .into_any(),
        None => view! { <p class="meta">{outcome.rule}</p> }.into_any(),
    }
}
