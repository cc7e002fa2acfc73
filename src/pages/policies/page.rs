//! The page: text on one side, what it says on the other.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::head::Head;
use super::sides::Sides;
use super::smallest::Smallest;
use super::text::Text;
use super::tools::Tools;
use crate::pages::words::{console, title};
use crate::state::workbench::{Workbench, WorkbenchPlace};

/// The page.
#[component]
pub(crate) fn PoliciesPage() -> impl IntoView {
    title("Policies");
    let query = use_query_map();
    let place = Memo::new(move |_| query.with(|query| WorkbenchPlace::read(|name| query.get(name))));
    // Another token is another text; everything else is only looked at otherwise.
    let token = Memo::new(move |_| place.with(|place| place.token));
    move || {
        token.track();
        view! { <Bench place=place /> }
    }
}

/// The workbench on the draft, or on the policy of a token.
#[component]
fn Bench(
    /// What the URL says.
    place: Memo<WorkbenchPlace>,
) -> impl IntoView {
    let bench = Workbench::new(console(), place.get_untracked());
    bench.follow(place);
    let tools = Tools::new(bench);
    view! {
        <Head tools=tools />
        <div class="split wb">
            <Text tools=tools />
            <Sides tools=tools />
        </div>
        <Smallest tools=tools />
    }
}
