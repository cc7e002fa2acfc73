//! Mounts the console: opens the services, then shows the frame with the page of the route.

use std::rc::Rc;

use leptos::either::EitherOf3;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::components::{Button, ButtonLook, Notice, Tone};
use crate::format;
use crate::lazy;
use crate::pages::{Chrome, LazyPage, NotFoundPage, OverviewPage};
use crate::services::{self, Services, StartError};
use crate::state::{Console, FirstLook, RawExport};

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    let first = RwSignal::new(None::<FirstLook>);
    let opened = LocalResource::new(move || services::open(move |look| first.set(Some(look))));
    move || match opened.get() {
        None => EitherOf3::A(view! { <Opening first=first /> }),
        Some(Ok(services)) => EitherOf3::B(view! { <ConsoleOn services=services /> }),
        Some(Err(error)) => EitherOf3::C(view! { <StartFailed error=error /> }),
    }
}

/// The console on open services.
#[component]
pub fn ConsoleOn(
    /// The open services.
    services: Rc<Services>,
) -> impl IntoView {
    let console = Console::new(services);
    provide_context(console);
    lazy::load_rest_soon(console);
    view! {
        <Router>
            <Chrome>
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view=OverviewPage />
                    <Route path=path!("/tokens") view=LazyPage::Tokens />
                    <Route path=path!("/tokens/new") view=LazyPage::NewToken />
                    <Route path=path!("/tokens/client") view=LazyPage::ClientToken />
                    <Route path=path!("/tokens/:uid") view=LazyPage::Token />
                    <Route path=path!("/lookup") view=LazyPage::Lookup />
                    <Route path=path!("/policies") view=LazyPage::Policies />
                    <Route path=path!("/guardrails") view=LazyPage::Guardrails />
                    <Route path=path!("/policies/:uid") view=LazyPage::Policies />
                    <Route path=path!("/library") view=LazyPage::Library />
                    <Route path=path!("/catalog") view=LazyPage::Catalog />
                    <Route path=path!("/people") view=LazyPage::People />
                    <Route path=path!("/activity") view=LazyPage::Activity />
                    <Route path=path!("/settings") view=LazyPage::Settings />
                </FlatRoutes>
            </Chrome>
        </Router>
    }
}

/// What is shown until the workspace is open.
#[component]
fn Opening(
    /// The newest tokens, as soon as they are known.
    #[prop(into)]
    first: Signal<Option<FirstLook>>,
) -> impl IntoView {
    let row = |(number, note, owner): (u64, String, String)| {
        let note = if note.is_empty() { "no note".to_owned() } else { note };
        view! { <li>{format!("Token {number}: {note}, of {owner}")}</li> }
    };
    let look = move |FirstLook { tokens, rows }: FirstLook| {
        let tokens = format::plural(tokens as u64, "token", "tokens");
        view! {
            <p class="t2">{format!("{tokens}. The newest, before the latest changes are read:")}</p>
            <ul>{rows.into_iter().map(row).collect_view()}</ul>
        }
    };
    let rows = move || first.get().map(look);
    view! {
        <div class="boot">
            <p role="status">"Opening your workspace…"</p>
            {rows}
        </div>
    }
}

/// What is shown when no store can be had at all.
#[component]
fn StartFailed(
    /// Why.
    error: StartError,
) -> impl IntoView {
    let help = format!("What to do: {}.", error.help());
    let export = RawExport::of(&error).map(|export| {
        view! {
            <Button on_click=move |()| export.save()>"Save the records"</Button>
            <p role="status">{move || export.said().get()}</p>
        }
    });
    view! {
        <main class="boot">
            <h1>"Tollgate cannot open its data"</h1>
            <Notice tone=Tone::Bad heading=format!("{error}.") text=help>
                <Button look=ButtonLook::Primary on_click=|()| tollgate_browser::reload()>
                    "Try again"
                </Button>
                {export}
            </Notice>
        </main>
    }
}
