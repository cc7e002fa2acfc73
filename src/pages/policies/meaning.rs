//! What the policy allows: in a sentence, in counts, and cell by cell.

use leptos::prelude::*;

use super::cell::{inspected, says};
use super::table::{groups, name_of, place_of, rest};
use super::tools::Tools;
use super::unexpected::unexpected;
use crate::components::{Button, ButtonLook, ButtonSize, CellMatrix, FilterBox, GridPlace, MatrixLegend};
use crate::format;
use crate::pages::words::{may, sentence};
use crate::state::workbench::{Breadth, MeaningLook, SideLook};

#[component]
pub(super) fn Meaning(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let side = tools.bench.side();
    let meaning = Memo::new(move |_| {
        side.with(|side| match side {
            Some(SideLook::Meaning(meaning)) => Some((**meaning).clone()),
            _ => None,
        })
    });
    let lead = move || meaning.with(|meaning| meaning.as_ref().map(lead));
    let counts = move || meaning.with(|meaning| meaning.as_ref().map(counts));
    let is_policy = Memo::new(move |_| meaning.with(|meaning| meaning.as_ref().is_some_and(|found| found.total > 0)));
    let cell = Memo::new(move |_| meaning.with(|meaning| meaning.as_ref().and_then(|meaning| meaning.cell.clone())));
    let inspector = move || cell.get().map(|cell| inspected(tools, cell));
    let unexpected = move || meaning.with(|meaning| meaning.as_ref().map(unexpected));
    view! {
        <div class="stack">
            <p class="says lead">{lead}</p>
            <p class="meta">{counts}</p>
        </div>
        <Show when=move || is_policy.get()>
            <Cells tools=tools meaning=meaning />
        </Show>
        <p class="vh" role="status">
            {move || cell.with(|cell| cell.as_ref().map(says))}
        </p>
        {inspector}
        {unexpected}
    }
}

/// The table with its filter.
#[component]
fn Cells(
    /// What the workbench works with.
    tools: Tools,
    /// What the policy allows.
    meaning: Memo<Option<MeaningLook>>,
) -> impl IntoView {
    let choices = tools.bench.choices;
    let table = Memo::new(move |_| {
        meaning.with(|meaning| meaning.as_ref().map(|meaning| meaning.table.clone()).unwrap_or_default())
    });
    let rows = Memo::new(move |_| table.with(groups));
    let folded = Memo::new(move |_| table.with(rest));
    let columns = Memo::new(move |_| table.with(|table| table.columns.clone()));
    let chosen = Memo::new(move |_| {
        choices.cell.with(|cell| cell.as_ref().and_then(|name| table.with(|table| place_of(table, name))))
    });
    let choose = move |at: GridPlace| {
        let name = table.with_untracked(|table| name_of(table, at));
        let is_open = choices.cell.with_untracked(|cell| *cell == name);
        choices.cell.set(if is_open { None } else { name });
    };
    let is_all = Memo::new(move |_| choices.breadth.get() == Breadth::All);
    let turn = move |()| choices.breadth.set(if is_all.get_untracked() { Breadth::Notable } else { Breadth::All });
    let turn_words = move || if is_all.get() { "Show what stands out" } else { "Show all resources" };
    let unlisted = move || {
        let unlisted = table.with(|table| table.unlisted);
        (unlisted > 0)
            .then(|| format!("and {} more: filter to see them", format::plural(unlisted.into(), "row", "rows")))
    };
    let is_empty = Memo::new(move |_| table.with(|table| table.rows.is_empty()));
    view! {
        <div class="stack">
            <div class="row wrap">
                <div class="grow">
                    <FilterBox
                        id="filter"
                        label="Filter resources"
                        placeholder="Filter: a resource, an id"
                        text=choices.words
                        on_input=move |words: String| choices.words.set(words)
                    />
                </div>
                <Button look=ButtonLook::Quiet size=ButtonSize::Small on_click=turn>
                    {turn_words}
                </Button>
            </div>
            <CellMatrix
                caption="What the policy allows, by resource and method"
                columns=columns
                groups=rows
                rest=folded
                chosen=chosen
                on_choose=choose
            />
            <Show when=move || is_empty.get()>
                <p class="t2">"No resource holds these words. Drop one to see more."</p>
            </Show>
            <p class="meta">{unlisted}</p>
            <MatrixLegend />
        </div>
    }
}

fn lead(meaning: &MeaningLook) -> String {
    if meaning.sentence.is_empty() { may(None) } else { sentence(&meaning.sentence) }
}

fn counts(meaning: &MeaningLook) -> String {
    let kinds = format::plural(meaning.atoms, "kind of request", "kinds of request");
    match meaning.total {
        0 => String::new(),
        total => format!(
            "{} of {total} operations a token can reach. Exact: all {kinds} were decided, none sampled.",
            meaning.allowed
        ),
    }
}
