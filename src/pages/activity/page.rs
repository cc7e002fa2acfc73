//! The page.

use super::checkpoints::Comparisons;
use super::entries::Days;
use super::wholeness::Wholeness;
use leptos::ev;
use leptos::prelude::*;

use crate::components::{Button, EmptyState, FileButton, FilterBox, PageHead};
use crate::format;
use crate::pages::words::{console, title};
use crate::state::{Activity, Checkpoints};

/// The page.
#[component]
pub(crate) fn ActivityPage() -> impl IntoView {
    title("Activity");
    let console = console();
    let activity = Activity::new(console);
    let checkpoints = Checkpoints::new(console);
    let sub = Signal::derive(move || format::plural(activity.count() as u64, "entry", "entries"));
    let is_empty = Memo::new(move |_| activity.is_empty());
    view! {
        <PageHead title="Activity" sub=sub>
            <Button on_click=move |()| activity.export()>"Export"</Button>
            <Button disabled=activity.is_verifying() on_click=move |()| activity.verify_again()>
                "Verify again"
            </Button>
            <Button disabled=is_empty on_click=move |()| checkpoints.save()>"Save a checkpoint"</Button>
            <FileButton
                label="Compare…"
                accept=".json,application/json"
                disabled=checkpoints.is_comparing()
                on_pick=move |event: ev::Event| checkpoints.pick(&event)
            />
        </PageHead>
        <div class="page">
            <Comparisons checkpoints=checkpoints />
            <Show
                when=move || !is_empty.get()
                fallback=|| view! {
                    <EmptyState
                        title="Nothing has happened yet"
                        lead="Every act is an entry here, and each entry carries the hash of the one before, so that a change of the past shows."
                    />
                }
            >
                <Wholeness activity=activity />
                <FilterBox
                    id="filter"
                    label="Filter entries"
                    placeholder="Filter: words, a token, an entry’s number"
                    text=activity.filter
                    on_input=move |words: String| activity.filter.set(words)
                />
                <Days activity=activity console=console />
            </Show>
        </div>
    }
}
