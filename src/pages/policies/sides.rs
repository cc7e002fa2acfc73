//! What the text means, and what it decides for a request.

use leptos::prelude::*;

use crate::components::{
    Button, ButtonKind, ButtonLook, Choice, EditorPlace, ExplainTrail, Field, Matrix, MatrixLegend, Notice, Select,
    Tab, TabList, TabPanel, TextInput, TextKind, Tone, Trail, TrailItem, TrailPart, Verdict,
};
use crate::pages::words::{matrix_rows, may};
use crate::state::{self, Answer, PolicyBench};

#[component]
pub(super) fn Sides(
    /// The page's state.
    bench: PolicyBench,
    /// Where the caret shall go.
    go: RwSignal<Option<EditorPlace>>,
) -> impl IntoView {
    let chosen = RwSignal::new("try".to_owned());
    let tab = |id: &str, label: &str| Tab { id: id.to_owned(), label: label.to_owned(), count: String::new() };
    let tabs = vec![tab("meaning", "Meaning"), tab("try", "Try a request")];
    view! {
        <section class="panel" aria-label="What the policy means">
            <TabList id="sides" label="Sides" tabs=tabs chosen=chosen on_choose=move |id: String| chosen.set(id) />
            <TabPanel group="sides" tab="meaning" chosen=chosen>
                <Meaning bench=bench />
            </TabPanel>
            <TabPanel group="sides" tab="try" chosen=chosen>
                <TryRequest bench=bench go=go />
            </TabPanel>
        </section>
    }
}

#[component]
fn Meaning(
    /// The page's state.
    bench: PolicyBench,
) -> impl IntoView {
    let meaning = bench.meaning();
    let rows = Signal::derive(move || {
        meaning.with(|meaning| meaning.as_ref().map(|meaning| matrix_rows(&meaning.lines)).unwrap_or_default())
    });
    view! {
        <div class="pane">
            <p class="says lead">{move || meaning.with(|meaning| may(meaning.as_ref()))}</p>
            <Matrix caption="What the policy allows, by resource and method" rows=rows />
            <MatrixLegend />
        </div>
    }
}

#[component]
fn TryRequest(
    /// The page's state.
    bench: PolicyBench,
    /// Where the caret shall go.
    go: RwSignal<Option<EditorPlace>>,
) -> impl IntoView {
    let methods: Vec<Choice> =
        ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"].map(|method| Choice::new(method, method)).into();
    let answer = Memo::new(move |_| bench.answer());
    let shown = move || match answer.get() {
        Ok(answer) => view! { <Answered answer=answer go=go /> }.into_any(),
        Err(why) => view! { <Notice tone=Tone::Info heading="No answer yet." text=why /> }.into_any(),
    };
    view! {
        <div class="pane">
            <form class="req" on:submit=|event: leptos::ev::SubmitEvent| event.prevent_default()>
                <Field id="method" label="Method">
                    <Select id="method" choices=methods value=bench.method on_change=move |method: String| bench.method.set(method) />
                </Field>
                <Field id="path" label="Request">
                    <TextInput id="path" kind=TextKind::Code value=bench.path on_input=move |path: String| bench.path.set(path) />
                </Field>
                <Button kind=ButtonKind::Submit look=ButtonLook::Plain>
                    "Explain"
                </Button>
            </form>
            {shown}
        </div>
    }
}

#[component]
fn Answered(
    /// The answer.
    answer: Answer,
    /// Where the caret shall go.
    go: RwSignal<Option<EditorPlace>>,
) -> impl IntoView {
    let row = answer.row.map(|row| format!("Row {row} of the 13 rows of precedence decides."));
    let notes =
        answer.notes.iter().map(|note| view! { <Notice tone=Tone::Warn heading=note.clone() /> }).collect_view();
    let step = |step: &state::Step| TrailItem {
        pointer: step.pointer.clone(),
        outcome: step.says.clone(),
        part: if step.decides { TrailPart::Deciding } else { TrailPart::Passed },
        stands: step.place.is_some(),
    };
    let trail = Trail {
        verdict: if answer.is_allowed { Verdict::Allowed } else { Verdict::Blocked },
        asked: answer.asked.clone(),
        steps: answer.steps.iter().map(step).collect(),
    };
    let show = move |pointer: String| {
        let shown = answer.steps.iter().find(|step| step.pointer == pointer).and_then(|step| step.place);
        if let Some((line, column)) = shown {
            go.set(Some(EditorPlace { line, column }));
        }
    };
    view! {
        <ExplainTrail trail=trail on_show=show />
        <p class="t3">{row}</p>
        {notes}
    }
}
