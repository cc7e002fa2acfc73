//! Mounts the console: opens the services, then shows the frame with the page of the route.

use std::rc::Rc;

use leptos::either::EitherOf3;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::components::{Button, ButtonLook, Notice, Tone};
use crate::lazy;
use crate::pages::{Chrome, LazyPage, NotFoundPage, OverviewPage};
use crate::services::{self, Services, StartError};
use crate::state::Console;

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    let opened = LocalResource::new(services::open);
    move || match opened.get() {
        None => EitherOf3::A(view! { <p class="boot" role="status">"Opening your workspace…"</p> }),
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
    lazy::load_rest_soon(console.program);
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
                    <Route path=path!("/catalog") view=LazyPage::Catalog />
                    <Route path=path!("/people") view=LazyPage::People />
                    <Route path=path!("/activity") view=LazyPage::Activity />
                    <Route path=path!("/settings") view=LazyPage::Settings />
                </FlatRoutes>
            </Chrome>
        </Router>
    }
}

/// What is shown when no store can be had at all.
#[component]
fn StartFailed(
    /// Why.
    error: StartError,
) -> impl IntoView {
    let help = format!("What to do: {}.", error.help());
    view! {
        <main class="boot">
            <h1>"Tollgate cannot open its data"</h1>
            <Notice tone=Tone::Bad heading=format!("{error}.") text=help>
                <Button look=ButtonLook::Primary on_click=|()| tollgate_browser::reload()>
                    "Try again"
                </Button>
            </Notice>
        </main>
    }
}
