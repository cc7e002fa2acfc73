//! The frame: navigation, palette and keys.

use super::notices::{RaisedNotices, StartNotices};
use super::overlays::LazyOverlays;
use super::status::{perform, status_items};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::shortcuts::Shortcuts;
use crate::components::{CountLook, Frame, IconName, Place, SegmentedSize, StatusBar};
use crate::format;
use crate::pages::theme::ThemeSwitch;
use crate::pages::words::console;
use crate::state::Console;

/// The frame with a page inside.
#[component]
pub(crate) fn Chrome(
    /// The page.
    children: Children,
) -> impl IntoView {
    let console = console();
    let location = use_location();
    let path = Signal::derive(move || location.pathname.get());
    let shortcuts = Shortcuts::install(console);
    let fixed = Signal::derive(move || path.with(|path| is_fixed(path)));
    view! {
        <Frame
            places=Signal::derive(move || places(console))
            path=path
            on_search=move |()| shortcuts.palette.set(true)
            search_keys="Ctrl K"
            fixed=fixed
            foot=move || view! { <ThemeSwitch name="theme" size=SegmentedSize::Small /> }
            status=move || view! {
                <StatusBar
                    items=Signal::derive(move || status_items(console))
                    on_act=move |act: String| perform(console, &act)
                />
            }
        >
            <StartNotices />
            {children()}
        </Frame>
        <LazyOverlays shortcuts=shortcuts />
        <RaisedNotices />
    }
}

/// Whether the page at a path is as tall as the window, as lists and the workbench are.
fn is_fixed(path: &str) -> bool {
    matches!(path, "/tokens" | "/policies" | "/library") || path.starts_with("/policies/")
}

fn places(console: Console) -> Vec<Place> {
    let place = |href: &str, label: &str, icon: IconName, count: String| Place {
        href: href.to_owned(),
        label: label.to_owned(),
        icon,
        count,
        counts: String::new(),
        look: CountLook::Plain,
    };
    let (tokens, users) = console.workspace().with(|workspace| (workspace.token_count(), workspace.users().count()));
    let offered = console
        .workspace()
        .with(|workspace| workspace.library().policies().filter(|policy| !policy.is_archived).count());
    let number = |number: usize| if number == 0 { String::new() } else { format::count(number) };
    vec![
        place("/", "Overview", IconName::Overview, String::new()),
        place("/tokens", "Tokens", IconName::Token, number(tokens)),
        place("/policies", "Policies", IconName::Policy, String::new()),
        place("/guardrails", "Guardrails", IconName::Guardrail, String::new()),
        place("/library", "Library", IconName::Backup, number(offered)),
        place("/catalog", "Catalog", IconName::Catalog, String::new()),
        place("/people", "People", IconName::People, number(users)),
        place("/activity", "Activity", IconName::Activity, String::new()),
        place("/settings", "Settings", IconName::Settings, String::new()),
    ]
}
