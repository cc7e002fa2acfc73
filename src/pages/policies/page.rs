//! The page: text on one side, what it says on the other.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map, use_query_map};

use super::elsewhere::{FromElsewhere, LinkRefused, OfferedBack};
use super::head::{Head, Missing};
use super::named::{NamedHead, UnknownPolicy};
use super::sides::Sides;
use super::smallest::Smallest;
use super::text::Text;
use super::tools::Tools;
use crate::pages::words::{console, title};
use crate::state::Incoming;
use crate::state::library::NamedView;
use crate::state::workbench::{Workbench, WorkbenchPlace};

/// The page.
#[component]
pub(crate) fn PoliciesPage() -> impl IntoView {
    title("Policies");
    let console = console();
    follow_links(console.incoming);
    let (query, params) = (use_query_map(), use_params_map());
    let place = Memo::new(move |_| {
        let policy = params.with(|params| params.get("uid"));
        let part = |name: &str| if name == "policy" { policy.clone() } else { query.with(|query| query.get(name)) };
        WorkbenchPlace::read(part)
    });
    let is_named = Memo::new(move |_| params.with(|params| params.get("uid").is_some()));
    // Another policy or token is another text; everything else is only looked at otherwise.
    let opened = Memo::new(move |_| place.with(|place| (place.policy, place.token)));
    let is_there = Memo::new(move |_| opened.get().0.is_some_and(|uid| NamedView::is_there(console, uid)));
    let incoming = console.incoming.shown();
    move || {
        opened.track();
        match (is_named.get(), is_there.get()) {
            (true, true) => view! { <NamedBench place=place /> }.into_any(),
            (true, false) => view! { <UnknownPolicy /> }.into_any(),
            (false, _) => {
                incoming.track();
                view! { <Bench place=place /> }.into_any()
            }
        }
    }
}

/// Opens the policy that a link brings, and takes it out of the address.
fn follow_links(incoming: Incoming) {
    let (location, navigate) = (use_location(), use_navigate());
    Effect::new(move |_| {
        let fragment = location.hash.get();
        if fragment.len() > 1 {
            incoming.open_link(&fragment);
            navigate("/policies", NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        }
    });
}

/// The workbench on the draft, on a text from elsewhere, or on the policy of a token.
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
        <LinkRefused />
        <FromElsewhere tools=tools />
        <OfferedBack tools=tools />
        <Split tools=tools />
    }
}

/// The workbench on a policy of the library.
#[component]
fn NamedBench(
    /// What the URL says.
    place: Memo<WorkbenchPlace>,
) -> impl IntoView {
    let console = console();
    let begin = place.get_untracked();
    let uid = begin.policy;
    let bench = Workbench::new(console, begin);
    bench.follow(place);
    let tools = Tools::new(bench);
    let head = uid.map(|uid| {
        let named = NamedView::new(console, uid, bench);
        view! { <NamedHead tools=tools named=named /> }
    });
    view! {
        {head}
        <Split tools=tools />
    }
}

/// The text, and its sides.
#[component]
fn Split(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    view! {
        <Missing tools=tools />
        <div class="split wb">
            <Text tools=tools />
            <Sides tools=tools />
        </div>
        <Smallest tools=tools />
    }
}
