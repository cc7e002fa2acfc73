//! The sides of the policy, one open at a time.

use leptos::prelude::*;

use super::broken::Broken;
use super::compare::Compare;
use super::explain::Explain;
use super::lint::Lint;
use super::meaning::Meaning;
use super::tested::Tested;
use super::tools::Tools;
use crate::components::{Tab, TabList, TabPanel};
use crate::state::workbench::Side;

/// What is said while the worker is at it.
pub(super) const WORKING: &str = "Working it out off the main thread…";

#[component]
pub(super) fn Sides(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let bench = tools.bench;
    let (place, is_working) = (bench.place(), bench.is_working());
    let chosen = Signal::derive(move || place.with(|place| place.side.id().to_owned()));
    let tab = |side: Side| Tab { id: side.id().to_owned(), label: side.label().to_owned(), count: bench.count(side) };
    let open = move |id: String| tools.change(|place| place.side = Side::named(&id));
    let panels = Side::ALL.map(|side| {
        let is_open = Memo::new(move |_| place.with(|place| place.side == side));
        view! {
            <TabPanel group="sides" tab=side.id() chosen=chosen>
                <Show when=move || is_open.get()>{shown(tools, side)}</Show>
            </TabPanel>
        }
    });
    view! {
        <section class="panel" aria-label="What the policy means">
            <TabList id="sides" label="Sides of the policy" tabs=Side::ALL.map(tab).to_vec() chosen=chosen on_choose=open />
            <p class="meta working" role="status">
                {move || is_working.get().then_some(WORKING)}
            </p>
            <Broken tools=tools />
            {panels.into_iter().collect_view()}
        </section>
    }
}

fn shown(tools: Tools, side: Side) -> AnyView {
    match side {
        Side::Meaning => view! { <Meaning tools=tools /> }.into_any(),
        Side::Explain => view! { <Explain tools=tools /> }.into_any(),
        Side::Compare => view! { <Compare tools=tools /> }.into_any(),
        Side::Lint => view! { <Lint tools=tools /> }.into_any(),
        Side::Tests => view! { <Tested tools=tools /> }.into_any(),
    }
}
