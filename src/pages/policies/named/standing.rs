//! How the text on the page stands to what is saved.

use leptos::prelude::*;

use crate::components::{Button, ButtonSize};
use crate::pages::policies::tools::Tools;
use crate::state::library::NamedView;
use crate::state::workbench::{Against, Side};

#[component]
pub(super) fn Standing(
    /// What the workbench works with.
    tools: Tools,
    /// The policy.
    named: NamedView,
) -> impl IntoView {
    let newer = Memo::new(move |_| named.newer());
    let is_behind = Memo::new(move |_| newer.get().is_some());
    let can_keep_tests = Memo::new(move |_| named.can_keep_tests());
    let says = move || match newer.get() {
        Some(newer) => format!("{} Version {newer} was saved meanwhile.", named.standing()),
        None => named.standing(),
    };
    let compare = move |()| {
        if let Some(newer) = newer.get_untracked() {
            // The place is told of it as well, where the newer version speaks of another catalog.
            named.catch_up();
            tools.change(|place| {
                place.side = Side::Compare;
                place.against = Against::Version(newer);
            });
        }
    };
    view! {
        <span class="grow t2" role="status">{says}</span>
        <Show when=move || is_behind.get()>
            <Button size=ButtonSize::Small on_click=compare>"Compare, and go on from it"</Button>
        </Show>
        <Show when=move || can_keep_tests.get()>
            <Button size=ButtonSize::Small on_click=move |()| named.keep_tests()>
                {move || format!("Keep the tests with version {}", named.base().get())}
            </Button>
        </Show>
    }
}
