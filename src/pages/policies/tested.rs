//! The tests beside the policy: what each expects, whether it is met, and how good they are together.

use leptos::prelude::*;

use super::score::Score;
use super::test_form::TestFields;
use super::test_rows::TestRows;
use super::tools::Tools;
use crate::components::{Notice, Tone};
use crate::format;
use crate::state::workbench::{SideLook, TestsLook};

#[component]
pub(super) fn Tested(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let (side, tests) = (tools.bench.side(), tools.bench.tests);
    let told = Memo::new(move |_| {
        side.with(|side| match side {
            Some(SideLook::Tests(told)) => Some(told.clone()),
            _ => None,
        })
    });
    let says = move || told.with(|told| told.as_ref().map(says));
    let refused = move || {
        told.with(|told| match told {
            Some(TestsLook::Silent(why)) => {
                Some(view! { <Notice tone=Tone::Info heading="The tests are not run." text=why.clone() /> })
            }
            _ => None,
        })
    };
    let has_tests = Memo::new(move |_| tests.count() > 0);
    view! {
        <p class="says" role="status">{says}</p>
        {refused}
        <Show when=move || has_tests.get()>
            <TestRows tools=tools told=told />
        </Show>
        <TestFields tests=tests />
        <Score tools=tools />
    }
}

fn says(told: &TestsLook) -> String {
    let TestsLook::Ran(outcomes) = told else { return String::new() };
    let failed = outcomes.iter().filter(|outcome| !outcome.is_met).count();
    let all = format::plural(outcomes.len() as u64, "test", "tests");
    match (outcomes.len(), failed) {
        (0, _) => {
            "No tests yet. A test says what a request must get; it is run whenever the policy changes.".to_owned()
        }
        (_, 0) => format!("{all}, all met."),
        (_, 1) => format!("1 of {all} fails."),
        (_, failed) => format!("{failed} of {all} fail."),
    }
}
