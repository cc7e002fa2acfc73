//! How good the tests are: the share of mistakes they notice, those they miss, and tests that would notice these.

use leptos::prelude::*;

use super::tools::Tools;
use crate::components::{Button, ButtonSize, IconName, Progress};
use crate::format;
use crate::pages::words::capitalized;
use crate::state::workbench::{ScoreLook, SurvivorLook, TestCase, score};

#[component]
pub(super) fn Score(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let scores = tools.bench.scores;
    let (look, is_running) = (scores.look(), scores.is_running());
    let tried = Signal::derive(move || look.with(|look| look.as_ref().map_or(0, |look| look.tried)));
    let total = Signal::derive(move || look.with(|look| look.as_ref().map_or(0, |look| look.total)));
    let progress = Signal::derive(move || {
        format!("{} of {} tried", number(tried.get()), format::plural(total.get(), "mistake", "mistakes"))
    });
    let is_busy = Memo::new(move |_| is_running.get());
    let is_stopped =
        Memo::new(move |_| !is_running.get() && look.with(|look| look.as_ref().is_some_and(|look| !look.is_done())));
    let done = Memo::new(move |_| look.with(|look| look.clone().filter(ScoreLook::is_done)));
    let heading = move || done.with(|done| done.as_ref().map(score));
    view! {
        <section class="stack" aria-labelledby="score">
            <h2 id="score">"How good the tests are"</h2>
            <p class="says" role="status">
                {heading}
            </p>
            <Show when=move || is_busy.get()>
                <Progress label="Working out how good the tests are" done=tried total=total says=progress />
                <Button size=ButtonSize::Small on_click=move |()| scores.stop()>
                    "Stop"
                </Button>
            </Show>
            <Show when=move || is_stopped.get()>
                <p class="meta">{move || format!("Stopped: {}.", progress.get())}</p>
                <Button size=ButtonSize::Small on_click=move |()| scores.go_on()>
                    "Go on"
                </Button>
            </Show>
            {move || done.get().map(|done| missed(tools, done))}
        </section>
    }
}

/// What the tests miss, and the tests that would not.
fn missed(tools: Tools, done: ScoreLook) -> impl IntoView {
    let ScoreLook { survivors, unlisted, suggested, .. } = done;
    let count = survivors.len() as u64 + unlisted;
    let words = (count > 0).then(|| {
        let edits = format::plural(count, "edit", "edits");
        let tests = format::plural(suggested.len() as u64, "more test catches", "more tests catch");
        format!("{edits} to this policy would change what it decides without failing a test. {tests} them all.")
    });
    let more = (unlisted > 0).then(|| format!("and {unlisted} more"));
    let add_all = (!suggested.is_empty()).then(|| {
        let all = suggested.clone();
        let words = format!("Add {}", format::plural(all.len() as u64, "suggested test", "suggested tests"));
        view! {
            <Button size=ButtonSize::Small icon=IconName::Plus on_click=move |()| tools.bench.tests.add_all(all.clone())>
                {words}
            </Button>
        }
    });
    let suggestions = suggested.into_iter().map(|test| suggestion(tools, test)).collect_view();
    let survivors = survivors.into_iter().map(|survivor| survived(tools, survivor)).collect_view();
    view! {
        <p class="t2">{words}</p>
        <ul class="stack">{survivors}</ul>
        <p class="meta">{more}</p>
        <p>{add_all}</p>
        <ul class="stack">{suggestions}</ul>
    }
}

fn survived(tools: Tools, survivor: SurvivorLook) -> impl IntoView {
    let SurvivorLook { says, at } = survivor;
    view! {
        <li>
            {capitalized(&says)}
            " "
            <button class="pointer" type="button" on:click=move |_| tools.jump(at)>
                {format!("line {}", at.line)}
            </button>
        </li>
    }
}

fn suggestion(tools: Tools, test: TestCase) -> impl IntoView {
    let (request, word) = (tools.bench.request_of(&test), if test.is_allowed { "is allowed" } else { "is blocked" });
    let label = format!("Add the test that {request} {word}");
    let note = capitalized(&test.note);
    view! {
        <li class="row wrap">
            <span class="mono wrap-any">{request}</span>
            {word}
            <Button size=ButtonSize::Small label=label on_click=move |()| tools.bench.tests.add(test.clone())>
                "Add"
            </Button>
            <span class="meta">{note}</span>
        </li>
    }
}

fn number(count: u64) -> String {
    format::count(usize::try_from(count).unwrap_or(usize::MAX))
}
