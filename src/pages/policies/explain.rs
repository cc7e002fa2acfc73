//! What the policy decides about one request, why, and the smallest edit that turns it around.

use leptos::prelude::*;

use super::proposals::proposals;
use super::tools::Tools;
use crate::components::{
    Button, ButtonKind, ButtonLook, ButtonSize, Choice, ExplainTrail, Field, IconName, Notice, Select, TextInput,
    TextKind, Tone, Trail, TrailItem, TrailPart, Verdict,
};
use crate::state::workbench::{ALLOWED, AnswerLook, BLOCKED, ExplainLook, SideLook, StepLook, TestCase};

/// The methods on offer, those that resources implement first.
pub(super) const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"];

#[component]
pub(super) fn Explain(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let (place, side) = (tools.bench.place(), tools.bench.side());
    let method = Signal::derive(move || place.with(|place| place.method.clone()));
    let path = Signal::derive(move || place.with(|place| place.path.clone()));
    let told = Memo::new(move |_| {
        side.with(|side| match side {
            Some(SideLook::Explain(told)) => Some(told.clone()),
            _ => None,
        })
    });
    let shown = move || match told.get() {
        None => ().into_any(),
        Some(ExplainLook::Silent(why)) => {
            view! { <Notice tone=Tone::Info heading="No answer yet." text=why /> }.into_any()
        }
        Some(ExplainLook::Answered(answer)) => answered(tools, *answer).into_any(),
    };
    view! {
        <form class="req" on:submit=|event: leptos::ev::SubmitEvent| event.prevent_default()>
            <Field id="method" label="Method">
                <Select
                    id="method"
                    choices=methods()
                    value=method
                    on_change=move |method: String| tools.change(|place| place.method = method)
                />
            </Field>
            <Field id="path" label="Request">
                <TextInput
                    id="path"
                    kind=TextKind::Code
                    value=path
                    on_input=move |path: String| tools.change(|place| place.path = path)
                />
            </Field>
            <Button kind=ButtonKind::Submit look=ButtonLook::Plain>
                "Explain"
            </Button>
        </form>
        {shown}
    }
}

/// The methods as choices.
pub(super) fn methods() -> Vec<Choice> {
    METHODS.map(|method| Choice::new(method, method)).to_vec()
}

fn answered(tools: Tools, answer: AnswerLook) -> impl IntoView {
    let AnswerLook { is_allowed, asked, steps, row, notes, test, flips, unchangeable } = answer;
    let row = row.map(|row| format!("Row {row} of the 13 rows of precedence decides."));
    let notes = notes.into_iter().map(|note| view! { <Notice tone=Tone::Warn heading=note /> }).collect_view();
    let step = |step: &StepLook| TrailItem {
        pointer: step.pointer.clone(),
        outcome: step.says.clone(),
        part: if step.decides { TrailPart::Deciding } else { TrailPart::Passed },
        stands: step.at.is_some(),
    };
    let trail = Trail {
        verdict: if is_allowed { Verdict::Allowed } else { Verdict::Blocked },
        asked,
        steps: steps.iter().map(step).collect(),
    };
    let show = move |pointer: String| {
        let shown = steps.iter().find(|step| step.pointer == pointer).and_then(|step| step.at);
        if let Some(at) = shown {
            tools.jump(at);
        }
    };
    let verb = if test.is_allowed { "blocks" } else { "allows" };
    let unchangeable = (!unchangeable.is_empty()).then(|| view! { <p class="t2">{unchangeable}</p> });
    view! {
        <ExplainTrail trail=trail on_show=show />
        <p class="t3">{row}</p>
        {notes}
        {proposals(tools, verb, flips)}
        {unchangeable}
        {expect(tools, test)}
    }
}

/// Makes a test of the request: that it stays as it is, or that it becomes the other way round.
fn expect(tools: Tools, test: TestCase) -> impl IntoView {
    let (now, then) = if test.is_allowed { (ALLOWED, BLOCKED) } else { (BLOCKED, ALLOWED) };
    let other = TestCase { is_allowed: !test.is_allowed, ..test.clone() };
    view! {
        <div class="row wrap" role="group" aria-label="Tests of this request">
            <Button size=ButtonSize::Small icon=IconName::Plus on_click=move |()| tools.bench.expect(test.clone())>
                {format!("Test that it is {now}")}
            </Button>
            <Button
                size=ButtonSize::Small
                look=ButtonLook::Quiet
                on_click=move |()| tools.bench.expect(other.clone())
            >
                {format!("Test that it becomes {then}")}
            </Button>
        </div>
    }
}
